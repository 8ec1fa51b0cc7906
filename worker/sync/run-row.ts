import type { SyncProblem } from "../../shared/syncs.ts";
import { finishSync } from "../register/commit.ts";
import { Connections } from "../register/connections.ts";
import { CountedD1 } from "../register/counted-d1.ts";
import { MeteredDb } from "../register/metered-db.ts";
import { type SyncRecord, Syncs } from "../register/syncs.ts";
import { firstCheckpoint } from "./checkpoint.ts";
import type { Job } from "./job.ts";
import { firstUndoCheckpoint } from "./undo.ts";

/** How a sync ends. */
export interface Ending {
  status: "succeeded" | "failed" | "cancelled";
  problem?: SyncProblem | undefined;
  /** How many devices a complete walk found. */
  deviceCount?: number | undefined;
  /** The version of the key that JumpCloud no longer takes. */
  rejectedKeyVersion?: string | undefined;
}

/** What a run's work used. */
export interface UsedByWork {
  requests: number;
  rowsRead: number;
  rowsWritten: number;
}

/**
 * The row of a run's sync: added, looked up and ended. Counts what that costs, besides what the run's work counts
 * for itself: finding its row, its connection, its key.
 */
export class RunRow {
  readonly #plain: D1Database;
  readonly #counted: CountedD1;

  constructor(db: D1Database) {
    this.#plain = db;
    this.#counted = new CountedD1(db);
  }

  /** The database, with what is asked of it counted for the run. */
  get db(): D1Database {
    return this.#counted.db;
  }

  /** The sync's row, once: a kill between the claim and the row must not lose the sync. */
  async ensure(job: Job): Promise<void> {
    const connection = await new Connections(this.db, job.workspace).find(job.connectionId);
    if (connection === undefined) return;
    await new Syncs(this.db, job.workspace).add({
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

  async find(job: Job): Promise<SyncRecord | undefined> {
    return await new Syncs(this.db, job.workspace).find(job.syncId);
  }

  async hasConnection(job: Job): Promise<boolean> {
    return (await new Connections(this.db, job.workspace).find(job.connectionId)) !== undefined;
  }

  /** Ends the sync, with all that it used; one that has ended stays as it is. */
  async end(job: Job, sync: SyncRecord, ending: Ending, work: UsedByWork | undefined): Promise<void> {
    const { workspace, connectionId, syncId } = job;
    const own = this.#counted.take();
    await finishSync(
      new MeteredDb(this.#plain),
      { workspace, connectionId, syncId, number: sync.number },
      {
        ...ending,
        now: new Date().toISOString(),
        kind: job.kind,
        requests: work?.requests ?? 0,
        rowsRead: (work?.rowsRead ?? 0) + own.rowsRead,
        rowsWritten: (work?.rowsWritten ?? 0) + own.rowsWritten,
      },
    );
  }
}
