import { readdirSync } from "node:fs";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";

/** Takes where a Worker keeps its state; gives every row of a table as it lies on disk, in the order of its key. */
export function tableOnDisk(stateDir: string, table: string, workspace?: string): string[] {
  const file = readdirSync(path.join(stateDir, "d1"), { recursive: true, encoding: "utf8" }).find(
    (name) => name.endsWith(".sqlite") && !name.includes("metadata"),
  );
  if (file === undefined) throw new Error(`There is no database under ${stateDir}.`);
  const db = new DatabaseSync(path.join(stateDir, "d1", file), { readOnly: true });
  try {
    const where = workspace === undefined ? "" : "WHERE workspace = ?";
    const rows = db.prepare(`SELECT * FROM ${table} ${where}`).all(...(workspace ? [workspace] : []));
    return rows.map((row) => JSON.stringify(row));
  } finally {
    db.close();
  }
}
