import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterAll, expect, test, vi } from "vitest";
import { hasEnded } from "../../shared/syncs.ts";
import { MeteredDb } from "../../worker/register/metered-db.ts";
import { SyncRun } from "../../worker/sync/run.ts";
import { fleet } from "../simulator/fleet.ts";
import { Api } from "../stack/api.ts";
import { simulateJumpCloud, workerOrigin } from "./simulated-jumpcloud.ts";

const jumpcloud = simulateJumpCloud();
const devices = 3000;
/** What a Worker on the Free plan may send in one invocation. */
const freePlan = 50;

afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test("on the Free plan no stretch of a sync makes more subrequests than one invocation may, and the sync completes", async () => {
  jumpcloud.list(
    0,
    fleet({ count: devices }).map((system) => ({ ...system })),
  );
  const operator = new Api(workerOrigin, "operator-token-of-the-tests");
  const pairing = { workspace: "free-plan", role: "admin" } as const;
  const { link } = await operator.call("createPairing", { body: pairing });
  const api = await Api.redeem(workerOrigin, link);
  const body = { region: "us", apiKey: jumpcloud.keys[0], mode: "download", start: false } as const;
  const { id } = await api.call("createConnection", { body });

  const stub = env.SYNC_RUNS.getByName(id);
  await runInDurableObject(stub, (run: SyncRun) => {
    Object.assign((run as unknown as { env: Record<string, string> }).env, {
      SUBREQUESTS_PER_STRETCH: String(freePlan),
    });
  });
  const stretches: number[] = [];
  const used = (subrequests: number) => {
    const last = stretches.length - 1;
    if (last >= 0) stretches[last] = (stretches[last] ?? 0) + subrequests;
  };
  const { alarm } = SyncRun.prototype;
  vi.spyOn(SyncRun.prototype, "alarm").mockImplementation(async function (this: SyncRun) {
    stretches.push(0);
    await alarm.call(this);
  });
  const { fetch: answer } = globalThis;
  vi.stubGlobal("fetch", async (...asked: Parameters<typeof fetch>) => {
    if (!new Request(...asked).url.startsWith(workerOrigin)) used(1);
    return await answer(...asked);
  });
  const { batch } = MeteredDb.prototype;
  vi.spyOn(MeteredDb.prototype, "batch").mockImplementation(async function (this: MeteredDb, statements) {
    used(statements.length);
    return await batch.call(this, statements);
  });
  const { id: syncId } = await api.call("startSync", { id });
  const sync = await vi.waitUntil(
    async () => {
      const now = await api.call("getSync", { id: syncId });
      return hasEnded(now.status) && now;
    },
    { timeout: 20_000, interval: 20 },
  );
  expect(sync).toMatchObject({ status: "succeeded", counts: { devices } });
  expect(stretches.length).toBeGreaterThan(devices / 1000);
  expect(Math.max(...stretches)).toBeLessThanOrEqual(freePlan);
}, 30_000);
