import type { AssetState } from "../../../worker/register/matching.ts";
import type { TechnicalValues } from "../../../worker/register/technical-columns.ts";
import type { Device } from "../../../worker/sync/device.ts";
import type { Candidates } from "../../../worker/sync/plan.ts";
import { readSerial } from "../../../worker/sync/serial.ts";

export const connectionId = "connection-1";

export function device(fields: {
  id: string;
  serial?: string | null;
  technical?: Partial<TechnicalValues>;
}): Device {
  const serial = readSerial(fields.serial);
  return {
    kind: "device",
    systemId: fields.id,
    serial,
    name: `Device ${fields.id}`,
    type: "computer",
    technical: {
      ...(serial.kind === "usable" ? { serialNumber: serial.text } : {}),
      hostname: `HOST-${fields.id}`,
      os: "Windows",
      ...fields.technical,
    },
  };
}

const nothingKnown: TechnicalValues = {
  serialNumber: null,
  manufacturer: null,
  model: null,
  os: null,
  osVersion: null,
  cpu: null,
  memoryBytes: null,
  storageBytes: null,
  encrypted: null,
  hostname: null,
  agentVersion: null,
  lastContactAt: null,
};

export function asset(fields: {
  id: string;
  serial?: string | null;
  systemId?: string;
  connectionId?: string;
  missingSince?: string;
  technical?: Partial<TechnicalValues>;
}): AssetState {
  const serial = readSerial(fields.serial);
  return {
    id: fields.id,
    serialKey: serial.kind === "usable" ? serial.key : null,
    source: "import",
    connectionId: fields.systemId ? (fields.connectionId ?? connectionId) : null,
    systemId: fields.systemId ?? null,
    updatedAt: "2026-11-23T08:00:00.000Z",
    missingSince: fields.missingSince ?? null,
    technical: { ...nothingKnown, serialNumber: fields.serial ?? null, ...fields.technical },
  };
}

export function candidates(...assets: AssetState[]): Candidates {
  const bySystem = new Map(
    assets.flatMap((one) => (one.systemId && one.connectionId === connectionId ? [[one.systemId, one]] : [])),
  );
  const bySerial = new Map<string, AssetState[]>();
  for (const one of assets)
    if (one.serialKey) bySerial.set(one.serialKey, [...(bySerial.get(one.serialKey) ?? []), one]);
  return { bySystem, bySerial };
}
