import type { CreatedRow, LinkedRow, RunKey, Step, UpdatedRow } from "./commit.ts";
import type { AssetState } from "./matching.ts";
import type { MeteredDb } from "./metered-db.ts";
import { fence, inParts, rowsOf } from "./step-sql.ts";
import { type TechnicalValues, technicalColumns } from "./technical-columns.ts";

// What a step writes to `assets`: a statement a kind, each fenced by the step's number.

export function removeUncreated(db: MeteredDb, run: RunKey, step: number, assetIds: string[]) {
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

export function writeCreated(db: MeteredDb, run: RunKey, step: number, now: string, rows: CreatedRow[]) {
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
export function writeUpdated(db: MeteredDb, run: RunKey, step: number, now: string, rows: UpdatedRow[]) {
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

export function writeLinked(db: MeteredDb, run: RunKey, step: number, now: string, rows: LinkedRow[]) {
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
export function writeHeartbeats(db: MeteredDb, run: RunKey, step: number, rows: Step["heartbeats"]) {
  return inParts(rows.map((row) => [row.id, row.lastContactAt])).map((json) =>
    db
      .prepare(
        `UPDATE assets SET last_contact_at = r.value ->> 1
         FROM ${rowsOf(3)} WHERE assets.workspace = ?4 AND assets.id = r.value ->> 0 AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace),
  );
}

/** The plus keeps SQLite from making an index of the rows and walking the workspace's assets along it. */
export function writeMissing(db: MeteredDb, run: RunKey, step: number, now: string, assetIds: string[]) {
  return inParts(assetIds).map((json) =>
    db
      .prepare(
        `UPDATE assets SET missing_since = ?5, updated_at = ?5
         FROM ${rowsOf(3)} WHERE assets.workspace = ?4 AND assets.id = +r.value
           AND assets.missing_since IS NULL AND ${fence}`,
      )
      .bind(run.syncId, step, json, run.workspace, now),
  );
}

function valuesOf(technical: TechnicalValues): unknown[] {
  return technicalColumns.map(({ field }) => technical[field]);
}
