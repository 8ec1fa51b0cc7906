import type {
  ChangeOutcome,
  Counts,
  SkipReason,
  SyncKind,
  SyncProblem,
  SyncStatus,
} from "../../shared/syncs.ts";
import {
  removeUncreated,
  writeCreated,
  writeHeartbeats,
  writeLinked,
  writeMissing,
  writeRestored,
  writeUpdated,
} from "./asset-rows.ts";
import { beginSkips, endSkips, withdrawChanges, writeChanges } from "./change-rows.ts";
import type { AssetState } from "./matching.ts";
import type { MeteredDb } from "./metered-db.ts";
import type { TechnicalValues } from "./technical-columns.ts";
import type { WorkspaceId } from "./workspace.ts";

/** An asset to create, with its link. */
export interface CreatedRow {
  id: string;
  serialKey: string | null;
  name: string | null;
  type: string | null;
  systemId: string;
  technical: TechnicalValues;
}

/** An asset to write: all its technical values as they shall be. */
export interface UpdatedRow {
  id: string;
  technical: TechnicalValues;
}

/** An asset to link to a system; its serial key as it shall be. Takes `missingSince` away. */
export interface LinkedRow {
  id: string;
  systemId: string;
  serialKey: string | null;
}

export interface ChangeRow {
  systemId: string;
  outcome: "created" | "updated" | "missing";
  assetId: string;
  serialNumber: string | null;
  hostname: string | null;
  before: object | null;
  after: object | null;
  /** When its asset had been written before; `null` of a created one. */
  beforeAt: string | null;
}

/** A change as its row is written: an undo lists what it skipped too, and what it kept. */
export type WrittenChange = Omit<ChangeRow, "outcome"> & { outcome: ChangeOutcome; kept?: object | null };

export interface SkipRow {
  systemId: string;
  reason: SkipReason;
  serialNumber: string | null;
  hostname: string | null;
  related: string[] | undefined;
}

/** What one commit of a run writes, in this order. */
export interface Step {
  /** Assets created earlier in this very sync that should not have been. */
  uncreated: string[];
  /** Assets put back, whole, as they were before this sync. */
  restored: AssetState[];
  created: CreatedRow[];
  updated: UpdatedRow[];
  linked: LinkedRow[];
  heartbeats: { id: string; lastContactAt: string }[];
  /** Assets whose device is no longer listed. */
  missing: string[];
  /** Systems whose change in this sync was superseded. */
  withdrawn: string[];
  changes: ChangeRow[];
  skipsEnded: string[];
  skipsBegun: SkipRow[];
}

export function emptyStep(): Step {
  return {
    uncreated: [],
    restored: [],
    created: [],
    updated: [],
    linked: [],
    heartbeats: [],
    missing: [],
    withdrawn: [],
    changes: [],
    skipsEnded: [],
    skipsBegun: [],
  };
}

/** Where the run stands once the step is written. */
export interface Standing {
  checkpoint: string;
  done: number;
  total: number;
  counts: Counts;
  requests: number;
  rowsRead: number;
  rowsWritten: number;
}

/** A run's own end of the database: what it writes, it writes here. */
export interface RunKey {
  workspace: WorkspaceId;
  connectionId: string;
  syncId: string;
  /** The sync's number within its connection. */
  number: number;
}

/**
 * Writes a step and the run's standing in one atomic batch, fenced by the step's number: a repeated, stale or
 * parallel step changes nothing. Gives whether this call was the one that wrote it.
 */
export async function commitStep(
  db: MeteredDb,
  run: RunKey,
  expectedStep: number,
  now: string,
  step: Step,
  standing: Standing,
): Promise<boolean> {
  const statements = [
    ...removeUncreated(db, run, expectedStep, step.uncreated),
    ...writeRestored(db, run, expectedStep, step.restored),
    ...writeCreated(db, run, expectedStep, now, step.created),
    ...writeUpdated(db, run, expectedStep, now, step.updated),
    ...writeLinked(db, run, expectedStep, now, step.linked),
    ...writeHeartbeats(db, run, expectedStep, step.heartbeats),
    ...writeMissing(db, run, expectedStep, now, step.missing),
    ...withdrawChanges(db, run, expectedStep, step.withdrawn),
    ...writeChanges(db, run, expectedStep, now, step.changes),
    ...endSkips(db, run, expectedStep, step.skipsEnded),
    ...beginSkips(db, run, expectedStep, step.skipsBegun),
    // Last: every statement before it looks at the step that this one moves on.
    moveOn(db, run, expectedStep, standing),
  ];
  const results = await db.batch(statements);
  return results.at(-1)?.length === 1;
}

