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

/** What a row holds for a column of JSON: its text, which SQLite then need not take apart and put together again. */
export function jsonText(value: object | null | undefined): string | null {
  return value ? JSON.stringify(value) : null;
}

/** Takes rows; gives JSON arrays of them, none larger than a parameter may be in UTF-8. */
export function inParts(rows: readonly unknown[]): string[] {
  const part = new OpenPart();
  const parts = rows.map((row) => part.add(row));
  return [...parts, part.close()].filter((json) => json !== undefined);
}

/** The same, row by row, for rows that are not all there at once. */
export class OpenPart {
  #rows: string[] = [];
  #bytes = 2;

  /** Gives the part before it where the row begins another one. */
  add(row: unknown): string | undefined {
    const json = JSON.stringify(row);
    const size = bytesOf(json) + 1;
    const full = this.#bytes + size > largestParameterBytes ? this.close() : undefined;
    this.#rows.push(json);
    this.#bytes += size;
    return full;
  }

  /** Gives the part as it is; nothing where it has no row. */
  close(): string | undefined {
    const json = this.#rows.length > 0 ? `[${this.#rows.join(",")}]` : undefined;
    this.#rows = [];
    this.#bytes = 2;
    return json;
  }
}

const encoder = new TextEncoder();

/** How long a text is in UTF-8. Nearly all are ASCII: those need not be copied to be measured. */
function bytesOf(text: string): number {
  return /^[\0-\x7f]*$/.test(text) ? text.length : encoder.encode(text).length;
}
