import { afterAll, beforeAll, expect, test } from "vitest";
import { type Sync, syncSchema } from "../../shared/syncs.ts";
import type { Api } from "../stack/api.ts";
import { connect, startSlowSync } from "../stack/connect.ts";
import { type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 3000 });
});
afterAll(() => stack.close());

/** Reads a sync's events until the stream closes, or until `enough`. */
async function eventsOf(api: Api, id: string, enough = (_: Sync) => false): Promise<Sync[]> {
  const response = await api.send("watchSync", id);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  const syncs: Sync[] = [];
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const [, data] = /^event: sync\ndata: (.*)$/m.exec(text.slice(0, end)) ?? [];
      text = text.slice(end + 2);
      if (data === undefined) continue;
      const sync = syncSchema.parse(JSON.parse(data));
      syncs.push(sync);
      if (enough(sync)) return syncs;
    }
  }
  expect(text).toBe("");
  return syncs;
}

test("many listeners, a viewer among them, are told the state at once, the progress, the time left and the end", async () => {
  const api = await stack.pair("watched");
  const viewer = await stack.pair("watched", "viewer");
  const { syncId: id } = await startSlowSync(stack, api, 700);
  const listeners = [api, viewer, api, viewer, api].map((listener) => eventsOf(listener, id));
  const gone = await eventsOf(api, id, () => true);
  expect(gone).toHaveLength(1);
  const told = await Promise.all(listeners);
  stack.simulator.faults.latencyMs = 0;
  const ended = await api.call("getSync", { id });
  for (const syncs of told) {
    expect(["queued", "running"]).toContain(syncs[0]?.status);
    expect(syncs.length).toBeGreaterThan(2);
    expect(syncs.at(-1)).toEqual(ended);
    const done = syncs.map(({ progress }) => progress.done);
    expect(done).toEqual(done.toSorted((one, other) => one - other));
    expect(syncs.slice(0, -1).every(({ finishedAt }) => finishedAt === undefined)).toBe(true);
    const estimates = syncs.flatMap(({ progress }) => progress.secondsLeft ?? []);
    expect(estimates.length).toBeGreaterThan(0);
    for (const seconds of estimates) expect(seconds).toBeLessThan(60);
  }
});

test("of an ended sync there is one event, and the stream is closed", async () => {
  const api = await stack.pair();
  const sync = await api.sync(await connect(api));
  expect(await eventsOf(api, sync.id)).toEqual([sync]);
});

test("a cancelled sync ends the stream", async () => {
  const api = await stack.pair();
  const { syncId: id } = await startSlowSync(stack, api, 500);
  const listening = eventsOf(api, id);
  await api.call("cancelSync", { id });
  stack.simulator.faults.latencyMs = 0;
  expect((await listening).at(-1)?.status).toBe("cancelled");
});

test("nobody else's token, and no token, listens", async () => {
  const api = await stack.pair();
  const { id } = await api.sync(await connect(api));
  expect((await (await stack.pair()).fail("watchSync", { id })).code).toBe("not_found");
  const response = await fetch(`${stack.worker.url}/v1/syncs/${id}/events`);
  expect(response.status).toBe(401);
});
