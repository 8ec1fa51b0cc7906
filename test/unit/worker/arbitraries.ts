import fc from "fast-check";
import type { AssetState } from "../../../worker/register/matching.ts";
import type { TechnicalValues } from "../../../worker/register/technical-columns.ts";
import type { Device } from "../../../worker/sync/device.ts";
import { asset, connectionId, device } from "./device-builder.ts";

const serials = ["C02XK1", "PF-2 XYZ", "5cg99 a"];
export const placeholders = [
  "To be filled by O.E.M.",
  "0",
  "N/A",
  "Default string",
  "xxxxxxx",
  "None",
  "123456789",
];

/** Ways in which one serial is written: none of them makes it another. */
export const spellings: ((serial: string) => string)[] = [
  (serial) => serial,
  (serial) => serial.toLowerCase(),
  (serial) => serial.toUpperCase(),
  (serial) => `\u00a0 ${serial.replaceAll(" ", " \t ")}\u200b\n`,
];

export const serialOf = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .constantFrom(...serials)
      .chain((serial) => fc.constantFrom(...spellings).map((spell) => spell(serial))),
  },
  { weight: 1, arbitrary: fc.constantFrom(...placeholders) },
  { weight: 1, arbitrary: fc.constantFrom(null, "", " ") },
);

export const contactOf = fc.constantFrom(
  "2026-11-01T09:00:00.000Z",
  "2026-11-01T15:00:00.000Z",
  "2026-11-20T10:00:00.000Z",
);

const technicalOf: fc.Arbitrary<Partial<TechnicalValues>> = fc.record(
  {
    os: fc.constantFrom("Windows", "Ubuntu"),
    osVersion: fc.constantFrom("10", "11"),
    manufacturer: fc.constantFrom("LENOVO", "HP"),
    model: fc.constantFrom("X1", "Z2"),
    memoryBytes: fc.constantFrom(8, 16),
    encrypted: fc.boolean(),
    hostname: fc.constantFrom("H-1", "H-2"),
    lastContactAt: contactOf,
  },
  { requiredKeys: [] },
);

export const deviceOf: fc.Arbitrary<Device> = fc
  .record({ id: fc.constantFrom("s1", "s2", "s3", "s4"), serial: serialOf, technical: technicalOf })
  .map(device);

const linkOf = fc.oneof(
  fc.constant({}),
  fc.record({
    systemId: fc.constantFrom("s1", "s2", "s3", "s4"),
    connectionId: fc.constantFrom(connectionId, "connection-2"),
  }),
);

/** Assets as a register can hold them: ids are unique, and so are links. */
export const assetsOf: fc.Arbitrary<AssetState[]> = fc
  .array(
    fc
      .tuple(serialOf, technicalOf, linkOf, fc.boolean())
      .map(([serial, technical, link, missing]) => ({ serial, technical, link, missing })),
    { maxLength: 4 },
  )
  .map((some) => {
    const taken = new Set<string>();
    return some.map(({ serial, technical, link, missing }, index) => {
      const name = JSON.stringify(link);
      const isFree = "systemId" in link && !taken.has(name);
      taken.add(name);
      return asset({
        id: `A-${index}`,
        serial,
        technical,
        ...(isFree ? link : {}),
        ...(isFree && missing ? { missingSince: "2026-10-01T00:00:00.000Z" } : {}),
      });
    });
  });
