import { expect, test } from "vitest";
import { assetsFor, toCsv } from "../simulator/dots-assets.ts";
import { fleet } from "../simulator/fleet.ts";
import { insightsOf } from "../simulator/insights.ts";
import { placeholderSerials } from "../simulator/models.ts";
import type { System } from "../simulator/tenant.ts";

const systems = fleet({ count: 600, seed: 4 });

test("the same seed gives the same fleet, another seed another one", () => {
  expect(fleet({ count: 600, seed: 4 })).toEqual(systems);
  expect(fleet({ count: 600, seed: 5 })).not.toEqual(systems);
});

test("a longer fleet of the same seed has the devices of the shorter one in it", () => {
  const ids = fleet({ count: 700, seed: 4 }).map(({ _id }) => _id);
  expect(ids.slice(0, 600)).toEqual(systems.map(({ _id }) => _id));
});

test("every _id is 24 hex characters, unique, sorted, and also there as id", () => {
  const ids = systems.map(({ _id }) => _id);
  expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(600);
  expect(ids.toSorted()).toEqual(ids);
  expect(systems.every(({ _id, id }) => _id === id)).toBe(true);
});

test.each<[string, (system: System) => boolean]>([
  ["a Mac", ({ os, osFamily }) => os === "Mac OS X" && osFamily === "darwin"],
  ["a Windows machine", ({ os }) => os === "Windows"],
  ["a Linux machine", ({ os }) => os === "Ubuntu"],
  [
    "an iPhone without agent and last contact",
    (s) => s.os === "iOS" && !("agentVersion" in s) && !("lastContact" in s),
  ],
  ["an iPad", ({ os }) => os === "iPadOS"],
  ["an Android phone", ({ os }) => os === "Android"],
  ["a VMware machine", ({ serialNumber }) => /^VMware-[0-9a-f ]{23}-[0-9a-f ]{23}$/.test(serialNumber ?? "")],
  [
    "a Hyper-V machine",
    (s) => s.hwVendor === "Microsoft Corporation" && /^(\d{4}-){6}\d{2}$/.test(s.serialNumber ?? ""),
  ],
  [
    "a serial in lower case",
    ({ serialNumber }) => /^[a-z0-9]+$/.test(serialNumber ?? "") && /[a-z]/.test(serialNumber ?? ""),
  ],
  [
    "a serial with spaces in and around it",
    ({ serialNumber }) => /^\s+\S+\s{2,}\S+\s+$/.test(serialNumber ?? ""),
  ],
  ["a null serial", ({ serialNumber }) => serialNumber === null],
  ["an absent serial", (s) => !("serialNumber" in s)],
  ["a record with next to nothing in it", (s) => Object.keys(s).length === 4],
  [
    "a record full of nulls",
    ({ hostname, fde, hwVendor }) => hostname === null && fde === null && hwVendor === null,
  ],
  [
    "a device that was never in contact",
    ({ lastContact, active }) => lastContact === null && active === false,
  ],
  ["somebody's name in the description", ({ description }) => /Assigned to/.test(description ?? "")],
  ["somebody's e-mail", ({ primarySystemUser }) => /@/.test(String(primarySystemUser?.email))],
  ...placeholderSerials.map((serial): [string, (system: System) => boolean] => [
    `the placeholder "${serial}"`,
    (s) => s.serialNumber === serial,
  ]),
])("a fleet has %s", (_name, is) => {
  expect(systems.some(is)).toBe(true);
});

test("reinstalled agents have a new _id and the serial of an older record", () => {
  const pairs = systems.flatMap((newer, place) => {
    const older = systems[place - 7];
    return older?.serialNumber && older.serialNumber === newer.serialNumber ? [{ older, newer }] : [];
  });
  expect(pairs).toHaveLength(10);
  expect(pairs.every(({ older, newer }) => newer._id > older._id)).toBe(true);
  const contacts = pairs.map(
    ({ older, newer }) => [older.lastContact ?? "", newer.lastContact ?? ""] as const,
  );
  expect(contacts.filter(([older, newer]) => newer > older).length).toBeGreaterThan(4);
  expect(contacts.filter(([older, newer]) => newer === older).length).toBeGreaterThan(0);
});

test("a fleet without oddities has a serial of its own on every device", () => {
  const plain = fleet({ count: 300, oddities: false });
  expect(new Set(plain.map(({ serialNumber }) => serialNumber)).size).toBe(300);
  expect(plain.every(({ serialNumber }) => /^[A-Z0-9]{7,12}$/.test(serialNumber ?? ""))).toBe(true);
});

test("hardware rows belong to systems, carry trailing spaces, and count bytes in text", () => {
  const tables = insightsOf(systems);
  const byId = new Map(systems.map((system) => [system._id, system]));
  expect(tables.system_info.every(({ system_id }) => byId.has(system_id))).toBe(true);
  expect(tables.system_info.some(({ hardware_vendor }) => hardware_vendor === "Apple Inc. ")).toBe(true);
  expect(tables.system_info.some(({ physical_memory }) => physical_memory === "17179869184")).toBe(true);
  expect(tables.disk_info.every(({ system_id }) => byId.get(system_id)?.os === "Windows")).toBe(true);
  expect(tables.disk_info.every(({ disk_size }) => /^\d+$/.test(String(disk_size)))).toBe(true);
  expect(tables.chassis_info.length).toBe(tables.disk_info.length);
  const root = tables.mounts.find(({ path }) => path === "/");
  expect(Number(root?.blocks) * Number(root?.blocks_size)).toBeGreaterThan(100e9);
});

test("existing assets mostly match a device, in another spelling too; one pair shares a serial", () => {
  const assets = assetsFor(systems, 300);
  const spelled = (serial: string): string => serial.trim().replace(/\s+/g, " ").toLowerCase();
  const known = new Set(systems.map(({ serialNumber }) => spelled(serialNumber ?? "")));
  const exact = new Set(systems.map(({ serialNumber }) => serialNumber));
  const withSerial = assets.filter(({ serialNumber }) => serialNumber !== "");
  const matching = withSerial.filter(({ serialNumber }) => known.has(spelled(serialNumber)));
  expect(assets).toHaveLength(300);
  expect(withSerial).toHaveLength(285);
  expect(matching.length).toBeGreaterThan(250);
  expect(matching.length).toBeLessThan(285);
  expect(matching.some(({ serialNumber }) => !exact.has(serialNumber))).toBe(true);
  const counts = Object.values(Object.groupBy(withSerial, ({ serialNumber }) => spelled(serialNumber)));
  expect(counts.filter((group) => (group?.length ?? 0) > 1)).toHaveLength(1);
});

test("the CSV quotes commas, quotes and line ends", () => {
  const [asset] = assetsFor(systems, 1);
  if (asset === undefined) throw new Error("No asset");
  const csv = toCsv([{ ...asset, name: 'A "b", c', notes: "one\ntwo" }]);
  expect(csv).toContain('"A ""b"", c"');
  expect(csv.trimEnd().endsWith('"one\ntwo"')).toBe(true);
});
