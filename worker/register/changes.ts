import type { ChangeRow } from "./commit.ts";
import type { MeteredDb } from "./metered-db.ts";

/** What a sync did to these systems (index: the primary key). */
export async function readChanges(db: MeteredDb, syncId: string, systemIds: string[]): Promise<ChangeRow[]> {
  const [rows = []] = await db.batch([
    db
      .prepare(
        `SELECT * FROM changes
         WHERE sync_id = ?1 AND system_id IN (SELECT value FROM json_each(?2))`,
      )
      .bind(syncId, JSON.stringify(systemIds)),
  ]);
  return rows.map(toChangeRow);
}

/** The rows come from a STRICT table that only this room writes: their shape is known. */
export function toChangeRow(row: Record<string, unknown>): ChangeRow {
  return {
    systemId: row.system_id as string,
    outcome: row.outcome as ChangeRow["outcome"],
    assetId: row.asset_id as string,
    serialNumber: row.serial_number as string | null,
    hostname: row.hostname as string | null,
    before: parseFields(row.before),
    after: parseFields(row.after),
    beforeAt: row.before_at as string | null,
  };
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
