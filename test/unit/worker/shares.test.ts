import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Gate } from "../../../worker/jumpcloud/gate.ts";
import { SharedPlaces } from "../../../worker/jumpcloud/shared-places.ts";
import { deal, type Shares, shareLastsMs } from "../../../worker/jumpcloud/shares.ts";

test("one reader alone has all places", () => {
  expect(deal({}, "a", 0, 6, 1000).grant.places).toBe(6);
});

test("a newcomer gets nothing that another one still has, and its half once that one has asked again", () => {
  const first = deal({}, "a", 0, 6, 1000);
  const early = deal(first.shares, "b", 0, 6, 1100);
  expect(early.grant.places).toBe(0);
  const less = deal(early.shares, "a", 6, 6, 1500);
  expect(less.grant.places).toBe(3);
  // Its requests are still under way.
  const still = deal(less.shares, "b", 0, 6, 1600);
  expect(still.grant.places).toBe(0);
  const ended = deal(still.shares, "a", 3, 6, 1700);
  expect(deal(ended.shares, "b", 0, 6, 1800).grant.places).toBe(3);
});

test("the places of a reader that was killed are free when its share has run out", () => {
  const { shares } = deal({}, "killed", 0, 6, 1000);
  expect(deal(shares, "b", 0, 6, 1000 + shareLastsMs - 1).grant.places).toBe(0);
  expect(deal(shares, "b", 0, 6, 1000 + shareLastsMs).grant.places).toBe(6);
});

test("with more readers than places, each has its turn", () => {
  let shares: Shares = {};
  const served = new Set<string>();
  const readers = Array.from({ length: 9 }, (_, index) => `reader-${index}`);
  for (let now = 0; now < 60_000; now += 300) {
    for (const reader of readers) {
      const dealt = deal(shares, reader, 0, 6, now);
      ({ shares } = dealt);
      if (dealt.grant.places > 0) served.add(reader);
    }
  }
  expect(served.size).toBe(9);
});

test("never are more places given than there are, whoever asks when", () => {
  const asking = fc.record({
    reader: fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"),
    afterMs: fc.nat(3000),
  });
  fc.assert(
    fc.property(fc.array(asking, { maxLength: 60 }), (askings) => {
      let shares: Shares = {};
      let now = 0;
      for (const { reader, afterMs } of askings) {
        now += afterMs;
        const inFlight = shares[reader]?.places ?? 0;
        ({ shares } = deal(shares, reader, inFlight, 6, now));
        const held = Object.values(shares).filter(({ until }) => until > now);
        const sum = held.reduce((all, { places }) => all + places, 0);
        if (sum > 6) return false;
      }
      return true;
    }),
  );
});

const pause = vi.fn(async () => {});
beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("places are asked for now and then, not for each request", async () => {
  const ask = vi.fn(async () => ({ places: 6, askAgainMs: 1000, lastsMs: 5000 }));
  const gate = new Gate(new SharedPlaces({ ask, pause }));
  const requests = Array.from({ length: 300 }, () =>
    gate.run(() => new Promise<void>((resolve) => setTimeout(resolve, 100))),
  );
  await vi.advanceTimersByTimeAsync(5_200);
  await Promise.all(requests);
  expect(ask.mock.calls.length).toBeGreaterThan(3);
  expect(ask.mock.calls.length).toBeLessThan(8);
});

test("without places, it asks again by itself; when nobody answers, it goes on with one", async () => {
  const answers = [0, 0, 2];
  const ask = vi.fn(async () => ({ places: answers.shift() ?? 2, askAgainMs: 200, lastsMs: 5000 }));
  const gate = new Gate(new SharedPlaces({ ask, pause }));
  const first = gate.run(async () => "ran");
  await vi.advanceTimersByTimeAsync(500);
  expect(await first).toBe("ran");

  const alone = new Gate(new SharedPlaces({ ask: () => Promise.reject(new Error("gone")), pause }));
  const second = alone.run(async () => "ran");
  await vi.advanceTimersByTimeAsync(0);
  expect(await second).toBe("ran");
  expect(alone.places).toBe(1);

  const unheard = new Gate(new SharedPlaces({ ask: () => new Promise(() => {}), pause }));
  const third = unheard.run(async () => "ran");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await third).toBe("ran");
});
