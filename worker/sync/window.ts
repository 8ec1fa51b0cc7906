import type { Hardware } from "../jumpcloud/insights.ts";
import type { SystemRecord } from "../jumpcloud/systems.ts";
import type { AssetState, Choice, Matches, OpenSkip } from "../register/matching.ts";
import type { RunRegister } from "../register/run-register.ts";
import { type Device, type InvalidDevice, lastContactMs, serialKeyOf, toDevice } from "./device.ts";
import {
  type Candidates,
  type Created,
  createdAssetId,
  type Decision,
  planDevice,
  planWithAsset,
  type Rules,
} from "./plan.ts";
import { type Claimant, isNewer, type Seen } from "./seen.ts";
import type { SerialKey } from "./serial.ts";

/** Gives the hardware of systems, as much as is known; "none" where the organization has no System Insights. */
export type HardwareSource = (systemIds: string[]) => Promise<ReadonlyMap<string, Hardware> | "none">;

/** Some records of the list. */
export interface ListPart {
  records: readonly SystemRecord[];
  /** They follow each other in it: nearly all systems between their ids are among them. */
  isStretch: boolean;
}

/** What a window of devices comes to. */
export interface PlannedWindow {
  decisions: Decision[];
  openSkips: Map<string, OpenSkip>;
}

/**
 * Takes a part of the list; gives what becomes of their devices. Records seen before are passed over,
 * devices that share a serial are set aside in `seen` until the walk has met them all.
 */
export async function planWindow(
  { records, isStretch }: ListPart,
  insights: HardwareSource,
  seen: Seen,
  register: RunRegister,
  rules: Rules,
): Promise<PlannedWindow> {
  const fresh = await newRecords(records, seen);
  const devices = await toDevices(fresh, insights);
  const keys = devices.flatMap((device) => serialKeyOf(device) ?? []);
  const matches =
    devices.length === 0
      ? { assets: [], skips: [] }
      : await register.read(chosen(fresh, isStretch), [...new Set(keys)]);
  const candidates = candidatesOf(matches, rules.connectionId);
  const openSkips = new Map(matches.skips.map((skip) => [skip.systemId, skip]));
  const claimants = newestBySerial(devices, seen);
  const decisions: Decision[] = [];
  for (const device of devices) {
    const decision = decide(device, candidates, openSkips, claimants, rules);
    seen.add(device, decision === undefined);
    if (decision !== undefined) decisions.push(decision);
  }
  return { decisions: await avoidTakenIds(decisions, register, rules, isStretch), openSkips };
}

/** Groups what was read by system and by serial. */
export function candidatesOf({ assets }: Pick<Matches, "assets">, connectionId: string): Candidates {
  const bySystem = new Map<string, AssetState>();
  const bySerial = new Map<string, AssetState[]>();
  for (const asset of assets) {
    if (asset.systemId !== null && asset.connectionId === connectionId) bySystem.set(asset.systemId, asset);
    if (asset.serialKey === null) continue;
    const same = bySerial.get(asset.serialKey);
    if (same) same.push(asset);
    else bySerial.set(asset.serialKey, [asset]);
  }
  return { bySystem, bySerial };
}

/**
 * A new asset's id may be taken: by an asset of the same system from before its connection was renewed, which is
 * then taken over, or by another one, which is left alone. `isStretch`: the devices follow each other in the list.
 */
