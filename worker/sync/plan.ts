import { type TechnicalField, technicalFields } from "../../shared/assets.ts";
import type { Mode } from "../../shared/connections.ts";
import type { SkipReason } from "../../shared/syncs.ts";
import type { AssetState } from "../register/matching.ts";
import type { TechnicalValues } from "../register/technical-columns.ts";
import { type Device, type InvalidDevice, lastContactMs } from "./device.ts";
import { digest, hexOf } from "./digest.ts";
import type { SerialKey } from "./serial.ts";

/** What shall become of a device: one decision a device (CONTRACT, sync rules). Values only, no I/O. */
export type Decision = Created | Updated | Unchanged | Skipped;

export interface Created {
  outcome: "created";
  device: Device;
  assetId: string;
  technical: TechnicalValues;
}
export interface Updated {
  outcome: "updated";
  device: Device;
  asset: AssetState;
  /** The fields to write, with their new values. */
  set: Partial<TechnicalValues>;
  /** The asset was not linked to this device before. */
  linked: boolean;
  /** The device was missing and is back. */
  returned: boolean;
}
export interface Unchanged {
  outcome: "unchanged";
  device: Device;
  asset: AssetState;
  /** Set where the asset's last contact is old enough to be written again. */
  heartbeatAt?: string;
}
export interface Skipped {
  outcome: "skipped";
  systemId: string;
  serialNumber: string | null;
  hostname: string | null;
  reason: SkipReason;
  related?: string[];
}

/** The device's asset is linked to another device: who gets it shows when the walk has seen them all. */
export interface Contested {
  outcome: "contested";
  device: Device;
  key: SerialKey;
}

/** The assets a device can meet. */
export interface Candidates {
  bySystem: Pick<ReadonlyMap<string, AssetState>, "get">;
  bySerial: Pick<ReadonlyMap<string, readonly AssetState[]>, "get">;
}

export interface Rules {
  mode: Mode;
  connectionId: string;
}

/** A heartbeat is written at most this often an asset (CONTRACT, sync rule 8). */
const heartbeatMs = 24 * 3_600_000;

/** Takes a device that shares its serial with no other; gives what shall become of it. */
export function planDevice(
  device: Device | InvalidDevice,
  candidates: Candidates,
  rules: Rules,
): Decision | Contested {
  if (device.kind === "invalid") {
    return {
      outcome: "skipped",
      systemId: device.systemId,
      serialNumber: null,
      hostname: null,
      reason: "invalid_record",
    };
  }
  const linked = candidates.bySystem.get(device.systemId);
  const sameSerial =
    device.serial.kind === "usable" ? (candidates.bySerial.get(device.serial.key) ?? []) : [];
  if (sameSerial.length > 1 && (linked === undefined || sameSerial.some(({ id }) => id === linked.id))) {
    return skip(device, "duplicate_asset", sameSerial.map(({ id }) => id).sort());
  }
  const asset = linked ?? sameSerial[0];
  if (asset === undefined) return planWithoutAsset(device, rules);
  if (linked === undefined && asset.connectionId !== null && device.serial.kind === "usable") {
    if (asset.connectionId === rules.connectionId)
      return { outcome: "contested", device, key: device.serial.key };
    // Another connection's device holds it, and still is there: two connections must not pull at one asset.
    if (asset.missingSince === null) return skip(device, "duplicate_device", relatedName(asset));
  }
  return planWithAsset(device, asset, sameSerial.length === 0, rules);
}

/** What becomes of a device that no asset stands for. */
export function planWithoutAsset(device: Device, { mode }: Rules): Decision {
  if (mode === "download") {
    return { outcome: "created", device, assetId: createdAssetId(device), technical: allTechnical(device) };
  }
  if (device.serial.kind === "usable") return skip(device, "not_in_dots");
  return skip(device, device.serial.kind === "none" ? "no_serial" : "placeholder_serial");
}

/** What becomes of a device whose asset is known. `serialIsFree`: no asset has the device's serial yet. */
export function planWithAsset(
  device: Device,
  asset: AssetState,
  serialIsFree: boolean,
  rules: Rules,
): Decision {
  if (rules.mode === "sync" && asset.serialKey === null) {
    return skip(device, device.serial.kind === "placeholder" ? "placeholder_serial" : "no_serial");
  }
  const set = changedFields(device, asset, serialIsFree);
  const linked = asset.connectionId !== rules.connectionId || asset.systemId !== device.systemId;
  const returned = asset.missingSince !== null;
  const newerContact = newerLastContact(device, asset);
  if (Object.keys(set).length > 0 || linked || returned) {
    if (newerContact !== undefined) set.lastContactAt = newerContact;
    return { outcome: "updated", device, asset, set, linked, returned };
  }
  const known = asset.technical.lastContactAt;
  const due =
    newerContact !== undefined &&
    (known === null || Date.parse(newerContact) - Date.parse(known) >= heartbeatMs);
  return { outcome: "unchanged", device, asset, ...(due ? { heartbeatAt: newerContact } : {}) };
}

export function skip(device: Device, reason: SkipReason, related?: string[]): Skipped {
  return {
    outcome: "skipped",
    systemId: device.systemId,
    serialNumber: device.serial.kind === "none" ? null : device.serial.text,
    hostname: device.technical.hostname ?? device.name,
    reason,
    ...(related === undefined ? {} : { related }),
  };
}

/**
 * The id of an asset the sync creates: made of the system's, so that it does not depend on how often a run was
 * interrupted, and so that a walk in the order of systems adds assets in their order too: a thousand rows at
 * random places of a large table are a thousand pages to write, in order they are a hundred.
 */
export function createdAssetId({ systemId }: Device): string {
  const plain = systemId.replace(/[^\p{L}\p{N}._-]/gu, "");
  // Two systems never make one id: what does not go into an id as it is, is told apart by its digest.
  return plain === systemId ? `jc-${plain}` : `jc-${plain}-${hexOf(digest(systemId))}`;
}

/** All technical values of a device, `null` where JumpCloud is silent. */
export function allTechnical(device: Device): TechnicalValues {
  return Object.fromEntries(
    technicalFields.map((field) => [field, device.technical[field] ?? device.fallback?.[field] ?? null]),
  ) as TechnicalValues;
}

/** What people call the device an asset belongs to. */
export function relatedName(asset: AssetState): string[] {
  const name = asset.technical.hostname ?? asset.systemId;
  return name === null ? [] : [name];
}

/** An absent value never blanks what the asset has; a serial given in Dots is never replaced. */
function changedFields(device: Device, asset: AssetState, serialIsFree: boolean): Partial<TechnicalValues> {
  const set: Partial<Record<TechnicalField, unknown>> = {};
  for (const field of technicalFields) {
    const value =
      device.technical[field] ?? (asset.technical[field] === null ? device.fallback?.[field] : undefined);
    if (value === undefined || value === null || field === "lastContactAt") continue;
    if (field === "serialNumber" && (asset.serialKey !== null || !serialIsFree)) continue;
    if (value !== asset.technical[field]) set[field] = value;
  }
  return set as Partial<TechnicalValues>;
}

function newerLastContact(device: Device, asset: AssetState): string | undefined {
  const said = device.technical.lastContactAt ?? undefined;
  const known = asset.technical.lastContactAt;
  return said !== undefined && (known === null || lastContactMs(device) > Date.parse(known))
    ? said
    : undefined;
}
