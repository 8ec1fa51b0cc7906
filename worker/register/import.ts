import { type ImportField, type ImportResult, importFields } from "../../shared/assets.ts";
import { type AuditNote, noteAlways } from "./audit.ts";
import { inParts, rowsOf } from "./step-sql.ts";
import { columnOf } from "./technical-columns.ts";
import type { WorkspaceId } from "./workspace.ts";

/** A row of an import: what it sets. A field that is not there stays as it is; `null` clears it. */
export interface ImportRow {
  id: string;
  /** The serial as it is compared; said only where the row says a serial number. */
  serialKey?: string | null;
  fields: Partial<Record<ImportField, string | null>>;
  custom?: Record<string, string>;
}

const settable = [...importFields.map(columnOf), "serial_key", "custom"];

/**
 * Adds and updates assets by id in one atomic batch: all of them, or none. Ids must be unique within the rows.
 * The counts are read in the same batch, so they tell of exactly what was written.
 */
export async function importAssets(
  db: D1Database,
  workspace: WorkspaceId,
  rows: readonly ImportRow[],
  note: AuditNote,
): Promise<ImportResult> {
  // A column holds [is it said?, value], so that "not said" and "cleared" stay apart.
  const parts = inParts(rows.map((row) => [row.id, ...settable.map((column) => said(row, column))]));
  const value = (index: number) => `r.value ->> '$[${index + 1}][0]'`;
  const isSaid = (index: number) => `json_array_length(r.value, '$[${index + 1}]') = 1`;
  const wanted = settable.map(
    (column, index) => `CASE WHEN ${isSaid(index)} THEN ${value(index)} ELSE a.${column} END`,
  );
  const differs = settable
    .map((column, index) => `(${isSaid(index)} AND a.${column} IS NOT ${value(index)})`)
    .join(" OR ");
  const statements = parts.flatMap((json) => [
    db
      .prepare(
        `SELECT count(*) AS found, coalesce(sum(${differs}), 0) AS changed
         FROM json_each(?1) r CROSS JOIN assets a WHERE a.workspace = ?2 AND a.id = r.value ->> 0`,
      )
      .bind(json, workspace),
    db
      .prepare(
        `UPDATE assets AS a SET ${settable.map((column, index) => `${column} = ${wanted[index]}`).join(", ")}, updated_at = ?3
         FROM ${rowsOf(1)} WHERE a.workspace = ?2 AND a.id = r.value ->> 0 AND (${differs})`,
      )
      .bind(json, workspace, note.at),
    db
      .prepare(
        `INSERT INTO assets (workspace, id, source, updated_at, ${settable.join(", ")})
         SELECT ?2, r.value ->> 0, 'import', ?3, ${settable.map((_, index) => value(index)).join(", ")}
         FROM json_each(?1) r WHERE true ON CONFLICT (workspace, id) DO NOTHING`,
      )
      .bind(json, workspace, note.at),
  ]);
  if (statements.length === 0) return { added: 0, updated: 0, unchanged: 0 };
  const results = await db.batch<{ found?: number; changed?: number }>([
    ...statements,
    noteAlways(db, workspace, note),
  ]);
  let found = 0;
  let updated = 0;
  for (const { results: counted } of results) {
    found += counted[0]?.found ?? 0;
    updated += counted[0]?.changed ?? 0;
  }
  return { added: rows.length - found, updated, unchanged: found - updated };
}

function said(row: ImportRow, column: string): (string | null)[] {
  if (column === "serial_key") return row.serialKey === undefined ? [] : [row.serialKey];
  if (column === "custom") return row.custom === undefined ? [] : [JSON.stringify(row.custom)];
  const field = importFields.find((name) => columnOf(name) === column);
  const value = field === undefined ? undefined : row.fields[field];
  return value === undefined ? [] : [value];
}
