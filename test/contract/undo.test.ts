import { afterAll, beforeAll, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";
import { tableOnDisk } from "../stack/table-on-disk.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 5000 });
});
afterAll(() => stack.close());

const key = { region: "us" as const, apiKey: demoKeyValues.administrator };

async function undo(api: Api, syncId: string) {
  const started = await api.call("undoSync", { id: syncId });
  expect(started).toMatchObject({ kind: "undo", undoes: syncId, trigger: "manual" });
  return await api.ended(started.id);
}

/** A workspace with existing assets and a connection that has not synced yet. */
async function connected(workspace: string, existing: number, mode: "sync" | "download" = "download") {
  const api = await stack.pair(workspace);
  if (existing > 0) await api.importCsv(existingAssets(stack.simulator, existing));
  const { id } = await api.call("createConnection", { body: { ...key, mode, start: false } });
  return { api, connectionId: id, assets: () => tableOnDisk(stack.stateDir, "assets", workspace) };
}

test("the undo of a download of 5,000 devices restores the assets table exactly, byte for byte", async () => {
  const { api, connectionId, assets } = await connected("undone-download", 2000);
  const before = assets();
  const sync = await api.sync(connectionId);
  expect(assets()).toHaveLength(2000 + sync.counts.created);
  const undone = await undo(api, sync.id);
  expect(undone).toMatchObject({ status: "succeeded", counts: { skipped: 0, unchanged: 0 } });
  expect(undone.problem).toBeUndefined();
  expect(undone.counts.updated).toBe(sync.counts.created + sync.counts.updated);
  expect(undone.progress).toEqual({ done: undone.counts.updated, total: undone.counts.updated });
  expect(assets()).toEqual(before);
  expect(await api.call("getSync", { id: sync.id })).toMatchObject({ undoneBy: undone.id });
  const listed = await api.allChanges(undone.id);
  expect(listed).toHaveLength(undone.counts.updated);
  const removed = listed.filter(({ after }) => after === undefined);
  expect(removed).toHaveLength(sync.counts.created);
  // The next sync does it all again: nothing of the first was lost.
  expect((await api.sync(connectionId)).counts).toEqual(sync.counts);
});

test("syncs undone one after the other, the newest first, bring back the beginning exactly", async () => {
  const { api, connectionId, assets } = await connected("undone-in-turn", 300);
  const states = [assets()];
  const { systems } = stack.simulator.tenant;
  const kept = structuredClone(systems);
  const syncs = [];
  const change = [
    () => {},
    () => {
      for (const system of systems.slice(0, 400)) system.version = `${system.version}.1`;
      systems.splice(600, 20);
    },
    () => systems.splice(0, systems.length, ...structuredClone(kept)),
  ];
  for (const step of change) {
    step();
    syncs.push(await api.sync(connectionId));
    states.push(assets());
  }
  expect(syncs[1]?.counts.missing).toBeGreaterThan(0);
  expect(syncs[2]?.counts.updated).toBeGreaterThan(0);
  for (const sync of syncs.reverse()) {
    states.pop();
    expect((await undo(api, sync.id)).problem).toBeUndefined();
    expect(assets()).toEqual(states.at(-1));
  }
});

test("what was changed since stays as it is, field by field, and is listed with its value", async () => {
  const { api, connectionId, assets } = await connected("undone-with-changes", 200);
  const before = assets();
  const sync = await api.sync(connectionId);
  const changes = await api.allChanges(sync.id);
  const updated = changes.filter(({ outcome, after }) => outcome === "updated" && after?.os !== undefined);
  const created = changes.filter(({ outcome }) => outcome === "created");
  const [one, other] = updated;
  const [edited, retagged] = created;
  if (!one?.assetId || !other?.assetId || !edited?.assetId || !retagged?.assetId)
    throw new Error("The sync has changes.");
  await api.importCsv(
    [
      "id,model,notes",
      `${one.assetId},A model of ours,`,
      `${edited.assetId},,Lent to reception`,
      `${retagged.assetId},Another model,`,
    ].join("\n"),
  );
  const since = await api.allAssets();
  const undone = await undo(api, sync.id);
  expect(undone).toMatchObject({ status: "succeeded", problem: { code: "changed_since" } });
  const listed = await api.allChanges(undone.id);
  const keptOf = (assetId: string) => listed.find((item) => item.assetId === assetId);
  expect(keptOf(edited.assetId)).toMatchObject({ outcome: "skipped", kept: { notes: "Lent to reception" } });
  expect(keptOf(retagged.assetId)).toMatchObject({ outcome: "skipped", kept: { model: "Another model" } });
  const reported = listed.filter(({ kept }) => kept !== undefined);
  expect(undone.problem?.detail).toContain(`${reported.length} assets were changed since`);
  const after = await api.allAssets();
  // The two that somebody wrote into stay whole; of the imported one only what was written stays.
  for (const assetId of [edited.assetId, retagged.assetId]) {
    expect(after.find(({ id }) => id === assetId)).toEqual(since.find(({ id }) => id === assetId));
  }
  const original = before.map((row) => JSON.parse(row)).find(({ id }) => id === one.assetId);
  const now = after.find(({ id }) => id === one.assetId);
  expect(now).toMatchObject({ model: "A model of ours", os: original.os, hostname: original.hostname });
  expect(now?.systemId).toBeUndefined();
  // Everything else is as it was, to the byte.
  const touched = new Set([one.assetId, edited.assetId, retagged.assetId]);
  const untouched = (rows: string[]) => rows.filter((row) => !touched.has(JSON.parse(row).id));
  expect(untouched(assets())).toEqual(untouched(before));
});

