import { afterAll, beforeAll, expect, test } from "vitest";
import type { Counts } from "../../shared/syncs.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 1000 });
});
afterAll(() => stack.close());

const key = { region: "us" as const, apiKey: demoKeyValues.administrator };

function total({ created, updated, unchanged, skipped }: Counts): number {
  return created + updated + unchanged + skipped;
}

test("sync mode with 1,000 devices and 600 assets: counts add up, and not one asset more than before", async () => {
  const api = await stack.pair();
  expect(await api.importCsv(existingAssets(stack.simulator, 600))).toEqual({
    added: 600,
    updated: 0,
    unchanged: 0,
  });
  const before = await api.allAssets();
  const connection = await api.call("createConnection", { body: { ...key, mode: "sync" } });
  const sync = await api.ended(connection.firstSyncId ?? "");
  expect(sync).toMatchObject({
    status: "succeeded",
    trigger: "connect",
    mode: "sync",
    progress: { done: 1000, total: 1000 },
  });
  expect(sync.counts.devices).toBe(1000);
  expect(total(sync.counts)).toBe(1000);
  expect(sync.counts.created).toBe(0);
  expect(sync.counts.updated).toBeGreaterThan(400);
  const after = await api.allAssets();
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  // What is Dots' own stays to the letter.
  const own = ({ id, name, type, status, location, notes, custom, serialNumber }: (typeof after)[number]) =>
    JSON.stringify({ id, name, type, status, location, notes, custom, serialNumber });
  expect(after.map(own)).toEqual(before.map(own));
  expect(after.filter(({ systemId }) => systemId !== undefined)).toHaveLength(sync.counts.updated);
});

test("download mode with the same: every device that is no duplicate has an asset, and counts add up", async () => {
  const api = await stack.pair();
  await api.importCsv(existingAssets(stack.simulator, 600));
  const connection = await api.call("createConnection", { body: { ...key, mode: "download" } });
  const sync = await api.ended(connection.firstSyncId ?? "");
  expect(sync.status).toBe("succeeded");
  expect(total(sync.counts)).toBe(1000);
  const reasons = Object.keys(sync.counts.reasons);
  expect(
    reasons.filter((reason) => !["duplicate_device", "duplicate_asset", "invalid_record"].includes(reason)),
  ).toEqual([]);
  const summary = await api.call("summarizeAssets");
  expect(summary.total).toBe(600 + sync.counts.created);
  expect(summary.bySource).toEqual({ import: 600, jumpcloud: sync.counts.created });
  const typed = Object.values(summary.byType).reduce((sum, count) => sum + count, 0);
  expect(typed).toBe(summary.total);
  const assets = await api.allAssets();
  const linked = assets.flatMap(({ systemId }) => systemId ?? []);
  expect(new Set(linked).size).toBe(linked.length);
  expect(linked).toHaveLength(sync.counts.created + sync.counts.updated);
});

test("the list of changes names every device that was not simply unchanged, once, with its outcome", async () => {
  const api = await stack.pair();
  await api.importCsv(existingAssets(stack.simulator, 600));
  const connection = await api.call("createConnection", { body: { ...key, mode: "sync" } });
  const { id, counts } = await api.ended(connection.firstSyncId ?? "");
  const changes = await api.allChanges(id);
  expect(new Set(changes.map(({ systemId }) => systemId)).size).toBe(changes.length);
  expect(changes).toHaveLength(counts.updated + counts.skipped);
  const byReason = Object.groupBy(
    changes.filter(({ outcome }) => outcome === "skipped"),
    ({ reason }) => reason ?? "",
  );
  expect(Object.fromEntries(Object.entries(byReason).map(([reason, of]) => [reason, of?.length]))).toEqual(
    counts.reasons,
  );
  expect(await api.allChanges(id, "updated")).toHaveLength(counts.updated);
  const updated = changes.find(({ outcome }) => outcome === "updated");
  expect(updated?.before).toHaveProperty("systemId", null);
  expect(updated?.after).toHaveProperty("systemId", updated?.systemId);
});

test("a second sync of unchanged devices writes no asset row and counts every device", async () => {
  const api = await stack.pair();
  await api.importCsv(existingAssets(stack.simulator, 600));
  const connection = await api.call("createConnection", { body: { ...key, mode: "download" } });
  const first = await api.ended(connection.firstSyncId ?? "");
  const before = await api.allAssets();
  const second = await api.sync(connection.id);
  expect(second.counts).toMatchObject({ created: 0, updated: 0, missing: 0, skipped: first.counts.skipped });
  expect(second.counts.reasons).toEqual(first.counts.reasons);
  expect(total(second.counts)).toBe(1000);
  expect(await api.allAssets()).toEqual(before);
  expect(second.cost.rowsWritten).toBeLessThanOrEqual(10);
  // The skips last: they are told of the second sync too, though nothing was written.
  expect((await api.allChanges(second.id)).length).toBe(first.counts.skipped);
});

test("only one sync a connection: a second start is told which one is running", async () => {
  const api = await stack.pair();
  stack.simulator.faults.latencyMs = 30;
  const connection = await api.call("createConnection", { body: { ...key, mode: "sync", start: false } });
  expect(connection.firstSyncId).toBeNull();
  const starts = await Promise.all(
    [1, 2, 3, 4].map(() => api.call("startSync", { id: connection.id }).catch((error: Error) => error)),
  );
  stack.simulator.faults.latencyMs = 0;
  const started = starts.filter((answer) => !(answer instanceof Error));
  expect(started).toHaveLength(1);
  const refused = starts.filter((answer) => answer instanceof Error);
  for (const { message } of refused) expect(message).toContain("sync_running");
});

test("only GET requests reach JumpCloud, at most six at a time, sorted, and for allowed fields alone", async () => {
  const api = await stack.pair();
  stack.simulator.resetStats();
  stack.simulator.faults.latencyMs = 20;
  const connection = await api.call("createConnection", { body: { ...key, mode: "download" } });
  await api.ended(connection.firstSyncId ?? "");
  stack.simulator.faults.latencyMs = 0;
  const { requests, inFlightMax } = stack.simulator;
  expect(new Set(requests.map(({ method }) => method))).toEqual(new Set(["GET"]));
  expect(inFlightMax).toBeLessThanOrEqual(6);
  expect(inFlightMax).toBeGreaterThan(3);
  const lists = requests.filter(({ path }) => path === "/api/systems");
  expect(lists.length).toBeGreaterThanOrEqual(10);
  for (const { query } of lists) {
    const asked = new URLSearchParams(query);
    expect(asked.get("sort")).toBe("_id");
    expect(asked.get("fields")).not.toMatch(/user|email|remoteIP|description|attributes|networkInterfaces/i);
  }
});
