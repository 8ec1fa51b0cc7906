import type { AssetSource } from "../../shared/assets.ts";
import type { SkipReason } from "../../shared/syncs.ts";
import type { MeteredDb } from "./metered-db.ts";
import { type TechnicalValues, technicalColumns, technicalValues } from "./technical-columns.ts";
import type { WorkspaceId } from "./workspace.ts";

/** What a sync needs to know of an asset: never a field that is Dots' own. */
export interface AssetState {
  id: string;
  serialKey: string | null;
  source: AssetSource;
  connectionId: string | null;
  systemId: string | null;
  missingSince: string | null;
  /** When it was written last; a heartbeat is no such time. */
  updatedAt: string;
  technical: TechnicalValues;
}

/** An asset linked to a device, as much of it as tells whether the device is still there. */
export interface LinkedAsset {
  id: string;
  systemId: string;
  missingSince: string | null;
  serialNumber: string | null;
  hostname: string | null;
  updatedAt: string;
}

/** A skip that lasts, from an earlier sync or this one. */
export interface OpenSkip {
  systemId: string;
  began: number;
  reason: SkipReason;
  hostname: string | null;
  related: string[] | undefined;
}

export interface Matches {
  assets: AssetState[];
  skips: OpenSkip[];
}

/**
 * Some ids; or all from one to another, where those meant are nearly all that lie between: that reads less, and what
 * it gives beyond them does no harm.
 */
export type Choice = readonly string[] | { from: string; to: string };

/** SQL that holds where the id in a column is chosen; the parameter of that number is `choiceJson`. */
export function isChosen(column: string, ids: Choice, parameter: number): string {
  return "from" in ids
    ? `${column} BETWEEN ?${parameter} ->> 0 AND ?${parameter} ->> 1`
    : `${column} IN (SELECT value FROM json_each(?${parameter}))`;
}

export function choiceJson(ids: Choice): string {
  return JSON.stringify("from" in ids ? [ids.from, ids.to] : ids);
}

/** The columns of an `AssetState`, of the table called `a`. */
export const stateColumns = [
  "id",
  "serial_key",
  "source",
  "connection_id",
  "system_id",
  "missing_since",
  "updated_at",
]
  .concat(technicalColumns.map(({ column }) => column))
  .map((column) => `a.${column}`)
  .join(", ");

export const linkedColumns = "id, system_id, missing_since, serial_number, hostname, updated_at";

/** Reads what a window of devices can touch. One round trip; rows read grow with the window alone. */
export class Matching {
  readonly #db: MeteredDb;
  readonly #workspace: WorkspaceId;
  readonly #connectionId: string;

  constructor(db: MeteredDb, workspace: WorkspaceId, connectionId: string) {
    this.#db = db;
    this.#workspace = workspace;
    this.#connectionId = connectionId;
  }

  /**
   * The assets linked to these systems, those with these serials, and the lasting skips.
   * INDEXED BY: the planner would rather walk the whole workspace (DESIGN.md, the durable run).
   */
  async read(systems: Choice, serialKeys: readonly string[]): Promise<Matches> {
    const chosen = choiceJson(systems);
    const [linked = [], sameSerial = [], skips = []] = await this.#db.batch([
      this.#db
        .prepare(
          `SELECT ${stateColumns} FROM assets a INDEXED BY assets_by_link
           WHERE a.connection_id = ?2 AND ${isChosen("a.system_id", systems, 3)}
             AND a.system_id IS NOT NULL AND a.workspace = ?1`,
        )
        .bind(this.#workspace, this.#connectionId, chosen),
      // Without those that came by their link: nearly all of them do, and once is enough.
      this.#db
        .prepare(
          `SELECT ${stateColumns} FROM assets a INDEXED BY assets_by_serial
           WHERE a.workspace = ?1 AND a.serial_key IN (SELECT value FROM json_each(?4)) AND a.serial_key IS NOT NULL
             AND (a.connection_id IS NOT ?2 OR a.system_id IS NULL OR NOT ${isChosen("a.system_id", systems, 3)})`,
        )
        .bind(this.#workspace, this.#connectionId, chosen, JSON.stringify(serialKeys)),
      this.#db
        .prepare(
          `SELECT system_id, began, reason, hostname, related FROM skips
           WHERE connection_id = ?1 AND ${isChosen("system_id", systems, 2)} AND ended IS NULL`,
        )
        .bind(this.#connectionId, chosen),
    ]);
    return { assets: [...linked, ...sameSerial].map(toAssetState), skips: skips.map(toOpenSkip) };
  }

  /** The assets that have these ids: an asset about to be created may be there already. */
  async readByIds(assetIds: Choice): Promise<AssetState[]> {
    const [rows = []] = await this.#db.batch([
      this.#db
        .prepare(
          `SELECT ${stateColumns} FROM assets a WHERE a.workspace = ?1 AND ${isChosen("a.id", assetIds, 2)}`,
        )
        .bind(this.#workspace, choiceJson(assetIds)),
    ]);
    return rows.map(toAssetState);
  }

