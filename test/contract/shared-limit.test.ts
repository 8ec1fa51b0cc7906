import { afterAll, beforeAll, expect, test } from "vitest";
import type { Api } from "../stack/api.ts";
import { connect } from "../stack/connect.ts";
import { type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 2000 });
});
afterAll(() => stack.close());

async function connected(): Promise<{ api: Api; id: string }> {
  const api = await stack.pair();
  return { api, id: await connect(api) };
}

test("connections of several workspaces that read one organization share its six requests at a time, and all end", async () => {
  const connections = await Promise.all([connected(), connected(), connected()]);
  stack.simulator.resetStats();
  stack.simulator.faults.latencyMs = 60;
  const [first, ...others] = connections;
  if (!first) throw new Error("There are three.");
  const running = [first.api.sync(first.id)];
  // The others find all places taken, and get theirs as the first one asks again.
  while (stack.simulator.requests.length < 12) await new Promise((resolve) => setTimeout(resolve, 20));
  running.push(...others.map(({ api, id }) => api.sync(id)));
  const syncs = await Promise.all(running);
  for (const sync of syncs) expect(sync).toMatchObject({ status: "succeeded", counts: { devices: 2000 } });
  expect(stack.simulator.inFlightMax).toBeLessThanOrEqual(6);

  // Nobody holds on to a place: one alone has all six again.
  stack.simulator.resetStats();
  await first.api.sync(first.id);
  stack.simulator.faults.latencyMs = 0;
  expect(stack.simulator.inFlightMax).toBe(6);
});

test("a pause that JumpCloud asks one connection for is kept by all that read the organization", async () => {
  const { simulator } = stack;
  const connections = await Promise.all([connected(), connected()]);
  simulator.faults.latencyMs = 600;
  simulator.resetStats();
  const running = connections.map(({ api, id }) => api.sync(id));
  while (simulator.requests.length < 8) await new Promise((resolve) => setTimeout(resolve, 20));
  simulator.faults.retryAfterSeconds = 3;
  simulator.faults.next("/api/systems", "rate_limited_retry_after", 1);
  const syncs = await Promise.all(running);
  simulator.faults.latencyMs = 0;
  for (const sync of syncs) expect(sync).toMatchObject({ status: "succeeded", counts: { devices: 2000 } });
  const refused = simulator.requests.find(({ status }) => status === 429);
  if (refused === undefined) throw new Error("One request was to be refused.");
  // The other one hears of it when it asks for its places again, within a second.
  const [from, to] = [refused.startedAt + 600 + 1_300, refused.startedAt + 600 + 2_900];
  expect(simulator.requests.filter(({ startedAt }) => from < startedAt && startedAt < to)).toEqual([]);
  expect(simulator.requests.filter(({ startedAt }) => startedAt > to).length).toBeGreaterThan(10);
});
