import { afterAll, beforeAll, expect, test } from "vitest";
import type { Asset } from "../../shared/assets.ts";
import type { Mode } from "../../shared/connections.ts";
import type { Change, Counts, Sync } from "../../shared/syncs.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { FaultName } from "../simulator/faults.ts";
import { enroll } from "../simulator/tenant.ts";
import type { Api } from "../stack/api.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";

/** One request in five: 429 with and without Retry-After, 500, 503, cut, hung, a page of HTML, half a JSON. */
const storm: Partial<Record<FaultName, number>> = {
  rate_limited: 0.03,
  rate_limited_retry_after: 0.02,
  internal_error: 0.03,
  unavailable: 0.03,
  cut: 0.03,
  hung: 0.01,
  html: 0.025,
  half_json: 0.025,
};

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 3000, jumpcloudTimeoutMs: 1500 });
});
afterAll(() => stack.close());

/** What a sync leaves behind that another one must leave too; times aside. */
interface Outcome {
  counts: Counts;
  assets: Omit<Asset, "updatedAt">[];
  changes: Change[];
}

/** All that were made in bad weather. */
const ended: Sync[] = [];

async function connect(api: Api, mode: Mode): Promise<string> {
  await api.importCsv(existingAssets(stack.simulator, 1500));
  const body = { region: "us" as const, apiKey: demoKeyValues.administrator, mode, start: false };
  return (await api.call("createConnection", { body })).id;
}

async function outcomeOf(api: Api, sync: Sync): Promise<Outcome> {
  const assets = (await api.allAssets()).map(({ updatedAt: _, ...asset }) => asset);
  return { counts: sync.counts, assets, changes: await api.allChanges(sync.id) };
}

/** Whether a sync claims to have done all of it. */
function isExact({ status, problem }: Sync): boolean {
  return status === "succeeded" && problem === undefined;
}

function withoutTimes(assets: Asset[]) {
  return assets.map(({ updatedAt: _, missingSince, ...asset }) => ({
    ...asset,
    missing: missingSince !== undefined,
  }));
}

function weather(seed: number): void {
  stack.simulator.faults.seed(seed);
  stack.simulator.faults.rates = storm;
}

async function syncThrough(api: Api, connectionId: string, seed: number): Promise<Sync> {
  const { id } = await api.call("startSync", { id: connectionId });
  weather(seed);
  const sync = await api.ended(id, 90_000);
  stack.simulator.faults.clear();
  return sync;
}

test.each([
  ["download", 1],
  ["download", 2],
  ["download", 3],
  ["sync", 4],
  ["sync", 5],
] as const)(
  "a %s in a storm of faults (seed %i) ends exact, or says that it did not and the next one is",
  async (mode, seed) => {
    const [calm, stormy] = [await stack.pair(), await stack.pair()];
    const calmId = await connect(calm, mode);
    const expected = await outcomeOf(calm, await calm.sync(calmId));
    const stormyId = await connect(stormy, mode);

    const sync = await syncThrough(stormy, stormyId, seed);
    const served = stack.simulator.requests.filter(({ fault }) => fault !== undefined);
    expect(served.length).toBeGreaterThan(3);
    stack.simulator.resetStats();
    if (isExact(sync)) expect(await outcomeOf(stormy, sync)).toEqual(expected);
    else expect(sync.problem?.detail).toBeTruthy();
    const after = await stormy.allAssets();
    expect(after.filter(({ missingSince }) => missingSince !== undefined)).toEqual([]);

    // Devices leave and come while it storms again: what is missing afterwards is exactly what left.
    const { tenant } = stack.simulator;
    const all = tenant.systems;
    tenant.systems = all.slice(60);
    enroll(tenant, 40, seed + 50);
    const second = await syncThrough(stormy, stormyId, seed + 100);
    const gone = new Set(all.slice(0, 60).map(({ _id }) => _id));
    const marked = (await stormy.allAssets()).filter(({ missingSince }) => missingSince !== undefined);
    for (const { systemId } of marked) expect(gone).toContain(systemId);
    ended.push(sync, second);
    if (!isExact(second)) await stormy.sync(stormyId);

    await calm.sync(calmId);
    expect(withoutTimes(await stormy.allAssets())).toEqual(withoutTimes(await calm.allAssets()));
    tenant.systems = all;
  },
  180_000,
);

test("a storm is weathered as a rule: a sync that gives up is the exception", () => {
  expect(ended.filter(isExact).length).toBeGreaterThanOrEqual(ended.length - 1);
});
