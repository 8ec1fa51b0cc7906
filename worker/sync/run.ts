import { DurableObject } from "cloudflare:workers";
import type { AuditActor } from "../../shared/audit.ts";
import type { Sync, SyncKind, SyncProblem, SyncTrigger } from "../../shared/syncs.ts";
import type { Env } from "../env.ts";
import { readSettings } from "../env.ts";
import { JumpCloudFailure } from "../jumpcloud/failures.ts";
import { finishSync, type RunKey } from "../register/commit.ts";
import { Connections } from "../register/connections.ts";
import { CountedD1 } from "../register/counted-d1.ts";
import { MeteredDb } from "../register/metered-db.ts";
import { type SyncRecord, Syncs } from "../register/syncs.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { firstCheckpoint } from "./checkpoint.ts";
import { StaleRunError, type StretchEnd } from "./drive.ts";
import { judge } from "./ending.ts";
import { secondsLeft, type Waypoint } from "./pace.ts";
import { confirmRefusal } from "./refusal.ts";
import { shownSync } from "./shown-sync.ts";
import { type Driven, takeUp } from "./take-up.ts";
import { firstUndoCheckpoint } from "./undo.ts";
import { watchSync } from "./watch.ts";

/** What starts a run. */
export type StartRequest = {
  workspace: WorkspaceId;
  connectionId: string;
  trigger: SyncTrigger;
  /** Who starts it. */
  by: AuditActor;
} & Task;
type Task =
  | { kind: Extract<SyncKind, "sync" | "preview"> }
  /** `undoes`: the sync to take back. */
  | { kind: Extract<SyncKind, "undo">; undoes: string };
export type StartAnswer = { kind: "started"; syncId: string } | { kind: "running"; syncId: string };

/** What the object remembers of the sync it drives; how far it is stands in D1. */
type Job = StartRequest & {
  syncId: string;
  /** Attempts in a row that failed at the same step. */
  attempts: number;
  failedAtStep?: number | undefined;
  cancelled: boolean;
};

/** What is at work on the sync. */
interface Work extends Driven {
  syncId: string;
  /** Where it was when it was taken up: its pace is told from there. */
  since: Waypoint;
}

/** An alarm works for this long, then sets the next one: a fresh invocation with fresh limits. */
const stretchMs = 20_000;
/** A window's pages, and what it reads and writes of the register; also what begins and ends a sync. */
const subrequestsPerWindow = 23;
/** If an alarm dies in the middle, this one takes over; while it works, the next one waits. */
const safetyNetMs = 2_000;
/** Who cancels need not wait longer than this for requests that are still under way: the sync has ended. */
const cancelPatienceMs = 3_000;

/**
 * Drives the syncs of one connection, one at a time, by its alarm (DESIGN.md, the durable run). D1 holds how far
 * a sync is; this object only drives, so that it can be killed at any point and goes on by itself.
 */
export class SyncRun extends DurableObject<Env> {
  /** The work that is going on: an alarm's, or that of a cancel that finishes what an alarm left. */
  #turn: Promise<void> = Promise.resolve();
  #cancelled = false;
  /** The version of the key that was last asked for: the one a refusal is about. */
  #keyVersion: string | undefined;
  #hasNewKey = false;
  #drive: Work | undefined;
  #counted: CountedD1 | undefined;

