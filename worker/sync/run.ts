import { DurableObject } from "cloudflare:workers";
import type { AuditActor } from "../../shared/audit.ts";
import type { Sync, SyncKind, SyncProblem, SyncTrigger } from "../../shared/syncs.ts";
import type { Env } from "../env.ts";
import { readSettings } from "../env.ts";
import { createClient, type JumpCloud } from "../jumpcloud/client.ts";
import { JumpCloudFailure } from "../jumpcloud/failures.ts";
import { Audit } from "../register/audit.ts";
import { finishSync, type RunKey } from "../register/commit.ts";
import { Connections } from "../register/connections.ts";
import { MeteredDb } from "../register/metered-db.ts";
import { PreviewDb } from "../register/preview-db.ts";
import { openPreviewRegister } from "../register/preview-register.ts";
import { openRunRegister, type RunRegister } from "../register/run-register.ts";
import { type SyncRecord, Syncs } from "../register/syncs.ts";
import { openUndoRegister } from "../register/undo-register.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { openVault } from "../vault/vault.ts";
import { firstCheckpoint } from "./checkpoint.ts";
import { Drive, isKeyRejected, StaleRunError, type StretchEnd } from "./drive.ts";
import { judge } from "./ending.ts";
import { secondsLeft, type Waypoint } from "./pace.ts";
import { StoredSightings } from "./seen-store.ts";
import { shownSync } from "./shown-sync.ts";
import { firstUndoCheckpoint, UndoDrive } from "./undo.ts";
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
  /** Attempts in a row that failed. */
  attempts: number;
  cancelled: boolean;
};

/** What is at work on the sync. */
interface Work {
  syncId: string;
  drive: Pick<Drive, "work" | "takeCost"> & { progress: { done: number; total: number } };
  /** An undo asks JumpCloud nothing. */
  jumpcloud: JumpCloud | undefined;
  /** Where it was when it was taken up: its pace is told from there. */
  since: Waypoint;
}

