/** A sync that is too old to be kept. */
interface OldSync {
  id: string;
  connectionId: string;
  number: number;
}

/** Removes the parts of imports that began before a time. There is no index: outside of an import there are none. */
export async function pruneImportParts(db: D1Database, before: string): Promise<void> {
  await db.prepare("DELETE FROM import_parts WHERE at < ?1").bind(before).run();
}

/**
 * Takes the oldest ended preview that began before a time, and removes at most so many rows of its list; itself
 * with the last of them. Gives how many rows that were.
 */
export async function pruneOldestPreview(db: D1Database, before: string, mostRows: number): Promise<number> {
  const preview = await findOldest(db, "INDEXED BY previews_by_start", "kind = 'preview'", before);
  if (preview === undefined) return 0;
  return await remove(db, [
    db
      .prepare(
        `DELETE FROM preview_changes WHERE sync_id = ?1 AND system_id IN
           (SELECT system_id FROM preview_changes WHERE sync_id = ?1 LIMIT ?2)`,
      )
      .bind(preview.id, mostRows),
    db
      .prepare(
        "DELETE FROM syncs WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM preview_changes WHERE sync_id = ?1)",
      )
      .bind(preview.id),
  ]);
}

/** The same of syncs and undos with their changes, and of skips that had ended by then. */
export async function pruneOldestSync(db: D1Database, before: string, mostRows: number): Promise<number> {
  const sync = await findOldest(db, "INDEXED BY syncs_by_start", "kind <> 'preview'", before);
  if (sync === undefined) return 0;
  const isBare = "NOT EXISTS (SELECT 1 FROM changes WHERE sync_id = ?1)";
  return await remove(db, [
    db
      .prepare(
        `DELETE FROM changes WHERE sync_id = ?1 AND system_id IN
           (SELECT system_id FROM changes WHERE sync_id = ?1 LIMIT ?2)`,
      )
      .bind(sync.id, mostRows),
    // A skip is listed with the syncs before the one at which it ended: with none that is left.
    db
      .prepare(`DELETE FROM skips WHERE connection_id = ?2 AND ended <= ?3 AND ${isBare}`)
      .bind(sync.id, sync.connectionId, sync.number + 1),
    db.prepare(`DELETE FROM syncs WHERE id = ?1 AND ${isBare}`).bind(sync.id),
  ]);
}

/** Never the connection's newest: the next one is numbered after it, and skips are dated by these numbers. */
async function findOldest(
  db: D1Database,
  index: string,
  condition: string,
  before: string,
): Promise<OldSync | undefined> {
  const row = await db
    .prepare(
      `SELECT id, connection_id AS connectionId, number FROM syncs s ${index}
       WHERE started_at < ?1 AND ${condition} AND finished_at IS NOT NULL
         AND (EXISTS (SELECT 1 FROM syncs n WHERE n.connection_id = s.connection_id AND n.number > s.number)
           OR NOT EXISTS (SELECT 1 FROM connections c WHERE c.id = s.connection_id))
       ORDER BY started_at LIMIT 1`,
    )
    .bind(before)
    .first<OldSync>();
  return row ?? undefined;
}

async function remove(db: D1Database, statements: D1PreparedStatement[]): Promise<number> {
  const results = await db.batch(statements);
  return results.reduce((sum, { meta }) => sum + meta.changes, 0);
}
