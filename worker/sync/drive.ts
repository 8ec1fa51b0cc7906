import type { Counts, SyncProblem } from "../../shared/syncs.ts";
import type { JumpCloud } from "../jumpcloud/client.ts";
import { isPassing, JumpCloudFailure } from "../jumpcloud/failures.ts";
import { Insights } from "../jumpcloud/insights.ts";
import type { SystemRecord } from "../jumpcloud/systems.ts";
import { emptyStep } from "../register/commit.ts";
import type { RunRegister } from "../register/run-register.ts";
import type { SyncRecord } from "../register/syncs.ts";
import { type Checkpoint, parseCheckpoint } from "./checkpoint.ts";
import { notice } from "./ending.ts";
import { MissingSearch } from "./missing.ts";
import type { Rules } from "./plan.ts";
import { findDifference, withdrawGone } from "./reconcile.ts";
import type { Seen } from "./seen.ts";
import type { SeenStore } from "./seen-store.ts";
import { judgeFrom, settleDevices, type Verdicts } from "./settlement.ts";
import { firstWalkState, Walk, type WalkState } from "./walk.ts";
import { type HardwareSource, planWindow } from "./window.ts";
import { addDecisions, isEmpty } from "./write.ts";

/**
 * One read and one write of the register for five hundred devices. Twice as many were written no faster, and took
 * twice as long at a time: answers that come meanwhile wait, and so do the requests that would follow them.
 */
const pagesPerWindow = 5;
/** How long it takes, roughly, to plan a window and to write it: work that holds up the answers that come meanwhile. */
const planMs = 15;
const writeMs = 25;
/** Pieces of work that change nothing are committed together: their counts cost one row, not one each. */
const quietPiecesPerCommit = 24;
/** Where other devices came than JumpCloud counts, the list is looked at this often in all. */
const mostPasses = 3;

/** What a run needs of the world: values and ports, so that the same run can be driven without a database. */
export interface RunParts {
  register: RunRegister;
  jumpcloud: JumpCloud;
  store: SeenStore;
  rules: Rules;
  /** Whether the organization had System Insights when its key was checked. */
  insights: boolean;
  expectedTotal: number;
  /** So many pages are asked for ahead of the one at hand. */
  pagesAhead: number;
  now: () => Date;
}

/** Where a run begins: what its row says. */
export type RunStart = Pick<SyncRecord, "checkpoint" | "step" | "counts" | "progress">;

/** Why a stretch of work stopped. */
export type StretchEnd =
  | { kind: "more" }
  | { kind: "done"; deviceCount: number | undefined; notice?: SyncProblem };

/**
 * Drives one sync from where its row stands. Between two stretches it keeps what is under way; after an error it
 * is dropped: the row then says where to go on.
 */
export class Drive {
  readonly #parts: RunParts;
  readonly #seen: Seen;
  readonly #insights: Insights;
  #walk: Walk | undefined;
  /** What was read and is not planned yet. */
  #read: { records: SystemRecord[]; pages: number; state: WalkState };
  #verdicts: Verdicts | undefined;
  #missing: MissingSearch | undefined;
  #at: Checkpoint;
  #stepNumber: number;
  readonly #counts: Counts;
  readonly #expectedTotal: number;
  #step = emptyStep();
  #quietPieces = 0;
  #requestsTaken: number;

  /** Takes up a sync: `seen` is what its commits so far have seen. */
  constructor(parts: RunParts, start: RunStart, seen: Seen) {
    this.#parts = parts;
    this.#seen = seen;
    this.#at = parseCheckpoint(start.checkpoint);
    this.#stepNumber = start.step;
    this.#counts = structuredClone(start.counts);
    this.#expectedTotal = start.progress.total;
    this.#requestsTaken = parts.jumpcloud.requests();
    this.#insights = new Insights(parts.jumpcloud, this.#at.insights);
    this.#read = nothingRead(this.#at.walk);
  }

