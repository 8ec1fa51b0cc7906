import { modelOf, operatingSystems, type Platform } from "./models.ts";
import { platformOfOddity, withOddity } from "./oddities.ts";
import { employeeData } from "./people.ts";
import { type Random, seeded } from "./random.ts";
import type { System } from "./tenant.ts";

export interface FleetOptions {
  count: number;
  seed?: number;
  organization?: string;
  /** "Now" for last contacts; fixed, so that a seed gives the same fleet on any day. */
  now?: Date;
  /** Where the numbering begins: devices of another range never share an `_id` with these. */
  firstIndex?: number;
  /** False leaves out placeholder, duplicate, sparse and otherwise troublesome records. */
  oddities?: boolean;
}

/** A device depends on seed and position alone: a longer fleet begins with the devices of a shorter one. */
export function fleet(options: FleetOptions): System[] {
  const {
    count,
    seed = 1,
    organization = "5f1a2b3c4d5e6f7081920a01",
    firstIndex = 0,
    oddities = true,
  } = options;
  const now = options.now ?? new Date("2026-11-24T09:00:00.000Z");
  const systems: System[] = [];
  for (let position = 0; position < count; position += 1) {
    const random = seeded(seed, firstIndex + position);
    const platform = (oddities ? platformOfOddity(position) : undefined) ?? choosePlatform(random);
    const plain = device(platform, random, { index: firstIndex + position, organization, now });
    systems.push(oddities ? withOddity(plain, position, systems, random) : plain);
  }
  return systems;
}

interface Place {
  index: number;
  organization: string;
  now: Date;
}

function device(platform: Platform, random: Random, place: Place): System {
  const _id = objectId(place.index, random);
  const common = {
    _id,
    id: _id,
    organization: place.organization,
    created: past(random, place.now, 1400, 30),
  };
  if (platform === "ios" || platform === "ipados" || platform === "android") {
    return { ...common, ...mobile(platform, random) };
  }
  return { ...common, ...computer(platform, _id, random, place.now) };
}

function computer(
  platform: "mac" | "windows" | "linux",
  systemId: string,
  random: Random,
  now: Date,
): Partial<System> {
  const machine = modelOf(platform, systemId);
  const { os, osFamily, distribution, versions } = operatingSystems[platform];
  const version = random.pick(versions);
  const hostname = `${platform === "mac" ? "MAC" : machine.laptop ? "LAPTOP" : "WS"}-${random.text(6)}`;
  const active = random.chance(0.7);
  return {
    serialNumber: serialOf(machine.vendor, random),
    hostname: platform === "linux" ? hostname.toLowerCase() : hostname,
    displayName: random.chance(0.8)
      ? hostname
      : `${machine.name} ${random.pick(["Tel Aviv", "Berlin", "Austin", "Lab"])}`,
    os,
    osFamily,
    version,
    osVersionDetail: versionDetail(os, version, distribution),
    arch: machine.cpu.startsWith("Apple") ? "arm64" : "x86_64",
    archFamily: machine.cpu.startsWith("Apple") ? "arm64" : "amd64",
    hwVendor: machine.vendor,
    agentVersion: random.pick(["2.89.4", "2.88.1", "2.87.0"]),
    active,
    lastContact: active ? past(random, now, 0.2) : past(random, now, 90, 1),
    desktopCapable: true,
    fde: random.chance(0.8)
      ? { active: true, keyPresent: random.chance(0.9) }
      : { active: false, keyPresent: false },
    mdm:
      platform === "mac"
        ? { vendor: "internal", dep: random.chance(0.5), userApproved: true }
        : { vendor: "none" },
    systemInsights: { state: random.chance(0.95) ? "enabled" : "deferred" },
    policyStats: { duplicate: 0, failed: 0, pending: 0, success: 4, total: 4, unsupportedOs: 0 },
    templateName: platform,
    builtInCommands: [{ type: "security", name: "lock" }],
    ...employeeData(random),
  };
}

/** Managed through MDM alone: no agent, no last contact (FACTS.md, section 10). */
function mobile(platform: "ios" | "ipados" | "android", random: Random): Partial<System> {
  const { os, osFamily, versions } = operatingSystems[platform];
  const version = random.pick(versions);
  const name = platform === "ios" ? "iPhone" : platform === "ipados" ? "iPad" : "Galaxy";
  return {
    serialNumber: random.text(platform === "android" ? 11 : 10),
    displayName: `${name} ${random.text(4)}`,
    os,
    osFamily,
    version,
    osVersionDetail: versionDetail(os, version),
    hwVendor: platform === "android" ? "Samsung" : "Apple Inc.",
    active: random.chance(0.9),
    fde: { active: true, keyPresent: false },
    mdm: { vendor: "internal", dep: true, enrollmentType: "automated device" },
    systemInsights: { state: "disabled" },
    primarySystemUser: random.chance(0.6) ? (employeeData(random).primarySystemUser ?? null) : { id: null },
  };
}

function choosePlatform(random: Random): Platform {
  const roll = random.next();
  if (roll < 0.44) return "mac";
  if (roll < 0.8) return "windows";
  if (roll < 0.88) return "linux";
  if (roll < 0.94) return "ios";
  return roll < 0.97 ? "ipados" : "android";
}

function serialOf(vendor: string, random: Random): string {
  if (vendor === "Apple Inc.") return random.text(random.chance(0.7) ? 10 : 12);
  if (vendor === "Dell Inc.") return random.text(7);
  if (vendor === "LENOVO") return `PF${random.text(6)}`;
  if (vendor === "HP") return `5CG${random.text(7)}`;
  return random.text(12, "0123456789");
}

function versionDetail(osName: string, version: string, distributionName?: string): Record<string, unknown> {
  const [major = "", minor = "0", patch = "0"] = version.split(/[. ]/);
  return {
    osName,
    version,
    major,
    minor,
    patch,
    releaseName: version,
    revision: "",
    ...(distributionName === undefined ? {} : { distributionName }),
    majorNumber: Number.parseInt(major, 10) || 0,
    minorNumber: Number.parseInt(minor, 10) || 0,
    patchNumber: Number.parseInt(patch, 10) || 0,
  };
}

/** 24 hex characters that sort by position: a time, chance, the position. */
function objectId(index: number, random: Random): string {
  const time = (0x5f000000 + index * 60).toString(16).padStart(8, "0");
  return `${time}${random.text(10, "0123456789abcdef")}${(index & 0xffffff).toString(16).padStart(6, "0")}`;
}

function past(random: Random, now: Date, mostDays: number, leastDays = 0): string {
  const days = leastDays + random.next() * (mostDays - leastDays);
  return new Date(now.getTime() - Math.round(days * 86_400_000)).toISOString();
}
