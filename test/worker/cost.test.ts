import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, expect, test, vi } from "vitest";
import { hasEnded } from "../../shared/syncs.ts";
import { CountedD1 } from "../../worker/register/counted-d1.ts";
import type { SyncRun } from "../../worker/sync/run.ts";
import { fleet } from "../simulator/fleet.ts";
import { Api } from "../stack/api.ts";
import { simulateJumpCloud, workerOrigin } from "./simulated-jumpcloud.ts";

const jumpcloud = simulateJumpCloud();
afterAll(() => vi.restoreAllMocks());

test("a counted database counts what D1 itself reports, whichever way it is asked", async () => {
  const counted = new CountedD1(env.DB);
  const insert =
    "INSERT INTO pairings (id, secret_hash, workspace, role, expires_at, tries_left) VALUES (?1, '', '', '', '', 1)";
  const select = "SELECT * FROM pairings WHERE id >= ?1";
  const { meta: added } = await env.DB.prepare(insert).bind("a").run();
  await counted.db.prepare(insert).bind("b").run();
  expect(counted.take()).toEqual({ rowsRead: added.rows_read, rowsWritten: added.rows_written });
  const { meta: read } = await env.DB.prepare(select).bind("a").all();
  expect(read.rows_read).toBeGreaterThan(1);
  expect(await counted.db.prepare(select).bind("a").first()).toMatchObject({ id: "a" });
  expect(counted.take().rowsRead).toBe(read.rows_read);
  expect(await counted.db.prepare(select).bind("z").first()).toBeNull();
  counted.take();
  await counted.db.batch([counted.db.prepare(insert).bind("c"), counted.db.prepare(select).bind("a")]);
  expect(counted.take().rowsWritten).toBe(added.rows_written);
  expect(() => counted.db.exec("SELECT 1")).toThrow("not counted");
});

test("a run's cost is what D1 reports of all that it did, its begin and its end included: sync, preview and undo", async () => {
  jumpcloud.list(
    0,
    fleet({ count: 300 }).map((system) => ({ ...system })),
  );
  const operator = new Api(workerOrigin, "operator-token-of-the-tests");
  const { link } = await operator.call("createPairing", { body: { workspace: "costs", role: "admin" } });
  const api = await Api.redeem(workerOrigin, link);
  const body = { region: "us", apiKey: jumpcloud.keys[0], mode: "download", start: false } as const;
  const { id } = await api.call("createConnection", { body });
  const recorder = new CountedD1(env.DB);
  await runInDurableObject(env.SYNC_RUNS.getByName(id), (run: SyncRun) => {
    // Its own environment: the calls of the API are no part of the run.
    Object.assign(run, { env: { ...env, DB: recorder.db } });
  });
  const ended = async (syncId: string) =>
    await vi.waitUntil(
      async () => {
        const sync = await api.call("getSync", { id: syncId });
        return hasEnded(sync.status) && sync;
      },
      { timeout: 20_000, interval: 20 },
    );
  const costs: [string, number, number][] = [];
  let first = "";
  for (const kind of ["startPreview", "startSync", "startSync", "undoSync"] as const) {
    recorder.take();
    const started = await api.call(kind, { id: kind === "undoSync" ? first : id });
    if (kind === "startSync" && first === "") first = started.id;
    const { status, cost } = await ended(started.id);
    expect(status).toBe("succeeded");
    expect({ kind, ...recorder.take() }).toEqual({
      kind,
      rowsRead: cost.rowsRead,
      rowsWritten: cost.rowsWritten,
    });
    costs.push([kind, cost.rowsRead, cost.rowsWritten]);
  }
  const [, , unchanged] = costs;
  expect(unchanged?.[2]).toBeLessThanOrEqual(10);
}, 60_000);
