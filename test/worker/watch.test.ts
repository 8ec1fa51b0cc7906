import { expect, test, vi } from "vitest";
import type { Sync } from "../../shared/syncs.ts";
import { noCounts } from "../../worker/register/syncs.ts";
import { sharedLook, watchSync } from "../../worker/sync/watch.ts";

const running: Sync = {
  id: "s",
  connectionId: "c",
  kind: "sync",
  trigger: "manual",
  mode: "sync",
  status: "running",
  startedAt: "2026-11-24T09:00:00.000Z",
  progress: { done: 0, total: 10 },
  counts: noCounts,
  cost: { jumpcloudRequests: 0, rowsRead: 0, rowsWritten: 0 },
};

test("where nothing changes nothing is told, but a ping every 15 seconds keeps the connection alive", async () => {
  let nowMs = 0;
  const clock = vi.spyOn(Date, "now").mockImplementation(() => nowMs);
  vi.spyOn(scheduler, "wait").mockImplementation(async (ms) => {
    nowMs += ms;
  });
  const reader = watchSync(async () => running)
    .pipeThrough(new TextDecoderStream())
    .getReader();
  const told: string[] = [];
  for (let index = 0; index < 4; index += 1) told.push((await reader.read()).value ?? "");
  expect(told[0]).toMatch(/^retry: \d+\n\n$/);
  expect(told[1]).toBe(`event: sync\ndata: ${JSON.stringify(running)}\n\n`);
  expect(told.slice(2)).toEqual([": ping\n\n", ": ping\n\n"]);
  expect(nowMs).toBeLessThan(46_500);
  await reader.cancel();
  clock.mockRestore();
  vi.restoreAllMocks();
});

test("a listener that goes away ends the looking", async () => {
  let looks = 0;
  const reader = watchSync(async () => {
    looks += 1;
    return { ...running, progress: { done: looks, total: 10 } };
  }).getReader();
  await reader.read();
  await reader.read();
  await reader.cancel();
  await scheduler.wait(600);
  const after = looks;
  await scheduler.wait(1200);
  expect(looks).toBe(after);
});

test("however many listen, the sync is looked at as often as for one", async () => {
  let looks = 0;
  const look = sharedLook(async () => {
    looks += 1;
    return { ...running, progress: { done: looks, total: 10 } };
  });
  const listeners = Array.from({ length: 20 }, () => watchSync(look).getReader());
  // The time to come back after, and how things stand: each newcomer looks once.
  for (let round = 0; round < 2; round += 1) await Promise.all(listeners.map((reader) => reader.read()));
  expect(looks).toBe(20);
  await Promise.all(listeners.map((reader) => reader.read()));
  expect(looks).toBeLessThan(25);
  await Promise.all(listeners.map((reader) => reader.cancel()));
});

test("a sync that is gone closes the stream", async () => {
  const reader = watchSync(async () => undefined).getReader();
  await reader.read();
  expect(await reader.read()).toEqual({ done: true, value: undefined });
});
