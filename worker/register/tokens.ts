import type { Role, Token } from "../../shared/access.ts";
import type { Page } from "../../shared/lists.ts";
import { type AuditNote, noteIfChanged } from "./audit.ts";
import { pageFrom } from "./paging.ts";
import type { WorkspaceId } from "./workspace.ts";

export interface TokenRow {
  id: string;
  workspace: WorkspaceId;
  role: Role;
  label: string;
  /** Where it was redeemed from: `null` where no browser did. */
  origin: string | null;
  lastUsedAt: string | null;
}

/** Finds a token by its hash (index: UNIQUE secret_hash): the one look-up that no workspace bounds yet. */
export async function findToken(db: D1Database, secretHash: string): Promise<TokenRow | null> {
  return await db
    .prepare(
      "SELECT id, workspace, role, label, origin, last_used_at AS lastUsedAt FROM tokens WHERE secret_hash = ?1",
    )
    .bind(secretHash)
    .first<TokenRow>();
}

export async function markUsed(db: D1Database, id: string, now: string): Promise<void> {
  await db.prepare("UPDATE tokens SET last_used_at = ?2 WHERE id = ?1").bind(id, now).run();
}

/** A workspace's tokens. */
export class Tokens {
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;

  constructor(db: D1Database, workspace: WorkspaceId) {
    this.#db = db;
    this.#workspace = workspace;
  }

  async list(limit: number, cursor: string | undefined): Promise<Page<Token>> {
    const { results } = await this.#db
      .prepare(
        `SELECT id, label, role, created_at AS createdAt, last_used_at AS lastUsedAt
         FROM tokens WHERE workspace = ?1 AND id > ?2 ORDER BY id LIMIT ?3`,
      )
      .bind(this.#workspace, cursor ?? "", limit + 1)
      .all<Token>();
    return pageFrom(results, limit, (token) => token.id);
  }

  async has(id: string): Promise<boolean> {
    const found = await this.#db
      .prepare("SELECT 1 FROM tokens WHERE workspace = ?1 AND id = ?2")
      .bind(this.#workspace, id)
      .first();
    return found !== null;
  }

  /** Gives false where the workspace has no such token. */
  async revoke(id: string, note: AuditNote): Promise<boolean> {
    const [revoked] = await this.#db.batch([
      this.#db.prepare("DELETE FROM tokens WHERE workspace = ?1 AND id = ?2").bind(this.#workspace, id),
      noteIfChanged(this.#db, this.#workspace, note),
    ]);
    return revoked?.meta.changes === 1;
  }
}
