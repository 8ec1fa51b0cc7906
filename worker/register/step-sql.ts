// What the statements of a step share.

/** D1 takes 2 MB a parameter; half of that leaves room (ENGINE.md, section 2). */
const largestParameterBytes = 1_000_000;
/**
 * The rows of a JSON parameter, for `UPDATE … FROM`. The limit makes SQLite read them first and look each asset
 * up by its whole key; without it, it walks the workspace's assets once and the rows once for each of them.
 */
export function rowsOf(parameter: number): string {
  return `(SELECT value FROM json_each(?${parameter}) LIMIT -1) r`;
}
/** What every statement of a step asks first: is it this step's turn? */
export const fence = "(SELECT step FROM syncs WHERE id = ?1) = ?2";

/** Takes rows; gives JSON arrays of them, none larger than a parameter may be in UTF-8. */
export function inParts(rows: readonly unknown[]): string[] {
  const parts: string[] = [];
  let part: string[] = [];
  let bytes = 2;
  for (const row of rows) {
    const json = JSON.stringify(row);
    const size = new TextEncoder().encode(json).length + 1;
    if (bytes + size > largestParameterBytes && part.length > 0) {
      parts.push(`[${part.join(",")}]`);
      part = [];
      bytes = 2;
    }
    part.push(json);
    bytes += size;
  }
  if (part.length > 0) parts.push(`[${part.join(",")}]`);
  return parts;
}
