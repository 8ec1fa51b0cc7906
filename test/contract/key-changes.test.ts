import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { startSlowSync } from "../stack/connect.ts";
import { type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 6000 });
});
beforeEach(() => {
  stack.simulator.faults.latencyMs = 0;
  for (const value of [demoKeyValues.administrator, demoKeyValues.legacy]) keyOf(value).state = "valid";
});
afterAll(() => stack.close());

const keyOf = (value: string) => {
  const key = stack.simulator.tenant.keys.find((one) => one.value === value);
  if (!key) throw new Error("The simulator has no such key.");
  return key;
};

/** A connection with a sync under way, slow enough to change things meanwhile. */
async function midway(api: Api, latencyMs = 150): Promise<{ id: string; syncId: string }> {
  const { connectionId: id, syncId } = await startSlowSync(stack, api, latencyMs);
  while ((await api.call("getSync", { id: syncId })).progress.done === 0) await wait(20);
  return { id, syncId };
}

test("a key that is renewed while a sync runs takes effect in that very sync: the old one may be revoked at once", async () => {
  const api = await stack.pair("renewing");
  const { id, syncId } = await midway(api);
  await api.call("renewKey", { id, body: { apiKey: demoKeyValues.legacy } });
  keyOf(demoKeyValues.administrator).state = "revoked";
  stack.simulator.faults.latencyMs = 0;
  expect(await api.ended(syncId)).toMatchObject({ status: "succeeded", counts: { devices: 6000 } });
  expect(await api.call("getConnection", { id })).toMatchObject({
    status: "active",
    keyLast4: demoKeyValues.legacy.slice(-4),
  });
  const used = (await api.call("listAudit")).items.filter(({ event }) => event === "key.used");
  expect(used.map(({ details }) => details?.keyLast4)).toEqual(
    expect.arrayContaining([demoKeyValues.administrator.slice(-4), demoKeyValues.legacy.slice(-4)]),
  );
  expect(used).toHaveLength(2);
});

test("a connection that is deleted while a sync runs asks JumpCloud for nothing and writes nothing from then on", async () => {
  const api = await stack.pair("deleting");
  const { id, syncId } = await midway(api);
  await api.call("deleteConnection", { id });
  const asked = stack.simulator.requests.length;
  const assets = await api.allAssets();
  stack.simulator.faults.latencyMs = 0;
  await wait(1_000);
  // A request that was on its way when the connection went may still arrive; none is sent after it.
  expect(stack.simulator.requests.length - asked).toBeLessThanOrEqual(6);
  expect(await api.allAssets()).toEqual(assets);
  expect(assets.every(({ systemId }) => systemId === undefined)).toBe(true);
  expect((await api.call("getSync", { id: syncId })).status).toBe("cancelled");
  expect((await api.fail("startSync", { id })).code).toBe("not_found");
});

test("a listener whose token is revoked is told nothing more of the sync it listens to", async () => {
  const api = await stack.pair("listening");
  const listener = await stack.pair("listening", "viewer");
  const { syncId } = await midway(api, 400);
  // What is asked from here on takes so long that the sync cannot end before the token is revoked.
  stack.simulator.faults.latencyMs = 3_000;
  const response = await fetch(new URL(`/v1/syncs/${syncId}/events`, api.origin), {
    headers: { authorization: `Bearer ${listener.token}` },
  });
  const events = response.text();
  await wait(300);
  expect((await api.call("getSync", { id: syncId })).status).toBe("running");
  const token = (await api.call("listTokens")).items.find(({ role }) => role === "viewer");
  await api.call("revokeToken", { id: token?.id ?? "" });
  stack.simulator.faults.latencyMs = 0;
  expect((await api.ended(syncId)).status).toBe("succeeded");
  expect(await events).toContain('"status":"running"');
  expect(await events).not.toContain('"status":"succeeded"');
});

test("of two renewals at once one key stays, and it works", async () => {
  const api = await stack.pair("both");
  const { id } = await api.call("createConnection", {
    body: { region: "us", apiKey: demoKeyValues.administrator, mode: "sync", start: false },
  });
  const keys = [demoKeyValues.legacy, demoKeyValues.administrator];
  await Promise.all(keys.map((apiKey) => api.call("renewKey", { id, body: { apiKey } })));
  const { keyLast4 } = await api.call("getConnection", { id });
  const [kept, other] = keyLast4 === keys[0]?.slice(-4) ? keys : keys.toReversed();
  keyOf(other ?? "").state = "revoked";
  expect((await api.sync(id)).status).toBe("succeeded");
  expect(kept?.slice(-4)).toBe(keyLast4);
});

test("of two connects at once to one organization one wins, and the other's key is not kept", async () => {
  const api = await stack.pair("twice");
  const body = {
    region: "us" as const,
    apiKey: demoKeyValues.administrator,
    mode: "sync" as const,
    start: false,
  };
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => api.call("createConnection", { body })));
  expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect((await api.call("listConnections")).items).toHaveLength(1);
  const noted = (await api.call("listAudit")).items;
  expect(noted.filter(({ event }) => event === "connection.created")).toHaveLength(1);
});
