import type { ChangeRow } from "./commit.ts";
import type { MeteredDb } from "./metered-db.ts";

/** What a sync did to these systems (index: the primary key). */
export async function readChanges(db: MeteredDb, syncId: string, systemIds: string[]): Promise<ChangeRow[]> {
  const [rows = []] = await db.batch([
    db
      .prepare(
        `SELECT system_id, outcome, asset_id, serial_number, hostname, before, after FROM changes
         WHERE sync_id = ?1 AND system_id IN (SELECT value FROM json_each(?2))`,
      )
      .bind(syncId, JSON.stringify(systemIds)),
  ]);
  return rows.map((row) => ({
    systemId: row.system_id as string,
    outcome: row.outcome as ChangeRow["outcome"],
    assetId: row.asset_id as string,
    serialNumber: row.serial_number as string | null,
    hostname: row.hostname as string | null,
    before: parseFields(row.before),
    after: parseFields(row.after),
  }));
}

/** How many assets a sync linked itself (index: the primary key). */
export async function countLinked(db: MeteredDb, syncId: string): Promise<number> {
  const [rows = []] = await db.batch([
    db
      .prepare(
        `SELECT count(*) AS linked FROM changes
         WHERE sync_id = ?1 AND (outcome = 'created' OR after ->> '$.systemId' IS NOT NULL)`,
      )
      .bind(syncId),
  ]);
  return Number(rows[0]?.linked ?? 0);
}

/** Takes the text of `before` or `after`; the run wrote it, so it is an object. */
export function parseFields(json: unknown): object | null {
  return typeof json === "string" ? (JSON.parse(json) as object) : null;
}
