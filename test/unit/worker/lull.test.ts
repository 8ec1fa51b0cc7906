import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Lull } from "../../../worker/jumpcloud/lull.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** A lull that knows how long answers take. */
async function lullOf(answersTakeMs: number): Promise<Lull> {
  const lull = new Lull();
  const answered = lull.begin();
  await vi.advanceTimersByTimeAsync(answersTakeMs);
  answered();
  return lull;
}

/** Waits for a lull of 25 ms; tells how long that took once it is over. */
function waitFor(lull: Lull): { tookMs?: number } {
  const begun = Date.now();
  const waited: { tookMs?: number } = {};
  void lull.last(25).then(() => {
    waited.tookMs = Date.now() - begun;
  });
  return waited;
}

test("where nothing was asked, or the answer is far off, there is nothing to wait for", async () => {
  const lull = new Lull();
  const unknown = waitFor(lull);
  const far = await lullOf(100);
  far.begin();
  await vi.advanceTimersByTimeAsync(70);
  const early = waitFor(far);
  await vi.advanceTimersByTimeAsync(0);
  expect([unknown.tookMs, early.tookMs]).toEqual([0, 0]);
});

test("an answer that is due is waited for, and what follows it is sent first", async () => {
  const lull = await lullOf(100);
  const answered = lull.begin();
  await vi.advanceTimersByTimeAsync(90);
  const waited = waitFor(lull);
  await vi.advanceTimersByTimeAsync(10);
  expect(waited.tookMs).toBeUndefined();
  answered();
  lull.begin();
  await vi.advanceTimersByTimeAsync(1);
  expect(waited.tookMs).toBe(11);
});

test("after one answer the next that is due is waited for too", async () => {
  const lull = await lullOf(100);
  const first = lull.begin();
  await vi.advanceTimersByTimeAsync(15);
  const second = lull.begin();
  await vi.advanceTimersByTimeAsync(80);
  const waited = waitFor(lull);
  await vi.advanceTimersByTimeAsync(5);
  first();
  await vi.advanceTimersByTimeAsync(10);
  expect(waited.tookMs).toBeUndefined();
  second();
  await vi.advanceTimersByTimeAsync(5);
  expect(waited.tookMs).toBeLessThanOrEqual(20);
});

test("an answer that does not come is not waited for much longer", async () => {
  const lull = await lullOf(100);
  lull.begin();
  await vi.advanceTimersByTimeAsync(95);
  const waited = waitFor(lull);
  await vi.advanceTimersByTimeAsync(1000);
  expect(waited.tookMs).toBeLessThanOrEqual(50);
  const overdue = waitFor(lull);
  await vi.advanceTimersByTimeAsync(0);
  expect(overdue.tookMs).toBe(0);
});

test("where answers always come sooner than the work takes, it does not wait at all", async () => {
  const lull = await lullOf(20);
  lull.begin();
  await vi.advanceTimersByTimeAsync(15);
  const waited = waitFor(lull);
  await vi.advanceTimersByTimeAsync(0);
  expect(waited.tookMs).toBe(0);
});
