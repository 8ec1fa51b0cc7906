import { afterAll, beforeAll, expect, test } from "vitest";
import type { Change } from "../../shared/syncs.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";
import { tableOnDisk } from "../stack/table-on-disk.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 1200 });
});
afterAll(() => stack.close());

const key = { region: "us" as const, apiKey: demoKeyValues.administrator };
const register = ["assets", "changes"];

async function preview(api: Api, connectionId: string) {
  const started = await api.call("startPreview", { id: connectionId });
  expect(started).toMatchObject({ kind: "preview", trigger: "manual" });
  return await api.ended(started.id);
}

/** Without the moment at which a device was found missing: it differs from run to run. */
function timeless(changes: Change[]): Change[] {
  return changes.map((change) =>
    change.outcome === "missing" ? { ...change, after: { missingSince: "then" } } : change,
  );
}

async function expectPreviewToBeTrue(api: Api, workspace: string, connectionId: string) {
  const dump = () => register.map((table) => tableOnDisk(stack.stateDir, table, workspace));
  const skips = () => tableOnDisk(stack.stateDir, "skips");
  const before = { register: dump(), skips: skips(), connection: await connectionOf(api, connectionId) };
  const previewed = await preview(api, connectionId);
  expect(previewed.status).toBe("succeeded");
  const listed = await api.allChanges(previewed.id);
  expect({ register: dump(), skips: skips(), connection: await connectionOf(api, connectionId) }).toEqual(
    before,
  );
  const sync = await api.sync(connectionId);
  expect(sync.status).toBe("succeeded");
  expect(previewed.counts).toEqual(sync.counts);
  expect(previewed.progress).toEqual(sync.progress);
  expect(timeless(listed)).toEqual(timeless(await api.allChanges(sync.id)));
  expect(await api.allChanges(previewed.id, "skipped")).toHaveLength(sync.counts.skipped);
  // What it listed stays what it listed, whatever happens afterwards.
  expect(await api.allChanges(previewed.id)).toEqual(listed);
  return { previewed, sync, listed };
}

async function connectionOf(api: Api, id: string) {
  return await api.call("getConnection", { id });
}

test.each(["sync", "download"] as const)(
  "a preview in %s mode writes not one byte of the register, and lists what the sync then does to the letter",
  async (mode) => {
    const workspace = `previewed-${mode}`;
    const api = await stack.pair(workspace);
    await api.importCsv(existingAssets(stack.simulator, 700));
    const connection = await api.call("createConnection", { body: { ...key, mode, start: false } });
    const { previewed, listed } = await expectPreviewToBeTrue(api, workspace, connection.id);
    expect(previewed.counts.updated).toBeGreaterThan(400);
    expect(previewed.counts.skipped).toBeGreaterThan(0);
    expect(listed).toHaveLength(
      previewed.counts.created + previewed.counts.updated + previewed.counts.skipped,
    );
    // Again, now that skips last, nothing is to be changed, and none of them is new.
    const again = await expectPreviewToBeTrue(api, workspace, connection.id);
    expect(again.previewed.counts).toMatchObject({ created: 0, updated: 0 });
    expect(again.previewed.cost.rowsWritten).toBeLessThanOrEqual(10);
  },
);

test("a preview says what becomes of devices that are gone, back, renamed or reinstalled", async () => {
  const workspace = "previewed-changes";
  const api = await stack.pair(workspace);
  const connection = await api.call("createConnection", {
    body: { ...key, mode: "download", start: false },
  });
  const { systems } = stack.simulator.tenant;
  // A new device whose asset's id is taken by an asset of Dots' own.
  const [any] = systems.filter(({ serialNumber }) => serialNumber);
  if (!any) throw new Error("The fleet has devices.");
  systems.push({ ...any, _id: "e".repeat(24), serialNumber: "ID-IS-TAKEN" });
  await api.importCsv(`id,serialNumber\njc-${"e".repeat(24)},ANOTHER-SERIAL\n`);
  await expectPreviewToBeTrue(api, workspace, connection.id);
  const kept = [...systems];
  const linked = await api.allAssets();
  const linkedIds = new Set(linked.map(({ systemId }) => systemId));
  const subjects = systems.filter(({ _id, serialNumber }) => linkedIds.has(_id) && serialNumber);
  const [gone, renamed, reinstalled] = subjects;
  if (!gone || !renamed || !reinstalled) throw new Error("The fleet has devices.");
  const hostname = renamed.hostname ?? null;
  renamed.hostname = "renamed-since";
  const newAgent = { ...reinstalled, _id: "f".repeat(24), lastContact: "2030-01-01T00:00:00.000Z" };
  systems.splice(systems.indexOf(gone), 1);
  systems.splice(systems.indexOf(reinstalled), 1, newAgent);
  const first = await expectPreviewToBeTrue(api, workspace, connection.id);
  expect(first.previewed.counts).toMatchObject({ missing: 1, updated: 2 });
  expect(first.listed.find(({ outcome }) => outcome === "missing")?.systemId).toBe(gone._id);
  expect(first.listed.find(({ systemId }) => systemId === newAgent._id)?.before).toMatchObject({
    systemId: reinstalled._id,
  });
  systems.splice(0, systems.length, ...kept);
  renamed.hostname = hostname;
  const second = await expectPreviewToBeTrue(api, workspace, connection.id);
  expect(second.listed.find(({ systemId }) => systemId === gone._id)?.after).toEqual({ missingSince: null });
});

test("a preview is a run: one at a time, and cancelled like a sync", async () => {
  const api = await stack.pair();
  const connection = await api.call("createConnection", { body: { ...key, mode: "sync", start: false } });
  stack.simulator.faults.latencyMs = 200;
  const { id } = await api.call("startPreview", { id: connection.id });
  for (const route of ["startPreview", "startSync"] as const) {
    expect(await api.fail(route, { id: connection.id })).toMatchObject({ code: "sync_running", syncId: id });
  }
  expect((await api.call("cancelSync", { id })).status).toBe("cancelled");
  stack.simulator.faults.latencyMs = 0;
  expect((await preview(api, connection.id)).status).toBe("succeeded");
});

test("a preview whose key stopped working says so, and the connection needs a key", async () => {
  const api = await stack.pair();
  const connection = await api.call("createConnection", { body: { ...key, mode: "sync", start: false } });
  const admins = stack.simulator.tenant.keys.find(({ value }) => value === key.apiKey);
  if (!admins) throw new Error("The simulator has the key.");
  admins.state = "revoked";
  const ended = await preview(api, connection.id);
  admins.state = "valid";
  expect(ended).toMatchObject({ status: "failed", problem: { code: "needs_key" } });
  expect((await connectionOf(api, connection.id)).status).toBe("needs_key");
  expect((await api.fail("startPreview", { id: connection.id })).code).toBe("needs_key");
});

test("only an admin of the workspace starts a preview; a viewer may read what it lists", async () => {
  const api = await stack.pair("workspace-of-the-preview");
  const connection = await api.call("createConnection", { body: { ...key, mode: "sync", start: false } });
  const viewer = await stack.pair("workspace-of-the-preview", "viewer");
  const stranger = await stack.pair();
  expect((await viewer.fail("startPreview", { id: connection.id })).code).toBe("forbidden");
  expect((await stranger.fail("startPreview", { id: connection.id })).code).toBe("not_found");
  const { id } = await preview(api, connection.id);
  expect((await viewer.allChanges(id)).length).toBeGreaterThan(0);
  expect((await stranger.fail("listChanges", { id })).code).toBe("not_found");
});
