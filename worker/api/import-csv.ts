import Papa from "papaparse";
import { importLimits } from "../../shared/assets.ts";
import { invalidImport, RowErrors, rowTooLong, tooManyRows } from "./import-problem.ts";

/** A line of CSV as it stands there, with what is wrong in it. */
interface Line {
  cells: string[];
  flaws: string[];
}

/**
 * No row that is taken is as long: what runs on for longer has a quote that never closes, and is read no further.
 * Papa Parse begins an open line anew with each piece, and keeps an object for each quote that is wrong in it.
 */
const mostCharactersOfLine = 768 * 1024;

/**
 * Takes a file of CSV piece by piece; gives the rows that end in each piece, by the names in the header. A cell that
 * is empty says nothing, and is no part of its row. Throws `invalid_import` once the file is read where a line in it
 * is broken; such lines, and those after the first of them, are not given.
 */
export async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<Record<string, string>[]> {
  const errors = new RowErrors();
  const lines = new CsvLines();
  let header: string[] | undefined;
  let number = 0;
  const rowsIn = (some: Line[]): Record<string, string>[] =>
    some.flatMap(({ cells, flaws }) => {
      if (header !== undefined) number += 1;
      if (number > importLimits.rows) throw tooManyRows();
      for (const flaw of flaws) errors.add(number, flaw);
      if (header === undefined) {
        header = readHeader(cells);
        return [];
      }
      if (cells.length !== header.length) {
        const wrong = cells.length > header.length ? "many" : "few";
        errors.add(
          number,
          `Too ${wrong} fields: expected ${header.length} fields but parsed ${cells.length}.`,
        );
      }
      return errors.areNone ? [named(header, cells)] : [];
    });
  for await (const piece of pieces) {
    yield rowsIn(lines.push(piece));
    if (lines.open > mostCharactersOfLine) break;
  }
  const isCut = lines.open > mostCharactersOfLine;
  const last = rowsIn(lines.end());
  if (header === undefined) throw withoutId();
  if (isCut) errors.add(number, rowTooLong);
  errors.throwIfAny();
  yield last;
}

function readHeader(cells: readonly string[]): string[] {
  const header = cells.map((name) => name.trim());
  if (!header.includes("id")) throw withoutId();
  if (new Set(header).size < header.length)
    throw invalidImport([{ row: 0, message: "The header names a column twice." }]);
  return header;
}

function named(header: readonly string[], cells: readonly string[]): Record<string, string> {
  const entries = header.map((name, column) => [name, cells[column] ?? ""] as const);
  return Object.fromEntries(entries.filter(([, cell]) => cell.trim() !== ""));
}

function withoutId() {
  const message = 'The header needs a column "id". Name the columns in the first line.';
  return invalidImport([{ row: 0, message }]);
}

/** Papa Parse takes pieces from a readable stream of Node's alone; this is as much of one as it asks for. */
class CsvLines {
  readonly #listeners = new Map<string, (piece?: string) => void>();
  #lines: Line[] = [];
  #open = 0;

  constructor() {
    const stream = {
      readable: true,
      read() {},
      on: (event: string, listener: () => void) => this.#listeners.set(event, listener),
      removeListener() {},
    };
    Papa.parse<string[], typeof stream & Papa.LocalFile>(stream as typeof stream & Papa.LocalFile, {
      skipEmptyLines: "greedy",
      step: ({ data, errors }) => {
        const flaws = errors.filter(({ type }) => type !== "Delimiter").map(({ message }) => `${message}.`);
        this.#lines.push({ cells: data, flaws });
      },
      error: (error) => {
        throw error;
      },
    });
  }

  /** About how many characters the line has that has not ended yet. */
  get open(): number {
    return this.#open;
  }

  /** Gives the lines that end in this piece. */
  push(piece: string): Line[] {
    this.#listeners.get("data")?.(piece);
    this.#open = this.#lines.length > 0 ? 0 : this.#open + piece.length;
    return this.#take();
  }

  /** Gives the line that no line end follows. */
  end(): Line[] {
    this.#listeners.get("end")?.();
    return this.#take();
  }

  #take(): Line[] {
    const lines = this.#lines;
    this.#lines = [];
    return lines;
  }
}
