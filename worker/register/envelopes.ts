import type { WorkspaceId } from "./workspace.ts";

/** An envelope that is, or is about to be, in the vault (table `envelopes`). */
export interface EnvelopeRow {
  keyVersion: string;
  workspace: WorkspaceId;
  connectionId: string;
  organizationId: string;
  /** The master key that wraps it. */
  master: string;
}

const columns = `e.key_version AS keyVersion, e.workspace, e.connection_id AS connectionId,
  e.organization_id AS organizationId, e.master`;

/** Says that an envelope is about to be stored: whatever fails after this, it can be found and swept away. */
export async function announceEnvelope(db: D1Database, row: EnvelopeRow, now: string): Promise<void> {
  await db
    .prepare(
      `INSERT INTO envelopes (key_version, workspace, connection_id, organization_id, master, kept_at)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
    )
    .bind(row.keyVersion, row.workspace, row.connectionId, row.organizationId, row.master, now)
    .run();
}

export async function dropEnvelope(db: D1Database, keyVersion: string): Promise<void> {
  await db.prepare("DELETE FROM envelopes WHERE key_version = ?1").bind(keyVersion).run();
}

/** Envelopes of no connection's current key that have been there since before a time: what a crash left. */
export async function findOrphans(db: D1Database, before: string, limit: number): Promise<EnvelopeRow[]> {
  const { results } = await db
    .prepare(
      `SELECT ${columns} FROM envelopes e
       LEFT JOIN connections c ON c.id = e.connection_id AND c.key_version = e.key_version
       WHERE c.id IS NULL AND e.kept_at < ?1 LIMIT ?2`,
    )
    .bind(before, limit)
    .all<EnvelopeRow>();
  return results;
}

/**
 * Which of these key versions are accounted for: an envelope of theirs is, or is about to be, in the vault, or a
 * connection counts on it – no slip in the account may cost a connection its key.
 */
export async function findKnown(
  db: D1Database,
  keyVersions: readonly string[],
): Promise<ReadonlySet<string>> {
  const { results } = await db
    .prepare(
      `WITH asked AS (SELECT value FROM json_each(?1))
       SELECT key_version AS keyVersion FROM envelopes WHERE key_version IN asked
       UNION SELECT key_version FROM connections WHERE key_version IN asked`,
    )
    .bind(JSON.stringify(keyVersions))
    .all<{ keyVersion: string }>();
  return new Set(results.map(({ keyVersion }) => keyVersion));
}

/** The envelopes of one connection's keys, of whatever version. */
export async function findEnvelopesOf(
  db: D1Database,
  workspace: WorkspaceId,
  connectionId: string,
): Promise<EnvelopeRow[]> {
  const { results } = await db
    .prepare(`SELECT ${columns} FROM envelopes e WHERE e.workspace = ?1 AND e.connection_id = ?2`)
    .bind(workspace, connectionId)
    .all<EnvelopeRow>();
  return results;
}

/** Envelopes that another master key wraps, by key version, from after one on (index: the primary key). */
export async function findWrappedByOthers(
  db: D1Database,
  master: string,
  afterKeyVersion: string,
  limit: number,
): Promise<EnvelopeRow[]> {
  const { results } = await db
    .prepare(
      `SELECT ${columns} FROM envelopes e WHERE e.master <> ?1 AND e.key_version > ?2
       ORDER BY e.key_version LIMIT ?3`,
    )
    .bind(master, afterKeyVersion, limit)
    .all<EnvelopeRow>();
  return results;
}

/** Says which master key wraps an envelope now. Gives false where the envelope was forgotten meanwhile. */
export async function moveEnvelope(db: D1Database, keyVersion: string, master: string): Promise<boolean> {
  const { meta } = await db
    .prepare("UPDATE envelopes SET master = ?2 WHERE key_version = ?1")
    .bind(keyVersion, master)
    .run();
  return meta.changes === 1;
}
