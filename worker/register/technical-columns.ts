import { type Asset, type TechnicalField, technicalFields } from "../../shared/assets.ts";

/** The technical fields of an asset with their values; `null` where nothing is known. */
export type TechnicalValues = Pick<Asset, TechnicalField>;

export const technicalColumns = technicalFields.map((field) => ({ field, column: columnOf(field) }));

/** `memoryBytes` is kept in the column `memory_bytes`, and so on: a new field needs no line here. */
export function columnOf(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Takes a row with the technical columns; gives the values as the API shows them. */
export function technicalValues(row: Record<string, unknown>): TechnicalValues {
  const values: Partial<Record<TechnicalField, unknown>> = {};
  for (const { field, column } of technicalColumns) values[field] = row[column] ?? null;
  // SQLite has no booleans; the other columns hold what the schema says (STRICT tables).
  if (values.encrypted !== null) values.encrypted = values.encrypted === 1;
  return values as TechnicalValues;
}
