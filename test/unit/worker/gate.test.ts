import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gate } from "../../../worker/jumpcloud/gate.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Runs so many tasks that last until they are let go; gives what runs, and lets go. */
function tasks(gate: Gate, count: number, urgent = false) {
  const running: { name: number; end: () => void }[] = [];
  const started: number[] = [];
  for (let name = 0; name < count; name += 1) {
    void gate.run(
      () =>
        new Promise<void>((resolve) => {
          started.push(name);
          const task = {
            name,
            end: () => {
              running.splice(running.indexOf(task), 1);
              resolve();
            },
          };
          running.push(task);
        }),
      urgent,
    );
  }
  return { running, started };
}

async function settle() {
  await vi.advanceTimersByTimeAsync(0);
}

test("six run at a time, the others follow in order", async () => {
  const gate = new Gate(6);
  const { running, started } = tasks(gate, 10);
  await settle();
  expect(running).toHaveLength(6);
  running[3]?.end();
  await settle();
  expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test("an urgent task goes before those that wait", async () => {
  const gate = new Gate(1);
  const usual = tasks(gate, 3);
  await settle();
  const urgent = tasks(gate, 1, true);
  usual.running[0]?.end();
  await settle();
  expect(urgent.running).toHaveLength(1);
  expect(usual.started).toEqual([0]);
});

test("a refusal halves, refusals of what ran beside it do not halve again, and what passes gives places back", () => {
  const gate = new Gate(6);
  const startedAt = Date.now();
  vi.advanceTimersByTime(100);
  gate.slowDown(startedAt);
  gate.slowDown(startedAt);
  expect(gate.places).toBe(3);
  vi.advanceTimersByTime(100);
  gate.slowDown(Date.now());
  expect(gate.places).toBe(1);
  for (let refusals = 0; refusals < 10; refusals += 1) {
    vi.advanceTimersByTime(100);
    gate.slowDown(Date.now());
  }
  expect(gate.places).toBe(1);
  const places = Array.from({ length: 30 }, () => {
    gate.speedUp(Date.now() + 1);
    return gate.places;
  });
  expect(places[0]).toBe(2);
  expect(places).toEqual(places.toSorted());
  expect(places.at(-1)).toBe(6);
});

test("closed for all, nobody passes until the time is over, and then they do by themselves", async () => {
  const gate = new Gate(6);
  gate.closeFor(2000);
  gate.closeFor(500);
  const { running } = tasks(gate, 8);
  await vi.advanceTimersByTimeAsync(1999);
  expect(running).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(2);
  expect(running).toHaveLength(6);
});

test("places shared with others: as many as there are now, more once they come", async () => {
  let most = 0;
  let tell = () => {};
  const gate = new Gate({
    now: (_, changed) => {
      tell = changed;
      return most;
    },
  });
  const { running } = tasks(gate, 8);
  await settle();
  expect(running).toHaveLength(0);
  most = 2;
  tell();
  await settle();
  expect(running).toHaveLength(2);
});

test("a task that fails gives its place back", async () => {
  const gate = new Gate(1);
  await expect(gate.run(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await gate.run(async () => "next")).toBe("next");
});