  /** Starts a sync, or says which one is running. */
  async start(request: StartRequest): Promise<StartAnswer> {
    if (this.#cancelled) await this.#turn;
    const running = await this.#job();
    if (running) {
      await this.#poke();
      return { kind: "running", syncId: running.syncId };
    }
    // Claimed in storage before anything else is awaited: of two calls at once, one finds the other's claim.
    const job: Job = { ...request, syncId: crypto.randomUUID(), attempts: 0, cancelled: false };
    await this.ctx.storage.put("job", job);
    await this.ctx.storage.setAlarm(Date.now() + 1);
    await this.#ensureSync(job);
    return { kind: "started", syncId: job.syncId };
  }

  /** Sets a stuck alarm again: called by the cron. */
  async wake(): Promise<void> {
    if (await this.#job()) await this.#poke();
  }

  /** Ends the running sync, or the named one if it is running; once this returns, it writes no more. */
  async cancel(syncId?: string): Promise<void> {
    const job = await this.#job();
    if (!job || (syncId !== undefined && syncId !== job.syncId)) return;
    this.#cancelled = true;
    await this.#patchJob({ cancelled: true });
    await this.#ensureSync(job);
    const sync = await new Syncs(this.#overhead.db, job.workspace).find(job.syncId);
    if (sync) await this.#end(job, sync, "cancelled", undefined);
    await this.#drive?.stop();
    await Promise.race([this.#takeTurn(), scheduler.wait(cancelPatienceMs)]);
  }

  /** The connection's key was renewed: a sync under way goes on with the new one. */
  takeNewKey(): void {
    this.#hasNewKey = true;
  }

  /** How far the running sync is, committed or not, and how long it will go on. */
  progress(syncId: string): Sync["progress"] | undefined {
    if (this.#drive?.syncId !== syncId) return undefined;
    const { drive, since } = this.#drive;
    const { done, total } = drive.progress;
    const left = secondsLeft(since, { done, atMs: Date.now() }, total);
    return { done, total, ...(left === undefined ? {} : { secondsLeft: left }) };
  }

  /** The events of one of the workspace's syncs, until it has ended. */
  watch(workspace: WorkspaceId, syncId: string): ReadableStream<Uint8Array> {
    const syncs = new Syncs(this.env.DB, workspace);
    return watchSync(async () => {
      const sync = await syncs.find(syncId);
      return sync && shownSync(sync, this.progress(syncId));
    });
  }

  /** Never throws: after seven throws the platform would drop it, and the sync would stand still for good. */
  override async alarm(): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + safetyNetMs);
    await this.#takeTurn();
  }

  /** One after the other, whoever asks: two that worked at once would take each other for stale. */
  #takeTurn(): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#workAndSetAlarm())
      .catch((failed: unknown) => {
        console.error(JSON.stringify({ event: "run.recover_failed", error: nameOf(failed) }));
      });
    return this.#turn;
  }

  async #workAndSetAlarm(): Promise<void> {
    const job = await this.#job();
    if (!job) return await this.ctx.storage.deleteAlarm();
    try {
      if ((await this.#work(job)) === "more") await this.#continueIn(1);
      else await this.#forget();
    } catch (error) {
      // What was given up on purpose is no failure: the next turn finds the sync ended.
      if (this.#cancelled && error instanceof Error && error.name === "AbortError") await this.#continueIn(1);
      else await this.#recover(job, error);
    }
  }

  /** One stretch of work. Gives "over" once the sync has ended, however it did. */
  async #work(job: Job): Promise<"more" | "over"> {
    await this.#ensureSync(job);
    const sync = await new Syncs(this.#overhead.db, job.workspace).find(job.syncId);
    if (sync === undefined || sync.finishedAt !== null) return "over";
    if (job.cancelled) return await this.#end(job, sync, "cancelled", undefined);
    const { drive, subrequests } = await this.#takeUp(job, sync);
    const until = Date.now() + stretchMs;
    const { subrequestsPerStretch } = readSettings(this.env);
    const most = subrequests() + subrequestsPerStretch - subrequestsPerWindow;
    const end = await drive.work(
      () => this.#cancelled || this.#hasNewKey || Date.now() >= until || subrequests() >= most,
    );
    if (end.kind === "more") return "more";
    return await this.#end(job, sync, "succeeded", end.notice, end);
  }

  /** Goes on with what is in memory, or loads it from where the last commit left it. */
  async #takeUp(job: Job, sync: SyncRecord): Promise<Work> {
    if (this.#drive?.syncId === job.syncId && !this.#hasNewKey) return this.#drive;
    await this.#drop();
    this.#hasNewKey = false;
    const driven = await takeUp(this.env, this.#overhead.db, this.ctx.storage, job, sync, (version) => {
      this.#keyVersion = version;
    });
    if (driven === undefined) throw new StaleRunError();
    const since = { done: driven.drive.progress.done, atMs: Date.now() };
    this.#drive = { syncId: job.syncId, since, ...driven };
    return this.#drive;
  }

  async #recover(job: Job, error: unknown): Promise<void> {
    const current = this.#drive;
    if (error instanceof StaleRunError) {
      await this.#drop();
      const sync = await new Syncs(this.#overhead.db, job.workspace).find(job.syncId);
      const connection = await new Connections(this.#overhead.db, job.workspace).find(job.connectionId);
      if (sync && connection === undefined) await this.#end(job, sync, "cancelled", undefined);
      // Otherwise the row has moved on: whoever moved it is right, and the next alarm starts from there.
      return await this.#continueIn(1);
    }
    const cause = current?.jumpcloud === undefined ? error : await confirmRefusal(error, current.jumpcloud);
    const step = await this.#stepOf(job);
    // Only attempts that got nowhere count: a long sync may meet many failures and still come to its end.
    const attempts = step === job.failedAtStep ? job.attempts + 1 : 1;
    // A refusal of the key that was replaced meanwhile says nothing of the new one.
    const verdict = this.#hasNewKey ? ({ kind: "later", waitMs: 1 } as const) : judge(cause, attempts);
    console.warn(
      JSON.stringify({
        event: "run.attempt_failed",
        syncId: job.syncId,
        attempts,
        error: nameOf(cause),
        verdict: verdict.kind,
      }),
    );
    await this.#drop();
    if (verdict.kind === "later") {
      await this.#patchJob({ attempts, failedAtStep: step });
      return await this.#continueIn(verdict.waitMs);
    }
    const sync = await new Syncs(this.#overhead.db, job.workspace).find(job.syncId);
    if (sync) await this.#end(job, sync, "failed", verdict.problem, undefined, verdict.keyRejected, current);
    await this.#forget();
  }

  async #end(
    job: Job,
    sync: SyncRecord,
    status: "succeeded" | "failed" | "cancelled",
    problem: SyncProblem | undefined,
    end?: Extract<StretchEnd, { kind: "done" }>,
    keyRejected = false,
    current = this.#drive,
  ): Promise<"over"> {
    const driven = current?.drive.takeCost() ?? { requests: 0, rowsRead: 0, rowsWritten: 0 };
    const overhead = this.#overhead.take();
    const cost = {
      requests: driven.requests,
      rowsRead: driven.rowsRead + overhead.rowsRead,
      rowsWritten: driven.rowsWritten + overhead.rowsWritten,
    };
    await finishSync(new MeteredDb(this.env.DB), runKey(job, sync), {
      status,
      now: new Date().toISOString(),
      problem,
      ...cost,
      deviceCount: end?.deviceCount,
      rejectedKeyVersion: keyRejected ? this.#keyVersion : undefined,
      kind: job.kind,
    });
    return "over";
  }

  /** The sync's row, once: a kill between the claim and the row must not lose the sync. */
  async #ensureSync(job: Job): Promise<void> {
    const connection = await new Connections(this.#overhead.db, job.workspace).find(job.connectionId);
    if (connection === undefined) return;
    await new Syncs(this.#overhead.db, job.workspace).add({
      id: job.syncId,
      connectionId: job.connectionId,
      kind: job.kind,
      trigger: job.trigger,
      mode: connection.mode,
      startedAt: new Date().toISOString(),
      checkpoint: JSON.stringify(job.kind === "undo" ? firstUndoCheckpoint : firstCheckpoint),
      undoes: job.kind === "undo" ? job.undoes : null,
      by: job.by,
    });
  }

  /** What was asked for ahead must not be sent for a run that goes on from its row, or not at all. */
  async #drop(): Promise<void> {
    const driven = this.#drive;
    this.#drive = undefined;
    await driven?.stop();
  }

  /** Counts what a run costs besides what its drive counts: finding its row, its connection, its key. */
  get #overhead(): CountedD1 {
    this.#counted ??= new CountedD1(this.env.DB);
    return this.#counted;
  }

  async #stepOf(job: Job): Promise<number | undefined> {
    const sync = await new Syncs(this.#overhead.db, job.workspace).find(job.syncId).catch(() => undefined);
    return sync?.step;
  }

  async #job(): Promise<Job | undefined> {
    return await this.ctx.storage.get<Job>("job");
  }

  async #patchJob(patch: Partial<Job>): Promise<void> {
    const job = await this.#job();
    if (job) await this.ctx.storage.put("job", { ...job, ...patch });
  }

  async #poke(): Promise<void> {
    const alarm = await this.ctx.storage.getAlarm();
    if (alarm === null || alarm < Date.now() - 60_000) await this.#continueIn(1);
  }

  /** Never at this very millisecond: such an alarm can get lost (workerd issue 6866). */
  async #continueIn(ms: number): Promise<void> {
    await this.ctx.storage.setAlarm(Date.now() + Math.max(ms, 1));
  }

  /** The run is over: nothing of it stays here. */
  async #forget(): Promise<void> {
    await this.#drop();
    this.#cancelled = false;
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
  }
}

function runKey(job: Job, sync: SyncRecord): RunKey {
  return {
    workspace: job.workspace,
    connectionId: job.connectionId,
    syncId: job.syncId,
    number: sync.number,
  };
}

/** What may be logged of an error: its name and kind, never its message's input. */
function nameOf(error: unknown): string {
  if (error instanceof JumpCloudFailure) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : "unknown";
}
