import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { technicalFields } from "../../shared/assets.ts";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { commitStep, emptyStep, finishSync, type RunKey } from "../../worker/register/commit.ts";
import { importAssets } from "../../worker/register/import.ts";
import { listChanges } from "../../worker/register/listed-changes.ts";
import { MeteredDb } from "../../worker/register/metered-db.ts";
import { noCounts, type SyncRecord, Syncs } from "../../worker/register/syncs.ts";
import type { TechnicalValues } from "../../worker/register/technical-columns.ts";
import { openUndoRegister, type UndoRegister } from "../../worker/register/undo-register.ts";
import { StaleRunError } from "../../worker/sync/drive.ts";
import { firstUndoCheckpoint, UndoDrive } from "../../worker/sync/undo.ts";

const devices = 1300;
const now = "2026-11-24T09:00:00.000Z";
const technical = Object.fromEntries(technicalFields.map((field) => [field, null])) as TechnicalValues;
const assetsOf = async (workspace: string) =>
  (await env.DB.prepare("SELECT * FROM assets WHERE workspace = ?1").bind(workspace).all()).results;

const imported = (at: string) => ({ event: "assets.imported", actor: { kind: "operator" }, at }) as const;

/** A workspace in which a sync has created so many assets, beside one that was there before. */
async function workspaceWithSync(name: string) {
  const workspace = workspaceNamed(name);
  await importAssets(env.DB, workspace, [{ id: "own", fields: { name: "Ours" } }], imported(now));
  const before = await assetsOf(name);
  const key: RunKey = {
    workspace,
    connectionId: `connection-of-${name}`,
    syncId: `sync-of-${name}`,
    number: 1,
  };
  const syncs = new Syncs(env.DB, workspace);
  const add = (id: string, undoes: string | null) =>
    syncs.add({
      id,
      connectionId: key.connectionId,
      kind: undoes === null ? "sync" : "undo",
      trigger: "manual",
      mode: "download",
      startedAt: now,
      checkpoint: JSON.stringify(firstUndoCheckpoint),
      undoes,
      by: { kind: "operator" },
    });
  await add(key.syncId, null);
  const step = emptyStep();
  for (let index = 0; index < devices; index += 1) {
    const systemId = `s-${String(index).padStart(6, "0")}`;
    const id = `jc-${index}`;
    step.created.push({ id, serialKey: null, name: id, type: null, systemId, technical });
    const names = { systemId, assetId: id, serialNumber: null, hostname: null };
    step.changes.push({ ...names, outcome: "created", before: null, after: { name: id }, beforeAt: null });
  }
  const standing = {
    checkpoint: "{}",
    done: 0,
    total: 0,
    counts: noCounts,
    requests: 0,
    rowsRead: 0,
    rowsWritten: 0,
  };
  expect(await commitStep(new MeteredDb(env.DB), key, 0, now, step, standing)).toBe(true);
  return {
    workspace,
    before,
    /** Starts an undo, or takes up the one with that id from where its row stands. */
    async undo(id: string, wrap: (register: UndoRegister) => UndoRegister = (register) => register) {
      await add(id, key.syncId);
      const undo = { ...key, syncId: id };
      const row = await syncs.find(id);
      if (!row) throw new Error("The undo has its row.");
      const register = wrap(openUndoRegister(new MeteredDb(env.DB), undo, key.syncId));
      const undone = { ...noCounts, created: devices };
      const drive = new UndoDrive(
        { register, connectionId: key.connectionId, undone, now: () => new Date() },
        row,
      );
      return { drive, row: async () => (await syncs.find(id)) as SyncRecord, key: undo };
    },
  };
}

/** Stops after so many steps. */
function after(steps: number): () => boolean {
  let left = steps;
  return () => left-- === 0;
}

test("an undo that was killed goes on from where its row stands, and takes each change back once", async () => {
  const { before, undo, workspace } = await workspaceWithSync("killed-undo");
  const killed = await undo("undo-1");
  expect(await killed.drive.work(after(1))).toEqual({ kind: "more" });
  expect((await killed.row()).counts.updated).toBe(500);
  const next = await undo("undo-1");
  expect(await next.drive.work(() => false)).toMatchObject({ kind: "done" });
  expect((await next.row()).counts).toMatchObject({ devices, updated: devices, unchanged: 0, skipped: 0 });
  expect(await assetsOf(workspace)).toEqual(before);
  // The one that was thought dead wakes up: it is too late, and says so.
  await expect(killed.drive.work(() => false)).rejects.toThrow(StaleRunError);
  expect((await next.row()).counts).toMatchObject({ devices });
});

test("an undo that was cancelled half-way is taken up by the next one, and both together are exact", async () => {
  const { before, undo, workspace } = await workspaceWithSync("cancelled-undo");
  const first = await undo("undo-2");
  await first.drive.work(after(1));
  await finishSync(new MeteredDb(env.DB), first.key, {
    status: "cancelled",
    now,
    problem: undefined,
    requests: 0,
    rowsRead: 0,
    rowsWritten: 0,
    deviceCount: undefined,
    rejectedKeyVersion: undefined,
    kind: "undo",
  });
  await expect(first.drive.work(() => false)).rejects.toThrow(StaleRunError);
  const second = await undo("undo-3");
  expect(await second.drive.work(() => false)).toEqual({ kind: "done", deviceCount: undefined });
  expect((await second.row()).counts).toMatchObject({ devices, updated: devices - 500, unchanged: 500 });
  expect(await assetsOf(workspace)).toEqual(before);
});

test("what is written between an undo's look and its own write is seen, and stays", async () => {
  const { before, undo, workspace } = await workspaceWithSync("undo-meanwhile");
  let written = false;
  const { drive, row } = await undo("undo-4", (register) => ({
    ...register,
    async readAssets(ids) {
      const assets = await register.readAssets(ids);
      if (!written) {
        written = true;
        await importAssets(
          env.DB,
          workspace,
          [{ id: "jc-7", fields: { notes: "Lent" } }],
          imported("2026-11-24T10:00:00.000Z"),
        );
      }
      return assets;
    },
  }));
  const end = await drive.work(() => false);
  expect(end).toMatchObject({ kind: "done", notice: { code: "changed_since" } });
  expect((await row()).counts).toMatchObject({ devices, updated: devices - 1, skipped: 1 });
  const left = await assetsOf(workspace);
  expect(left).toHaveLength(before.length + 1);
  expect(left.find(({ id }) => id === "jc-7")).toMatchObject({ notes: "Lent" });
  const undone = await row();
  const { items } = await listChanges(env.DB, workspace, undone, "skipped", 10, undefined);
  expect(items).toMatchObject([{ assetId: "jc-7", kept: { notes: "Lent" } }]);
});

test("an undo reads and writes rows of what it takes back, not of the workspace", async () => {
  const { undo } = await workspaceWithSync("undo-rows");
  const { drive } = await undo("undo-5");
  await drive.work(after(1));
  const { rowsRead } = drive.takeCost();
  expect(rowsRead).toBeLessThan(500 * 12);
});
