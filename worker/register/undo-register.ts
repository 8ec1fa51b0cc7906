import { writeRestored } from "./asset-rows.ts";
import { writeChanges } from "./change-rows.ts";
import { toChangeRow } from "./changes.ts";
import { type ChangeRow, moveOn, type RunKey, type Standing, type WrittenChange } from "./commit.ts";
import { type AssetState, stateColumns, toAssetState } from "./matching.ts";
import type { MeteredDb } from "./metered-db.ts";
import { fence, inParts } from "./step-sql.ts";

/** A change of a sync that is taken back, and when it was written. */
export interface UndoableChange extends ChangeRow {
  at: string | null;
}

/** What people give an asset in Dots; `custom` as the JSON it is kept as. */
export type OwnValues = Record<"name" | "type" | "status" | "location" | "notes" | "custom", string | null>;

export interface WholeAsset extends AssetState {
  own: OwnValues;
}

/** What the undo lists: an asset put back or removed (`after` is `null`), or kept as it is. */
export type UndoRow = WrittenChange & { outcome: "updated" | "skipped" };

/** What one commit of an undo writes. */
export interface UndoStep {
  /** The assets it looked at: when they were written last, as far as it knows. */
  seen: WholeAsset[];
  removed: string[];
  restored: AssetState[];
  rows: UndoRow[];
}

/** All that an undo asks of the register and tells it. */
export interface UndoRegister {
  /** The sync's changes, by system id, after one. */
  readChanges(afterSystemId: string, limit: number): Promise<UndoableChange[]>;
  readAssets(assetIds: string[]): Promise<WholeAsset[]>;
  /** Those of the connections that still are there. */
  readConnections(connectionIds: string[]): Promise<string[]>;
  /** The assets linked to these systems of these connections. */
  readLinks(links: [connectionId: string, systemId: string][]): Promise<AssetState[]>;
  /**
   * Writes a step whole, once; gives false where it is not the step that comes next. Throws `RegisterMovedError`,
   * with nothing written, where somebody has written one of the assets meanwhile.
   */
  commit(expectedStep: number, step: UndoStep, now: string, standing: Standing): Promise<boolean>;
  takeCost(): { rowsRead: number; rowsWritten: number };
}

/** An asset was written between the undo's look at it and its own write: it has to look again. */
export class RegisterMovedError extends Error {
  override name = "RegisterMovedError";
}

/** The register of an undo in D1; `undone` is the sync it takes back. */
export function openUndoRegister(db: MeteredDb, key: RunKey, undone: string): UndoRegister {
  const rowsOf = async (sql: string, ...values: unknown[]) =>
    (await db.batch([db.prepare(sql).bind(...values)]))[0] ?? [];
  return {
    async readChanges(after, limit) {
      // Index: the primary key.
      const rows = await rowsOf(
        "SELECT * FROM changes WHERE sync_id = ?1 AND system_id > ?2 AND workspace = ?4 ORDER BY system_id LIMIT ?3",
        undone,
        after,
        limit,
        key.workspace,
      );
      return rows.map((row) => ({ ...toChangeRow(row), at: row.at as string | null }));
    },
    async readAssets(assetIds) {
      const rows = await rowsOf(
        `SELECT ${stateColumns}, a.name, a.type, a.status, a.location, a.notes, a.custom FROM assets a
         WHERE a.workspace = ?1 AND a.id IN (SELECT value FROM json_each(?2))`,
        key.workspace,
        JSON.stringify(assetIds),
      );
      return rows.map((row) => ({ ...toAssetState(row), own: toOwnValues(row) }));
    },
    async readConnections(connectionIds) {
      const rows = await rowsOf(
        `SELECT id FROM connections WHERE workspace = ?1 AND id IN (SELECT value FROM json_each(?2))`,
        key.workspace,
        JSON.stringify(connectionIds),
      );
      return rows.map(({ id }) => String(id));
    },
    async readLinks(links) {
      const rows = await rowsOf(
        `SELECT ${stateColumns} FROM json_each(?2) r CROSS JOIN assets a INDEXED BY assets_by_link
         WHERE a.connection_id = r.value ->> 0 AND a.system_id = r.value ->> 1 AND a.system_id IS NOT NULL
           AND a.workspace = ?1`,
        key.workspace,
        JSON.stringify(links),
      );
      return rows.map(toAssetState);
    },
    async commit(expectedStep, step, now, standing) {
      try {
        const results = await db.batch([
          ...refuseWhatMoved(db, key, expectedStep, step.seen),
          ...remove(db, key, expectedStep, step.removed),
          ...writeRestored(db, key, expectedStep, step.restored),
          ...writeChanges(db, key, expectedStep, now, step.rows),
          moveOn(db, key, expectedStep, standing),
        ]);
        return results.at(-1)?.length === 1;
      } catch (error) {
        if (error instanceof Error && error.message.includes("malformed JSON"))
          throw new RegisterMovedError();
        throw error;
      }
    },
    takeCost: () => db.take(),
  };
}

/**
 * A batch cannot be stopped by a condition, only by an error: JSON that is none is one. It stands first, before
 * the assets are written, and only where it is this step's turn.
 */
function refuseWhatMoved(db: MeteredDb, key: RunKey, step: number, seen: WholeAsset[]) {
  return inParts(seen.map(({ id, updatedAt }) => [id, updatedAt])).map((part) =>
    db
      .prepare(
        `SELECT json('an asset was written meanwhile') FROM json_each(?3) r
         WHERE ${fence} AND NOT EXISTS (SELECT 1 FROM assets a
           WHERE a.workspace = ?4 AND a.id = r.value ->> 0 AND a.updated_at = r.value ->> 1)`,
      )
      .bind(key.syncId, step, part, key.workspace),
  );
}

function remove(db: MeteredDb, key: RunKey, step: number, assetIds: string[]) {
  return inParts(assetIds).map((part) =>
    db
      .prepare(
        `DELETE FROM assets WHERE workspace = ?4 AND id IN (SELECT value FROM json_each(?3)) AND ${fence}`,
      )
      .bind(key.syncId, step, part, key.workspace),
  );
}

function toOwnValues(row: Record<string, unknown>): OwnValues {
  const text = (column: keyof OwnValues) => row[column] as string | null;
  return {
    name: text("name"),
    type: text("type"),
    status: text("status"),
    location: text("location"),
    notes: text("notes"),
    custom: text("custom"),
  };
}
