import type { TechnicalField } from "../../shared/assets.ts";
import type { Hardware } from "../jumpcloud/insights.ts";
import type { SystemFields } from "../jumpcloud/systems.ts";
import type { TechnicalValues } from "../register/technical-columns.ts";
import { readSerial } from "./serial.ts";

/** `hardware` is absent where the organization has no System Insights. */
type Reader<F extends TechnicalField> = (
  fields: SystemFields,
  hardware: Hardware | undefined,
) => TechnicalValues[F] | undefined;

/** Where each technical field comes from. A new one is one line here. */
const readers: { [F in TechnicalField]: Reader<F> } = {
  serialNumber: (fields) => {
    const serial = readSerial(fields.serialNumber);
    return serial.kind === "usable" ? serial.text : undefined;
  },
  // The two do not spell alike: one that came and went with the other's answers would change back and forth.
  manufacturer: (fields, hardware) => (hardware ? hardware.manufacturer : said(fields.hwVendor)),
  model: (_, hardware) => hardware?.model,
  os: (fields) => said(fields.os),
  osVersion: (fields) => said(fields.version),
  cpu: (_, hardware) => hardware?.cpu,
  memoryBytes: (_, hardware) => hardware?.memoryBytes,
  storageBytes: (_, hardware) => hardware?.storageBytes,
  encrypted: (fields) => fields.fde?.active ?? undefined,
  hostname: (fields) => said(fields.hostname),
  agentVersion: (fields) => said(fields.agentVersion),
  lastContactAt: (fields) => instant(fields.lastContact),
};

const fieldReaders = Object.entries(readers) as [TechnicalField, Reader<TechnicalField>][];

/** Takes what JumpCloud says of a system; gives the technical values, without those it is silent about. */
export function readTechnical(
  fields: SystemFields,
  hardware: Hardware | undefined,
): Partial<TechnicalValues> {
  const values: Partial<Record<TechnicalField, unknown>> = {};
  for (const [field, read] of fieldReaders) {
    const value = read(fields, hardware);
    if (value !== undefined && value !== null) values[field] = value;
  }
  return values as Partial<TechnicalValues>;
}

/** What is good enough for an asset that has nothing there yet. */
export function readFallback(fields: SystemFields): Partial<TechnicalValues> {
  const manufacturer = said(fields.hwVendor);
  return manufacturer === undefined ? {} : { manufacturer };
}

/** What kind of thing a new asset is called. `darwin` before `win`: it contains it (FACTS.md, section 3). */
export function typeOf(fields: SystemFields): string {
  const system = `${fields.osFamily ?? ""} ${fields.os ?? ""}`.toLowerCase();
  if (system.includes("ipad")) return "tablet";
  if (system.includes("ios") || system.includes("android")) return "phone";
  if (
    /vmware|qemu|parallels|innotek|virtualbox|xen/i.test(
      `${fields.hwVendor ?? ""} ${fields.serialNumber ?? ""}`,
    )
  ) {
    return "virtual machine";
  }
  return "computer";
}

function said(text: string | null | undefined): string | undefined {
  return text?.trim() || undefined;
}

/** RFC 3339 with or without fractions, as ISO 8601 in UTC; anything else says nothing. */
function instant(text: string | null | undefined): string | undefined {
  const ms = Date.parse(text ?? "");
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString();
}
