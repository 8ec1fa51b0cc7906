import type { WorkspaceId } from "./workspace.ts";

/** One import's rows on their way in, put aside in parts (table `import_parts`) until all of them proved good. */
export class ImportParts {
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;
  readonly #id = crypto.randomUUID();
  readonly #at: string;
  #count = 0;

  constructor(db: D1Database, workspace: WorkspaceId, at: string) {
    this.#db = db;
    this.#workspace = workspace;
    this.#at = at;
  }

  /** How many parts there are, with those whose statement did not run yet. */
  get count(): number {
    return this.#count;
  }

  /**
   * Puts the next part aside. It is refused, and its batch with it, where an earlier one is gone: an upload that
   * takes longer than parts are kept does not end in half an import.
   */
  put(json: string): D1PreparedStatement {
    const number = this.#count;
    this.#count += 1;
    return this.#db
      .prepare(
        `INSERT INTO import_parts (workspace, import_id, number, at, rows)
         SELECT ?1, ?2, ?3, ?4, CASE WHEN count(*) = ?3 THEN ?5 END
         FROM import_parts WHERE workspace = ?1 AND import_id = ?2`,
      )
      .bind(this.#workspace, this.#id, number, this.#at, json);
  }

  /** A statement over the part of this number: `partJson` is its rows, and its own values begin at `?4`. */
  over(number: number, sql: string, ...values: string[]): D1PreparedStatement {
    return this.#db.prepare(sql).bind(this.#workspace, this.#id, number, ...values);
  }

  remove(): D1PreparedStatement {
    return this.#db
      .prepare("DELETE FROM import_parts WHERE workspace = ?1 AND import_id = ?2")
      .bind(this.#workspace, this.#id);
  }
}

/** A part's JSON, in SQL: `?1` is the workspace, `?2` the import, `?3` the part's number (index: the primary key). */
export const partJson =
  "(SELECT rows FROM import_parts WHERE workspace = ?1 AND import_id = ?2 AND number = ?3)";
