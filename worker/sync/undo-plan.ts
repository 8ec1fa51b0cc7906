import { type TechnicalField, technicalFields } from "../../shared/assets.ts";
import type { ChangeFields } from "../../shared/syncs.ts";
import type { AssetState } from "../register/matching.ts";
import type { OwnValues, UndoableChange, WholeAsset } from "../register/undo-register.ts";
import { readSerial } from "./serial.ts";

/** What becomes of one change that is taken back. Values only, no I/O. */
export type UndoDecision =
  /** The asset that the sync created goes again. */
  | { kind: "remove"; before: ChangeFields }
  /** Fields are set back; `kept` are those that were changed since. */
  | { kind: "restore"; asset: AssetState; before: ChangeFields; after: ChangeFields; kept: ChangeFields }
  /** All of it was changed since, and stays. */
  | { kind: "keep"; kept: ChangeFields }
  /** It is as it was before already, or gone. */
  | { kind: "nothing" };

/** What is known besides the change and its asset. */
export interface UndoSurroundings {
  connectionId: string;
  now: string;
  /** Whether a connection that an asset was linked to before still is there. */
  isConnected: (connectionId: string) => boolean;
  /** Whether another asset is linked to the system that this one was linked to before. */
  isTaken: (connectionId: string, systemId: string) => boolean;
}

/**
 * Takes a change of a sync and its asset as it is now; gives what to put back. A field whose value is not the
 * one that the sync wrote was changed since, and stays. A heartbeat is no change (CONTRACT, sync rule 8): where
 * nothing else was written since, the last contact goes back too.
 */
export function planUndo(
  change: UndoableChange,
  asset: WholeAsset | undefined,
  surroundings: UndoSurroundings,
): UndoDecision {
  if (asset === undefined) return { kind: "nothing" };
  return change.outcome === "created"
    ? planRemoval(change, asset, surroundings)
    : planRestoration(change, asset, surroundings);
}

const ownFields = ["status", "location", "notes", "custom"] as const satisfies (keyof OwnValues)[];

function planRemoval(
  change: UndoableChange,
  asset: WholeAsset,
  { connectionId }: UndoSurroundings,
): UndoDecision {
  const created = (change.after ?? {}) as ChangeFields;
  const kept: ChangeFields = {};
  for (const field of ["name", "type"] as const) {
    if (asset.own[field] !== (created[field] ?? null)) kept[field] = asset.own[field];
  }
  for (const field of technicalFields) {
    const value = asset.technical[field];
    if (value !== (created[field] ?? null) && !isHeartbeat(field, change, asset)) kept[field] = value;
  }
  for (const field of ownFields) if (asset.own[field] !== null) kept[field] = asset.own[field];
  if (asset.systemId !== change.systemId || asset.connectionId !== connectionId)
    kept.systemId = asset.systemId;
  if (asset.missingSince !== null) kept.missingSince = asset.missingSince;
  return Object.keys(kept).length > 0 ? { kind: "keep", kept } : { kind: "remove", before: created };
}

function planRestoration(
  change: UndoableChange,
  asset: WholeAsset,
  surroundings: UndoSurroundings,
): UndoDecision {
  const { own: _, ...state } = asset;
  const restored: AssetState = { ...state, technical: { ...state.technical } };
  const before: ChangeFields = {};
  const after: ChangeFields = {};
  const kept: ChangeFields = {};
  const was = (change.before ?? {}) as ChangeFields;
  const wrote = (change.after ?? {}) as ChangeFields;
  for (const field of technicalFields) {
    if (!(field in was)) continue;
    const value = asset.technical[field];
    const old = was[field] ?? null;
    if (value === old) continue;
    if (value !== (wrote[field] ?? null) && !isHeartbeat(field, change, asset)) kept[field] = value;
    else {
      setBack(restored, field, old);
      before[field] = value;
      after[field] = old;
    }
  }
  if ("systemId" in was) restoreLink(change, asset, surroundings, restored, before, after, kept);
  // A device that stays linked is there: it must not be called missing again.
  if ("missingSince" in was && !("systemId" in kept)) {
    const old = textOrNull(was.missingSince);
    if (asset.missingSince !== old) {
      if (asset.missingSince !== textOrNull(wrote.missingSince)) kept.missingSince = asset.missingSince;
      else {
        restored.missingSince = old;
        before.missingSince = asset.missingSince;
        after.missingSince = old;
      }
    }
  }
  if (Object.keys(after).length === 0) {
    return Object.keys(kept).length === 0 ? { kind: "nothing" } : { kind: "keep", kept };
  }
  const isWhole = Object.keys(kept).length === 0 && asset.updatedAt === change.at;
  restored.updatedAt = isWhole && change.beforeAt !== null ? change.beforeAt : surroundings.now;
  return { kind: "restore", asset: restored, before, after, kept };
}

function restoreLink(
  { before: was, after: wrote }: UndoableChange,
  asset: WholeAsset,
  { connectionId, isConnected, isTaken }: UndoSurroundings,
  restored: AssetState,
  before: ChangeFields,
  after: ChangeFields,
  kept: ChangeFields,
): void {
  const old = was as { systemId: string | null; connectionId: string | null };
  if (asset.systemId === old.systemId && asset.connectionId === old.connectionId) return;
  const isAsWritten =
    asset.connectionId === connectionId && asset.systemId === (wrote as { systemId: string }).systemId;
  // An asset whose old connection was removed since would have been unlinked with it.
  const goesBack = old.connectionId !== null && isConnected(old.connectionId);
  const systemId = goesBack ? old.systemId : null;
  const isFree = old.connectionId === null || systemId === null || !isTaken(old.connectionId, systemId);
  if (!isAsWritten || !isFree) {
    kept.systemId = asset.systemId;
    return;
  }
  restored.systemId = systemId;
  restored.connectionId = goesBack ? old.connectionId : null;
  before.systemId = asset.systemId;
  after.systemId = systemId;
}

function setBack(restored: AssetState, field: TechnicalField, value: ChangeFields[string]): void {
  restored.technical = { ...restored.technical, [field]: value };
  if (field !== "serialNumber") return;
  const serial = readSerial(textOrNull(value));
  restored.serialKey = serial.kind === "usable" ? serial.key : null;
}

/** Nobody has written the asset since but for a heartbeat, which leaves no time behind. */
function isHeartbeat(field: TechnicalField, change: UndoableChange, asset: WholeAsset): boolean {
  return field === "lastContactAt" && asset.updatedAt === change.at;
}

function textOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}
