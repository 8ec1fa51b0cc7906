import type { WorkspaceId } from "./workspace.ts";

/** What the scheduler needs of connections of every workspace. */
export interface ScheduledConnection {
  workspace: WorkspaceId;
  id: string;
  everyHours: number;
  nextSyncAt: string;
}

/** The connections whose time has come: the scheduler alone looks across workspaces. */
export async function findDueConnections(db: D1Database, now: string): Promise<ScheduledConnection[]> {
  const { results } = await db
    .prepare(
      `SELECT workspace, id, every_hours AS everyHours, next_sync_at AS nextSyncAt FROM connections
       WHERE next_sync_at <= ?1 AND paused = 0 AND status = 'active' AND every_hours IS NOT NULL
       ORDER BY next_sync_at LIMIT 500`,
    )
    .bind(now)
    .all<ScheduledConnection>();
  return results;
}

/** The connections that have a sync under way, of every workspace. */
export async function findRunningConnections(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(
      `SELECT c.id FROM connections c
       JOIN syncs s ON s.connection_id = c.id
         AND s.number = (SELECT max(number) FROM syncs WHERE connection_id = c.id)
       WHERE s.finished_at IS NULL`,
    )
    .all<{ id: string }>();
  return results.map(({ id }) => id);
}
