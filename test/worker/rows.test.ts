import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { commitStep, emptyStep } from "../../worker/register/commit.ts";
import { importAssets } from "../../worker/register/import.ts";
import { Matching } from "../../worker/register/matching.ts";
import { MeteredDb } from "../../worker/register/metered-db.ts";
import { Syncs } from "../../worker/register/syncs.ts";

const now = "2026-11-24T09:00:00.000Z";
const fleet = 3000;
const windowSize = 100;

/** A workspace with so many assets, linked to as many systems. */
async function registerWithFleet(name: string) {
  const workspace = workspaceNamed(name);
  const rows = Array.from({ length: fleet }, (_, index) => ({
    id: `A-${index}`,
    serialKey: `sn-${index}`,
    fields: { serialNumber: `SN-${index}` },
  }));
  await importAssets(env.DB, workspace, rows, {
    event: "assets.imported",
    actor: { kind: "operator" },
    at: now,
  });
  await env.DB.prepare("UPDATE assets SET connection_id = ?2, system_id = 's-' || id WHERE workspace = ?1")
    .bind(workspace, `connection-of-${workspace}`)
    .run();
  const syncId = `sync-of-${workspace}`;
  await new Syncs(env.DB, workspace).add({
    id: syncId,
    connectionId: `connection-of-${workspace}`,
    kind: "sync",
    trigger: "manual",
    mode: "download",
    startedAt: now,
    checkpoint: "{}",
    undoes: null,
    by: { kind: "operator" },
  });
  const db = new MeteredDb(env.DB);
  const key = { workspace, connectionId: `connection-of-${workspace}`, syncId, number: 1 };
  return { db, key, matching: new Matching(db, workspace, key.connectionId) };
}

const standing = {
  checkpoint: "{}",
  done: 0,
  total: 0,
  counts: { devices: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, missing: 0, reasons: {} },
  requests: 0,
  rowsRead: 0,
  rowsWritten: 0,
};
const some = Array.from({ length: windowSize }, (_, index) => index * 7);

test("reading a window reads rows of the window, not of the workspace", async () => {
  const { db, matching } = await registerWithFleet("reading");
  const { assets } = await matching.read(
    some.map((index) => `s-A-${index}`),
    some.map((index) => `sn-${index}`),
  );
  expect(assets).toHaveLength(windowSize);
  expect(db.take().rowsRead).toBeLessThan(windowSize * 12);
});

test("a stretch of the list is read in half as many rows, each of its assets once and those of its serials besides", async () => {
  const { db, key, matching } = await registerWithFleet("stretch");
  const stretch = Array.from({ length: windowSize }, (_, index) => 1000 + index);
  // Its serial is one of the stretch's; its link lies elsewhere, or is none.
  await env.DB.prepare(
    "UPDATE assets SET serial_key = 'sn-1001', system_id = CASE id WHEN 'A-5' THEN NULL ELSE system_id END WHERE workspace = ?1 AND id IN ('A-5', 'A-2500')",
  )
    .bind(key.workspace)
    .run();
  const { assets } = await matching.read(
    { from: "s-A-1000", to: "s-A-1099" },
    stretch.map((index) => `sn-${index}`),
  );
  expect(db.take().rowsRead).toBeLessThan(windowSize * 6);
  const ids = assets.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(expect.arrayContaining([...stretch.map((index) => `A-${index}`), "A-5", "A-2500"]));
});

test("the assets that are linked and not missing are counted by their indexes", async () => {
  const { db, key, matching } = await registerWithFleet("present");
  await env.DB.prepare("UPDATE assets SET missing_since = ?2 WHERE workspace = ?1 AND id IN ('A-1', 'A-2')")
    .bind(key.workspace, now)
    .run();
  expect(await matching.countPresent()).toBe(fleet - 2);
  expect(db.take().rowsRead).toBeLessThan(fleet * 1.1);
});

test("writing a window reads and writes rows of the window, not of the workspace", async () => {
  const { db, key, matching } = await registerWithFleet("writing");
  const assets = await matching.readByIds(some.map((index) => `A-${index}`));
  db.take();
  const step = emptyStep();
  for (const { id, technical, systemId, serialKey } of assets) {
    step.updated.push({ id, technical: { ...technical, os: "Windows" } });
    step.linked.push({ id, systemId: `${systemId}-new`, serialKey });
    step.heartbeats.push({ id, lastContactAt: now });
  }
  expect(await commitStep(db, key, 0, now, step, standing)).toBe(true);
  expect(db.take().rowsRead).toBeLessThan(windowSize * 20);
  const others = { ...emptyStep(), missing: assets.map(({ id }) => id), restored: assets };
  expect(await commitStep(db, key, 1, now, others, standing)).toBe(true);
  expect(db.take().rowsRead).toBeLessThan(windowSize * 20);
  const uncreated = { ...emptyStep(), uncreated: assets.map(({ id }) => id) };
  expect(await commitStep(db, key, 2, now, uncreated, standing)).toBe(true);
  expect(db.take().rowsRead).toBeLessThan(windowSize * 20);
});

