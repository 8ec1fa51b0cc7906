import { DatabaseSync } from "node:sqlite";
import { databaseFile } from "./register-rows.ts";

/** Takes where a Worker keeps its state; gives every row of a table as it lies on disk, in the order of its key. */
export function tableOnDisk(stateDir: string, table: string, workspace?: string): string[] {
  const db = new DatabaseSync(databaseFile(stateDir), { readOnly: true });
  try {
    const where = workspace === undefined ? "" : "WHERE workspace = ?";
    const rows = db.prepare(`SELECT * FROM ${table} ${where}`).all(...(workspace ? [workspace] : []));
    return rows.map((row) => JSON.stringify(row));
  } finally {
    db.close();
  }
}
