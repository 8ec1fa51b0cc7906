import { importLimits } from "../../shared/assets.ts";
import { Problem } from "../problem.ts";

interface RowError {
  row: number;
  message: string;
}

const mostErrorsNamed = 100;

/** What is wrong with an import's rows: the first of them are named, all are counted. */
export class RowErrors {
  readonly #named: RowError[] = [];
  #count = 0;

  get areNone(): boolean {
    return this.#count === 0;
  }

  /** Rows count from 1; 0 is a file's header. */
  add(row: number, message: string): void {
    this.#count += 1;
    if (this.#count <= mostErrorsNamed) this.#named.push({ row, message });
  }

  throwIfAny(): void {
    if (!this.areNone) throw invalidImport(this.#named, this.#count);
  }
}

export function invalidImport(rows: RowError[], count = rows.length): Problem {
  const [first] = rows;
  const place = first && first.row > 0 ? `Row ${first.row}: ` : "";
  const more = count > 1 ? ` (and ${count - 1} more)` : "";
  return new Problem("invalid_import", {
    detail: `Nothing was imported. ${place}${first?.message ?? ""}${more}`,
    rows,
  });
}

export function tooManyRows(): Problem {
  const message = `There are more than ${importLimits.rows} rows. Send them in parts.`;
  return invalidImport([{ row: importLimits.rows + 1, message }]);
}

export const rowTooLong = `Is longer than ${importLimits.rowCharacters} characters in all.`;