  /** The assets linked to the connection, by system id, from after one on (index: assets_by_link). */
  async readLinked(afterSystemId: string, limit: number): Promise<LinkedAsset[]> {
    const [rows = []] = await this.#db.batch([
      this.#db
        .prepare(
          `SELECT ${linkedColumns} FROM assets INDEXED BY assets_by_link
           WHERE connection_id = ?2 AND system_id > ?3 AND system_id IS NOT NULL AND workspace = ?1
           ORDER BY system_id LIMIT ?4`,
        )
        .bind(this.#workspace, this.#connectionId, afterSystemId, limit),
    ]);
    return rows.map(toLinkedAsset);
  }

  /** How many assets are linked to the connection and not missing (indexes: assets_by_link, assets_by_missing). */
  async countPresent(): Promise<number> {
    const [rows = []] = await this.#db.batch([
      this.#db
        .prepare(
          `SELECT (SELECT count(*) FROM assets INDEXED BY assets_by_link
               WHERE connection_id = ?2 AND system_id IS NOT NULL AND workspace = ?1)
             - (SELECT count(*) FROM assets INDEXED BY assets_by_missing
               WHERE connection_id = ?2 AND missing_since IS NOT NULL AND workspace = ?1) AS present`,
        )
        .bind(this.#workspace, this.#connectionId),
    ]);
    return Number(rows[0]?.present);
  }

  /** The lasting skips of the connection, by system id, from after one on (index: the primary key). */
  async readSkips(afterSystemId: string, limit: number): Promise<OpenSkip[]> {
    const [rows = []] = await this.#db.batch([
      this.#db
        .prepare(
          `SELECT system_id, began, reason, hostname, related FROM skips
           WHERE connection_id = ?1 AND system_id > ?2 AND ended IS NULL ORDER BY system_id LIMIT ?3`,
        )
        .bind(this.#connectionId, afterSystemId, limit),
    ]);
    return rows.map(toOpenSkip);
  }
}

/** The rows come from STRICT tables that only this room writes: their shape is known. */
export function toAssetState(row: Record<string, unknown>): AssetState {
  return {
    id: row.id as string,
    serialKey: row.serial_key as string | null,
    source: row.source as AssetSource,
    connectionId: row.connection_id as string | null,
    systemId: row.system_id as string | null,
    missingSince: row.missing_since as string | null,
    updatedAt: row.updated_at as string,
    technical: technicalValues(row),
  };
}

export function toLinkedAsset(row: Record<string, unknown>): LinkedAsset {
  return {
    id: row.id as string,
    systemId: row.system_id as string,
    missingSince: row.missing_since as string | null,
    serialNumber: row.serial_number as string | null,
    hostname: row.hostname as string | null,
    updatedAt: row.updated_at as string,
  };
}

function toOpenSkip(row: Record<string, unknown>): OpenSkip {
  return {
    systemId: row.system_id as string,
    began: row.began as number,
    reason: row.reason as SkipReason,
    hostname: row.hostname as string | null,
    related: row.related === null ? undefined : (JSON.parse(row.related as string) as string[]),
  };
}