  /** How far it is, committed or not. */
  get progress(): { done: number; total: number; counts: Counts } {
    const done = Math.max(this.#seen.size, this.#counts.devices);
    return { done, total: Math.max(this.#at.total ?? this.#expectedTotal, done), counts: this.#counts };
  }

  /** Works until it is done or told to stop; everything up to the last commit is safe. */
  async work(shouldStop: () => boolean): Promise<StretchEnd> {
    while (this.#at.phase === "walk") {
      if (shouldStop() || !(await this.#walkOn(shouldStop))) return { kind: "more" };
    }
    while (this.#at.phase === "settle") {
      if (shouldStop()) return { kind: "more" };
      await this.#settle();
    }
    return await this.#findMissing(shouldStop);
  }

  /** What was used and is not in the sync's row yet. */
  takeCost(): { requests: number; rowsRead: number; rowsWritten: number } {
    const sent = this.#parts.jumpcloud.requests();
    const requests = sent - this.#requestsTaken;
    this.#requestsTaken = sent;
    return { requests, ...this.#parts.register.takeCost() };
  }

  /** Reads and plans up to a window's pages. Gives false where no request may be made any more for now. */
  async #walkOn(shouldStop: () => boolean): Promise<boolean> {
    this.#walk ??= new Walk(this.#parts.jumpcloud, this.#at.walk, this.#parts);
    // Beside the first pages, not after them. It keeps its failures to itself.
    this.#insights.open().catch(() => {});
    const page = await this.#walk
      .next(() => !shouldStop())
      .catch((error: unknown) => this.#saveAndThrow(error));
    if (page === "later") return false;
    if (page === undefined) {
      await this.#planWindow();
      await this.#endWalk();
      return true;
    }
    this.#read.records.push(...page.records);
    this.#read.pages += 1;
    this.#read.state = page.state;
    this.#at = { ...this.#at, total: page.totalCount ?? this.#at.total };
    if (this.#read.pages >= pagesPerWindow) {
      await this.#planWindow();
      await this.#commitUnlessQuiet();
    }
    return true;
  }

  /** A page that does not come takes nothing with it of what came before: so every attempt gets somewhere. */
  async #saveAndThrow(error: unknown): Promise<never> {
    if (error instanceof JumpCloudFailure && this.#read.pages + this.#quietPieces > 0) {
      await this.#planWindow();
      await this.#commit();
    }
    throw error;
  }

  async #planWindow(): Promise<void> {
    const { register, rules } = this.#parts;
    await this.#parts.jumpcloud.lull(planMs);
    const { records, pages, state } = this.#read;
    this.#read = nothingRead(state);
    const { decisions, openSkips } = await planWindow(
      // Pages that joined; what was looked for singly, or came out of order, lies anywhere.
      { records, isStretch: pages > 0 && !state.doubtful },
      this.#hardware,
      this.#seen,
      register,
      rules,
    );
    addDecisions(this.#step, this.#counts, decisions, openSkips);
    const failure = this.#insights.failure;
    this.#at = {
      ...this.#at,
      walk: state,
      insights: this.#insights.pages,
      ...(failure ? { hardwareMissed: isPassing(failure) ? ("failed" as const) : ("refused" as const) } : {}),
    };
  }

  /** Complete is a walk that has seen as many as JumpCloud counts (CONTRACT, sync rule 7). */
  async #endWalk(): Promise<void> {
    const { total, walk, pass } = this.#at;
    const complete = this.#seen.size === total;
    if (complete || total === undefined || pass >= mostPasses) {
      this.#walk = undefined;
      this.#at = { ...this.#at, phase: "settle", complete };
    } else {
      this.#at = { ...this.#at, pass: pass + 1 };
      // Pages that cannot be joined do not tell where the list changed: it is read again.
      if (walk.doubtful) this.#readAgain();
      else await this.#reconcile(total);
    }
    await this.#commit();
  }

  #readAgain(): void {
    this.#walk = undefined;
    this.#read = nothingRead(firstWalkState);
    this.#at = { ...this.#at, walk: firstWalkState };
  }

  /** Looks for what was deleted or enrolled behind the walk; what was done for it is planned as in a window. */
  async #reconcile(total: number): Promise<void> {
    const { jumpcloud, register } = this.#parts;
    await this.#commit();
    const difference = await findDifference(jumpcloud, this.#seen, total);
    if (difference === undefined) {
      this.#at = { ...this.#at, pass: mostPasses };
      return;
    }
    await withdrawGone(difference.gone, this.#seen, register, this.#counts);
    this.#at = { ...this.#at, total: difference.totalCount ?? total };
    this.#read.records.push(...difference.unseen);
    await this.#planWindow();
  }

  async #settle(): Promise<void> {
    const { register, rules, store } = this.#parts;
    const devices = await store.deferred(this.#at.settled);
    if (devices === undefined) {
      this.#at = { ...this.#at, phase: "missing" };
      return;
    }
    if (this.#verdicts === undefined || this.#at.settled >= this.#verdicts.until)
      this.#verdicts = await judgeFrom(this.#at.settled, store, this.#seen);
    await settleDevices(devices, this.#verdicts, this.#seen, register, rules, this.#step, this.#counts);
    this.#at = { ...this.#at, settled: this.#at.settled + 1 };
    await this.#commitUnlessQuiet();
  }

  async #findMissing(shouldStop: () => boolean): Promise<StretchEnd> {
    const { register, jumpcloud, now } = this.#parts;
    if (this.#at.complete) {
      this.#missing ??= new MissingSearch(register, this.#seen, jumpcloud);
      while (!this.#missing.isOver) {
        if (shouldStop()) return { kind: "more" };
        const since = now().toISOString();
        await this.#missing.advance(this.#step, this.#counts, since);
        if (!isEmpty(this.#step)) await this.#commit(since);
      }
    }
    if (this.#quietPieces > 0) await this.#commit();
    const said = this.#at.complete
      ? (this.#missing?.notice ?? this.#hardwareNotice)
      : notice("incomplete_walk");
    const deviceCount = this.#at.complete ? this.#seen.size : undefined;
    return { kind: "done", deviceCount, ...(said ? { notice: said } : {}) };
  }

  async #commitUnlessQuiet(): Promise<void> {
    this.#quietPieces += 1;
    const isFull = this.#quietPieces >= quietPiecesPerCommit || this.#seen.isFull;
    if (isFull || !isEmpty(this.#step)) await this.#commit();
  }

  /** Writes the step and everything that stands for it. */
  async #commit(now = this.#parts.now().toISOString()): Promise<void> {
    const { register } = this.#parts;
    await this.#seen.save(this.#stepNumber);
    const standing = {
      checkpoint: JSON.stringify(this.#at),
      done: this.progress.done,
      total: this.progress.total,
      counts: this.#counts,
      ...this.takeCost(),
    };
    await this.#parts.jumpcloud.lull(writeMs);
    const written = await register.commit(this.#stepNumber, now, this.#step, standing);
    if (!written) throw new StaleRunError();
    this.#stepNumber += 1;
    this.#step = emptyStep();
    this.#quietPieces = 0;
  }

  /** An organization that never had System Insights is told by what its agents say alone. */
  readonly #hardware: HardwareSource = async (systemIds) => {
    const hardware = await this.#insights.read(systemIds);
    const { failure } = this.#insights;
    return !this.#parts.insights && failure && !isPassing(failure) ? "none" : hardware;
  };

  get #hardwareNotice(): SyncProblem | undefined {
    if (this.#at.hardwareMissed === undefined) return undefined;
    if (this.#at.hardwareMissed === "failed") return notice("insights_unavailable");
    return notice("insights_unavailable", {
      detail:
        "JumpCloud System Insights is not open to this key or not part of the organization's plan, so model, processor, memory and storage were left as they are.",
    });
  }
}

function nothingRead(state: WalkState): { records: SystemRecord[]; pages: number; state: WalkState } {
  return { records: [], pages: 0, state };
}

/** The sync moved on without this run: it was ended, or another one has taken it up. */
export class StaleRunError extends Error {
  override name = "StaleRunError";
}
