import { z } from "zod";
import { type ImportField, importFields, importLimits } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";
import type { ImportRow } from "../register/import.ts";
import { readSerial } from "../sync/serial.ts";
import { readCsv } from "./import-csv.ts";
import { readItems } from "./import-json.ts";
import { RowErrors, rowTooLong } from "./import-problem.ts";

const cellSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const itemSchema = z.record(z.string(), cellSchema);

/**
 * Takes an import's media type and its text piece by piece; gives its rows one by one, so that no more than a piece
 * is in memory. An empty cell leaves the asset's value as it is, JSON's `null` clears it. Throws, once all is read,
 * `invalid_import` with every bad row (none is given after the first of them), or `invalid_request`.
 */
export async function* readImport(type: string, pieces: AsyncIterable<string>): AsyncGenerator<ImportRow> {
  const errors = new RowErrors();
  const firstWith = new Map<string, number>();
  let number = 0;
  for await (const items of itemsOf(type, pieces)) {
    for (const item of items) {
      number += 1;
      const row = readRow(item);
      if (typeof row === "string") {
        errors.add(number, row);
        continue;
      }
      const earlier = firstWith.get(row.id);
      if (earlier !== undefined) errors.add(number, `Has the same id as row ${earlier}.`);
      else firstWith.set(copyOf(row.id), number);
      if (errors.areNone) yield row;
    }
  }
  errors.throwIfAny();
}

function itemsOf(type: string, pieces: AsyncIterable<string>): AsyncIterable<unknown[]> {
  if (type === "text/csv") return readCsv(pieces);
  if (type === "application/json") return readItems(pieces);
  throw new Problem("invalid_request", {
    detail: "Send the assets as CSV (content-type: text/csv) or as JSON (application/json).",
  });
}

/** A piece of a string keeps the whole string in memory (V8's sliced strings): an id, the file that it came in. */
function copyOf(text: string): string {
  return ` ${text}`.slice(1);
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
    if (characters > importLimits.rowCharacters) return rowTooLong;
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
