import { valueAt } from "./field-path.ts";
import type { System } from "./tenant.ts";

/** A test of one system. */
export type Condition = (system: System) => boolean;

/** A filter that JumpCloud's grammar does not know. */
export class FilterError extends Error {
  override name = "FilterError";
}

const term = /^([^:]+):(\$[a-z]+):([\s\S]*)$/;

/**
 * Reads `filter=`, `filter[0]=` (and) and `filter[or][0]=` out of a query (FACTS.md, section 4).
 * Gives nothing where there is none.
 */
export function readFilter(query: URLSearchParams): Condition | undefined {
  const all: Condition[] = [];
  const any: Condition[] = [];
  for (const [name, value] of query) {
    if (/^filter(\[(and\]\[)?\d*\])?$/.test(name)) all.push(readTerm(value));
    else if (/^filter\[or\]\[\d*\]$/.test(name)) any.push(readTerm(value));
  }
  if (any.length > 0) all.push((system) => any.some((condition) => condition(system)));
  return all.length === 0 ? undefined : (system) => all.every((condition) => condition(system));
}

/** Reads one `<field>:<op>:<value>`; values of `$in` and `$nin` are split by `|`, which `\|` escapes. */
export function readTerm(text: string): Condition {
  const [, field, operator, value] = term.exec(text) ?? [];
  if (field === undefined || operator === undefined || value === undefined) {
    throw new FilterError(`Bad Request: invalid filter "${text}"`);
  }
  const values = new Set(value.split(/(?<!\\)\|/).map((part) => part.replaceAll("\\|", "|")));
  const is = comparison(operator, value, values);
  const path = field.split(".");
  return (system) => is(textOf(valueAt(system, path)));
}

function comparison(operator: string, value: string, values: ReadonlySet<string>): (text: string) => boolean {
  switch (operator) {
    case "$eq":
      return (text) => text === value;
    case "$ne":
      return (text) => text !== value;
    case "$in":
      return (text) => values.has(text);
    case "$nin":
      return (text) => !values.has(text);
    case "$lt":
      return (text) => text !== "" && text < value;
    case "$lte":
      return (text) => text !== "" && text <= value;
    case "$gt":
      return (text) => text > value;
    case "$gte":
      return (text) => text >= value;
    case "$sw":
      return (text) => text.startsWith(value);
    default:
      throw new FilterError(`Bad Request: unsupported filter operator "${operator}"`);
  }
}

function textOf(value: unknown): string {
  return value === undefined || value === null ? "" : String(value);
}
