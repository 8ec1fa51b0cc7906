import { abortAllDurableObjects } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { MeteredDb } from "../../worker/register/metered-db.ts";
import { SyncRun } from "../../worker/sync/run.ts";
import { fleet } from "../simulator/fleet.ts";
import { Api } from "../stack/api.ts";
import { simulateJumpCloud, workerOrigin } from "./simulated-jumpcloud.ts";

const workspace = "aborted";
const devices = 4000;
const aborts = 3;
const jumpcloud = simulateJumpCloud();
let api: Api;
let connectionId: string;

beforeAll(async () => {
  const systems = fleet({ count: devices });
  jumpcloud.list(
    0,
    systems.map((system) => ({ ...system })),
  );
  const operator = new Api(workerOrigin, "operator-token-of-the-tests");
  const { link } = await operator.call("createPairing", { body: { workspace, role: "admin" } });
  api = await Api.redeem(workerOrigin, link);
  const rows = systems
    .filter(({ serialNumber }) => serialNumber)
    .slice(0, 1500)
    .map(({ serialNumber }, index) => ({ id: `A-${index}`, serialNumber: String(serialNumber) }));
  await api.call("importAssets", { body: { items: rows } });
  const body = { region: "us", apiKey: jumpcloud.keys[0], mode: "download", start: false } as const;
  connectionId = (await api.call("createConnection", { body })).id;
});
afterAll(() => vi.restoreAllMocks());

async function assets(): Promise<unknown[]> {
  const sql = "SELECT * FROM assets WHERE workspace = ?1 ORDER BY id";
  return (await env.DB.prepare(sql).bind(workspace).all()).results;
}

/** Ends every object at every third batch of the run, before it is sent or after; gives how the run ended. */
async function endedInSpite(start: () => Promise<{ id: string }>) {
  const { batch } = MeteredDb.prototype;
  let batches = 0;
  let hits = 0;
  let aborted = 0;
  const spy = vi.spyOn(MeteredDb.prototype, "batch").mockImplementation(async function (
    this: MeteredDb,
    statements,
  ) {
    batches += 1;
    if (batches % 3 !== 0 || hits === aborts) return await batch.call(this, statements);
    hits += 1;
    if (hits % 2 === 0) await batch.call(this, statements);
    // Here it stands still until it is no more.
    return await new Promise(() => {});
  });
  const { id } = await start();
  while (aborted < aborts) {
    if (hits > aborted) {
      await abortAllDurableObjects();
      aborted = hits;
    }
    await scheduler.wait(10);
  }
  const sync = await api.ended(id, 40_000);
  spy.mockRestore();
  expect(sync.status).toBe("succeeded");
  return sync;
}

async function listed(syncId: string) {
  return await api.allChanges(syncId);
}

test("a preview that is aborted again and again goes on by itself, and lists what an undisturbed one does", async () => {
  const before = await assets();
  const calm = await api.ended((await api.call("startPreview", { id: connectionId })).id);
  const disturbed = await endedInSpite(() => api.call("startPreview", { id: connectionId }));
  expect(disturbed.counts).toEqual(calm.counts);
  expect(await listed(disturbed.id)).toEqual(await listed(calm.id));
  expect(await assets()).toEqual(before);
}, 60_000);

test("an undo that is aborted again and again goes on by itself, and the assets are as they were", async () => {
  const before = await assets();
  const sync = await api.sync(connectionId);
  expect(sync.counts.created).toBeGreaterThan(1000);
  const undone = await endedInSpite(() => api.call("undoSync", { id: sync.id }));
  expect(undone.counts).toMatchObject({ unchanged: 0, skipped: 0 });
  expect(await listed(undone.id)).toHaveLength(sync.counts.created + sync.counts.updated);
  expect(await assets()).toEqual(before);
}, 60_000);

test("a run that hangs, aborted by nobody, is dropped and goes on by itself to the same end", async () => {
  const { patienceMs } = SyncRun;
  const { batch } = MeteredDb.prototype;
  let batches = 0;
  const spy = vi.spyOn(MeteredDb.prototype, "batch").mockImplementation(async function (
    this: MeteredDb,
    statements,
  ) {
    batches += 1;
    return batches === 4 ? await new Promise(() => {}) : await batch.call(this, statements);
  });
  try {
    SyncRun.patienceMs = 1_000;
    const hung = await api.ended((await api.call("startPreview", { id: connectionId })).id, 40_000);
    spy.mockRestore();
    SyncRun.patienceMs = patienceMs;
    const calm = await api.ended((await api.call("startPreview", { id: connectionId })).id);
    expect(hung).toMatchObject({ status: "succeeded", counts: calm.counts });
    expect(await listed(hung.id)).toEqual(await listed(calm.id));
  } finally {
    spy.mockRestore();
    SyncRun.patienceMs = patienceMs;
  }
}, 60_000);

test("a listener whose object is aborted loses the stream, asks again, and is told the rest", async () => {
  const { id } = await api.call("startSync", { id: connectionId });
  const first = (await api.send("watchSync", id)).body?.getReader();
  if (!first) throw new Error("There is a stream.");
  await first.read();
  await abortAllDurableObjects();
  const lost = await (async () => {
    for (;;) if ((await first.read()).done) return "closed";
  })().catch(() => "broken");
  expect(["closed", "broken"]).toContain(lost);
  const text = await (await api.send("watchSync", id)).text();
  const [, last = "{}"] = /.*\ndata: (.*)\n\n$/s.exec(text) ?? [];
  expect(JSON.parse(last)).toEqual(await api.call("getSync", { id }));
  expect(JSON.parse(last)).toMatchObject({ id, status: "succeeded" });
}, 60_000);
