import type { Hardware } from "../jumpcloud/insights.ts";
import type { SystemRecord } from "../jumpcloud/systems.ts";
import type { TechnicalValues } from "../register/technical-columns.ts";
import { readSerial, type Serial, type SerialKey } from "./serial.ts";
import { readFallback, readTechnical, typeOf } from "./technical.ts";

/** A JumpCloud system as the planner sees it. */
export interface Device {
  kind: "device";
  systemId: string;
  serial: Serial;
  /** Only what an asset is called when the sync creates it. */
  name: string | null;
  type: string;
  /** What JumpCloud says; a field it is silent about is not there. */
  technical: Partial<TechnicalValues>;
  /** Values for fields that are silent here and empty on the asset; they never replace one. */
  fallback?: Partial<TechnicalValues>;
}

/** A record that could not be read: it is counted, named, and otherwise left out. */
export interface InvalidDevice {
  kind: "invalid";
  systemId: string;
}

/** Takes a row of JumpCloud's list, and what System Insights knows of it where the organization has it. Pure. */
export function toDevice(record: SystemRecord, hardware: Hardware | undefined): Device | InvalidDevice {
  if (record.kind !== "system") return { kind: "invalid", systemId: record.systemId };
  const { systemId, fields } = record;
  const name = fields.displayName?.trim() || fields.hostname?.trim() || null;
  return {
    kind: "device",
    systemId,
    serial: readSerial(fields.serialNumber),
    name,
    type: typeOf(fields),
    technical: readTechnical(fields, hardware),
    fallback: readFallback(fields),
  };
}

/** The serial that tells the machine from all others, as it is compared; nothing where it has none. */
export function serialKeyOf(device: Device | InvalidDevice): SerialKey | undefined {
  return device.kind === "device" && device.serial.kind === "usable" ? device.serial.key : undefined;
}

/** When the device last spoke to JumpCloud, in milliseconds; long ago where it never did. */
export function lastContactMs(device: Device): number {
  return device.technical.lastContactAt ? Date.parse(device.technical.lastContactAt) : 0;
}
