import type { Page } from "../../shared/lists.ts";

/** Takes one row more than asked for, if there is one; gives the page and where the next one begins. */
export function pageFrom<T>(rows: readonly T[], limit: number, cursorOf: (last: T) => string): Page<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
