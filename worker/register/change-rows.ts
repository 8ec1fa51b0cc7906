import type { RunKey, SkipRow, WrittenChange } from "./commit.ts";
import type { MeteredDb } from "./metered-db.ts";
import { fence, inParts, jsonText } from "./step-sql.ts";

// What a step writes to `changes` and `skips`: a statement a kind, each fenced by the step's number.

export function withdrawChanges(db: MeteredDb, run: RunKey, step: number, systemIds: string[]) {
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
  return inParts(
    rows.map((row) => [
      row.systemId,
      row.outcome,
      row.assetId,
      row.serialNumber,
      row.hostname,
      jsonText(row.before),
      jsonText(row.after),
      row.beforeAt,
      jsonText(row.kept),
    ]),
  ).map((part) =>
    db
      .prepare(
        `INSERT INTO changes (sync_id, workspace, at, system_id, outcome, asset_id, serial_number, hostname, before,
           after, before_at, kept)
         SELECT ?1, ?4, ?5, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4,
           r.value ->> 5, r.value ->> 6, r.value ->> 7, r.value ->> 8
         FROM json_each(?3) r WHERE ${fence}`,
      )
      .bind(run.syncId, step, part, run.workspace, now),
  );
}

export function endSkips(db: MeteredDb, run: RunKey, step: number, systemIds: string[]) {
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

export function beginSkips(db: MeteredDb, run: RunKey, step: number, rows: SkipRow[]) {
  return inParts(
    rows.map((row) => [row.systemId, row.reason, row.serialNumber, row.hostname, jsonText(row.related)]),
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
