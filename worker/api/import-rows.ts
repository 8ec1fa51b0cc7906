import Papa from "papaparse";
import { z } from "zod";
import { type ImportField, importAssetsSchema, importFields, importLimits } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";
import type { ImportRow } from "../register/import.ts";
import { readSerial } from "../sync/serial.ts";
import { parseJson } from "./body.ts";
import { check } from "./endpoint.ts";

interface RowError {
  row: number;
  message: string;
}

const mostErrorsNamed = 100;
const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const itemSchema = z.record(z.string(), cellSchema);

/**
 * Takes an import's media type and text; gives its rows. An empty cell leaves the asset's value as it is,
 * JSON's `null` clears it. Throws `invalid_import` with every bad row, or `invalid_request`.
 */
export function readImport(type: string, text: string): ImportRow[] {
  if (type === "text/csv") return readRows(readCsv(text));
  if (type === "application/json") return readRows(check(importAssetsSchema, parseJson(text), "").items);
  throw new Problem("invalid_request", {
    detail: "Send the assets as CSV (content-type: text/csv) or as JSON (application/json).",
  });
}

function readCsv(text: string): unknown[] {
  const { data, errors, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: "greedy",
    transformHeader: (name) => name.trim(),
  });
  const header = meta.fields ?? [];
  if (!header.includes("id")) {
    throw invalid([
      { row: 0, message: 'The header needs a column "id". Name the columns in the first line.' },
    ]);
  }
  const twice = Object.keys(meta.renamedHeaders ?? {});
  if (twice.length > 0) throw invalid([{ row: 0, message: "The header names a column twice." }]);
  if (data.length > importLimits.rows) throw tooManyRows();
  const broken = errors.filter(({ type }) => type !== "Delimiter");
  if (broken.length > 0) {
    throw invalid(broken.map(namedRow));
  }
  // A cell that is empty says nothing; its column is then not part of the row.
  return data.map((row) => Object.fromEntries(Object.entries(row).filter(([, cell]) => cell.trim() !== "")));
}

/** Papa counts the header among the rows where a quote is wrong, and not where the cells are too many or few. */
function namedRow({ type, row = 0, message }: Papa.ParseError): RowError {
  return { row: type === "Quotes" ? row : row + 1, message: `${message}.` };
}

function readRows(items: readonly unknown[]): ImportRow[] {
  if (items.length > importLimits.rows) throw tooManyRows();
  const errors: RowError[] = [];
  const rows: ImportRow[] = [];
  const firstWith = new Map<string, number>();
  for (const [index, item] of items.entries()) {
    const row = readRow(item);
    if (typeof row === "string") {
      errors.push({ row: index + 1, message: row });
      continue;
    }
    const earlier = firstWith.get(row.id);
    if (earlier !== undefined) errors.push({ row: index + 1, message: `Has the same id as row ${earlier}.` });
    else firstWith.set(row.id, index + 1);
    rows.push(row);
  }
  if (errors.length > 0) throw invalid(errors);
  return rows;
}

/** Gives the row, or what is wrong with it. */
function readRow(item: unknown): ImportRow | string {
  const parsed = itemSchema.safeParse(item);
  if (!parsed.success) return "Is not a list of fields with a text, number or null each.";
  const fields: ImportRow["fields"] = {};
  const custom: Record<string, string> = {};
  let id = "";
  let characters = 0;
  for (const [name, cell] of Object.entries(parsed.data)) {
    const value = cell === null ? null : String(cell).trim();
    if (value !== null && value.length > importLimits.cellCharacters)
      return `A field is longer than ${importLimits.cellCharacters} characters.`;
    characters += name.length + (value?.length ?? 0);
    if (characters > importLimits.rowCharacters)
      return `Is longer than ${importLimits.rowCharacters} characters in all.`;
    if (`${name}${value}`.includes("\u0000")) return "A field holds a null character.";
    if (name === "id") id = value ?? "";
    else if (isImportField(name)) fields[name] = value === "" ? null : value;
    else if (value !== null && value !== "") custom[name] = value;
  }
  if (id === "") return "Has no id.";
  if (id.length > 200) return "Has an id longer than 200 characters.";
  const row: ImportRow = { id, fields };
  if (fields.serialNumber !== undefined) {
    const serial = readSerial(fields.serialNumber);
    row.serialKey = serial.kind === "usable" ? serial.key : null;
  }
  if (Object.keys(custom).length > 0) row.custom = custom;
  return row;
}

function isImportField(name: string): name is ImportField {
  return (importFields as readonly string[]).includes(name);
}

function tooManyRows(): Problem {
  return invalid([
    {
      row: importLimits.rows + 1,
      message: `There are more than ${importLimits.rows} rows. Send them in parts.`,
    },
  ]);
}

function invalid(rows: RowError[]): Problem {
  const [first] = rows;
  const place = first && first.row > 0 ? `Row ${first.row}: ` : "";
  const more = rows.length > 1 ? ` (and ${rows.length - 1} more)` : "";
  return new Problem("invalid_import", {
    detail: `Nothing was imported. ${place}${first?.message ?? ""}${more}`,
    rows: rows.slice(0, mostErrorsNamed),
  });
}
