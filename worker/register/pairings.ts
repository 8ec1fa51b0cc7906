import type { Role } from "../../shared/access.ts";
import { type AuditNote, noteAlways, noteIfChanged } from "./audit.ts";
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
export async function addPairing(db: D1Database, row: PairingRow, note: AuditNote): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM pairings WHERE expires_at <= ?1").bind(note.at),
    db
      .prepare(
        `INSERT INTO pairings (id, secret_hash, workspace, role, expires_at, tries_left)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)`,
      )
      .bind(row.id, row.secretHash, row.workspace, row.role, row.expiresAt, row.triesLeft),
    noteAlways(db, row.workspace, note),
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

/** A token to be: only its hash is kept. */
export interface NewToken {
  id: string;
  secretHash: string;
  label: string;
  origin: string | null;
}

/** Turns a pairing into a token, in one atomic batch; of two calls at once only one is told true. */
export async function exchangePairing(
  db: D1Database,
  pairing: PairingRow,
  token: NewToken,
  note: AuditNote,
): Promise<boolean> {
  const [used] = await db.batch([
    db.prepare("DELETE FROM pairings WHERE id = ?1").bind(pairing.id),
    db
      .prepare(
        `INSERT INTO tokens (id, secret_hash, workspace, role, label, origin, created_at)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE changes() > 0`,
      )
      .bind(token.id, token.secretHash, pairing.workspace, pairing.role, token.label, token.origin, note.at),
    noteIfChanged(db, pairing.workspace, note),
  ]);
  return used?.meta.changes === 1;
}
