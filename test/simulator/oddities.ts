import { type Platform, placeholderSerials } from "./models.ts";
import type { Random } from "./random.ts";
import type { System } from "./tenant.ts";

/** Every so many devices the same troubles come again, so that a fleet of this size has each of them. */
export const oddityCycle = 60;

type Oddity = (plain: System, cycle: number, earlier: readonly System[], random: Random) => System;

/** By position within the cycle. */
const oddities: Record<number, Oddity> = {
  4: (plain) => ({ ...plain, serialNumber: (plain.serialNumber ?? "").toLowerCase() }),
  9: (plain) => ({
    ...plain,
    serialNumber: `  ${(plain.serialNumber ?? "").slice(0, 2)}  ${(plain.serialNumber ?? "").slice(2)} `,
  }),
  14: (plain, cycle) => ({
    ...plain,
    serialNumber: placeholderSerials[cycle % placeholderSerials.length] ?? "",
  }),
  19: (plain) => ({ ...plain, serialNumber: null }),
  24: ({ serialNumber: _absent, ...plain }) => plain,
  29: reinstalled,
  34: (plain, _cycle, _earlier, random) => virtual(plain, "VMware, Inc.", vmwareSerial(random)),
  39: ({ _id, id, organization, os }) => ({ _id, id, organization, os: os ?? null }),
  44: (plain, _cycle, _earlier, random) => virtual(plain, "Microsoft Corporation", hyperVSerial(random)),
  49: nulls,
  54: (plain) => ({ ...plain, active: false, lastContact: null }),
};

/** A phone has no factory placeholder and a Mac no Hyper-V: these positions have a platform of their own. */
const platforms: Record<number, Platform> = {
  4: "mac",
  9: "windows",
  14: "windows",
  22: "mac",
  34: "linux",
  44: "windows",
};

export function platformOfOddity(position: number): Platform | undefined {
  return platforms[position % oddityCycle];
}

/** Gives the device at this position its trouble, if the cycle has one there. */
export function withOddity(
  plain: System,
  position: number,
  earlier: readonly System[],
  random: Random,
): System {
  const oddity = oddities[position % oddityCycle];
  return oddity ? oddity(plain, Math.floor(position / oddityCycle), earlier, random) : plain;
}

/**
 * A reinstalled agent: a new `_id` with the serial of an older, now stale record (FACTS.md, section 3).
 * Every fourth has the very same last contact, so that only the `_id` can decide.
 */
function reinstalled(plain: System, cycle: number, earlier: readonly System[]): System {
  const older = earlier[earlier.length - 7];
  if (older === undefined) return plain;
  const { _id, id, created } = plain;
  const lastContact = cycle % 4 === 1 ? older.lastContact : plain.lastContact;
  if (cycle % 4 !== 1 && older.lastContact) {
    older.active = false;
    older.lastContact = new Date(Date.parse(older.lastContact) - 45 * 86_400_000).toISOString();
  }
  return { ...older, _id, id, active: true, created: created ?? null, lastContact: lastContact ?? null };
}

function virtual(plain: System, hwVendor: string, serialNumber: string): System {
  return {
    ...plain,
    hwVendor,
    serialNumber,
    hostname: `vm-${plain._id.slice(-6)}`,
    displayName: `vm-${plain._id.slice(-6)}`,
  };
}

/** With spaces and a dash in the middle, as VMware writes it. */
function vmwareSerial(random: Random): string {
  const pairs = Array.from({ length: 16 }, () => random.text(2, "0123456789abcdef"));
  return `VMware-${pairs.slice(0, 8).join(" ")}-${pairs.slice(8).join(" ")}`;
}

function hyperVSerial(random: Random): string {
  const digits = (length: number): string => random.text(length, "0123456789");
  return `${digits(4)}-${digits(4)}-${digits(4)}-${digits(4)}-${digits(4)}-${digits(4)}-${digits(2)}`;
}

/** Nothing is required and nearly all can be null. */
function nulls(plain: System): System {
  const { displayName: _absent, version: _alsoAbsent, ...rest } = plain;
  return {
    ...rest,
    hostname: null,
    osFamily: null,
    hwVendor: null,
    agentVersion: null,
    lastContact: null,
    fde: null,
    mdm: null,
  };
}