test("a step that was written already, or comes too late, changes nothing", async () => {
  const { db, key, matching } = await registerWithFleet("fenced");
  const [asset] = await matching.readByIds(["A-1"]);
  if (!asset) throw new Error("The asset is there.");
  const step = emptyStep();
  step.updated.push({ id: "A-1", technical: { ...asset.technical, os: "Windows" } });
  expect(await commitStep(db, key, 0, now, step, standing)).toBe(true);
  step.updated = [{ id: "A-1", technical: { ...asset.technical, os: "Ubuntu" } }];
  expect(await commitStep(db, key, 0, now, step, standing)).toBe(false);
  expect((await matching.readByIds(["A-1"]))[0]?.technical.os).toBe("Windows");
});

test("a step that fails in its middle leaves nothing half-written", async () => {
  const { db, key, matching } = await registerWithFleet("atomic");
  const [asset] = await matching.readByIds(["A-1"]);
  if (!asset) throw new Error("The asset is there.");
  const step = emptyStep();
  step.created.push({
    id: "new",
    serialKey: null,
    name: null,
    type: null,
    systemId: "x",
    technical: asset.technical,
  });
  // An id that is taken: the second statement's row cannot be added.
  step.created.push({
    id: "A-2",
    serialKey: null,
    name: null,
    type: null,
    systemId: "y",
    technical: asset.technical,
  });
  await expect(commitStep(db, key, 0, now, step, standing)).rejects.toThrow();
  expect(await matching.readByIds(["new"])).toEqual([]);
  expect(await commitStep(db, key, 0, now, emptyStep(), standing)).toBe(true);
});

const note = { event: "assets.imported", actor: { kind: "operator" }, at: now } as const;
/** So long that a part of an import holds few of them. */
const longNotes = "n".repeat(20_000);
const longRows = some.map((index) => ({ id: `A-${index}`, fields: { notes: longNotes } }));

async function partsLeft(): Promise<number | null> {
  return await env.DB.prepare("SELECT count(*) AS n FROM import_parts").first<number>("n");
}

test("an import in several parts reads and writes its own rows, not the workspace's once a part", async () => {
  const { key } = await registerWithFleet("importing");
  const batches: D1Result[][] = [];
  const db = {
    prepare: (sql: string) => env.DB.prepare(sql),
    async batch(statements: D1PreparedStatement[]) {
      batches.push(await env.DB.batch(statements));
      return batches.at(-1);
    },
  } as unknown as D1Database;
  const added = { id: "new", fields: {} };
  expect(await importAssets(db, key.workspace, [...longRows, added], note)).toEqual({
    added: 1,
    updated: windowSize,
    unchanged: 0,
  });
  const [batch = [], ...more] = batches;
  expect(more).toEqual([]);
  const parts = (windowSize * longNotes.length) / 1_000_000;
  expect(batch.length).toBeGreaterThan(3 * parts);
  const read = batch.reduce((sum, { meta }) => sum + meta.rows_read, 0);
  expect(read).toBeLessThan(windowSize * 15);
  expect(await partsLeft()).toBe(0);
});

test("an import whose parts are gone before its end, or whose rows fail, writes nothing and leaves no part", async () => {
  const { key } = await registerWithFleet("import-cut");
  async function* rows(meanwhile: () => Promise<unknown>) {
    yield* longRows;
    expect(await partsLeft()).toBeGreaterThan(0);
    await meanwhile();
  }
  const lose = () => env.DB.prepare("DELETE FROM import_parts WHERE number = 0").run();
  const fail = () => Promise.reject(new Error("a row is wrong"));
  await expect(importAssets(env.DB, key.workspace, rows(lose), note)).rejects.toThrow("import_parts.rows");
  await expect(importAssets(env.DB, key.workspace, rows(fail), note)).rejects.toThrow("a row is wrong");
  expect(await partsLeft()).toBe(0);
  const { results } = await env.DB.prepare("SELECT id FROM assets WHERE notes IS NOT NULL AND workspace = ?1")
    .bind(key.workspace)
    .all();
  expect(results).toEqual([]);
});

test("an import that comes to more than 128 MB with its columns' names in each row is refused before the end", async () => {
  // The parts are thrown away here: what counts is how many are asked for.
  let put = 0;
  const run = () => Promise.resolve(put++);
  const db = { prepare: () => ({ bind: () => ({ run }) }) } as unknown as D1Database;
  const custom = { column: "x".repeat(900_000) };
  async function* rows() {
    for (let n = 0; n < 300; n += 1) yield { id: `A-${n}`, fields: {}, custom };
  }
  const imported = importAssets(db, workspaceNamed("too-large"), rows(), note);
  await expect(imported).rejects.toMatchObject({ code: "payload_too_large" });
  expect(put).toBeLessThan(130);
});