/** Moves a run on to where it stands; one row is returned where it was this step's turn. */
export function moveOn(
  db: MeteredDb,
  run: RunKey,
  expectedStep: number,
  standing: Standing,
): D1PreparedStatement {
  return db
    .prepare(
      `UPDATE syncs SET step = step + 1, status = 'running', checkpoint = ?3, done = ?4, total = ?5, counts = ?6,
         requests = requests + ?7, rows_read = rows_read + ?8, rows_written = rows_written + ?9
       WHERE id = ?1 AND step = ?2 AND status IN ('queued', 'running') RETURNING step`,
    )
    .bind(
      run.syncId,
      expectedStep,
      standing.checkpoint,
      standing.done,
      standing.total,
      JSON.stringify(standing.counts),
      standing.requests,
      standing.rowsRead,
      standing.rowsWritten,
    );
}

/**
 * Ends a sync and tells its connection, in one batch; a sync that has ended stays as it is. The step moves on,
 * so that a commit which is still on its way comes too late and writes nothing.
 */
export async function finishSync(
  db: MeteredDb,
  run: RunKey,
  end: {
    status: Extract<SyncStatus, "succeeded" | "failed" | "cancelled">;
    now: string;
    problem?: SyncProblem | undefined;
    requests: number;
    rowsRead: number;
    rowsWritten: number;
    /** How many devices a complete walk found. */
    deviceCount?: number | undefined;
    /** The version of the key that JumpCloud no longer takes. One renewed meanwhile is not meant. */
    rejectedKeyVersion?: string | undefined;
    /** A sync is what its connection tells of last; a preview or an undo is not. */
    kind: SyncKind;
  },
): Promise<void> {
  // What this batch itself reads and writes: it cannot note that after the fact (test/worker/cost.test.ts).
  const own =
    end.kind === "sync" || end.rejectedKeyVersion !== undefined
      ? { rowsRead: 3, rowsWritten: 2 }
      : { rowsRead: 2, rowsWritten: 1 };
  const unfinished = "(SELECT finished_at FROM syncs WHERE id = ?1) IS NULL";
  await db.batch([
    db
      .prepare(
        `UPDATE connections SET last_sync_id = CASE WHEN ?8 THEN ?1 ELSE last_sync_id END,
           last_sync_at = CASE WHEN ?8 AND ?4 = 'succeeded' THEN ?5 ELSE last_sync_at END,
           device_count = CASE WHEN ?8 THEN coalesce(?6, device_count) ELSE device_count END,
           status_since = CASE WHEN key_version = ?7 AND status <> 'needs_key' THEN ?5 ELSE status_since END,
           status = CASE WHEN key_version = ?7 THEN 'needs_key' ELSE status END
         WHERE workspace = ?2 AND id = ?3 AND (?8 OR key_version = ?7) AND ${unfinished}`,
      )
      .bind(
        run.syncId,
        run.workspace,
        run.connectionId,
        end.status,
        end.now,
        end.deviceCount ?? null,
        end.rejectedKeyVersion ?? null,
        Number(end.kind === "sync"),
      ),
    db
      .prepare(
        `UPDATE syncs SET step = step + 1, status = ?2, finished_at = ?3, problem = ?4, requests = requests + ?5,
           rows_read = rows_read + ?6, rows_written = rows_written + ?7
         WHERE id = ?1 AND finished_at IS NULL`,
      )
      .bind(
        run.syncId,
        end.status,
        end.now,
        end.problem === undefined ? null : JSON.stringify(end.problem),
        end.requests,
        end.rowsRead + own.rowsRead,
        end.rowsWritten + own.rowsWritten,
      ),
  ]);
}
