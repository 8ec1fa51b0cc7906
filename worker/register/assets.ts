import type { Asset, AssetSource, AssetSummary } from "../../shared/assets.ts";
import type { Page } from "../../shared/lists.ts";
import { pageFrom } from "./paging.ts";
import { technicalValues } from "./technical-columns.ts";
import type { WorkspaceId } from "./workspace.ts";

export interface AssetFilter {
  /** Found in id, serial number, name or hostname, whatever the case. */
  q: string | undefined;
  source: AssetSource | undefined;
  missing: boolean | undefined;
}

/** A workspace's assets (table `assets`), as the API shows them. */
export class Assets {
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;

  constructor(db: D1Database, workspace: WorkspaceId) {
    this.#db = db;
    this.#workspace = workspace;
  }

  async find(id: string): Promise<Asset | undefined> {
    const row = await this.#db
      .prepare("SELECT * FROM assets WHERE workspace = ?1 AND id = ?2")
      .bind(this.#workspace, id)
      .first<Record<string, unknown>>();
    return row ? toAsset(row) : undefined;
  }

  /** By id (index: the primary key). */
  async list(filter: AssetFilter, limit: number, cursor: string | undefined): Promise<Page<Asset>> {
    const { results } = await this.#db
      .prepare(
        `SELECT * FROM assets WHERE workspace = ?1 AND id > ?2
           AND (?3 IS NULL OR instr(lower(id || char(10) || coalesce(serial_number, '') || char(10)
             || coalesce(name, '') || char(10) || coalesce(hostname, '')), ?3) > 0)
           AND (?4 IS NULL OR source = ?4)
           AND (?5 IS NULL OR (missing_since IS NOT NULL) = ?5)
         ORDER BY id LIMIT ?6`,
      )
      .bind(
        this.#workspace,
        cursor ?? "",
        filter.q?.toLowerCase() ?? null,
        filter.source ?? null,
        filter.missing === undefined ? null : Number(filter.missing),
        limit + 1,
      )
      .all<Record<string, unknown>>();
    return pageFrom(results.map(toAsset), limit, ({ id }) => id);
  }

  async summarize(): Promise<AssetSummary> {
    const { results } = await this.#db
      .prepare(
        `SELECT source, os, type, count(*) AS total, count(serial_key) AS withSerial, count(missing_since) AS missing
         FROM assets WHERE workspace = ?1 GROUP BY source, os, type`,
      )
      .bind(this.#workspace)
      .all<{
        source: AssetSource;
        os: string | null;
        type: string | null;
        total: number;
        withSerial: number;
        missing: number;
      }>();
    const sum = (of: "total" | "withSerial" | "missing") =>
      results.reduce((total, group) => total + group[of], 0);
    return {
      total: sum("total"),
      withSerial: sum("withSerial"),
      missing: sum("missing"),
      bySource: totals(results.map(({ source, total }) => [source, total])),
      byOs: totals(results.map(({ os, total }) => [os ?? "unknown", total])),
      byType: totals(results.map(({ type, total }) => [type ?? "unknown", total])),
    };
  }
}

/** Adds up by name. The names are whatever an import or a device said, "constructor" included: a map has no such thing. */
function totals(counted: readonly (readonly [name: string, count: number])[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const [name, count] of counted) sums.set(name, (sums.get(name) ?? 0) + count);
  return Object.fromEntries(sums);
}

/** The rows come from a STRICT table that only this room writes: their shape is known. */
function toAsset(row: Record<string, unknown>): Asset {
  return {
    ...technicalValues(row),
    id: row.id as string,
    name: row.name as string | null,
    type: row.type as string | null,
    status: row.status as string | null,
    location: row.location as string | null,
    notes: row.notes as string | null,
    ...(row.custom === null ? {} : { custom: JSON.parse(row.custom as string) as Record<string, string> }),
    source: row.source as AssetSource,
    ...(row.system_id === null ? {} : { systemId: row.system_id as string }),
    ...(row.missing_since === null ? {} : { missingSince: row.missing_since as string }),
    updatedAt: row.updated_at as string,
  };
}
