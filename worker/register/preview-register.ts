import { technicalFields } from "../../shared/assets.ts";
import type { SkipReason } from "../../shared/syncs.ts";
import { parseFields } from "./changes.ts";
import { type ChangeRow, moveOn, type RunKey, type Step } from "./commit.ts";
import {
  type AssetState,
  type Choice,
  choiceJson,
  isChosen,
  linkedColumns,
  Matching,
  type OpenSkip,
  toLinkedAsset,
} from "./matching.ts";
import type { PreviewDb } from "./preview-db.ts";
import type { RunRegister } from "./run-register.ts";
import { fence, inParts, jsonText } from "./step-sql.ts";
import type { TechnicalValues } from "./technical-columns.ts";

/**
 * The register as a preview sees it: what is there, with what the preview has listed so far laid over it where
 * a sync would find it written. A commit writes the list and how far the preview is, and nothing of the register.
 */
export function openPreviewRegister(db: PreviewDb, key: RunKey): RunRegister {
  const matching = new Matching(db, key.workspace, key.connectionId);
  return {
    async read(systems, serialKeys) {
      const [{ assets, skips }, listed] = await Promise.all([
        matching.read(systems, serialKeys),
        readListed(db, key, systems),
      ]);
      const decided = new Set(listed.map(({ systemId }) => systemId));
      return {
        assets: [...assets, ...listed.filter(isCreated).map((row) => asCreated(row, key))],
        skips: [
          ...skips.filter(({ systemId }) => !decided.has(systemId)),
          ...listed.filter(({ outcome }) => outcome === "skipped").map((row) => asSkip(row, key)),
        ],
      };
    },
    readByIds: (assetIds) => matching.readByIds(assetIds),
    readLinked: (after, limit) => readStillLinked(db, key, after, limit),
    readSkips: (after, limit) => matching.readSkips(after, limit),
    readChanges: async (systemIds) =>
      (await readListed(db, key, systemIds)).filter(isChange).map((row) => ({ ...row, beforeAt: null })),
    countPresent: async () => undefined,
    // Nothing is linked: what this preview would link still is where it was.
    countLinked: async () => 0,
    async commit(expectedStep, _now, step, standing) {
      const results = await db.batch([
        ...writeListed(db, key, expectedStep, listedBy(step)),
        moveOn(db, key, expectedStep, standing),
      ]);
      return results.at(-1)?.length === 1;
    },
    takeCost: () => db.take(),
  };
}

interface Listed extends Omit<ChangeRow, "outcome" | "assetId" | "beforeAt"> {
  outcome: ChangeRow["outcome"] | "skipped" | "unchanged";
  assetId: string | null;
  reason: SkipReason | null;
  related: string[] | undefined;
}

/** A system has one outcome: what comes later in a step replaces what came before. */
function listedBy(step: Step): Listed[] {
  const rows = new Map<string, Listed>();
  const none = { reason: null, assetId: null, before: null, after: null, related: undefined };
  for (const systemId of [...step.skipsEnded, ...step.withdrawn]) {
    rows.set(systemId, { systemId, outcome: "unchanged", serialNumber: null, hostname: null, ...none });
  }
  for (const change of step.changes) rows.set(change.systemId, { ...none, ...change });
  for (const skip of step.skipsBegun) rows.set(skip.systemId, { ...none, outcome: "skipped", ...skip });
  return [...rows.values()];
}

function writeListed(db: PreviewDb, key: RunKey, step: number, rows: Listed[]): D1PreparedStatement[] {
  return inParts(
    rows.map((row) => [
      row.systemId,
      row.outcome,
      row.reason,
      row.assetId,
      row.serialNumber,
      row.hostname,
      jsonText(row.before),
      jsonText(row.after),
      jsonText(row.related),
    ]),
  ).map((part) =>
    db
      .prepare(
        `INSERT OR REPLACE INTO preview_changes (sync_id, system_id, outcome, reason, asset_id, serial_number,
           hostname, before, after, related)
         SELECT ?1, r.value ->> 0, r.value ->> 1, r.value ->> 2, r.value ->> 3, r.value ->> 4, r.value ->> 5,
           r.value ->> 6, r.value ->> 7, r.value ->> 8
         FROM json_each(?3) r WHERE ${fence}`,
      )
      .bind(key.syncId, step, part),
  );
}

/** Index: the primary key. */
async function readListed(db: PreviewDb, key: RunKey, systems: Choice): Promise<Listed[]> {
  const [rows = []] = await db.batch([
    db
      .prepare(`SELECT * FROM preview_changes WHERE sync_id = ?1 AND ${isChosen("system_id", systems, 2)}`)
      .bind(key.syncId, choiceJson(systems)),
  ]);
  return rows.map(toListed);
}

/** A sync would have found these linked to their new device: they are no longer linked to the old one. */
async function readStillLinked(db: PreviewDb, key: RunKey, after: string, limit: number) {
  const [rows = []] = await db.batch([
    db
      .prepare(
        `SELECT ${linkedColumns} FROM assets a INDEXED BY assets_by_link
         WHERE connection_id = ?2 AND system_id > ?3 AND system_id IS NOT NULL AND workspace = ?1
           AND NOT EXISTS (SELECT 1 FROM preview_changes p INDEXED BY preview_changes_by_asset
             WHERE p.sync_id = ?5 AND p.asset_id = a.id AND p.asset_id IS NOT NULL
               AND p.after ->> '$.systemId' IS NOT NULL)
         ORDER BY system_id LIMIT ?4`,
      )
      .bind(key.workspace, key.connectionId, after, limit, key.syncId),
  ]);
  return rows.map(toLinkedAsset);
}

function isChange(row: Listed): row is Listed & Omit<ChangeRow, "beforeAt"> {
  return row.assetId !== null && row.outcome !== "skipped" && row.outcome !== "unchanged";
}

function isCreated(row: Listed): boolean {
  return row.outcome === "created";
}

/** The asset that a sync would have made by now; its serial is that of its device, which is at hand. */
function asCreated(row: Listed, { connectionId }: RunKey): AssetState {
  const after = (row.after ?? {}) as Record<string, unknown>;
  const technical = technicalFields.map((field) => [field, after[field] ?? null]);
  return {
    id: row.assetId ?? "",
    serialKey: null,
    source: "jumpcloud",
    connectionId,
    systemId: row.systemId,
    missingSince: null,
    updatedAt: "",
    technical: Object.fromEntries(technical) as TechnicalValues,
  };
}

function asSkip(row: Listed, { number }: RunKey): OpenSkip {
  const { systemId, hostname, related } = row;
  return { systemId, began: number, reason: row.reason ?? "invalid_record", hostname, related };
}

/** The rows come from a STRICT table that only this file writes: their shape is known. */
function toListed(row: Record<string, unknown>): Listed {
  return {
    systemId: row.system_id as string,
    outcome: row.outcome as Listed["outcome"],
    reason: row.reason as SkipReason | null,
    assetId: row.asset_id as string | null,
    serialNumber: row.serial_number as string | null,
    hostname: row.hostname as string | null,
    before: parseFields(row.before),
    after: parseFields(row.after),
    related: row.related === null ? undefined : (JSON.parse(row.related as string) as string[]),
  };
}
