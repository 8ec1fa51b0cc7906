import type {
  ChangeOutcome,
  Counts,
  SkipReason,
  SyncKind,
  SyncProblem,
  SyncStatus,
} from "../../shared/syncs.ts";
import type { AssetState } from "./matching.ts";
import type { MeteredDb } from "./metered-db.ts";
import { type TechnicalValues, technicalColumns } from "./technical-columns.ts";
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

/** D1 takes 2 MB a parameter; half of that leaves room (ENGINE.md, section 2). */
const largestParameterBytes = 1_000_000;
/**
 * The rows of a JSON parameter, for `UPDATE … FROM`. The limit makes SQLite read them first and look each asset
 * up by its whole key; without it, it walks the workspace's assets once and the rows once for each of them.
 */
export function rowsOf(parameter: number): string {
  return `(SELECT value FROM json_each(?${parameter}) LIMIT -1) r`;
}
/** What every statement of a step asks first: is it this step's turn? */
export const fence = "(SELECT step FROM syncs WHERE id = ?1) = ?2";

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
    problem: SyncProblem | undefined;
    requests: number;
    rowsRead: number;
    rowsWritten: number;
    /** How many devices a complete walk found. */
    deviceCount: number | undefined;
    /** The version of the key that JumpCloud no longer takes. One renewed meanwhile is not meant. */
    rejectedKeyVersion: string | undefined;
    /** A sync is what its connection tells of last; a preview or an undo is not. */
    kind: SyncKind;
  },
): Promise<void> {
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
        end.rowsRead,
        end.rowsWritten,
      ),
  ]);
}

function removeUncreated(db: MeteredDb, run: RunKey, step: number, assetIds: string[]) {
  return inParts(assetIds).map((json) =>
    db
      .prepare(
        `DELETE FROM assets WHERE workspace = ?4 AND connection_id = ?5 AND source = 'jumpcloud'
           AND id IN (SELECT value FROM json_each(?3)) AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace, run.connectionId),
  );
}

/** Puts assets back as they were, the time they were written at included. */
export function writeRestored(db: MeteredDb, run: RunKey, step: number, rows: AssetState[]) {
  const assignments = technicalColumns.map(({ column }, index) => `${column} = r.value ->> ${index + 6}`);
  return inParts(
    rows.map((row) => [
      row.id,
      row.serialKey,
      row.connectionId,
      row.systemId,
      row.missingSince,
      row.updatedAt,
      ...valuesOf(row.technical),
    ]),
  ).map((json) =>
    db
      .prepare(
        `UPDATE assets SET serial_key = r.value ->> 1, connection_id = r.value ->> 2, system_id = r.value ->> 3,
           missing_since = r.value ->> 4, updated_at = r.value ->> 5, ${assignments.join(", ")}
         FROM ${rowsOf(3)} WHERE assets.workspace = ?4 AND assets.id = r.value ->> 0 AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace),
  );
}

function writeCreated(db: MeteredDb, run: RunKey, step: number, now: string, rows: CreatedRow[]) {
  const technical = technicalColumns.map(({ column }) => column);
  const values = technical.map((_, index) => `r.value ->> ${index + 5}`);
  return inParts(
    rows.map((row) => [row.id, row.serialKey, row.name, row.type, row.systemId, ...valuesOf(row.technical)]),
  ).map((json) =>
    db
      .prepare(
        `INSERT INTO assets (workspace, connection_id, source, updated_at, id, serial_key, name, type, system_id,
           ${technical.join(", ")})
         SELECT ?4, ?5, 'jumpcloud', ?6, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4,
           ${values.join(", ")}
         FROM json_each(?3) r WHERE ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace, run.connectionId, now),
  );
}

/** serial_key is not named here: a column in SET rewrites its index though it stays the same (ENGINE.md). */
function writeUpdated(db: MeteredDb, run: RunKey, step: number, now: string, rows: UpdatedRow[]) {
  const assignments = technicalColumns.map(({ column }, index) => `${column} = r.value ->> ${index + 1}`);
  return inParts(rows.map((row) => [row.id, ...valuesOf(row.technical)])).map((json) =>
    db
      .prepare(
        `UPDATE assets SET ${assignments.join(", ")}, updated_at = ?5
         FROM ${rowsOf(3)} WHERE assets.workspace = ?4 AND assets.id = r.value ->> 0 AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace, now),
  );
}

