import type { Hardware } from "../jumpcloud/insights.ts";
import type { SystemRecord } from "../jumpcloud/systems.ts";
import type { AssetState, Matches, OpenSkip } from "../register/matching.ts";
import type { RunRegister } from "../register/run-register.ts";
import { type Device, type InvalidDevice, toDevice } from "./device.ts";
import {
  type Candidates,
  type Created,
  type Decision,
  planDevice,
  planWithAsset,
  type Rules,
} from "./plan.ts";
import { type Seen, sightingOf } from "./seen.ts";
import type { UnsavedSightings } from "./seen-store.ts";

/** Gives the hardware of systems, as much as is known; "none" where the organization has no System Insights. */
export type HardwareSource = (systemIds: string[]) => Promise<ReadonlyMap<string, Hardware> | "none">;

/** What a window of devices comes to. */
export interface PlannedWindow {
  decisions: Decision[];
  openSkips: Map<string, OpenSkip>;
}

/**
 * Takes the records of some pages; gives what becomes of their devices. Records seen before are passed over,
 * devices that share a serial are set aside in `seen` until the walk has met them all.
 */
export async function planWindow(
  records: readonly SystemRecord[],
  insights: HardwareSource,
  seen: Seen,
  unsaved: UnsavedSightings,
  register: RunRegister,
  rules: Rules,
): Promise<PlannedWindow> {
  const devices = await newDevices(records, insights, seen);
  const keys = devices.flatMap((device) =>
    device.kind === "device" && device.serial.kind === "usable" ? [device.serial.key] : [],
  );
  const matches =
    devices.length === 0
      ? { assets: [], skips: [] }
      : await register.read(
          devices.map(({ systemId }) => systemId),
          [...new Set(keys)],
        );
  const candidates = candidatesOf(matches, rules.connectionId);
  const openSkips = new Map(matches.skips.map((skip) => [skip.systemId, skip]));
  const decisions: Decision[] = [];
  for (const device of devices) {
    const decision = decide(device, candidates, openSkips, seen, rules);
    const deferred = decision === undefined;
    const sighting = sightingOf(device, deferred);
    seen.add(sighting);
    unsaved.sightings.push(sighting);
    if (!deferred) decisions.push(decision);
    else if (device.kind === "device") unsaved.deferred.push(device);
  }
  return { decisions: await avoidTakenIds(decisions, register, rules), openSkips };
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
 * A new asset's id may be taken: by an asset of the same device from before its connection was renewed, which
 * is then taken over, or by another one, which is left alone. `freed`: ids whose assets go before these come.
 */
export async function avoidTakenIds(
  decisions: readonly Decision[],
  register: RunRegister,
  rules: Rules,
  freed: readonly string[] = [],
): Promise<Decision[]> {
  const created = decisions.filter((decision): decision is Created => decision.outcome === "created");
  if (created.length === 0) return [...decisions];
  const existing = await register.readByIds(created.map(({ assetId }) => assetId));
  const taken = new Map<string, AssetState | undefined>(
    existing.filter(({ id }) => !freed.includes(id)).map((asset) => [asset.id, asset]),
  );
  return decisions.map((decision) => {
    if (decision.outcome !== "created") return decision;
    const { device, assetId } = decision;
    const holder = taken.get(assetId);
    if (!taken.has(assetId)) {
      taken.set(assetId, undefined);
      return decision;
    }
    const isItsOwn =
      holder?.connectionId === null && holder.source === "jumpcloud" && device.serial.kind !== "usable";
    if (isItsOwn) return planWithAsset(device, holder, false, rules);
    return { ...decision, assetId: `${assetId}-${device.systemId}` };
  });
}

async function newDevices(
  records: readonly SystemRecord[],
  insights: HardwareSource,
  seen: Seen,
): Promise<(Device | InvalidDevice)[]> {
  const fresh = new Map<string, SystemRecord>();
  for (const record of records) if (!seen.has(record.systemId)) fresh.set(record.systemId, record);
  const hardware = await insights([...fresh.values()].flatMap(idOfSystem));
  return [...fresh.values()].map((record) =>
    toDevice(record, hardware === "none" ? undefined : (hardware.get(record.systemId) ?? {})),
  );
}

function idOfSystem(record: SystemRecord): string[] {
  return record.kind === "system" ? [record.systemId] : [];
}

/** Gives nothing where the walk's end decides: the serial is another device's too, or was last time. */
function decide(
  device: Device | InvalidDevice,
  candidates: Candidates,
  openSkips: ReadonlyMap<string, OpenSkip>,
  seen: Seen,
  rules: Rules,
): Decision | undefined {
  if (device.kind === "device" && device.serial.kind === "usable") {
    const wasDuplicate = openSkips.get(device.systemId)?.reason === "duplicate_device";
    if (wasDuplicate || seen.hasSerial(device.serial.key)) return undefined;
  }
  const decision = planDevice(device, candidates, rules);
  return decision.outcome === "contested" ? undefined : decision;
}