test("a heartbeat since is no change: the undo is exact all the same", async () => {
  const { api, connectionId, assets } = await connected("undone-after-heartbeats", 100);
  const before = assets();
  const sync = await api.sync(connectionId);
  const { systems } = stack.simulator.tenant;
  const contacts = systems.map(({ lastContact }) => lastContact ?? null);
  for (const system of systems) {
    if (system.lastContact)
      system.lastContact = new Date(Date.parse(system.lastContact) + 3 * 86_400_000).toISOString();
  }
  const heartbeats = await api.sync(connectionId);
  systems.forEach((system, index) => {
    system.lastContact = contacts[index] ?? null;
  });
  expect(heartbeats.counts).toMatchObject({ created: 0, updated: 0 });
  expect(heartbeats.cost.rowsWritten).toBeGreaterThan(1000);
  expect((await undo(api, sync.id)).problem).toBeUndefined();
  expect(assets()).toEqual(before);
});

test("an undo that makes no sense is refused with a sentence that says why", async () => {
  const { api, connectionId } = await connected("undone-wrongly", 50, "sync");
  const sync = await api.sync(connectionId);
  const preview = await api.ended((await api.call("startPreview", { id: connectionId })).id);
  expect(await api.fail("undoSync", { id: preview.id })).toMatchObject({
    code: "invalid_request",
    detail: "A preview has written nothing, so there is nothing to undo.",
  });
  const undone = await undo(api, sync.id);
  expect((await api.fail("undoSync", { id: sync.id })).detail).toContain("undone already");
  expect((await api.fail("undoSync", { id: undone.id })).detail).toContain("An undo cannot be undone");
  stack.simulator.faults.latencyMs = 200;
  const running = await api.call("startSync", { id: connectionId });
  expect(await api.fail("undoSync", { id: running.id })).toMatchObject({
    code: "sync_running",
    syncId: running.id,
  });
  await api.call("cancelSync", { id: running.id });
  stack.simulator.faults.latencyMs = 0;
  await api.call("deleteConnection", { id: connectionId });
  expect((await api.fail("undoSync", { id: running.id })).detail).toContain("connection was removed");
});

test("an undo needs no key, is a run like any other, and is an admin's of the workspace alone", async () => {
  const { api, connectionId } = await connected("undone-without-key", 50, "sync");
  const sync = await api.sync(connectionId);
  const viewer = await stack.pair("undone-without-key", "viewer");
  expect((await viewer.fail("undoSync", { id: sync.id })).code).toBe("forbidden");
  expect((await (await stack.pair()).fail("undoSync", { id: sync.id })).code).toBe("not_found");
  const admins = stack.simulator.tenant.keys.find(({ value }) => value === key.apiKey);
  if (!admins) throw new Error("The simulator has the key.");
  admins.state = "revoked";
  await api.sync(connectionId);
  admins.state = "valid";
  expect((await api.call("getConnection", { id: connectionId })).status).toBe("needs_key");
  const before = await api.call("getConnection", { id: connectionId });
  const undone = await undo(api, sync.id);
  expect(undone).toMatchObject({ status: "succeeded", cost: { jumpcloudRequests: 0 } });
  expect(await api.call("getConnection", { id: connectionId })).toEqual(before);
});
