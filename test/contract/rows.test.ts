import { afterAll, beforeAll, expect, test } from "vitest";
import type { Cost } from "../../shared/syncs.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { buildTenant } from "../simulator/tenant.ts";
import type { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";

/** A fleet, downloaded once and then synced again without a change. */
interface Resynced {
  api: Api;
  connectionId: string;
  resync: Cost;
}

const fleets: Record<number, { stack: Stack } & Resynced> = {};

async function resynced(devices: number): Promise<{ stack: Stack } & Resynced> {
  const stack = await startStack({ tenant: buildTenant({ devices }) });
  const api = await stack.pair();
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "download" } as const;
  const connection = await api.call("createConnection", { body });
  const first = await api.ended(connection.firstSyncId ?? "", 120_000);
  expect(first).toMatchObject({ status: "succeeded", counts: { devices } });
  const before = await api.allAssets();
  const second = await api.sync(connection.id);
  expect(second.counts).toMatchObject({ devices, created: 0, updated: 0, skipped: first.counts.skipped });
  expect(await api.allAssets()).toEqual(before);
  return { stack, api, connectionId: connection.id, resync: second.cost };
}

beforeAll(async () => {
  for (const devices of [2000, 10_000]) fleets[devices] = await resynced(devices);
}, 180_000);
afterAll(async () => {
  for (const { stack } of Object.values(fleets)) await stack.close();
});

function fleetOf(devices: number) {
  const fleet = fleets[devices];
  if (!fleet) throw new Error(`No fleet of ${devices} was made.`);
  return fleet;
}

test("a second sync of 10,000 unchanged devices, skipped ones among them, writes at most 10 rows in all", () => {
  expect(fleetOf(10_000).resync.rowsWritten).toBeLessThanOrEqual(10);
});

test("a sync after every device only sent a heartbeat writes no asset row, and at most 10 rows in all", async () => {
  const { stack, api, connectionId } = fleetOf(10_000);
  const before = await api.allAssets();
  for (const system of stack.simulator.tenant.systems) {
    if (system.lastContact) system.lastContact = later(system.lastContact, 3_600_000);
  }
  const { counts, cost } = await api.sync(connectionId);
  expect(counts).toMatchObject({ created: 0, updated: 0, missing: 0 });
  expect(await api.allAssets()).toEqual(before);
  expect(cost.rowsWritten).toBeLessThanOrEqual(10);
});

test("a heartbeat of another day is written, once an asset, and is neither a change nor a newer update", async () => {
  const { stack, api, connectionId } = fleetOf(2000);
  const before = await api.allAssets();
  for (const system of stack.simulator.tenant.systems) {
    if (system.lastContact) system.lastContact = later(system.lastContact, 26 * 3_600_000);
  }
  const sync = await api.sync(connectionId);
  expect(sync.counts).toMatchObject({ created: 0, updated: 0, missing: 0 });
  expect((await api.allChanges(sync.id)).filter(({ outcome }) => outcome !== "skipped")).toEqual([]);
  const after = await api.allAssets();
  const moved = after.filter(({ lastContactAt }, place) => lastContactAt !== before[place]?.lastContactAt);
  expect(moved.length).toBeGreaterThan(1000);
  expect(after.map(({ updatedAt }) => updatedAt)).toEqual(before.map(({ updatedAt }) => updatedAt));
  // Besides, the sync's own rows and its audit's: its begin, a commit a window, its end.
  expect(sync.cost.rowsWritten).toBeLessThanOrEqual(moved.length + 20);
});

test("the rows read grow with the fleet, not with the fleet times its windows", () => {
  const perDevice = (devices: number) => fleetOf(devices).resync.rowsRead / devices;
  expect(perDevice(10_000)).toBeLessThan(perDevice(2000) * 1.1);
  expect(perDevice(10_000)).toBeLessThan(8);
});

function later(time: string, ms: number): string {
  return new Date(Date.parse(time) + ms).toISOString();
}
