import type { HistoryItem } from "../../shared/syncs.ts";
import { shownFields } from "./listed-changes.ts";
import type { WorkspaceId } from "./workspace.ts";

const mostItems = 100;

/** What syncs and undos did to an asset, the newest first, the newest hundred (index: changes_by_asset). */
export async function readHistory(
  db: D1Database,
  workspace: WorkspaceId,
  assetId: string,
): Promise<HistoryItem[]> {
  const { results } = await db
    .prepare(
      `SELECT c.at, c.sync_id, c.system_id, c.outcome, c.before, c.after, c.kept, s.kind, s."trigger"
       FROM changes c INDEXED BY changes_by_asset JOIN syncs s ON s.id = c.sync_id
       WHERE c.workspace = ?1 AND c.asset_id = ?2 ORDER BY c.at DESC LIMIT ?3`,
    )
    .bind(workspace, assetId, mostItems)
    .all<HistoryRow>();
  return results.map(toHistoryItem);
}

interface HistoryRow extends Pick<HistoryItem, "at" | "outcome" | "kind" | "trigger"> {
  sync_id: string;
  system_id: string;
  before: string | null;
  after: string | null;
  kept: string | null;
}

function toHistoryItem(row: HistoryRow): HistoryItem {
  const fields = {
    before: shownFields(row.before),
    after: shownFields(row.after),
    kept: shownFields(row.kept),
  };
  return {
    at: row.at,
    syncId: row.sync_id,
    kind: row.kind,
    trigger: row.trigger,
    systemId: row.system_id,
    outcome: row.outcome,
    ...(fields.before && { before: fields.before }),
    ...(fields.after && { after: fields.after }),
    ...(fields.kept && { kept: fields.kept }),
  };
}