export async function avoidTakenIds(
  decisions: readonly Decision[],
  register: RunRegister,
  rules: Rules,
  isStretch = false,
): Promise<Decision[]> {
  const settled = decisions.filter(({ outcome }) => outcome !== "created");
  const given = new Set<string>();
  let open = decisions.filter((decision): decision is Created => decision.outcome === "created");
  for (let next = 2; open.length > 0; next += 1) {
    const ids = open.map(({ assetId }) => assetId);
    const areMost = isStretch && open.length > decisions.length / 2;
    const existing = await register.readByIds(areMost ? betweenEnds(ids) : ids);
    const holders = new Map(existing.map((asset) => [asset.id, asset]));
    const refused: Created[] = [];
    for (const decision of open) {
      const { device, assetId } = decision;
      const holder = holders.get(assetId);
      if (holder !== undefined && isFormerOf(device, holder)) {
        settled.push(planWithAsset(device, holder, true, rules));
      } else if (holder !== undefined || given.has(assetId)) {
        refused.push({ ...decision, assetId: `${createdAssetId(device)}-${next}` });
      } else {
        given.add(assetId);
        settled.push(decision);
      }
    }
    open = refused;
  }
  return settled;
}

/** Whether an asset that has the id of a system's is that system's, and can only be: no other serial says no. */
function isFormerOf({ serial }: Device, { connectionId, source, serialKey }: AssetState): boolean {
  return connectionId === null && source === "jumpcloud" && (serial.kind !== "usable" || serialKey === null);
}

async function newRecords(records: readonly SystemRecord[], seen: Seen): Promise<SystemRecord[]> {
  const known = await seen.among(records.map(({ systemId }) => systemId));
  const fresh = new Map<string, SystemRecord>();
  for (const record of records) if (!known.has(record.systemId)) fresh.set(record.systemId, record);
  return [...fresh.values()];
}

async function toDevices(
  records: readonly SystemRecord[],
  insights: HardwareSource,
): Promise<(Device | InvalidDevice)[]> {
  const hardware = await insights(records.flatMap(idOfSystem));
  return records.map((record) =>
    toDevice(record, hardware === "none" ? undefined : (hardware.get(record.systemId) ?? {})),
  );
}

/** A record without an id lies between no others. */
function chosen(records: readonly SystemRecord[], isStretch: boolean): Choice {
  const ids = records.map(({ systemId }) => systemId);
  return isStretch && records.every(({ kind }) => kind !== "nameless") ? betweenEnds(ids) : ids;
}

/** Databases need not sort letters beyond ASCII as we do: ids that have some stay as they are. */
function betweenEnds(ids: readonly string[]): Choice {
  if (!ids.every((id) => /^[!-~]+$/.test(id))) return ids;
  const sorted = ids.toSorted();
  return { from: sorted[0] ?? "", to: sorted.at(-1) ?? "" };
}

function idOfSystem(record: SystemRecord): string[] {
  return record.kind === "system" ? [record.systemId] : [];
}

/**
 * By the serials that were surely not seen before, the devices that have them as far as is known. Only they are
 * dealt with at once: what was written for another one would have to be taken back.
 */
function newestBySerial(
  devices: readonly (Device | InvalidDevice)[],
  seen: Seen,
): ReadonlyMap<SerialKey, Claimant> {
  const newest = new Map<SerialKey, Claimant>();
  for (const device of devices) {
    const key = serialKeyOf(device);
    if (device.kind !== "device" || key === undefined || seen.mayHaveSerial(key)) continue;
    const claimant = { systemId: device.systemId, contactMs: lastContactMs(device) };
    const other = newest.get(key);
    if (other === undefined || isNewer(claimant, other)) newest.set(key, claimant);
  }
  return newest;
}

/** Gives nothing where the walk's end decides: the serial is another device's too, or was last time. */
function decide(
  device: Device | InvalidDevice,
  candidates: Candidates,
  openSkips: ReadonlyMap<string, OpenSkip>,
  claimants: ReadonlyMap<SerialKey, Claimant>,
  rules: Rules,
): Decision | undefined {
  const key = serialKeyOf(device);
  if (key !== undefined) {
    const wasDuplicate = openSkips.get(device.systemId)?.reason === "duplicate_device";
    if (wasDuplicate || claimants.get(key)?.systemId !== device.systemId) return undefined;
  }
  const decision = planDevice(device, candidates, rules);
  return decision.outcome === "contested" ? undefined : decision;
}
