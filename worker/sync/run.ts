import { DurableObject } from "cloudflare:workers";
import type { Sync } from "../../shared/syncs.ts";
import type { Env } from "../env.ts";
import { readSettings } from "../env.ts";
import { inTime } from "../in-time.ts";
import { JumpCloudFailure } from "../jumpcloud/failures.ts";
import { type SyncRecord, Syncs } from "../register/syncs.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { StaleRunError } from "./drive.ts";
import { judge } from "./ending.ts";
import type { Job, StartAnswer, StartRequest } from "./job.ts";
import { secondsLeft, type Waypoint } from "./pace.ts";
import { confirmRefusal } from "./refusal.ts";
import { type Ending, RunRow } from "./run-row.ts";
import { shownSync } from "./shown-sync.ts";
import { type Driven, takeUp } from "./take-up.ts";
import { type Look, sharedLook, watchSync } from "./watch.ts";

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
  /**
   * A stretch that takes this long hangs: what it waits for never comes. It is dropped and taken up anew; should
   * it wake up after all, the step's number keeps it from writing twice. Longer than six tries of one request.
   */
  static patienceMs = 5 * 60_000;

  /** The work that is going on: an alarm's, or that of a cancel that finishes what an alarm left. */
  #turn: Promise<void> = Promise.resolve();
  #cancelled = false;
  /** The version of the key that was last asked for: the one a refusal is about. */
  #keyVersion: string | undefined;
  #hasNewKey = false;
  #drive: Work | undefined;
  /** The sync that was listened to last. */
  #watched: { workspace: WorkspaceId; syncId: string; look: Look } | undefined;
  #ownRow: RunRow | undefined;

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
    await this.#row.ensure(job);
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
    await this.#row.ensure(job);
    const sync = await this.#row.find(job);
    if (sync) await this.#end(job, sync, { status: "cancelled" });
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
    if (this.#watched?.workspace !== workspace || this.#watched.syncId !== syncId) {
      const syncs = new Syncs(this.env.DB, workspace);
      const look = sharedLook(async () => {
        const sync = await syncs.find(syncId);
        return sync && shownSync(sync, this.progress(syncId));
      });
      this.#watched = { workspace, syncId, look };
    }
    return watchSync(this.#watched.look);
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
      if ((await inTime(this.#work(job), SyncRun.patienceMs, "A stretch")) === "more")
        await this.#continueIn(1);
      else await this.#forget();
    } catch (error) {
      // What was given up on purpose is no failure: the next turn finds the sync ended.
      if (this.#cancelled && error instanceof Error && error.name === "AbortError") await this.#continueIn(1);
      else await this.#recover(job, error);
    }
  }

  /** One stretch of work. Gives "over" once the sync has ended, however it did. */
  async #work(job: Job): Promise<"more" | "over"> {
    await this.#row.ensure(job);
    const sync = await this.#row.find(job);
    if (sync === undefined || sync.finishedAt !== null) return "over";
    if (job.cancelled) return await this.#end(job, sync, { status: "cancelled" });
    const { drive, subrequests } = await this.#takeUp(job, sync);
    const until = Date.now() + stretchMs;
    const { subrequestsPerStretch } = readSettings(this.env);
    const most = subrequests() + subrequestsPerStretch - subrequestsPerWindow;
    const end = await drive.work(
      () => this.#cancelled || this.#hasNewKey || Date.now() >= until || subrequests() >= most,
    );
    if (end.kind === "more") return "more";
    return await this.#end(job, sync, {
      status: "succeeded",
      problem: end.notice,
      deviceCount: end.deviceCount,
    });
  }

  /** Goes on with what is in memory, or loads it from where the last commit left it. */
  async #takeUp(job: Job, sync: SyncRecord): Promise<Work> {
    if (this.#drive?.syncId === job.syncId && !this.#hasNewKey) return this.#drive;
    await this.#drop();
    this.#hasNewKey = false;
    const driven = await takeUp(this.env, this.#row.db, this.ctx.storage, job, sync, (version) => {
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
      const sync = await this.#row.find(job);
      if (sync && !(await this.#row.hasConnection(job))) await this.#end(job, sync, { status: "cancelled" });
      // Otherwise the row has moved on: whoever moved it is right, and the next alarm starts from there.
      return await this.#continueIn(1);
    }
    const cause = current?.jumpcloud === undefined ? error : await confirmRefusal(error, current.jumpcloud);
    const step = (await this.#row.find(job).catch(() => undefined))?.step;
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
    const sync = await this.#row.find(job);
    const rejectedKeyVersion = verdict.keyRejected ? this.#keyVersion : undefined;
    const ending: Ending = { status: "failed", problem: verdict.problem, rejectedKeyVersion };
    if (sync) await this.#end(job, sync, ending, current);
    await this.#forget();
  }

  async #end(job: Job, sync: SyncRecord, ending: Ending, current = this.#drive): Promise<"over"> {
    await this.#row.end(job, sync, ending, current?.drive.takeCost());
    return "over";
  }

  get #row(): RunRow {
    this.#ownRow ??= new RunRow(this.env.DB);
    return this.#ownRow;
  }

  /** What was asked for ahead must not be sent for a run that goes on from its row, or not at all. */
  async #drop(): Promise<void> {
    const driven = this.#drive;
    this.#drive = undefined;
    await driven?.stop();
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

/** What may be logged of an error: its name and kind, never its message's input. */
function nameOf(error: unknown): string {
  if (error instanceof JumpCloudFailure) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message.slice(0, 200)}` : "unknown";
}
