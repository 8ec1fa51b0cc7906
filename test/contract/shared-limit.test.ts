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
