import type { Role } from "../../shared/access.ts";
import type { WorkspaceId } from "./workspace.ts";

export interface PairingRow {
  id: string;
  secretHash: string;
  workspace: WorkspaceId;
  role: Role;
  expiresAt: string;
  triesLeft: number;
}

/** Keeps a new pairing and clears away the expired ones. */
export async function addPairing(db: D1Database, row: PairingRow & { now: string }): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM pairings WHERE expires_at <= ?1").bind(row.now),
    db
      .prepare(
        `INSERT INTO pairings (id, secret_hash, workspace, role, expires_at, tries_left)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
      )
      .bind(row.id, row.secretHash, row.workspace, row.role, row.expiresAt, row.triesLeft),
  ]);
}

/** Takes one of the pairing's tries; gives the pairing, or null where it is unknown, expired or out of tries. */
export async function spendTry(db: D1Database, id: string, now: string): Promise<PairingRow | null> {
  return await db
    .prepare(
      `UPDATE pairings SET tries_left = tries_left - 1
       WHERE id = ?1 AND tries_left > 0 AND expires_at > ?2
       RETURNING id, secret_hash AS secretHash, workspace, role, expires_at AS expiresAt, tries_left AS triesLeft`,
    )
    .bind(id, now)
    .first<PairingRow>();
}

/** Uses the pairing up; of two that come at once only one is told true. */
export async function usePairing(db: D1Database, id: string): Promise<boolean> {
  const { meta } = await db.prepare("DELETE FROM pairings WHERE id = ?1").bind(id).run();
  return meta.changes === 1;
}
