import { type Answer, badRequest, json, refusals } from "./answers.ts";
import { DerivedLists } from "./derived-lists.ts";
import { type InsightRow, type InsightTable, insightTables } from "./insights.ts";
import { OrderedViews, unordered } from "./ordered-view.ts";
import type { Tenant } from "./tenant.ts";

/** Only these columns can be filtered by (FACTS.md, section 5). */
const filterable: Record<InsightTable, readonly string[]> = {
  system_info: ["system_id", "cpu_subtype"],
  chassis_info: ["system_id"],
  disk_info: ["system_id", "disk_index"],
  logical_drives: ["system_id", "device_id"],
  mounts: ["system_id", "path"],
};
/** The header is not on every endpoint. */
const countsRows = new Set<InsightTable>(["system_info", "chassis_info"]);
const defaultLimit = 10;
const maximumLimit = 10_000;

/** Serves `GET /v2/systeminsights/<table>`: a bare array. */
export class SystemInsightsTables {
  readonly #tenant: Tenant;
  readonly #owned = new DerivedLists<InsightRow>();
  readonly #views = new OrderedViews<InsightRow>();
  #calls = 0;

  constructor(tenant: Tenant) {
    this.#tenant = tenant;
  }

  rows(organizationId: string, name: string, query: URLSearchParams): Answer {
    const table = insightTables.find((known) => known === name);
    if (table === undefined) return refusals.notFound();
    if (!this.#tenant.insightsEnabled) {
      return json(
        { message: "System Insights is not enabled for your organization" },
        this.#tenant.insightsRefusal,
      );
    }
    const limit = Number(query.get("limit") ?? defaultLimit);
    const skip = Number(query.get("skip") ?? 0);
    if (!Number.isInteger(limit) || limit < 1 || limit > maximumLimit) return badRequest("invalid limit");
    if (!Number.isInteger(skip) || skip < 0) return badRequest("invalid skip");
    const conditions = query.getAll("filter").map((text) => readFilter(table, text));
    if (conditions.includes(undefined)) return badRequest("invalid filter");
    const sort = (query.get("sort") ?? "").split(",").filter((field) => field !== "");
    const known = this.#rowsOf(organizationId, table);
    const ordered = sort.length > 0 ? this.#views.sorted(`${organizationId} ${table}`, known, sort) : known;
    const rows =
      conditions.length === 0
        ? ordered
        : ordered.filter((row) => conditions.every((is) => is?.(row) ?? false));
    this.#calls += 1;
    const at = sort.length > 0 ? (place: number) => rows[place] : unordered(rows, this.#calls);
    const page: InsightRow[] = [];
    for (let place = skip; place < skip + limit; place += 1) {
      const row = at(place);
      if (row === undefined) break;
      page.push(row);
    }
    return json(page, 200, countsRows.has(table) ? { "x-total-count": String(rows.length) } : {});
  }

  /** Rows of a system that was deleted stay for a while: they are nobody's, and any organization's here. */
  #rowsOf(organizationId: string, table: InsightTable): readonly InsightRow[] {
    const { systems, systemInsights } = this.#tenant;
    const rows = systemInsights[table];
    return this.#owned.get(`${organizationId} ${table}`, [systems, rows], () => {
      const others = systems.filter(({ organization }) => organization !== organizationId);
      const foreign = new Set(others.map(({ _id }) => _id));
      return rows.filter(({ system_id }) => !foreign.has(system_id));
    });
  }
}

/** `field:eq:value` or `field:in:a|b|c`, without the `$` of the first API. */
function readFilter(table: InsightTable, text: string): ((row: InsightRow) => boolean) | undefined {
  const [, field, operator, value = ""] = /^([a-z_]+):(eq|in):(.*)$/s.exec(text) ?? [];
  if (field === undefined || !filterable[table].includes(field)) return undefined;
  if (operator === "eq") return (row) => String(row[field] ?? "") === value;
  const wanted = new Set(value.split("|"));
  return (row) => wanted.has(String(row[field] ?? ""));
}
