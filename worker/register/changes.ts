import type { Page } from "../../shared/lists.ts";
import type { Change, ChangeOutcome, SkipReason } from "../../shared/syncs.ts";
import type { ChangeRow } from "./commit.ts";
import type { MeteredDb } from "./metered-db.ts";
import { pageFrom } from "./paging.ts";
import type { WorkspaceId } from "./workspace.ts";

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

/** What a sync did, device by device, by system id: its own changes, and the skips that lasted through it. */
export async function listChanges(
  db: D1Database,
  workspace: WorkspaceId,
  sync: { id: string; connectionId: string; number: number },
  outcome: ChangeOutcome | undefined,
  limit: number,
  cursor: string | undefined,
): Promise<Page<Change>> {
  const { results } = await db
    .prepare(
      `SELECT * FROM (
         SELECT system_id, outcome, NULL AS reason, asset_id, serial_number, hostname, before, after, NULL AS related
         FROM changes WHERE sync_id = ?1 AND workspace = ?7 AND system_id > ?4 AND (?5 IS NULL OR outcome = ?5)
         ORDER BY system_id LIMIT ?6)
       UNION ALL SELECT * FROM (
         SELECT system_id, 'skipped', reason, NULL, serial_number, hostname, NULL, NULL, related
         FROM skips WHERE connection_id = ?2 AND system_id > ?4 AND began <= ?3 AND (ended IS NULL OR ended > ?3)
           AND (?5 IS NULL OR ?5 = 'skipped')
         ORDER BY system_id LIMIT ?6)
       ORDER BY system_id LIMIT ?6`,
    )
    .bind(sync.id, sync.connectionId, sync.number, cursor ?? "", outcome ?? null, limit + 1, workspace)
    .all<ListedRow>();
  return pageFrom(results.map(toChange), limit, ({ systemId }) => systemId);
}

interface ListedRow {
  system_id: string;
  outcome: ChangeOutcome;
  reason: SkipReason | null;
  asset_id: string | null;
  serial_number: string | null;
  hostname: string | null;
  before: string | null;
  after: string | null;
  related: string | null;
}

function toChange(row: ListedRow): Change {
  const before = shownFields(row.before);
  const after = shownFields(row.after);
  return {
    systemId: row.system_id,
    serialNumber: row.serial_number,
    hostname: row.hostname,
    outcome: row.outcome,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.related === null ? {} : { related: JSON.parse(row.related) as string[] }),
    ...(row.asset_id === null ? {} : { assetId: row.asset_id }),
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
  };
}

/** Which connection held an asset is the register's business, and nobody's field. */
function shownFields(json: string | null): Change["before"] {
  if (json === null) return undefined;
  const { connectionId: _, ...fields } = JSON.parse(json) as NonNullable<Change["before"]>;
  return fields;
}

function parseFields(json: unknown): object | null {
  return typeof json === "string" ? (JSON.parse(json) as object) : null;
}
