import { type AuditNote, noteIfChanged } from "./audit.ts";
import type { WorkspaceId } from "./workspace.ts";

export interface Feed {
  id: string;
  secret: string;
  createdAt: string;
}

/** Finds a feed by its public half (index: UNIQUE id): no workspace bounds this look-up yet. */
export async function findFeed(
  db: D1Database,
  id: string,
): Promise<{ workspace: WorkspaceId; secret: string } | null> {
  return await db
    .prepare("SELECT workspace, secret FROM reminder_feeds WHERE id = ?1")
    .bind(id)
    .first<{ workspace: WorkspaceId; secret: string }>();
}

/** A workspace's calendar feed; there is one at most. */
export class ReminderFeeds {
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;

  constructor(db: D1Database, workspace: WorkspaceId) {
    this.#db = db;
    this.#workspace = workspace;
  }

  /** Keeps a feed, unless there is one; gives the one there is then. */
  async open(fresh: Feed, note: AuditNote): Promise<Feed> {
    const [
      ,
      ,
      {
        results: [kept],
      } = { results: [] },
    ] = await this.#db.batch<Feed>([
      this.#db
        .prepare(
          `INSERT INTO reminder_feeds (workspace, id, secret, created_at) VALUES (?1, ?2, ?3, ?4)
           ON CONFLICT (workspace) DO NOTHING`,
        )
        .bind(this.#workspace, fresh.id, fresh.secret, fresh.createdAt),
      noteIfChanged(this.#db, this.#workspace, note),
      this.#db
        .prepare("SELECT id, secret, created_at AS createdAt FROM reminder_feeds WHERE workspace = ?1")
        .bind(this.#workspace),
    ]);
    return kept ?? fresh;
  }

  /** Ends the feed; the next one has another address. */
  async close(note: AuditNote): Promise<void> {
    await this.#db.batch([
      this.#db.prepare("DELETE FROM reminder_feeds WHERE workspace = ?1").bind(this.#workspace),
      noteIfChanged(this.#db, this.#workspace, note),
    ]);
  }
}
