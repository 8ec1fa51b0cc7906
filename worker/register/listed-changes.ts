import type { Page } from "../../shared/lists.ts";
import type { Change, ChangeOutcome, SkipReason, SyncKind } from "../../shared/syncs.ts";
import { pageFrom } from "./paging.ts";
import type { SyncRecord } from "./syncs.ts";
import type { WorkspaceId } from "./workspace.ts";

const writtenRows = `SELECT system_id, outcome, NULL AS reason, asset_id, serial_number, hostname, before, after,
    NULL AS related, kept
  FROM changes WHERE sync_id = ?1 AND workspace = ?7`;
const previewedRows = `SELECT system_id, outcome, reason, asset_id, serial_number, hostname, before, after, related, NULL AS kept
  FROM preview_changes WHERE sync_id = ?1 AND (SELECT workspace FROM syncs WHERE id = ?1) = ?7
    AND outcome <> 'unchanged'`;
/** Both walk their primary key. */
const ownRows: Record<SyncKind, string> = { sync: writtenRows, undo: writtenRows, preview: previewedRows };

/**
 * What a sync did, or a preview would do, device by device, by system id: its own changes, and the skips that
 * lasted through it, but those a preview would end or replace.
 */
export async function listChanges(
  db: D1Database,
  workspace: WorkspaceId,
  sync: Pick<SyncRecord, "id" | "connectionId" | "number" | "kind">,
  outcome: ChangeOutcome | undefined,
  limit: number,
  cursor: string | undefined,
): Promise<Page<Change>> {
  const { results } = await db
    .prepare(
      `SELECT * FROM (${ownRows[sync.kind]}
           AND system_id > ?4 AND (?5 IS NULL OR outcome = ?5)
         ORDER BY system_id LIMIT ?6)
       UNION ALL SELECT * FROM (
         SELECT system_id, 'skipped', reason, NULL, serial_number, hostname, NULL, NULL, related, NULL
         FROM skips s WHERE ?8 AND (SELECT workspace FROM syncs WHERE id = ?1) = ?7
           AND connection_id = ?2 AND system_id > ?4 AND began <= ?3 AND (ended IS NULL OR ended > ?3)
           AND (?5 IS NULL OR ?5 = 'skipped')
           AND NOT EXISTS (SELECT 1 FROM preview_changes p WHERE p.sync_id = ?1 AND p.system_id = s.system_id)
         ORDER BY system_id LIMIT ?6)
       ORDER BY system_id LIMIT ?6`,
    )
    .bind(
      sync.id,
      sync.connectionId,
      sync.number,
      cursor ?? "",
      outcome ?? null,
      limit + 1,
      workspace,
      Number(sync.kind !== "undo"),
    )
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
  kept: string | null;
}

function toChange(row: ListedRow): Change {
  const before = shownFields(row.before);
  const after = shownFields(row.after);
  const kept = shownFields(row.kept);
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
    ...(kept === undefined ? {} : { kept }),
  };
}

/** Which connection held an asset is the register's business, and nobody's field. */
export function shownFields(json: string | null): Change["before"] {
  if (json === null) return undefined;
  const { connectionId: _, ...fields } = JSON.parse(json) as NonNullable<Change["before"]>;
  return fields;
}
