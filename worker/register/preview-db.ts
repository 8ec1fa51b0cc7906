import { MeteredDb } from "./metered-db.ts";

const ownTables = ["syncs", "preview_changes"];

/**
 * The database as a preview gets it: it reads everything and writes the preview's own rows alone. Any other
 * statement throws before it is sent, so that no branch of a run can forget what it was started for.
 */
export class PreviewDb extends MeteredDb {
  override prepare(sql: string): D1PreparedStatement {
    refuseForeignWrites(sql);
    return super.prepare(sql);
  }
}

function refuseForeignWrites(sql: string): void {
  if (/^\s*SELECT\b/i.test(sql)) return;
  const [, table] = /^\s*(?:INSERT(?:\s+OR\s+REPLACE)?\s+INTO|UPDATE|DELETE\s+FROM)\s+(\w+)/i.exec(sql) ?? [];
  if (table === undefined || !ownTables.includes(table)) {
    throw new Error(`A preview writes nothing but its own rows, not ${table ?? "by this statement"}.`);
  }
}
