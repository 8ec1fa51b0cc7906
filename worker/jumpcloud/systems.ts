import { z } from "zod";
import type { Asking, JumpCloud } from "./client.ts";
import { JumpCloudFailure } from "./failures.ts";

/** FACTS.md, section 4: more than 100 is refused. */
export const systemsPerPage = 100;
/** Greater than any id of a system. */
export const afterAnyId = "\uffff";

/**
 * The only fields ever asked for: no user, no e-mail, no address is among them (CONTRACT, sync rule 6).
 * Separated by spaces: a comma would be read as one unknown field (FACTS.md, section 4).
 */
export const systemFields = [
  "_id",
  "serialNumber",
  "hostname",
  "displayName",
  "os",
  "osFamily",
  "version",
  "hwVendor",
  "agentVersion",
  "lastContact",
  "fde",
].join(" ");

const text = z.string().max(1000).nullish();

const identitySchema = z.object({
  _id: z.string().min(1).max(64).nullish(),
  id: z.string().min(1).max(64).nullish(),
});
/** Nothing is required and nearly all can be null (FACTS.md, section 3); unknown fields are dropped here. */
const systemSchema = z.object({
  ...identitySchema.shape,
  serialNumber: text,
  hostname: text,
  displayName: text,
  os: text,
  osFamily: text,
  version: text,
  hwVendor: text,
  agentVersion: text,
  lastContact: text,
  fde: z.object({ active: z.boolean().nullish() }).nullish(),
});
/** A count that is absent or no number says nothing; it must never be read as none (FACTS.md, section 4). */
const pageSchema = z.object({
  results: z.array(z.unknown()),
  totalCount: z
    .union([z.int().min(0), z.string().regex(/^\d+$/).transform(Number)])
    .optional()
    .catch(undefined),
});

export type SystemFields = Omit<z.infer<typeof systemSchema>, keyof typeof identitySchema.shape>;

/** A row of JumpCloud's list: a system, or a record that could not be read. */
export type SystemRecord =
  | { kind: "system"; systemId: string; fields: SystemFields }
  | { kind: "invalid"; systemId: string }
  /** It has no id either: its place in the list names it. */
  | { kind: "nameless"; systemId: string };

export interface SystemsPage {
  skip: number;
  /** Absent where JumpCloud did not say. */
  totalCount: number | undefined;
  records: SystemRecord[];
}

/** Takes an offset; gives that page of systems, sorted by `_id` (else rows repeat and go missing). */
export async function listSystems(jumpcloud: JumpCloud, skip: number, asking?: Asking): Promise<SystemsPage> {
  const query = { limit: String(systemsPerPage), skip: String(skip), sort: "_id", fields: systemFields };
  const answer = await jumpcloud.get("/systems", query, asking);
  const { results, totalCount } = parsePage(answer);
  return { skip, totalCount, records: results.map((row, index) => readSystem(row, skip + index)) };
}

/** Whether a key may list devices, and how many there are: what `GET /systems` says decides. */
export async function countSystems(jumpcloud: JumpCloud): Promise<number> {
  const answer = await jumpcloud.get("/systems", { limit: "1", skip: "0", sort: "_id", fields: "_id" });
  const { totalCount } = parsePage(answer);
  if (totalCount === undefined) throw notUnderstood();
  return totalCount;
}

function readSystem(row: unknown, offset: number): SystemRecord {
  const fields = systemSchema.safeParse(row);
  const identity = fields.success ? fields : identitySchema.safeParse(row);
  const systemId = identity.success ? (identity.data._id ?? identity.data.id) : undefined;
  // A record without an id still counts as a device, so that the counts add up.
  if (systemId == null) return { kind: "nameless", systemId: `no-id-at-${offset}` };
  return fields.success ? { kind: "system", systemId, fields: fields.data } : { kind: "invalid", systemId };
}

/**
 * Which of these systems JumpCloud has, asked by their ids in pages. Gives nothing where an answer shows that the
 * filter was not understood: a system that is not among the rows may then still be there.
 * FACTS.md, section 4: v1 filters take `$in` with values split by `|`.
 */
export async function listedAmong(
  jumpcloud: JumpCloud,
  systemIds: readonly string[],
): Promise<ReadonlySet<string> | undefined> {
  const pages: Promise<string[] | undefined>[] = [];
  for (let at = 0; at < systemIds.length; at += systemsPerPage) {
    pages.push(listSome(jumpcloud, systemIds.slice(at, at + systemsPerPage)));
  }
  const listed = await Promise.all(pages);
  return listed.includes(undefined) ? undefined : new Set(listed.flatMap((ids) => ids ?? []));
}

async function listSome(jumpcloud: JumpCloud, systemIds: readonly string[]): Promise<string[] | undefined> {
  const query = {
    limit: String(systemsPerPage),
    skip: "0",
    sort: "_id",
    fields: "_id",
    filter: `_id:$in:${systemIds.map((id) => id.replaceAll("|", "\\|")).join("|")}`,
  };
  const answer = await jumpcloud.get("/systems", query).catch(unlessRefused);
  const page = pageSchema.safeParse(answer);
  if (!page.success) return undefined;
  const listed = page.data.results.map((row, index) => readSystem(row, index).systemId);
  const { totalCount = 0 } = page.data;
  const asked = new Set(systemIds);
  const isCut = totalCount > listed.length && totalCount <= asked.size;
  return isCut || listed.some((id) => !asked.has(id)) ? undefined : listed;
}

function unlessRefused(error: unknown): undefined {
  if (error instanceof JumpCloudFailure && error.failure.kind === "refused") return undefined;
  throw error;
}

function parsePage(answer: unknown): z.infer<typeof pageSchema> {
  const page = pageSchema.safeParse(answer);
  if (!page.success) throw notUnderstood();
  return page.data;
}

/** An answer of another shape than ever seen is as good as none. */
function notUnderstood(): JumpCloudFailure {
  return new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
}
