import { type Answer, badRequest, json, refusals } from "./answers.ts";
import { DerivedLists } from "./derived-lists.ts";
import { valueAt } from "./field-path.ts";
import { OrderedViews, unordered } from "./ordered-view.ts";
import { type Condition, FilterError, readFilter } from "./system-filter.ts";
import type { System, Tenant } from "./tenant.ts";

/** What a list call asks for, from a query or a search body. */
export interface ListRequest {
  limit: number;
  skip: number;
  sort: string[];
  fields: string[];
  condition: Condition | undefined;
}

const defaultLimit = 10;
const maximumLimit = 100;

/** Serves `GET /systems`, `GET /systems/{id}` and what `POST /search/systems` asks for, out of a tenant. */
export class SystemLists {
  readonly #tenant: Tenant;
  readonly #owned = new DerivedLists<System>();
  readonly #views = new OrderedViews<System>();
  #calls = 0;

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  list(organizationId: string, query: URLSearchParams): Answer {
    const limit = readNumber(query.get("limit"), defaultLimit);
    if (limit > maximumLimit) return refusals.limitTooBig(maximumLimit);
    try {
      return this.answer(organizationId, {
        limit,
        skip: readNumber(query.get("skip"), 0),
        sort: words(query.get("sort")),
        fields: words(query.get("fields")),
        condition: readFilter(query),
      });
    } catch (error) {
      if (error instanceof FilterError) return badRequest(error.message);
      throw error;
    }
  }

  one(organizationId: string, id: string, query: URLSearchParams): Answer {
    const found = this.#systemsOf(organizationId).find(({ _id }) => _id === id);
    return found === undefined ? refusals.notFound() : json(project(found, words(query.get("fields"))));
  }

  answer(organizationId: string, request: ListRequest): Answer {
    const { limit, skip, fields, condition } = request;
    this.#calls += 1;
    const systems = this.#systemsOf(organizationId);
    // A comma makes one name that no system has: as good as no sort.
    const isSorted = request.sort.length > 0 && !request.sort.some((name) => name.includes(","));
    const order = isSorted ? withTies(request.sort, this.#calls) : ["_id"];
    const ordered = this.#views.sorted(organizationId, systems, order);
    const rows = condition ? ordered.filter(condition) : ordered;
    const at = isSorted ? (place: number) => rows[place] : unordered(rows, this.#calls);
    const results: Record<string, unknown>[] = [];
    for (let place = skip; place < skip + limit; place += 1) {
      const row = at(place);
      if (row === undefined) break;
      results.push(project(row, fields));
    }
    return json({ results, totalCount: rows.length });
  }

  #systemsOf(organizationId: string): readonly System[] {
    const { systems } = this.#tenant;
    return this.#owned.get(organizationId, [systems], () =>
      systems.filter(({ organization }) => organization === organizationId),
    );
  }
}

/** Systems that are equal by what is asked for change places from call to call (FACTS.md, section 4). */
function withTies(sort: readonly string[], call: number): readonly string[] {
  const isUnique = sort.some((name) => /^-?_?id$/.test(name));
  return isUnique ? sort : [...sort, call % 2 === 0 ? "_id" : "-_id"];
}

/** The fields asked for, by top name or `parent.child`; `_id` and `id` always, all where none is named. */
function project(system: System, fields: readonly string[]): Record<string, unknown> {
  if (fields.length === 0) return system;
  const chosen: Record<string, unknown> = { _id: system._id, id: system.id };
  for (const field of fields) {
    const path = field.split(".");
    const value = valueAt(system, path);
    if (value === undefined) continue;
    const [parent = field, child] = path;
    chosen[parent] = child === undefined ? value : { ...asObject(chosen[parent]), [child]: value };
  }
  return chosen;
}

function asObject(value: unknown): object {
  return typeof value === "object" && value !== null ? value : {};
}

/** Names are separated by spaces; a comma does not separate (FACTS.md, section 4). */
export function words(text: string | null | undefined): string[] {
  return (text ?? "").split(" ").filter((word) => word !== "");
}

function readNumber(text: string | null, otherwise: number): number {
  const number = Number.parseInt(text ?? "", 10);
  return Number.isNaN(number) || number < 0 ? otherwise : number;
}