function writeLinked(db: MeteredDb, run: RunKey, step: number, now: string, rows: LinkedRow[]) {
  return inParts(rows.map((row) => [row.id, row.systemId, row.serialKey])).map((json) =>
    db
      .prepare(
        `UPDATE assets SET connection_id = ?5, system_id = r.value ->> 1, serial_key = r.value ->> 2,
           missing_since = NULL, updated_at = ?6
         FROM ${rowsOf(3)} WHERE assets.workspace = ?4 AND assets.id = r.value ->> 0 AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace, run.connectionId, now),
  );
}

/** A heartbeat is no change: `updated_at` stays. */
function writeHeartbeats(db: MeteredDb, run: RunKey, step: number, rows: Step["heartbeats"]) {
  return inParts(rows.map((row) => [row.id, row.lastContactAt])).map((json) =>
    db
      .prepare(
        `UPDATE assets SET last_contact_at = r.value ->> 1
         FROM ${rowsOf(3)} WHERE assets.workspace = ?4 AND assets.id = r.value ->> 0 AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace),
  );
}

function writeMissing(db: MeteredDb, run: RunKey, step: number, now: string, assetIds: string[]) {
  return inParts(assetIds).map((json) =>
    db
      .prepare(
        `UPDATE assets SET missing_since = ?5, updated_at = ?5
         FROM ${rowsOf(3)} WHERE assets.workspace = ?4 AND assets.id = r.value
           AND assets.missing_since IS NULL AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace, now),
  );
}

function withdrawChanges(db: MeteredDb, run: RunKey, step: number, systemIds: string[]) {
  return inParts(systemIds).map((json) =>
    db
      .prepare(
        `DELETE FROM changes WHERE sync_id = ?1 AND system_id IN (SELECT value FROM json_each(?3)) AND ${fence}`,
      )
      .bind(run.syncId, step, json),
  );
}

/** Writes what a step did to devices' assets; `now` is when. */
export function writeChanges(
  db: MeteredDb,
  run: RunKey,
  step: number,
  now: string,
  rows: readonly WrittenChange[],
): D1PreparedStatement[] {
  const json = (value: object | null | undefined) => (value ? JSON.stringify(value) : null);
  return inParts(
    rows.map((row) => [
      row.systemId,
      row.outcome,
      row.assetId,
      row.serialNumber,
      row.hostname,
      json(row.before),
      json(row.after),
      row.beforeAt,
      json(row.kept),
    ]),
  ).map((part) =>
    db
      .prepare(
        `INSERT INTO changes (sync_id, workspace, at, system_id, outcome, asset_id, serial_number, hostname, before,
           after, before_at, kept)
         SELECT ?1, ?4, ?5, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, r.value ->> 5,
           r.value ->> 6, r.value ->> 7, r.value ->> 8
         FROM json_each(?3) r WHERE ${fence}`,
      )
      .bind(run.syncId, step, part, run.workspace, now),
  );
}

function endSkips(db: MeteredDb, run: RunKey, step: number, systemIds: string[]) {
  return inParts(systemIds).flatMap((json) => [
    // One that began in this very sync never lasted.
    db
      .prepare(
        `DELETE FROM skips WHERE connection_id = ?4 AND began = ?5
           AND system_id IN (SELECT value FROM json_each(?3)) AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.connectionId, run.number),
    db
      .prepare(
        `UPDATE skips SET ended = ?5 WHERE connection_id = ?4 AND ended IS NULL
           AND system_id IN (SELECT value FROM json_each(?3)) AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.connectionId, run.number),
  ]);
}

function beginSkips(db: MeteredDb, run: RunKey, step: number, rows: SkipRow[]) {
  return inParts(
    rows.map((row) => [
      row.systemId,
      row.reason,
      row.serialNumber,
      row.hostname,
      row.related === undefined ? null : JSON.stringify(row.related),
    ]),
  ).map((json) =>
    db
      .prepare(
        `INSERT INTO skips (connection_id, began, system_id, reason, serial_number, hostname, related)
         SELECT ?4, ?5, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4
         FROM json_each(?3) r WHERE ${fence}`,
      )
      .bind(run.syncId, step, json, run.connectionId, run.number),
  );
}

function valuesOf(technical: TechnicalValues): unknown[] {
  return technicalColumns.map(({ field }) => technical[field]);
}

/** Takes rows; gives JSON arrays of them, none larger than a parameter may be in UTF-8. */
export function inParts(rows: readonly unknown[]): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let bytes = 2;
  for (const row of rows) {
    const json = JSON.stringify(row);
    const size = new TextEncoder().encode(json).length + 1;
    if (bytes + size > largestParameterBytes && part.length > 0) {
      parts.push(`[${part.join(",")}]`);
      part = [];
      bytes = 2;
    }
    part.push(json);
    bytes += size;
  }
  if (part.length > 0) parts.push(`[${part.join(",")}]`);
  return parts;
}
