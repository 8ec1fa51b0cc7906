import type { JumpCloud } from "../jumpcloud/client.ts";
import { listSystems, type SystemRecord, type SystemsPage, systemsPerPage } from "../jumpcloud/systems.ts";

/** Each page begins with the row the one before ended with: that shows whether the list moved in between. */
const pageStep = systemsPerPage - 1;
/** How often a list that moves under one page is asked again before the walk goes on in doubt. */
const mostRepairs = 20;

/** Where a walk stands; kept in the checkpoint, so that another process goes on with it. */
export interface WalkState {
  /** The offset of the next page. */
  skip: number;
  /** The greatest id up to which every system was met. */
  reached: string;
  /** The list is not sorted as it was asked for, or moves faster than it can be read: pages cannot be joined. */
  doubtful: boolean;
}

export const firstWalkState: WalkState = { skip: 0, reached: "", doubtful: false };

export interface WalkOptions {
  /** How many devices there were last time, so that the first requests need not wait for the first answer. */
  expectedTotal: number;
  /** So many pages are asked for ahead; the client lets some of them be under way at a time. */
  pagesAhead: number;
}

/** A page of the walk, in order, with where the walk stands after it. */
export interface WalkedPage {
  records: SystemsPage["records"];
  /** What JumpCloud said last; nothing where it never did. */
  totalCount: number | undefined;
  state: WalkState;
}

/**
 * Walks the list of systems in order while the next pages are fetched. Paging by offset shifts when a device is
 * deleted or enrolled meanwhile: each page overlaps the one before by a row, and where they do not meet, what lies
 * between them is read again at once. So every device that was there throughout is met (CONTRACT, sync rule 7).
 */
export class Walk {
  readonly #jumpcloud: JumpCloud;
  readonly #options: WalkOptions;
  readonly #ahead: Promise<SystemsPage>[] = [];
  readonly #ready: WalkedPage[] = [];
  #next: number;
  #state: WalkState;
  #total: number | undefined;
  #ended = false;

  constructor(jumpcloud: JumpCloud, state: WalkState, options: WalkOptions) {
    this.#jumpcloud = jumpcloud;
    this.#options = options;
    this.#state = state;
    this.#next = state.skip;
  }

  /** Gives the next page, nothing at the end, or "later" where no request may be made any more for now. */
  async next(mayAsk: () => boolean): Promise<WalkedPage | "later" | undefined> {
    const ready = this.#ready.shift();
    if (ready !== undefined) return ready;
    if (this.#ended) return undefined;
    this.#askAhead(mayAsk);
    const asked = this.#ahead.shift();
    if (asked === undefined) return "later";
    const page = await asked;
    this.#total = page.totalCount ?? this.#total;
    if (this.#total !== undefined) this.#askAhead(mayAsk);
    await this.#meet(page);
    const skip = page.skip + pageStep;
    this.#state = { ...this.#state, skip };
    this.#take(page);
    this.#ended = this.#isEnd(page);
    return this.#ready.shift();
  }

  #askAhead(mayAsk: () => boolean): void {
    while (this.#ahead.length < this.#options.pagesAhead && this.#isMore() && mayAsk()) {
      const page = listSystems(this.#jumpcloud, this.#next);
      // Awaited in order: one that fails while an earlier one is awaited must not count as unhandled.
      page.catch(() => {});
      this.#ahead.push(page);
      this.#next += pageStep;
    }
  }

  /** Where nobody has said how many there are, one page after the other, until one brings nothing new. */
  #isMore(): boolean {
    const total = this.#total ?? this.#options.expectedTotal;
    return this.#next + 1 < total || (this.#total === undefined && this.#ahead.length === 0);
  }

  /** A short page is not the end (CONTRACT, sync rule 7): the newest count is, else a page with nothing new. */
  #isEnd(page: SystemsPage): boolean {
    if (this.#ahead.length > 0) return false;
    const after = page.skip + systemsPerPage;
    return this.#total === undefined ? page.records.length <= 1 : after >= this.#total;
  }

  /** Reads again what lies between the walk so far and a page that does not meet it. */
  async #meet(page: SystemsPage): Promise<void> {
    let at = page.skip;
    for (let repairs = 0; !this.#state.doubtful && this.#leavesGap(page); repairs += 1) {
      if (repairs >= mostRepairs) this.#state = { ...this.#state, doubtful: true };
      // Further back until it meets what was read, then forward from where that ends.
      at = Math.max(at - pageStep, 0);
      const between = await listSystems(this.#jumpcloud, at, { urgent: true });
      if (!this.#meets(between)) continue;
      this.#take(between);
      at += Math.max(between.records.length - 1, 1) + pageStep;
    }
  }

  #leavesGap(page: SystemsPage): boolean {
    return firstId(page) !== undefined && !this.#meets(page);
  }

  #meets(page: SystemsPage): boolean {
    const first = firstId(page);
    return page.skip === 0 || (first !== undefined && first <= this.#state.reached);
  }

  #take(page: SystemsPage): void {
    let { reached, doubtful } = this.#state;
    let last = "";
    for (const record of page.records) {
      if (!hasPlace(record)) continue;
      if (record.systemId <= last) doubtful = true;
      last = record.systemId;
    }
    if (last > reached) reached = last;
    this.#state = { ...this.#state, reached, doubtful };
    this.#ready.push({ records: page.records, totalCount: this.#total, state: this.#state });
  }
}

function firstId(page: SystemsPage): string | undefined {
  return page.records.find(hasPlace)?.systemId;
}

/** A record without an id has a place in the list, but none in its order. */
function hasPlace({ kind }: SystemRecord): boolean {
  return kind !== "nameless";
}
