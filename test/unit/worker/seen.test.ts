import { expect, test } from "vitest";
import { digest } from "../../../worker/sync/digest.ts";
import { Seen, sightingOf } from "../../../worker/sync/seen.ts";
import type { SerialKey } from "../../../worker/sync/serial.ts";
import { device } from "./device-builder.ts";

const key = (serial: string) => serial as SerialKey;

function see(seen: Seen, id: string, serial: string | null, lastContactAt?: string, deferred = false): void {
  const technical = lastContactAt === undefined ? {} : { lastContactAt };
  seen.add(sightingOf(device({ id, serial, technical }), deferred));
}

test("10,000 systems are known again, none besides, each once", () => {
  const ids = Array.from(
    { length: 10_000 },
    (_, place) => `5f1a2b3c4d5e6f70${(place * 7919).toString(16).padStart(8, "0")}`,
  );
  const seen = new Seen();
  for (const id of [...ids.filter((_, place) => place % 2 === 0), ...ids.slice(0, 100)])
    see(seen, id, `s-${id}`);
  expect(seen.size).toBe(5050);
  for (const [place, id] of ids.entries()) {
    expect(seen.has(id)).toBe(place % 2 === 0 || place < 100);
    expect(seen.hasSerial(key(`s-${id}`))).toBe(place % 2 === 0 || place < 100);
  }
});

test.each(["no-id-at-17", "5F1A2B3C4D5E6F7081920A01", "5f1a2b3c4d5e6f7081920a0", "", "מזהה"])(
  "an id that is not 24 small hex digits, such as %j, is an id like any other",
  (id) => {
    const seen = new Seen();
    expect(seen.has(id)).toBe(false);
    see(seen, id, "S-100");
    expect(seen.has(id)).toBe(true);
    expect(seen.has(id.toLowerCase())).toBe(id === id.toLowerCase());
    expect(seen.claimOn(key("s-100"))).toEqual({ newest: id, first: id });
  },
);

test.each([
  [
    "the newest contact",
    [
      ["b", "2026-01-01"],
      ["a", "2026-01-03"],
      ["c", "2026-01-02"],
    ],
    "a",
  ],
  [
    "at a tie the greater id",
    [
      ["b", "2026-01-01"],
      ["c", "2026-01-01"],
      ["a", "2026-01-01"],
    ],
    "c",
  ],
  [
    "one that never had contact loses",
    [
      ["z", undefined],
      ["a", "2020-01-01"],
    ],
    "a",
  ],
] as const)("the claim on a serial is %s, whoever came first", (_, devices, newest) => {
  for (const order of [devices, devices.toReversed()]) {
    const seen = new Seen();
    for (const [place, [id, contact]] of order.entries()) {
      see(seen, id, "S-100", contact && `${contact}T00:00:00.000Z`, place > 0);
    }
    expect(seen.claimOn(key("s-100"))).toEqual({ newest, first: order[0]?.[0] });
  }
});

test("a device set aside is nobody's first", () => {
  const seen = new Seen();
  see(seen, "a", "S-100", undefined, true);
  expect(seen.claimOn(key("s-100"))).toEqual({ newest: "a", first: undefined });
  expect(seen.hasSeenWith("a", key("s-100"))).toBe(true);
  expect(seen.hasSeenWith("a", key("s-200"))).toBe(false);
  expect(seen.hasSeenWith("b", key("s-100"))).toBe(false);
});

test("serials that hardly differ have digests of their own", () => {
  const digests = new Set<string>();
  for (let number = 0; number < 100_000; number += 1) digests.add(digest(`pf${number.toString(36)}`).join());
  for (const text of ["", "a", "aa", "aaa", "ab", "ba"]) digests.add(digest(text).join());
  expect(digests.size).toBe(100_006);
  const words = [0, 1, 2].map((word) => new Set(Array.from(digests, (text) => text.split(",")[word])).size);
  // As many clashes in one word as chance makes: n² / 2³³.
  for (const distinct of words) expect(distinct).toBeGreaterThan(100_006 - 20);
});
