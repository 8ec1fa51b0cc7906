import { readdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

export type StoredRow = Record<string, string | number | null>;

/**
 * Reads the rows of a stopped Worker's database, as they lie on disk: what a workspace's register holds and what
 * its last sync did. Ids that are made anew each time and times are left out, so that two runs can be compared.
 */
export function storedRows(
  stateDir: string,
  workspace: string,
): Record<"assets" | "changes" | "skips" | "syncs", StoredRow[]> {
  const db = new DatabaseSync(databaseFile(stateDir), { readOnly: true });
  const all = (sql: string) => db.prepare(sql).all(workspace).map(comparable);
  try {
    return {
      assets: all("SELECT * FROM assets WHERE workspace = ? ORDER BY id"),
      changes: all(
        `SELECT s.number, c.* FROM changes c JOIN syncs s ON s.id = c.sync_id
         WHERE s.workspace = ? ORDER BY s.number, c.system_id`,
      ),
      skips: all(
        `SELECT k.* FROM skips k JOIN connections c ON c.id = k.connection_id
         WHERE c.workspace = ? ORDER BY k.system_id, k.began`,
      ),
      syncs: all(
        "SELECT number, mode, status, counts, problem FROM syncs WHERE workspace = ? ORDER BY number",
      ),
    };
  } finally {
    db.close();
  }
}

/** Times are kept as whether there is one: a device is missing, or is not. */
function comparable(row: Record<string, unknown>): StoredRow {
  const kept = Object.entries(row)
    .filter(
      ([column]) =>
        !["workspace", "connection_id", "sync_id", "updated_at", "at", "before_at"].includes(column),
    )
    .map(([column, value]) => [
      column,
      column === "missing_since"
        ? Number(value !== null)
        : typeof value === "string"
          ? value.replaceAll(/"(missingSince|connectionId)":"[^"]+"/g, '"$1":"some"')
          : value,
    ]);
  return Object.fromEntries(kept) as StoredRow;
}

/** Where a Worker whose state is there keeps its database. */
export function databaseFile(stateDir: string): string {
  const folder = path.join(stateDir, "d1");
  const file = readdirSync(folder, { recursive: true, encoding: "utf8" }).find(
    (name) => name.endsWith(".sqlite") && !name.endsWith("metadata.sqlite"),
  );
  if (file === undefined) throw new Error(`There is no database below ${folder}.`);
  return path.join(folder, file);
}
