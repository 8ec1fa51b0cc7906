import type { Counts, SyncProblem } from "../../shared/syncs.ts";
import type { JumpCloud } from "../jumpcloud/client.ts";
import { JumpCloudFailure } from "../jumpcloud/failures.ts";
import { type Hardware, readHardware } from "../jumpcloud/insights.ts";
import { countSystems, type SystemRecord, systemsPerPage } from "../jumpcloud/systems.ts";
import { emptyStep } from "../register/commit.ts";
import type { RunRegister } from "../register/run-register.ts";
import type { SyncRecord } from "../register/syncs.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { notice } from "./ending.ts";
import { findEndedSkips, findMissing } from "./missing.ts";
import type { Rules } from "./plan.ts";
import type { Seen } from "./seen.ts";
import { type SeenStore, UnsavedSightings } from "./seen-store.ts";
import { contestsPerStep, settleContests } from "./settlement.ts";
import { walkSystems } from "./walk.ts";
import { planWindow } from "./window.ts";
import { addDecisions, isEmpty } from "./write.ts";

/** Ten pages a window: one read and one write of the register for a thousand devices. */
const pagesPerWindow = 10;
/** Windows that change nothing are committed together: their counts cost one row, not one each. */
const quietWindowsPerCommit = 10;
/** The list is begun again this often where it changed while it was read. */
const mostPasses = 3;

/** What a run needs of the world: values and ports, so that the same run can be driven without a database. */
export interface RunParts {
  register: RunRegister;
  jumpcloud: JumpCloud;
  store: SeenStore;
  rules: Rules;
  insights: boolean;
  expectedTotal: number;
  now: () => Date;
}

/** Why a stretch of work stopped. */
export type StretchEnd =
  | { kind: "more" }
  | { kind: "done"; deviceCount: number | undefined; notice?: SyncProblem };

/** Where a run begins: what its row says. */
export type RunStart = Pick<SyncRecord, "checkpoint" | "step" | "counts" | "progress">;

/** Drives one sync from where its row stands. Dropped after any error: the row then says where to go on. */
export class Drive {
  readonly #parts: RunParts;
  readonly #seen: Seen;
  readonly #hardware: Promise<ReadonlyMap<string, Hardware>>;
  #hardwareFailed = false;
  #at: Checkpoint;
  #stepNumber: number;
  readonly #counts: Counts;
  #total: number;
  #step = emptyStep();
  #unsaved = new UnsavedSightings();
  #quietWindows = 0;
  #requestsCommitted: number;

  /** Takes up a sync: `seen` is what its commits so far have seen. */
  constructor(parts: RunParts, sync: RunStart, seen: Seen) {
    this.#parts = parts;
    this.#seen = seen;
    this.#at = parseCheckpoint(sync.checkpoint);
    this.#stepNumber = sync.step;
    this.#counts = structuredClone(sync.counts);
    this.#total = sync.progress.total;
    this.#requestsCommitted = parts.jumpcloud.requests();
    this.#hardware = this.#at.phase === "missing" ? Promise.resolve(new Map()) : this.#readHardware();
    this.#hardware.catch(() => {});
  }

