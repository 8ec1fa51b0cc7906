import { type ImportField, type ImportResult, importFields } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";
import { type AuditNote, noteAlways } from "./audit.ts";
import { ImportParts, partJson } from "./import-parts.ts";
import { OpenPart } from "./step-sql.ts";
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

/** Rows as they are read, or all of them at once. Throws where one of them is wrong. */
export type ImportRows = AsyncIterable<ImportRow> | Iterable<ImportRow>;

/** A megabyte each. A file's 32 MiB become more: each row repeats the names of its custom columns. */
const mostParts = 128;
/** The columns an import can set, each with what a row says of it. */
const saidOf: Record<string, (row: ImportRow) => string | null | undefined> = {
  ...Object.fromEntries(importFields.map((field) => [columnOf(field), ({ fields }) => fields[field]])),
  serial_key: ({ serialKey }) => serialKey,
  custom: ({ custom }) => custom && JSON.stringify(custom),
};
const settable = Object.keys(saidOf);

/**
 * Adds and updates assets by id in one atomic batch: all of them, or none. Ids must be unique within the rows.
 * The counts are those of the batch itself: they tell of exactly what was written. Only a part of the rows is in
 * memory at a time, whatever their number; the last part is put aside within the batch itself, so that an import
 * of one part is that batch and no more.
 */
export async function importAssets(
  db: D1Database,
  workspace: WorkspaceId,
  rows: ImportRows,
  note: AuditNote,
): Promise<ImportResult> {
  const parts = new ImportParts(db, workspace, note.at);
  try {
    const part = new OpenPart();
    let count = 0;
    for await (const row of rows) {
      count += 1;
      const full = part.add(partRow(row));
      if (full !== undefined) await parts.put(full).run();
      if (parts.count >= mostParts) throw tooLarge();
    }
    const last = part.close();
    if (last === undefined) return { added: 0, updated: 0, unchanged: 0 };
    const putLast = parts.put(last);
    const numbers = Array.from({ length: parts.count }, (_, number) => number);
    const results = await db.batch([
      putLast,
      ...numbers.map((number) => update(parts, number, note.at)),
      ...numbers.map((number) => insert(parts, number, note.at)),
      noteAlways(db, workspace, { ...note, details: { rows: count } }),
      parts.remove(),
    ]);
    const changed = results.map(({ meta }) => meta.changes);
    const updated = sum(changed.slice(1, 1 + parts.count));
    const added = sum(changed.slice(1 + parts.count, 1 + 2 * parts.count));
    return { added, updated, unchanged: count - added - updated };
  } catch (error) {
    // What cannot be removed now the cron removes later (schedule/prune.ts): the reason is of more use.
    if (parts.count > 0)
      await parts
        .remove()
        .run()
        .catch(() => undefined);
    throw error;
  }
}

/** The id, then a list a column: empty where the row does not say it, so that "not said" and "cleared" stay apart. */
function partRow(row: ImportRow): unknown[] {
  const values = Object.values(saidOf).map((said) => said(row));
  return [row.id, ...values.map((value) => (value === undefined ? [] : [value]))];
}

/** Sets what a part's rows say of assets that are there, where it differs. */
function update(parts: ImportParts, number: number, at: string): D1PreparedStatement {
  const isSaid = (index: number) => `json_array_length(r.value, '$[${index + 1}]') = 1`;
  const wanted = settable.map(
    (column, index) => `${column} = CASE WHEN ${isSaid(index)} THEN ${value(index)} ELSE a.${column} END`,
  );
  const differs = settable.map(
    (column, index) => `(${isSaid(index)} AND a.${column} IS NOT ${value(index)})`,
  );
  // The limit: as in step-sql.ts, `rowsOf`.
  return parts.over(
    number,
    `UPDATE assets AS a SET ${wanted.join(", ")}, updated_at = ?4
     FROM (SELECT value FROM json_each(${partJson}) LIMIT -1) r
     WHERE a.workspace = ?1 AND a.id = r.value ->> 0 AND (${differs.join(" OR ")})`,
    at,
  );
}

/** Adds the assets of a part's rows that are not there. */
function insert(parts: ImportParts, number: number, at: string): D1PreparedStatement {
  return parts.over(
    number,
    `INSERT INTO assets (workspace, id, source, updated_at, ${settable.join(", ")})
     SELECT ?1, r.value ->> 0, 'import', ?4, ${settable.map((_, index) => value(index)).join(", ")}
     FROM json_each(${partJson}) r WHERE true ON CONFLICT (workspace, id) DO NOTHING`,
    at,
  );
}

function value(index: number): string {
  return `r.value ->> '$[${index + 1}][0]'`;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function tooLarge(): Problem {
  return new Problem("payload_too_large", {
    detail: "The rows come to too much with the names of their columns in each. Send them in smaller parts.",
  });
}