/** An alarm works for this long, then sets the next one: a fresh invocation with fresh limits. */
const stretchMs = 20_000;
const requestsPerStretch = 900;
/** If an alarm dies in the middle, this one takes over; while it works, the next one waits. */
const safetyNetMs = 2_000;
/** One request of a key that no longer counts must not wait for ever. */
const triesPerRequest = 5;
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
    const sync = await new Syncs(this.env.DB, job.workspace).find(job.syncId);
    if (sync) await this.#end(job, sync, "cancelled", undefined);
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
      await this.#recover(job, error);
    }
  }

  /** One stretch of work. Gives "over" once the sync has ended, however it did. */
  async #work(job: Job): Promise<"more" | "over"> {
    await this.#ensureSync(job);
    const sync = await new Syncs(this.env.DB, job.workspace).find(job.syncId);
    if (sync === undefined || sync.finishedAt !== null) return "over";
    if (job.cancelled) return await this.#end(job, sync, "cancelled", undefined);
    const { drive, jumpcloud } = await this.#takeUp(job, sync);
    const until = Date.now() + stretchMs;
    const sent = () => jumpcloud?.requests() ?? 0;
    const requestsUntil = sent() + requestsPerStretch;
    const end = await drive.work(
      () => this.#cancelled || this.#hasNewKey || Date.now() >= until || sent() >= requestsUntil,
    );
    if (job.attempts > 0) await this.#patchJob({ attempts: 0 });
    if (end.kind === "more") return "more";
    return await this.#end(job, sync, "succeeded", end.notice, end);
  }

  /** Goes on with what is in memory, or loads it from where the last commit left it. */
  async #takeUp(job: Job, sync: SyncRecord): Promise<Work> {
    if (this.#drive?.syncId === job.syncId && !this.#hasNewKey) return this.#drive;
    this.#hasNewKey = false;
    const work = job.kind === "undo" ? await this.#undo(job, sync) : await this.#sync(job, sync);
    const since = { done: work.drive.progress.done, atMs: Date.now() };
    this.#drive = { syncId: job.syncId, since, ...work };
    return this.#drive;
  }

  async #undo(job: Job & { kind: "undo" }, sync: SyncRecord): Promise<Pick<Work, "drive" | "jumpcloud">> {
    const undone = await new Syncs(this.env.DB, job.workspace).find(job.undoes);
    if (undone === undefined) throw new StaleRunError();
    const register = openUndoRegister(new MeteredDb(this.env.DB), runKey(job, sync), job.undoes);
    const parts = { register, connectionId: job.connectionId, undone: undone.counts, now: () => new Date() };
    return { drive: new UndoDrive(parts, sync), jumpcloud: undefined };
  }

  async #sync(job: Job, sync: SyncRecord): Promise<Pick<Work, "drive" | "jumpcloud">> {
    const settings = readSettings(this.env);
    const connection = await new Connections(this.env.DB, job.workspace).find(job.connectionId);
    if (connection === undefined) throw new StaleRunError();
    const place = {
      workspace: job.workspace,
      connectionId: connection.id,
      organizationId: connection.organization.id,
      keyVersion: connection.keyVersion,
    };
    this.#keyVersion = connection.keyVersion;
    const sign = await openVault(this.env, settings).signer(place);
    await new Audit(this.env.DB, job.workspace).noteOfSync({
      event: "key.used",
      actor: job.by,
      at: sync.startedAt,
      connectionId: connection.id,
      syncId: job.syncId,
      details: { keyLast4: connection.keyLast4 },
    });
    const jumpcloud = createClient({
      region: connection.region,
      sign,
      organizationId: connection.sendsOrganization ? connection.organization.id : undefined,
      localBaseUrl: settings.jumpcloudBaseUrl,
      timeoutMs: settings.jumpcloudTimeoutMs,
      tries: triesPerRequest,
    });
    const store = new StoredSightings(this.ctx.storage);
    const drive = new Drive(
      {
        register: this.#register(runKey(job, sync), job.kind),
        jumpcloud,
        store,
        rules: { mode: sync.mode, connectionId: job.connectionId },
        insights: connection.insights,
        expectedTotal: connection.deviceCount,
        now: () => new Date(),
      },
      sync,
      await store.load(sync.step),
    );
    return { drive, jumpcloud };
  }

  #register(key: RunKey, kind: Job["kind"]): RunRegister {
    return kind === "preview"
      ? openPreviewRegister(new PreviewDb(this.env.DB), key)
      : openRunRegister(new MeteredDb(this.env.DB), key);
  }

  async #recover(job: Job, error: unknown): Promise<void> {
    const current = this.#drive;
    if (error instanceof StaleRunError) {
      this.#drive = undefined;
      const sync = await new Syncs(this.env.DB, job.workspace).find(job.syncId);
      const connection = await new Connections(this.env.DB, job.workspace).find(job.connectionId);
      if (sync && connection === undefined) await this.#end(job, sync, "cancelled", undefined);
      // Otherwise the row has moved on: whoever moved it is right, and the next alarm starts from there.
      return await this.#continueIn(1);
    }
    const rejected = error instanceof JumpCloudFailure && error.failure.kind === "key_rejected";
    const isFalseAlarm =
      rejected &&
      (this.#hasNewKey || (current?.jumpcloud !== undefined && !(await isKeyRejected(current.jumpcloud))));
    const attempts = job.attempts + 1;
    const verdict = isFalseAlarm ? ({ kind: "later", waitMs: 1_000 } as const) : judge(error, attempts);
    console.warn(
      JSON.stringify({
        event: "run.attempt_failed",
        syncId: job.syncId,
        attempts,
        error: nameOf(error),
        verdict: verdict.kind,
      }),
    );
    this.#drive = undefined;
    if (verdict.kind === "later") {
      await this.#patchJob({ attempts });
      return await this.#continueIn(verdict.waitMs);
    }
    const sync = await new Syncs(this.env.DB, job.workspace).find(job.syncId);
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
    const cost = current?.drive.takeCost() ?? { requests: 0, rowsRead: 0, rowsWritten: 0 };
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
    const connection = await new Connections(this.env.DB, job.workspace).find(job.connectionId);
    if (connection === undefined) return;
    await new Syncs(this.env.DB, job.workspace).add({
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
    this.#drive = undefined;
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
