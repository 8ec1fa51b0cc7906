import { importFields } from "../../shared/assets.ts";
import { seeded } from "./random.ts";
import type { System } from "./tenant.ts";

/** An asset as Dots has it before JumpCloud is connected: a row of its import (CONTRACT, HTTP API). */
export interface DotsAsset {
  id: string;
  serialNumber: string;
  name: string;
  type: string;
  manufacturer: string;
  model: string;
  status: string;
  location: string;
  notes: string;
}

export const assetColumns = ["id", ...importFields] as const satisfies readonly (keyof DotsAsset)[];

/**
 * Gives the assets a company with these devices would have: most have a device's serial, written in other
 * case or spacing; one in 20 has none, one in 15 belongs to no device, and the last two share a serial.
 */
export function assetsFor(systems: readonly System[], count: number, seed = 1): DotsAsset[] {
  const owners = withUsableSerial(systems);
  const assets: DotsAsset[] = [];
  let used = 0;
  for (let index = 0; index < count; index += 1) {
    const random = seeded(seed, index, 11);
    const hasSerial = index % 20 !== 7;
    const owner = hasSerial && index % 15 !== 4 ? owners[used++] : undefined;
    const type = typeOf(owner);
    const respell = random.pick([same, same, same, lowerCased, spaced, doubleSpaced]);
    assets.push({
      id: `A-${String(index + 1).padStart(5, "0")}`,
      serialNumber: owner ? respell(owner.serialNumber ?? "") : hasSerial ? `OLD${random.text(8)}` : "",
      name: random.chance(0.9)
        ? `${type} ${index + 1}`
        : `${type}, "${random.pick(["blue", "loan"])}" ${index + 1}`,
      type,
      manufacturer: random.chance(0.5) ? (owner?.hwVendor ?? "") : "",
      model: "",
      status: random.pick(["In use", "In stock", "Repair"]),
      location: random.pick(["Tel Aviv, floor 3", "Berlin", "Austin", ""]),
      notes: random.chance(0.1) ? "Battery replaced\nin spring" : "",
    });
  }
  const [twin, last] = assets.filter(({ serialNumber }) => serialNumber !== "").slice(-2);
  if (twin && last) last.serialNumber = twin.serialNumber.toUpperCase();
  return assets;
}

/** RFC 4180: fields with a comma, a quote or a line end are quoted. */
export function toCsv(assets: readonly DotsAsset[]): string {
  const quote = (value: string): string =>
    /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
  const rows = assets.map((asset) => assetColumns.map((column) => quote(asset[column])).join(","));
  return `${[assetColumns.join(","), ...rows].join("\r\n")}\r\n`;
}

function typeOf(owner: System | undefined): string {
  if (owner?.osFamily === "ios" || owner?.osFamily === "android") return "Mobile";
  return owner?.hostname?.toLowerCase().startsWith("ws-") ? "Desktop" : "Laptop";
}

/** One device a serial, so that an asset has one owner; placeholders are nobody's. */
function withUsableSerial(systems: readonly System[]): System[] {
  const seen = new Set<string>();
  return systems.filter(({ serialNumber }) => {
    const key = (serialNumber ?? "").trim().replace(/\s+/g, " ").toLowerCase();
    if (key.length < 6 || !/\d/.test(key) || /^(.)\1*$/.test(key) || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

const same = (serial: string): string => serial;
const lowerCased = (serial: string): string => serial.toLowerCase();
const spaced = (serial: string): string => ` ${serial.trim()}  `;
const doubleSpaced = (serial: string): string => serial.trim().replaceAll(/\s+/g, "  ").toUpperCase();
