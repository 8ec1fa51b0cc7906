import type { Counts } from "../../shared/syncs.ts";
import type { JumpCloud } from "../jumpcloud/client.ts";
import {
  afterAnyId,
  listSystems,
  type SystemRecord,
  type SystemsPage,
  systemsPerPage,
} from "../jumpcloud/systems.ts";
import type { RunRegister } from "../register/run-register.ts";
import type { Seen } from "./seen.ts";
import { count } from "./write.ts";

/** Some changes take a dozen pages each to find; a list that differs in more places is left to the next sync. */
const mostPages = 200;

/** Where the list differs from what a walk has seen of it. */
export interface Difference {
  /** Listed, but not seen. */
  unseen: SystemRecord[];
  /** Seen, but no longer listed. */
  gone: string[];
  totalCount: number | undefined;
}

/**
 * Compares the list with what was seen, without reading all of it again: a system's place in the sorted list and
 * its place among those seen drift apart where one was deleted or enrolled, so that halving finds where. Gives
 * nothing where the list does not come sorted, or changes in too many places.
 */
export async function findDifference(
  jumpcloud: JumpCloud,
  seen: Seen,
  total: number,
): Promise<Difference | undefined> {
  const search = new Search(jumpcloud, seen, total);
  return (await search.between(0, 0, total, seen.size - total)) ? search.difference : undefined;
}

/**
 * Counts devices no longer that were deleted after they were seen. What was written for one stays as it is, and
 * counted: the next sync finds it missing. Those set aside are counted when they are settled.
 */
export async function withdrawGone(
  gone: readonly string[],
  seen: Seen,
  register: RunRegister,
  counts: Counts,
): Promise<void> {
  const sightings = await seen.forget(gone);
  const counted = gone.filter((systemId) => sightings.get(systemId)?.deferred === false);
  if (counted.length === 0) return;
  const [{ skips }, changes] = await Promise.all([register.read(counted, []), register.readChanges(counted)]);
  const reasonOf = new Map(skips.map(({ systemId, reason }) => [systemId, reason]));
  const changed = new Set(changes.map(({ systemId }) => systemId));
  for (const systemId of counted) {
    if (changed.has(systemId)) continue;
    const reason = reasonOf.get(systemId);
    count(counts, reason === undefined ? "unchanged" : "skipped", reason, -1);
  }
}

class Search {
  /** Pages overlap: each system once. */
  readonly #unseen = new Map<string, SystemRecord>();
  readonly #gone = new Set<string>();
  #totalCount: number | undefined;
  readonly #jumpcloud: JumpCloud;
  readonly #seen: Seen;
  readonly #total: number;
  #pages = 0;

  constructor(jumpcloud: JumpCloud, seen: Seen, total: number) {
    this.#jumpcloud = jumpcloud;
    this.#seen = seen;
    this.#total = total;
  }

  get difference(): Difference {
    return { unseen: [...this.#unseen.values()], gone: [...this.#gone], totalCount: this.#totalCount };
  }

  /** Searches between two offsets, of which it is known how far the two orders have drifted apart before each. */
  async between(low: number, driftBefore: number, high: number, driftAfter: number): Promise<boolean> {
    if (driftBefore === driftAfter) return true;
    if (high - low < systemsPerPage) {
      const page = await this.#read(low);
      if (page !== undefined) await this.#compare(page, high >= this.#total);
      return page !== undefined;
    }
    const middle = Math.floor((low + high) / 2);
    const page = await this.#read(middle);
    const first = page?.records[0]?.systemId;
    if (first === undefined) return false;
    const drift = (await this.#seen.rankOf(first)) - middle;
    return (
      (await this.between(low, driftBefore, middle, drift)) &&
      (await this.between(middle, drift, high, driftAfter))
    );
  }

  async #read(skip: number): Promise<SystemsPage | undefined> {
    this.#pages += 1;
    if (this.#pages > mostPages) return undefined;
    const page = await listSystems(this.#jumpcloud, skip);
    this.#totalCount = page.totalCount;
    const ids = page.records.map(({ systemId }) => systemId);
    const isSorted = ids.every((id, index) => index === 0 || (ids[index - 1] ?? "") < id);
    return isSorted && page.records.every(({ kind }) => kind !== "nameless") ? page : undefined;
  }

  /** What a page lists is all there is from its first system to its last. */
  async #compare({ skip, records }: SystemsPage, isLast: boolean): Promise<void> {
    // Past the end of a list that has become shorter: nothing is known of what lies here.
    if (records.length === 0 && skip > 0) return;
    const listed = new Set(records.map(({ systemId }) => systemId));
    const from = skip === 0 ? "" : (records[0]?.systemId ?? "");
    const to = isLast ? afterAnyId : (records.at(-1)?.systemId ?? afterAnyId);
    const here = await this.#seen.between(from, to);
    for (const id of here) if (!listed.has(id)) this.#gone.add(id);
    for (const record of records) if (!here.has(record.systemId)) this.#unseen.set(record.systemId, record);
  }
}
