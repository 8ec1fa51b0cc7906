import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { Asset } from "../../shared/assets.ts";
import type { Sync } from "../../shared/syncs.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { fleet } from "../simulator/fleet.ts";
import { buildTenant, type System, type Tenant } from "../simulator/tenant.ts";
import type { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";

/** Devices without oddities, each with a serial of its own: an asset stands for each. */
const devices = 1500;
const systems = fleet({ count: devices, oddities: false });
const ghosts = fleet({ count: 400, oddities: false, firstIndex: 900_000 });

let stack: Stack;
let api: Api;
let connectionId: string;
let tenant: Tenant;

beforeAll(async () => {
  stack = await startStack({ tenant: buildTenant({ systems: structuredClone(systems) }) });
});
afterAll(() => stack.close());
beforeEach(async () => {
  ({ tenant } = stack.simulator);
  tenant.systems = structuredClone(systems);
  api = await stack.pair();
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "download" } as const;
  const connection = await api.call("createConnection", { body });
  connectionId = connection.id;
  expect((await api.ended(connection.firstSyncId ?? "")).counts.created).toBe(devices);
});
afterEach(() => stack.simulator.faults.clear());

/** The systems whose assets are marked as missing. */
function missingOf(assets: Asset[]): (string | undefined)[] {
  return assets.filter(({ missingSince }) => missingSince !== undefined).map(({ systemId }) => systemId);
}

function idsOf(some: readonly System[]): string[] {
  return some.map(({ _id }) => _id).sort();
}

/** What must hold after any sync, whatever the list did meanwhile. */
async function expectNothingFalse(sync: Sync): Promise<void> {
  expect(sync.status).toBe("succeeded");
  const { created, updated, unchanged, skipped } = sync.counts;
  expect(created + updated + unchanged + skipped).toBe(sync.counts.devices);
  const listed = new Set(idsOf(tenant.systems));
  const missing = missingOf(await api.allAssets());
  expect(missing.filter((id) => listed.has(id ?? ""))).toEqual([]);
  if (sync.problem !== undefined) expect(sync.counts.missing).toBe(0);
}

/** What must hold once the list stands still: missing is exactly what is gone, and each device has its asset. */
async function expectExact(sync: Sync): Promise<void> {
  expect(sync.problem).toBeUndefined();
  const assets = await api.allAssets();
  const listed = new Set(idsOf(tenant.systems));
  const gone = assets.flatMap(({ systemId }) => (systemId && !listed.has(systemId) ? [systemId] : []));
  expect(missingOf(assets).sort()).toEqual(gone.sort());
  expect(assets.filter(({ systemId }) => listed.has(systemId ?? ""))).toHaveLength(listed.size);
}

/**
 * Lets the list change while a sync walks it, each change just after the first page at or past its offset was
 * answered; gives how the sync ended.
 */
async function syncWhile(changes: Record<number, (tenant: Tenant) => void>): Promise<Sync> {
  for (const [offset, change] of Object.entries(changes)) {
    let done = false;
    onPages((rows, skip) => {
      if (!done && skip >= Number(offset)) {
        done = true;
        change(tenant);
      }
      return rows;
    });
  }
  const sync = await api.sync(connectionId);
  stack.simulator.faults.clear();
  await expectNothingFalse(sync);
  return sync;
}

/** Lets each page of the list through a change of its own. */
function onPages(change: (rows: unknown[], skip: number) => unknown[]): void {
  stack.simulator.faults.onRows("/api/systems", (rows, query) => {
    const isPage = query.get("limit") === "100" && !query.has("filter");
    return isPage ? change([...rows], Number(query.get("skip"))) : [...rows];
  });
}

function remove(from: number, count: number) {
  return (tenant: Tenant) => {
    tenant.systems = tenant.systems.toSpliced(from, count);
  };
}

function enrol(some: readonly System[], first = false) {
  return (tenant: Tenant) => {
    tenant.systems = first ? [...some, ...tenant.systems] : [...tenant.systems, ...some];
  };
}

test("devices deleted behind the walk: those that move up a page are not lost, and only the deleted are missing", async () => {
  const deleted = idsOf(tenant.systems.slice(20, 60));
  await expectExact(await syncWhile({ 800: remove(20, 40) }));
  expect(missingOf(await api.allAssets()).sort()).toEqual(deleted);
});

test("devices deleted after they were seen unchanged are counted no more; what was written is the next sync's to mark", async () => {
  const unchanged = await syncWhile({ 800: remove(30, 40) });
  expect(unchanged.counts).toMatchObject({ devices: devices - 40, unchanged: devices - 40, missing: 40 });
  for (const system of tenant.systems) system.hostname = `renamed-${system._id}`;
  const renamed = await syncWhile({ 800: remove(100, 230) });
  expect(renamed.problem).toBeUndefined();
  expect(renamed.counts).toMatchObject({ updated: devices - 40, missing: 0 });
  const next = await api.sync(connectionId);
  expect(next.counts.missing).toBe(230);
  await expectExact(next);
});

test("as many deleted as enrolled: a total that stays the same does not hide that rows have moved", async () => {
  for (const system of tenant.systems) system.hostname = `renamed-${system._id}`;
  const sync = await syncWhile({
    800: (tenant) => {
      remove(10, 50)(tenant);
      enrol(ghosts.slice(0, 50))(tenant);
    },
  });
  if (sync.problem === undefined) {
    const listed = new Set(idsOf(tenant.systems.slice(0, -50)));
    const assets = (await api.allAssets()).filter(({ systemId }) => listed.has(systemId ?? ""));
    expect(assets.filter(({ hostname }) => !hostname?.startsWith("renamed-"))).toEqual([]);
  }
  await expectExact(await api.sync(connectionId));
});

