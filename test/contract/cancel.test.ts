import { afterAll, beforeAll, expect, test } from "vitest";
import { connect, startSlowSync } from "../stack/connect.ts";
import { type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 3000 });
});
afterAll(() => stack.close());

test("a cancelled sync stops where it is, what it wrote is whole, and the next one carries on", async () => {
  const api = await stack.pair();
  const { connectionId, syncId: id } = await startSlowSync(stack, api, 150);
  // Some of its devices are written by then.
  while ((await api.call("summarizeAssets")).total === 0)
    expect((await api.call("getSync", { id })).finishedAt).toBeUndefined();
  const cancelled = await api.call("cancelSync", { id });
  expect(cancelled).toMatchObject({ id, status: "cancelled" });
  expect(cancelled.finishedAt).toBeDefined();
  const written = await api.allAssets();
  expect(written.length).toBeLessThan(2500);
  const changes = await api.allChanges(id);
  expect(changes.filter(({ outcome }) => outcome === "created")).toHaveLength(written.length);
  expect(cancelled.counts.created).toBe(written.length);
  stack.simulator.faults.latencyMs = 0;
  const next = await api.sync(connectionId);
  expect(next.status).toBe("succeeded");
  expect(next.counts.created).toBe((await api.allAssets()).length - written.length);
  expect((await api.call("getSync", { id })).counts).toEqual(cancelled.counts);
});

test("a sync that waits for JumpCloud to come back is cancelled at once", async () => {
  const api = await stack.pair();
  const connectionId = await connect(api);
  stack.simulator.faults.rates = { hung: 1 };
  const { id } = await api.call("startSync", { id: connectionId });
  const since = Date.now();
  expect((await api.call("cancelSync", { id })).status).toBe("cancelled");
  expect(Date.now() - since).toBeLessThan(8_000);
  stack.simulator.faults.clear();
});

test("an ended sync stays as it ended, and cancelling it does not touch the one that runs", async () => {
  const api = await stack.pair();
  stack.simulator.faults.latencyMs = 0;
  const connectionId = await connect(api);
  const ended = await api.sync(connectionId);
  stack.simulator.faults.latencyMs = 100;
  const running = await api.call("startSync", { id: connectionId });
  expect(await api.call("cancelSync", { id: ended.id })).toEqual(ended);
  stack.simulator.faults.latencyMs = 0;
  expect((await api.ended(running.id)).status).toBe("succeeded");
  expect((await api.call("cancelSync", { id: running.id })).status).toBe("succeeded");
});

test("only an admin of the workspace cancels a sync", async () => {
  const api = await stack.pair("workspace-of-the-sync");
  const { id } = await api.sync(await connect(api));
  const viewer = await stack.pair("workspace-of-the-sync", "viewer");
  expect((await viewer.fail("cancelSync", { id })).code).toBe("forbidden");
  expect((await (await stack.pair()).fail("cancelSync", { id })).code).toBe("not_found");
});
