import { DerivedLists } from "./derived-lists.ts";
import { valueAt } from "./field-path.ts";

/** Sorted copies of lists, made once and used for every page. */
export class OrderedViews<Row extends Record<string, unknown>> {
  readonly #views = new DerivedLists<Row>();

  /** Takes a list, its name and fields (`-` in front: descending); gives its rows in that order. */
  sorted(listName: string, rows: readonly Row[], fields: readonly string[]): readonly Row[] {
    const order = fields.join(" ");
    const name = `${listName} ${order}`;
    const compare = comparison<Row>(fields);
    const sort = (): readonly Row[] => (isSorted(rows, compare) ? rows.slice() : rows.toSorted(compare));
    const view = this.#views.get(name, [rows], sort);
    // An identity is never edited; any other field may have been since.
    if (order === "_id" || order === "system_id" || isSorted(view, compare)) return view;
    this.#views.forget(name);
    return this.#views.get(name, [rows], sort);
  }
}

/**
 * A list nobody asked to sort: each call gives its rows in another order, so that pages repeat and miss some
 * (FACTS.md, section 4). Takes the number of the call; gives the row at a place without moving any.
 */
export function unordered<Row>(rows: readonly Row[], call: number): (place: number) => Row | undefined {
  const size = rows.length;
  let stride = 1 + ((call * 7919) % Math.max(size, 1));
  while (size > 1 && greatestCommonDivisor(stride, size) !== 1) stride += 1;
  return (place) => (place < size ? rows[(place * stride + call * 104_729) % size] : undefined);
}

function comparison<Row extends Record<string, unknown>>(
  fields: readonly string[],
): (a: Row, b: Row) => number {
  const keys = fields.map((field) => ({
    path: field.replace(/^-/, "").split("."),
    sign: field.startsWith("-") ? -1 : 1,
  }));
  return (a, b) => {
    for (const { path, sign } of keys) {
      const order = compareValues(valueAt(a, path), valueAt(b, path));
      if (order !== 0) return order * sign;
    }
    return 0;
  };
}

/** Absent and null come first, as in a Mongo sort. */
function compareValues(a: unknown, b: unknown): number {
  const absentA = a === undefined || a === null;
  const absentB = b === undefined || b === null;
  if (absentA || absentB) return Number(absentB) - Number(absentA);
  if (typeof a === "number" && typeof b === "number") return a - b;
  const textA = String(a);
  const textB = String(b);
  return textA < textB ? -1 : textA > textB ? 1 : 0;
}

function isSorted<Row>(rows: readonly Row[], compare: (a: Row, b: Row) => number): boolean {
  for (let place = 1; place < rows.length; place += 1) {
    const before = rows[place - 1];
    const row = rows[place];
    if (before !== undefined && row !== undefined && compare(before, row) > 0) return false;
  }
  return true;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
