import { type Answer, badRequest } from "./answers.ts";
import { valueAt } from "./field-path.ts";
import { type ListRequest, type SystemLists, words } from "./list-systems.ts";
import { type Condition, FilterError, readTerm } from "./system-filter.ts";

/** Serves `POST /search/systems` (FACTS.md, section 4). The official module asks for pages of 1000 here. */
const maximumLimit = 1000;
const defaultLimit = 10;

export function searchSystems(lists: SystemLists, organizationId: string, text: string): Answer {
  try {
    const body: unknown = text.trim() === "" ? {} : JSON.parse(text);
    if (!isRecord(body)) return badRequest("Bad Request: body must be an object");
    const request = readSearch(body);
    if (request.limit > maximumLimit) {
      return badRequest(`Bad Request: request parameter "limit" exceeds maximum value of ${maximumLimit}`);
    }
    return lists.answer(organizationId, request);
  } catch (error) {
    if (error instanceof FilterError) return badRequest(error.message);
    if (error instanceof SyntaxError) return badRequest("Bad Request: malformed JSON");
    throw error;
  }
}

function readSearch(body: Record<string, unknown>): ListRequest {
  const conditions = [readFilters(body.filter), readSearchFilter(body.searchFilter)].filter(
    (condition) => condition !== undefined,
  );
  return {
    limit: typeof body.limit === "number" ? body.limit : defaultLimit,
    skip: typeof body.skip === "number" ? body.skip : 0,
    sort: words(typeof body.sort === "string" ? body.sort : ""),
    fields: words(typeof body.fields === "string" ? body.fields : ""),
    condition:
      conditions.length === 0 ? undefined : (system) => conditions.every((condition) => condition(system)),
  };
}

/** `{and|or: [{field: value}]}`, an array of terms, or `[{}]` for all. */
function readFilters(filter: unknown): Condition | undefined {
  if (filter === undefined || filter === null) return undefined;
  if (Array.isArray(filter)) return every(filter.map(readOne));
  if (!isRecord(filter)) throw new FilterError("Bad Request: invalid filter");
  if (Array.isArray(filter.or)) {
    const any = filter.or.map(readOne);
    return (system) => any.some((condition) => condition(system));
  }
  return Array.isArray(filter.and) ? every(filter.and.map(readOne)) : readOne(filter);
}

function readOne(filter: unknown): Condition {
  if (typeof filter === "string") return readTerm(filter);
  if (!isRecord(filter)) throw new FilterError("Bad Request: invalid filter");
  return every(Object.entries(filter).map(([field, wanted]) => readField(field, wanted)));
}

function readField(field: string, wanted: unknown): Condition {
  if (!isRecord(wanted)) return readTerm(`${field}:$eq:${String(wanted)}`);
  return every(
    Object.entries(wanted).map(([operator, value]) => {
      if (operator !== "$regex") return readTerm(`${field}:${operator}:${joined(value)}`);
      const pattern = new RegExp(String(value));
      return (system) => pattern.test(String(valueAt(system, field.split(".")) ?? ""));
    }),
  );
}

function joined(value: unknown): string {
  return Array.isArray(value)
    ? value.map((one) => String(one).replaceAll("|", "\\|")).join("|")
    : String(value);
}

function readSearchFilter(filter: unknown): Condition | undefined {
  if (!isRecord(filter) || !Array.isArray(filter.fields)) return undefined;
  const terms = [filter.searchTerm].flat().map((term) => String(term).toLowerCase());
  const paths = filter.fields.map((field) => String(field).split("."));
  return (system) =>
    paths.some((path) => {
      const text = String(valueAt(system, path) ?? "").toLowerCase();
      return terms.some((term) => text.includes(term));
    });
}

function every(conditions: Condition[]): Condition {
  return (system) => conditions.every((condition) => condition(system));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
