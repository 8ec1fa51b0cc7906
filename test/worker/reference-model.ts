import type { Mode } from "../../shared/connections.ts";
import type { Counts, SkipReason } from "../../shared/syncs.ts";

/**
 * CONTRACT's sync rules once more, written down as plainly as they read, with no thought of windows, pages,
 * speed or memory: the Worker must come to the same.
 */

export interface ModelDevice {
  id: string;
  serial: string | null;
  contact: string | null;
  invalid: boolean;
  /** What JumpCloud says of the technical fields but serial and contact; what it is silent about is absent. */
  says: Record<string, string | boolean>;
  name: string | null;
}

export interface ModelAsset {
  id: string;
  source: "import" | "jumpcloud";
  connection: number | null;
  systemId: string | null;
  missing: boolean;
  serialNumber: string | null;
  lastContactAt: string | null;
  technical: Record<string, string | boolean | null>;
  /** Dots' own: a sync never looks at it. */
  own: Record<string, string | null>;
}

export interface ModelSync {
  counts: Counts;
  suspicious: boolean;
  /** By system id: what a list of changes has to say. */
  outcomes: Map<string, "created" | "updated" | "missing" | SkipReason>;
}

const dayMs = 86_400_000;
const placeholder =
  /^(|.{1,2}|(.)\2+|n\/a|none|default string|to be filled by o\.e\.m\.|system serial number)$/;

/** Trimmed, inner spaces collapsed. */
export function written(serial: string | null): string | null {
  return (serial ?? "").trim().replace(/\s+/g, " ") || null;
}

/** What two serials must have in common to be one; nothing for one that identifies no machine. */
export function keyOf(serial: string | null): string | null {
  const key = (written(serial) ?? "").toLowerCase();
  return placeholder.test(key) ? null : key;
}

/** Syncs one connection against the assets, which it changes in place. */
export function modelSync(
  assets: ModelAsset[],
  connection: number,
  mode: Mode,
  devices: readonly ModelDevice[],
): ModelSync {
  const outcomes: ModelSync["outcomes"] = new Map();
  const unchanged = new Set<string>();
  const linkedNow = new Set<ModelAsset>();
  const listed = new Set(devices.map(({ id }) => id));
  // The register as it was: what a device meets does not depend on who was dealt with before it.
  const before = structuredClone(assets);
  const current = (asset: ModelAsset) => assets[before.indexOf(asset)] ?? asset;

  for (const device of devices) {
    if (device.invalid) {
      outcomes.set(device.id, "invalid_record");
      continue;
    }
    const key = keyOf(device.serial);
    const twins = devices.filter((other) => !other.invalid && key !== null && keyOf(other.serial) === key);
    if (twins.some((other) => isNewer(other, device))) {
      outcomes.set(device.id, "duplicate_device");
      continue;
    }
    const linked = before.find((one) => one.connection === connection && one.systemId === device.id);
    const same = before.filter((one) => key !== null && keyOf(one.serialNumber) === key);
    if (same.length > 1 && (linked === undefined || same.includes(linked))) {
      outcomes.set(device.id, "duplicate_asset");
      continue;
    }
    const found = linked ?? same[0];
    if (found === undefined) {
      if (mode === "sync") outcomes.set(device.id, reasonWithout(device));
      else {
        assets.push(created(device, connection));
        linkedNow.add(assets.at(-1) as ModelAsset);
        outcomes.set(device.id, "created");
      }
      continue;
    }
    if (linked === undefined && found.systemId !== null) {
      const isTwin = found.connection === connection && twins.some(({ id }) => id === found.systemId);
      const isThere = found.connection === connection ? listed.has(found.systemId) : !found.missing;
      if (isThere && !isTwin) {
        outcomes.set(device.id, "duplicate_device");
        continue;
      }
    }
    if (mode === "sync" && keyOf(found.serialNumber) === null) {
      outcomes.set(
        device.id,
        written(device.serial) !== null && key === null ? "placeholder_serial" : "no_serial",
      );
      continue;
    }
    const asset = current(found);
    const isChanged = update(asset, device, connection, same.length === 0);
    if (linked === undefined) linkedNow.add(asset);
    if (isChanged) outcomes.set(device.id, "updated");
    else unchanged.add(device.id);
  }

  const knownBefore = assets.filter((one) => one.connection === connection && !linkedNow.has(one));
  const seen = knownBefore.filter(({ systemId }) => listed.has(systemId ?? ""));
  const gone = knownBefore.filter((one) => !listed.has(one.systemId ?? "") && !one.missing);
  const suspicious = gone.length > 0 && seen.length < (seen.length + gone.length) / 2;
  if (!suspicious) {
    for (const asset of gone) {
      asset.missing = true;
      outcomes.set(asset.systemId ?? "", "missing");
    }
  }
  return { counts: countsOf(outcomes, unchanged.size), suspicious, outcomes };
}

function isNewer(one: ModelDevice, other: ModelDevice): boolean {
  const [a, b] = [Date.parse(one.contact ?? "1970-01-01"), Date.parse(other.contact ?? "1970-01-01")];
  return a === b ? one.id > other.id : a > b;
}

function reasonWithout(device: ModelDevice): SkipReason {
  if (keyOf(device.serial) !== null) return "not_in_dots";
  return written(device.serial) === null ? "no_serial" : "placeholder_serial";
}

function created(device: ModelDevice, connection: number): ModelAsset {
  return {
    id: `new ${device.id}`,
    source: "jumpcloud",
    connection,
    systemId: device.id,
    missing: false,
    serialNumber: keyOf(device.serial) === null ? null : written(device.serial),
    lastContactAt: device.contact,
    technical: { ...device.says },
    own: { name: device.name },
  };
}

/** Lays what a device says over its asset; gives whether that is a change. */
function update(asset: ModelAsset, device: ModelDevice, connection: number, serialIsFree: boolean): boolean {
  let isChanged = asset.systemId !== device.id || asset.connection !== connection || asset.missing;
  Object.assign(asset, { systemId: device.id, connection, missing: false });
  for (const [field, value] of Object.entries(device.says)) {
    if ((asset.technical[field] ?? null) === value) continue;
    asset.technical[field] = value;
    isChanged = true;
  }
  if (serialIsFree && keyOf(asset.serialNumber) === null && keyOf(device.serial) !== null) {
    asset.serialNumber = written(device.serial);
    isChanged = true;
  }
  const known = asset.lastContactAt === null ? Number.NEGATIVE_INFINITY : Date.parse(asset.lastContactAt);
  const newerBy = Date.parse(device.contact ?? "") - known;
  if (newerBy > 0 && (isChanged || newerBy >= dayMs)) asset.lastContactAt = device.contact;
  return isChanged;
}

function countsOf(outcomes: ModelSync["outcomes"], unchanged: number): Counts {
  const counts: Counts = {
    devices: 0,
    created: 0,
    updated: 0,
    unchanged,
    skipped: 0,
    missing: 0,
    reasons: {},
  };
  for (const outcome of outcomes.values()) {
    if (outcome === "created" || outcome === "updated" || outcome === "missing") counts[outcome] += 1;
    else {
      counts.skipped += 1;
      counts.reasons[outcome] = (counts.reasons[outcome] ?? 0) + 1;
    }
  }
  counts.devices = counts.created + counts.updated + counts.unchanged + counts.skipped;
  return counts;
}
