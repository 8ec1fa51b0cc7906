import fc from "fast-check";
import type { Mode } from "../../shared/connections.ts";
import type { ModelDevice } from "./reference-model.ts";

/** Few ids, serials and times, so that they meet: twins, reinstalled agents, devices that leave and return. */
const ids = Array.from({ length: 9 }, (_, index) => `5f00000000000000000000${index}${9 - index}`);
const serials = ["C02XK1", "PF-2 XYZ", "5cg99 a", "SN0007", "vmware-56 4d"];
const placeholders = [
  "To be filled by O.E.M.",
  "0",
  "N/A",
  "DEFAULT  STRING",
  "xxxxxxx",
  "System Serial Number",
];
const times = [
  null,
  "2026-11-01T09:00:00.000Z",
  "2026-11-01T15:00:00.000Z",
  "2026-11-02T10:00:00.000Z",
  "2026-11-20T10:00:00.000Z",
];

const spellings: ((serial: string) => string)[] = [
  (serial) => serial,
  (serial) => serial.toLowerCase(),
  (serial) => serial.toUpperCase(),
  (serial) => ` \u00a0${serial.replaceAll(" ", "  ")}\t`,
];

export const serialOf: fc.Arbitrary<string | null> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .tuple(fc.constantFrom(...serials), fc.constantFrom(...spellings))
      .map(([serial, spell]) => spell(serial)),
  },
  { weight: 1, arbitrary: fc.constantFrom(...placeholders) },
  { weight: 2, arbitrary: fc.constantFrom(null, "", "  ") },
);

/** A JumpCloud system as its API gives it. */
export type SystemRow = Record<string, unknown> & { _id: string };

export interface ArbitraryDevice {
  row: SystemRow;
  model: ModelDevice;
}

const said = fc.constantFrom(undefined, null, "", "  ", "one", "two ");

export const deviceOf: fc.Arbitrary<ArbitraryDevice> = fc
  .record({
    id: fc.constantFrom(...ids),
    serial: serialOf,
    contact: fc.constantFrom(...times),
    invalid: fc.integer({ min: 0, max: 19 }).map((roll) => roll === 0),
    os: said,
    version: said,
    hwVendor: said,
    hostname: said,
    agentVersion: said,
    displayName: said,
    encrypted: fc.constantFrom(undefined, null, true, false),
  })
  .map(({ id, serial, contact, invalid, encrypted, ...texts }) => {
    const row: SystemRow = { _id: id, id, serialNumber: serial, lastContact: contact, ...texts };
    if (encrypted !== undefined) row.fde = { active: encrypted };
    if (invalid) row.hostname = 42;
    const { displayName, version, hwVendor, ...same } = texts;
    const fields = { ...same, osVersion: version, manufacturer: hwVendor };
    const says: ModelDevice["says"] = {};
    for (const [field, text] of Object.entries(fields)) if (text?.trim()) says[field] = text.trim();
    if (typeof encrypted === "boolean") says.encrypted = encrypted;
    const name = displayName?.trim() || texts.hostname?.trim() || null;
    return { row, model: { id, serial, contact, invalid, says, name } };
  });

/** A device of which nothing matters but its serial, last contact and version. */
export function plainDevice(id: string, serial: string, contact: string, version: string): ArbitraryDevice {
  const row = { _id: id, id, serialNumber: serial, lastContact: contact, version };
  return { row, model: { id, serial, contact, invalid: false, says: { osVersion: version }, name: null } };
}

/** A list as JumpCloud may give it: in any order, some rows twice. */
export interface ArbitraryList {
  devices: ArbitraryDevice[];
  /** Places of `devices`, in the order in which they are listed. */
  order: number[];
}

export const listOf: fc.Arbitrary<ArbitraryList> = fc
  .uniqueArray(deviceOf, { maxLength: 9, selector: ({ row }) => row._id })
  .chain((devices) => {
    const places = devices.map((_, place) => place);
    const shuffled = fc.shuffledSubarray(places, { minLength: places.length });
    const again = fc.shuffledSubarray(places, { maxLength: Math.min(places.length, 2) });
    return fc.tuple(shuffled, again).map(([order, twice]) => ({ devices, order: [...order, ...twice] }));
  });

export interface ImportRow {
  id: string;
  serialNumber: string | null;
  manufacturer?: string;
  name?: string;
  notes?: string;
}

export const importOf: fc.Arbitrary<ImportRow[]> = fc.uniqueArray(
  fc.record(
    {
      id: fc.constantFrom("A-1", "A-2", "A-3", "A-4", "A-5"),
      serialNumber: serialOf,
      manufacturer: fc.constantFrom("one", "Maker"),
      name: fc.constantFrom("Laptop 1", "Laptop 2"),
      notes: fc.constant("Battery replaced"),
    },
    { requiredKeys: ["id", "serialNumber"] },
  ),
  { maxLength: 5, selector: ({ id }) => id },
);

export interface Step {
  /** Assets imported before the sync. */
  imported: ImportRow[];
  /** Which of the workspace's two connections syncs. */
  connection: 0 | 1;
  mode: Mode;
  list: ArbitraryList;
}

export const stepOf: fc.Arbitrary<Step> = fc
  .record({
    imported: fc.oneof(
      { weight: 2, arbitrary: fc.constant<ImportRow[]>([]) },
      { weight: 1, arbitrary: importOf },
    ),
    connection: fc.constantFrom(0 as const, 0 as const, 0 as const, 1 as const),
    mode: fc.constantFrom("sync" as const, "download" as const),
    list: listOf,
  })
  .map((step) => ({ ...step, [fc.toStringMethod]: () => describe(step) }));

/** More than a window holds, so that what is spread among them lies in different ones. */
const fillers: ArbitraryDevice[] = Array.from({ length: 1150 }, (_, index) => {
  const id = `5fffffffffffffffffff${String(index).padStart(4, "0")}`;
  const model = { id, serial: null, contact: null, invalid: false, says: {}, name: null };
  return { row: { _id: id, id }, model };
});

/** The same, with the devices spread among a thousand others. */
export const spreadStepOf: fc.Arbitrary<Step> = fc
  .tuple(stepOf, fc.array(fc.nat(fillers.length), { minLength: 11, maxLength: 11 }))
  .map(([step, places]) => {
    const order = fillers.map((_, place) => step.list.devices.length + place);
    for (const [turn, place] of step.list.order.entries()) order.splice(places[turn] ?? 0, 0, place);
    const list = { devices: [...step.list.devices, ...fillers], order };
    return { ...step, list, [fc.toStringMethod]: () => `${describe(step)}\n  at ${places.join(" ")}` };
  });

/** A step on a few lines, for whoever has to find out why it went wrong. */
function describe({ imported, connection, mode, list }: Step): string {
  const assets = imported.map(({ id, serialNumber }) => `${id}=${JSON.stringify(serialNumber)}`);
  const devices = list.devices.map(({ model: { id, serial, contact, invalid, says } }) =>
    invalid ? `${id} invalid` : `${id} ${JSON.stringify(serial)} ${contact} ${JSON.stringify(says)}`,
  );
  return `\n${mode} of ${connection}, import ${assets.join(" ") || "nothing"}\n  ${devices.join("\n  ")}`;
}