  /** How far it is, committed or not. */
  get progress(): { done: number; total: number; counts: Counts } {
    const done = Math.max(this.#seen.size, this.#counts.devices);
    return { done, total: Math.max(this.#total, done), counts: this.#counts };
  }

  /** Works until it is done or told to stop; everything up to the last commit is safe. */
  async work(shouldStop: () => boolean): Promise<StretchEnd> {
    while (this.#at.phase === "walk") {
      if (!(await this.#walk(shouldStop))) return { kind: "more" };
    }
    while (this.#at.phase === "settle") {
      if (shouldStop()) return { kind: "more" };
      await this.#settle();
    }
    return await this.#markMissing();
  }

  /** What was used and is not in the sync's row yet. */
  takeCost(): { requests: number; rowsRead: number; rowsWritten: number } {
    const sent = this.#parts.jumpcloud.requests();
    const requests = sent - this.#requestsCommitted;
    this.#requestsCommitted = sent;
    return { requests, ...this.#parts.register.takeCost() };
  }

  /** One pass over the list, or what is left of it. Gives false where it was stopped before the end. */
  async #walk(shouldStop: () => boolean): Promise<boolean> {
    const { jumpcloud, expectedTotal } = this.#parts;
    let records: SystemRecord[] = [];
    let pages = 0;
    let next = this.#at.skip;
    const from = next;
    for await (const page of walkSystems(jumpcloud, { from, expectedTotal, shouldStop })) {
      this.#total = page.totalCount;
      records.push(...page.records);
      pages += 1;
      next = page.skip + systemsPerPage;
      if (pages < pagesPerWindow) continue;
      await this.#window(records, next);
      records = [];
      pages = 0;
    }
    await this.#window(records, next);
    if (next < this.#total) {
      await this.#commit({ ...this.#at, skip: next });
      return false;
    }
    const complete = this.#seen.size === this.#total;
    const again = !complete && this.#at.pass < mostPasses;
    await this.#commit(
      again
        ? { ...this.#at, pass: this.#at.pass + 1, skip: 0 }
        : { ...this.#at, phase: "settle", skip: next, complete },
    );
    return true;
  }

  async #window(records: readonly SystemRecord[], next: number): Promise<void> {
    if (records.length === 0) return;
    const { register, rules } = this.#parts;
    const hardware = await this.#hardware;
    const { decisions, openSkips } = await planWindow(
      records,
      hardware,
      this.#seen,
      this.#unsaved,
      register,
      rules,
    );
    addDecisions(this.#step, this.#counts, decisions, openSkips);
    this.#quietWindows += 1;
    if (isEmpty(this.#step) && this.#quietWindows < quietWindowsPerCommit) return;
    await this.#commit({ ...this.#at, skip: next });
  }

  async #settle(): Promise<void> {
    const contests = this.#seen.contests();
    const some = contests.slice(this.#at.settled, this.#at.settled + contestsPerStep);
    if (some.length === 0) {
      this.#at = { ...this.#at, phase: "missing" };
      return;
    }
    const { register, rules } = this.#parts;
    await settleContests(some, this.#seen, register, rules, this.#step, this.#counts);
    await this.#commit({ ...this.#at, settled: this.#at.settled + some.length });
  }

  async #markMissing(): Promise<StretchEnd> {
    const { register, jumpcloud } = this.#parts;
    const insightsNotice = this.#hardwareFailed ? { notice: notice("insights_unavailable") } : {};
    if (!this.#at.complete) {
      return { kind: "done", deviceCount: undefined, notice: notice("incomplete_walk") };
    }
    const missing = await findMissing(register, this.#seen, jumpcloud);
    if (missing.suspicious) {
      const detail =
        `JumpCloud listed far fewer devices than last time (${missing.seen} of ${missing.known}), ` +
        "so none was marked as missing.";
      return { kind: "done", deviceCount: this.#seen.size, notice: notice("suspicious_walk", detail) };
    }
    const since = this.#parts.now().toISOString();
    for (const asset of missing.assets) {
      this.#step.missing.push(asset.id);
      this.#step.changes.push({
        systemId: asset.systemId,
        outcome: "missing",
        assetId: asset.id,
        serialNumber: asset.serialNumber,
        hostname: asset.hostname,
        before: { missingSince: null },
        after: { missingSince: since },
        beforeAt: asset.updatedAt,
      });
    }
    this.#counts.missing += missing.assets.length;
    this.#step.skipsEnded.push(...(await findEndedSkips(register, this.#seen)));
    if (!isEmpty(this.#step)) await this.#commit(this.#at, since);
    return { kind: "done", deviceCount: this.#seen.size, ...insightsNotice };
  }

  /** Writes the step and everything that stands for it. */
  async #commit(at: Checkpoint, now = this.#parts.now().toISOString()): Promise<void> {
    const { register, store } = this.#parts;
    await store.save(this.#stepNumber, this.#unsaved);
    const standing = {
      checkpoint: JSON.stringify(at),
      done: this.progress.done,
      total: this.progress.total,
      counts: this.#counts,
      ...this.takeCost(),
    };
    const written = await register.commit(this.#stepNumber, now, this.#step, standing);
    if (!written) throw new StaleRunError();
    this.#at = at;
    this.#stepNumber += 1;
    this.#step = emptyStep();
    this.#unsaved = new UnsavedSightings();
    this.#quietWindows = 0;
  }

  /** No hardware data is no reason to fail: the sync goes on without and says so. */
  async #readHardware(): Promise<ReadonlyMap<string, Hardware>> {
    if (!this.#parts.insights) return new Map();
    try {
      return await readHardware(this.#parts.jumpcloud);
    } catch (error) {
      if (!(error instanceof JumpCloudFailure)) throw error;
      this.#hardwareFailed = true;
      return new Map();
    }
  }
}

/** The sync moved on without this run: it was ended, or another one has taken it up. */
export class StaleRunError extends Error {
  override name = "StaleRunError";
}

/** Asks once more before a key is called rejected: one odd 401 must not stop an integration. */
export async function isKeyRejected(jumpcloud: JumpCloud): Promise<boolean> {
  try {
    await countSystems(jumpcloud);
    return false;
  } catch (error) {
    return error instanceof JumpCloudFailure && error.failure.kind === "key_rejected";
  }
}