test("devices deleted ahead of the walk are missing, and nothing else is", async () => {
  await expectExact(await syncWhile({ 200: remove(1200, 130) }));
  expect(missingOf(await api.allAssets())).toHaveLength(130);
});

test("devices enrolled during the walk, in front of it or behind it, are counted once and make nothing missing", async () => {
  const before = fleet({ count: 30, oddities: false, firstIndex: -5000, seed: 5 });
  const sync = await syncWhile({ 400: enrol(before, true), 1100: enrol(ghosts.slice(0, 130)) });
  await expectExact(sync);
  expect(sync.counts).toMatchObject({ devices: devices + 160, created: 160, unchanged: devices, missing: 0 });
});

test("a list that never stands still: the sync marks nothing that is there, and the next quiet one is exact", async () => {
  let turn = 0;
  onPages((rows) => {
    remove((turn * 37) % 1000, 3)(tenant);
    enrol(ghosts.slice(turn * 4, turn * 4 + 4))(tenant);
    turn += 1;
    return rows;
  });
  const sync = await api.sync(connectionId);
  stack.simulator.faults.clear();
  await expectNothingFalse(sync);
  await expectExact(await api.sync(connectionId));
});

test("an empty list marks nothing as missing and says so", async () => {
  tenant.systems = [];
  const sync = await api.sync(connectionId);
  expect(sync).toMatchObject({ status: "succeeded", problem: { code: "suspicious_walk" } });
  expect(sync.counts).toMatchObject({ devices: 0, missing: 0 });
  expect(missingOf(await api.allAssets())).toEqual([]);
});

test.each([
  [749, { problem: { code: "suspicious_walk" }, counts: { devices: 749, missing: 0 } }],
  [750, { counts: { devices: 750, missing: 750 } }],
])("of 1,500 known devices %i are listed: less than half is not believed", async (listed, expected) => {
  tenant.systems = tenant.systems.slice(0, listed);
  const sync = await api.sync(connectionId);
  expect(sync).toMatchObject({ status: "succeeded", ...expected });
  expect(missingOf(await api.allAssets())).toHaveLength(expected.counts.missing);
});

test("new devices do not make up for known ones that are gone: the list stays suspicious", async () => {
  tenant.systems = [...tenant.systems.slice(0, 400), ...ghosts];
  const sync = await api.sync(connectionId);
  expect(sync).toMatchObject({ problem: { code: "suspicious_walk" }, counts: { created: 400, missing: 0 } });
});

test("a device that comes back loses missingSince, in a change of its own, and stays linked", async () => {
  const [away] = tenant.systems.splice(700, 1);
  if (!away) throw new Error("A device is there.");
  const gone = await api.sync(connectionId);
  expect(gone.counts).toMatchObject({ missing: 1, unchanged: devices - 1 });
  const [marked] = await api.allChanges(gone.id, "missing");
  expect(marked).toMatchObject({ systemId: away._id, outcome: "missing", before: { missingSince: null } });
  const still = await api.sync(connectionId);
  expect(still.counts.missing).toBe(0);

  tenant.systems = [...tenant.systems, away];
  const back = await api.sync(connectionId);
  expect(back.counts).toMatchObject({ created: 0, updated: 1, missing: 0 });
  const [returned] = await api.allChanges(back.id, "updated");
  expect(returned).toMatchObject({ systemId: away._id, after: { missingSince: null } });
  await expectExact(back);
});

test("a page that comes short once is read again: it is neither the end of the list nor a reason to mark any", async () => {
  const short = new Set<number>();
  onPages((rows, skip) => {
    if (short.has(skip)) return rows;
    short.add(skip);
    return rows.slice(0, rows.length - 7);
  });
  const sync = await api.sync(connectionId);
  await expectNothingFalse(sync);
  expect(sync.counts).toMatchObject({ devices, unchanged: devices, missing: 0 });
  await expectExact(sync);
});

test("pages that stay short: what each leaves out is read with the next, and nothing is missed", async () => {
  onPages((rows) => rows.slice(0, 93));
  tenant.systems = tenant.systems.slice(5);
  const sync = await api.sync(connectionId);
  expect(sync.counts).toMatchObject({ devices: devices - 5, missing: 5 });
  await expectExact(sync);
});

test("devices that are counted but never listed: none is marked, and the sync says what it is", async () => {
  const hidden = new Set(idsOf(tenant.systems.slice(700, 707)));
  onPages((rows) => rows.filter((row) => !hidden.has((row as System)._id)));
  tenant.systems = tenant.systems.slice(5);
  const sync = await api.sync(connectionId);
  expect(sync).toMatchObject({ status: "succeeded", problem: { code: "incomplete_walk" } });
  expect(sync.counts).toMatchObject({ devices: devices - 12, missing: 0 });
  expect(missingOf(await api.allAssets())).toEqual([]);
});

test("rows that come twice, on one page or on two, are one device each", async () => {
  onPages((rows) => [rows[0], ...rows, ...rows.slice(-20)]);
  const sync = await api.sync(connectionId);
  expect(sync.counts).toMatchObject({ devices, unchanged: devices, missing: 0 });
  await expectExact(sync);
});

test("pages that overlap and leave rows out in turn do not make a device missing that is there", async () => {
  let call = 0;
  onPages((rows, skip) => {
    if (rows.length < 100) return rows;
    call += 1;
    return tenant.systems.slice(skip + (call % 3), skip + 100);
  });
  await expectNothingFalse(await api.sync(connectionId));
});
