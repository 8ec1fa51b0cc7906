import type { z } from "zod";
import type { JumpCloud } from "./client.ts";
import { type Failure, JumpCloudFailure } from "./failures.ts";
import { afterAnyId } from "./systems.ts";

/** The API takes up to 10,000; a thousand keeps a page small enough for a Worker. */
const rowsPerPage = 1000;
/** A page begins with the rows the one before ended with: a system whose rows lie on both is whole in one. */
const overlap = 8;
const pageStep = rowsPerPage - overlap;
/** Asked by id where pages do not tell: so few that their rows fit a page. */
const systemsPerQuestion = 50;

export interface TableOptions<Row> {
  name: string;
  schema: z.ZodType<Row>;
  /** `field:eq:value`: fewer rows to read; a row that comes nevertheless is the reader's to judge. */
  filter?: string;
}

/** The rows of a system; nothing where it is not known which they are. */
export type RowsBySystem<Row> = ReadonlyMap<string, readonly Row[]>;

interface Page<Row> {
  /** Systems strictly between these have all their rows on this page. */
  after: string;
  before: string;
  rows: RowsBySystem<Row>;
}

/**
 * Reads one System Insights table beside the walk of systems, both sorted by system, a page at a time, so that
 * memory does not grow with the fleet. What one answer says of a system is all of it or not taken: a system with
 * several rows must not be told by some of them. After a failure the table says nothing any more.
 */
export class InsightsTable<Row> {
  readonly #jumpcloud: JumpCloud;
  readonly #options: TableOptions<Row>;
  #number: number;
  #page: Page<Row> | undefined;
  #next: Promise<Page<Row>> | undefined;
  /** The table does not come sorted: asked by id from then on. */
  #unsorted = false;
  #failure: Failure | undefined;

  /** `number`: the page to begin with. */
  constructor(jumpcloud: JumpCloud, options: TableOptions<Row>, number: number) {
    this.#jumpcloud = jumpcloud;
    this.#options = options;
    this.#number = number;
  }

  /** The page to begin with next time. */
  get number(): number {
    return this.#number;
  }

  /** Why the table stopped answering. */
  get failure(): Failure | undefined {
    return this.#failure;
  }

  /** Asks for the first page before it is needed; gives whether the table answers. */
  async open(): Promise<boolean> {
    this.#next ??= this.#readPage(this.#number);
    await this.#next.catch((error: unknown) => this.#fail(error));
    return this.#failure === undefined;
  }

  /** Takes systems, sorted by id; gives the rows of each that the table tells of, be they none. */
  async take(systemIds: readonly string[]): Promise<RowsBySystem<Row>> {
    const known = new Map<string, readonly Row[]>();
    if (this.#failure !== undefined) return known;
    try {
      const untold: string[] = [];
      for (const systemId of systemIds) {
        const rows = await this.#rowsOf(systemId);
        if (rows === undefined) untold.push(systemId);
        else known.set(systemId, rows);
      }
      for (let at = 0; at < untold.length; at += systemsPerQuestion) {
        await this.#askById(untold.slice(at, at + systemsPerQuestion), known);
      }
    } catch (error) {
      this.#fail(error);
    }
    return known;
  }

  #fail(error: unknown): void {
    if (!(error instanceof JumpCloudFailure)) throw error;
    this.#failure = error.failure;
  }

  async #rowsOf(systemId: string): Promise<readonly Row[] | undefined> {
    while (this.#page === undefined || this.#page.before <= systemId) {
      if (this.#unsorted) return undefined;
      const number = this.#page === undefined ? this.#number : this.#number + 1;
      const page = await (this.#next ?? this.#readPage(number));
      this.#page = page;
      this.#number = number;
      this.#next = page.before === afterAnyId ? undefined : this.#readPage(number + 1);
      this.#next?.catch(() => {});
    }
    if (this.#unsorted || systemId <= this.#page.after) return undefined;
    return this.#page.rows.get(systemId) ?? [];
  }

  async #readPage(number: number): Promise<Page<Row>> {
    const { filter } = this.#options;
    const rows = await this.#ask({ skip: String(number * pageStep), ...(filter ? { filter } : {}) });
    const isLast = rows.length < rowsPerPage;
    let first: string | undefined;
    let last = "";
    for (const row of rows) {
      const id = idOf(row);
      if (id === undefined) continue;
      first ??= id;
      if (id < last) this.#unsorted = true;
      last = id;
    }
    return {
      after: number === 0 ? "" : (first ?? ""),
      before: isLast ? afterAnyId : last,
      rows: this.#bySystem(rows),
    };
  }

  /** The systems' rows, where all that there are came: on a full page the last system's may be cut off. */
  async #askById(systemIds: readonly string[], known: Map<string, readonly Row[]>): Promise<void> {
    const rows = await this.#ask({ skip: "0", filter: `system_id:in:${systemIds.join("|")}` });
    if (rows.length >= rowsPerPage) return;
    const found = this.#bySystem(rows);
    for (const systemId of systemIds) known.set(systemId, found.get(systemId) ?? []);
  }

  async #ask(query: Record<string, string>): Promise<unknown[]> {
    const answer = await this.#jumpcloud.get(
      `/v2/systeminsights/${this.#options.name}`,
      { limit: String(rowsPerPage), sort: "system_id", ...query },
      // The walk waits for it with a whole window in its hands.
      { urgent: true },
    );
    if (!Array.isArray(answer)) throw new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
    return answer;
  }

  #bySystem(rows: readonly unknown[]): RowsBySystem<Row> {
    const systems = new Map<string, Row[]>();
    for (const row of rows) {
      const id = idOf(row);
      const parsed = this.#options.schema.safeParse(row);
      if (id === undefined || !parsed.success) continue;
      const same = systems.get(id);
      if (same) same.push(parsed.data);
      else systems.set(id, [parsed.data]);
    }
    return systems;
  }
}

/** By hand: a schema for one text, asked of each row of a whole fleet, takes longer than all the rest of a page. */
function idOf(row: unknown): string | undefined {
  if (typeof row !== "object" || row === null || !("system_id" in row)) return undefined;
  return typeof row.system_id === "string" ? row.system_id : undefined;
}
