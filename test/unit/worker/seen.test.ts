import fc from "fast-check";
import { expect, test } from "vitest";
import { digest } from "../../../worker/sync/digest.ts";
import { Filter } from "../../../worker/sync/filter.ts";
import { isNewer, Seen } from "../../../worker/sync/seen.ts";
import type { SerialKey } from "../../../worker/sync/serial.ts";
import { device } from "./device-builder.ts";
import { KeptSightings } from "./kept-sightings.ts";

const key = (serial: string) => serial as SerialKey;
const idOf = (place: number) => `5f1a2b3c4d5e6f70${(place * 7919).toString(16).padStart(8, "0")}`;

function see(seen: Seen, id: string, serial: string | null, lastContactAt?: string, deferred = false): void {
  const technical = lastContactAt === undefined ? {} : { lastContactAt };
  seen.add(device({ id, serial, technical }), deferred);
}

test("10,000 systems are known again, none besides, each once", async () => {
  const ids = Array.from({ length: 10_000 }, (_, place) => idOf(place));
  const seen = new Seen(new KeptSightings());
  const there = ids.filter((_, place) => place % 2 === 0);
  for (const [place, id] of there.entries()) {
    see(seen, id, `s-${id}`);
    if (place % 900 === 899) await seen.save(Math.floor(place / 900));
  }
  expect(seen.size).toBe(5000);
  expect([...(await seen.among(ids)).keys()].sort()).toEqual(there);
  for (const id of there) expect(seen.mayHaveSerial(key(`s-${id}`))).toBe(true);
  const mistaken = ids.filter((id, place) => place % 2 === 1 && seen.mayHaveSerial(key(`s-${id}`)));
  expect(mistaken.length).toBeLessThan(3);
});

test("devices that were never seen are told from those that were without reading the store", async () => {
  const store = new KeptSightings();
  const seen = new Seen(store);
  for (let step = 0; step < 20; step += 1) {
    for (let place = 0; place < 500; place += 1) see(seen, idOf(step * 500 + place), null);
    await seen.save(step);
  }
  await seen.among(Array.from({ length: 5000 }, (_, place) => idOf(100_000 + place)));
  expect(store.asked.length).toBeLessThan(2);
  // A page that overlaps the one before asks for what was saved last.
  expect((await seen.among([idOf(9999), idOf(10_000)])).size).toBe(1);
  expect(store.asked.length).toBeLessThan(2);
  expect((await seen.among([idOf(1200)])).size).toBe(1);
  expect(store.asked.at(-1)).toBe(2);
});

test.each(["no-id-at-17", "5F1A2B3C4D5E6F7081920A01", "5f1a2b3c4d5e6f7081920a0", "", "מזהה"])(
  "an id that is not 24 small hex digits, such as %j, is an id like any other",
  async (id) => {
    const store = new KeptSightings();
    const seen = new Seen(store);
    expect((await seen.among([id])).size).toBe(0);
    see(seen, id, "S-100");
    await seen.save(0);
    for (const one of [seen, await Seen.load(store, 1)]) {
      expect([...(await one.among([id, id.toLowerCase()])).keys()]).toEqual([id]);
      expect((await one.claimsOn([key("s-100")])).get(key("s-100"))).toEqual({ newest: id, first: id });
    }
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
] as const)("the claim on a serial is %s, whoever came first", async (_, devices, newest) => {
  for (const order of [devices, devices.toReversed()]) {
    const seen = new Seen(new KeptSightings());
    for (const [place, [id, contact]] of order.entries()) {
      see(seen, id, "S-100", contact && `${contact}T00:00:00.000Z`, place > 0);
      await seen.save(place);
    }
    expect((await seen.claimsOn([key("s-100")])).get(key("s-100"))).toEqual({ newest, first: order[0]?.[0] });
  }
});

test("a device set aside is nobody's first, and claims nothing once it is gone", async () => {
  const seen = new Seen(new KeptSightings());
  see(seen, "a", "S-100", undefined, true);
  see(seen, "b", "S-100", "2026-01-01T00:00:00.000Z", true);
  expect((await seen.claimsOn([key("s-100")])).get(key("s-100"))).toEqual({ newest: "b", first: undefined });
  await seen.forget(["b"]);
  expect((await seen.claimsOn([key("s-100")])).get(key("s-100"))).toEqual({ newest: "a", first: undefined });
});

test("a device that was set aside, went and came back is set aside once, or no longer", async () => {
  for (const [serial, isSetAside] of [
    ["S-100", true],
    [null, false],
  ] as const) {
    const store = new KeptSightings();
    const seen = new Seen(store);
    see(seen, "a", "S-100", undefined, true);
    await seen.save(0);
    await seen.forget(["a"]);
    expect(seen.isSetAside("a")).toBe(false);
    see(seen, "a", serial, undefined, serial !== null);
    await seen.save(1);
    expect(store.saved.flatMap(({ deferred }) => deferred)).toHaveLength(1);
    for (const one of [seen, await Seen.load(store, 2)]) {
      expect(one.size).toBe(1);
      expect(one.isSetAside("a")).toBe(isSetAside);
    }
  }
});

interface Model {
  id: string;
  serial: string | null;
  contactMs: number;
  deferred: boolean;
}

test("whatever is seen, taken back, seen again, saved and loaded in between, it tells what a plain list of it would", async () => {
  const id = fc.oneof(
    fc.nat(30).map((place) => idOf(place)),
    fc.constantFrom("no-id-at-7", "zz", "5F1A"),
  );
  const serial = fc.option(fc.nat(6).map((number) => `pf-${number}`));
  const action = fc.oneof(
    fc.record({ kind: fc.constant("see" as const), id, serial, day: fc.nat(3), deferred: fc.boolean() }),
    fc.record({ kind: fc.constant("forget" as const), id }),
    fc.constant({ kind: "save" as const }),
    fc.constant({ kind: "load" as const }),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.array(action, { maxLength: 40 }),
      fc.constantFrom(32, 1024),
      async (actions, bits) => {
        const store = new KeptSightings();
        let seen = new Seen(store, bits);
        let step = 0;
        const there = new Map<string, Model>();
        const dealtWith = new Map<string, string>();
        for (const act of actions) {
          if (act.kind === "see" && !there.has(act.id)) {
            const isFirst = act.serial !== null && !dealtWith.has(act.serial) && !act.deferred;
            if (isFirst && act.serial !== null) dealtWith.set(act.serial, act.id);
            const deferred = act.serial !== null && !isFirst;
            const contact = `2026-01-0${act.day + 1}T00:00:00.000Z`;
            see(seen, act.id, act.serial, contact, deferred);
            there.set(act.id, { ...act, contactMs: Date.parse(contact), deferred });
          } else if (act.kind === "forget" && there.get(act.id)?.deferred !== false) {
            await seen.forget([act.id]);
            there.delete(act.id);
          } else if (act.kind === "save" || act.kind === "load") {
            await seen.save(step);
            step += 1;
            if (act.kind === "load") seen = await Seen.load(store, step);
          }
        }
        await expectSame(seen, there, dealtWith);
      },
    ),
    { numRuns: 400 },
  );
});

async function expectSame(
  seen: Seen,
  there: ReadonlyMap<string, Model>,
  firsts: ReadonlyMap<string, string>,
): Promise<void> {
  const ids = [...Array.from({ length: 31 }, (_, place) => idOf(place)), "no-id-at-7", "zz", "5F1A", "never"];
  const sorted = [...there.keys()].sort();
  expect(seen.size).toBe(there.size);
  const among = await seen.among(ids);
  expect([...among.keys()].sort()).toEqual(sorted);
  for (const [id, { deferred }] of among) expect(deferred).toBe(there.get(id)?.deferred);
  for (const id of ids) expect(await seen.rankOf(id)).toBe(sorted.filter((one) => one < id).length);
  const [from = "", to = ""] = [ids[3], ids[20]];
  expect([...(await seen.between(from, to))].sort()).toEqual(
    sorted.filter((one) => from <= one && one <= to),
  );
  const devices = [...there.values()].sort((one, other) =>
    isNewer({ systemId: one.id, ...one }, { systemId: other.id, ...other }) ? -1 : 1,
  );
  const serials = new Set(devices.flatMap((one) => one.serial ?? []));
  for (const serial of serials) expect(seen.mayHaveSerial(key(serial))).toBe(true);
  const claims = await seen.claimsOn([...serials].map(key));
  for (const serial of serials) {
    const newest = devices.find((one) => one.serial === serial)?.id;
    expect(claims.get(key(serial))).toEqual({ newest, first: firsts.get(serial) });
  }
}

test("a filter of a mebibyte takes one in thousands of new keys for an old one, of a fleet of four hundred thousand", () => {
  const filter = new Filter();
  for (let number = 0; number < 400_000; number += 1) filter.add(digest(`old-${number}`));
  for (let number = 0; number < 400_000; number += 7)
    expect(filter.mayHave(digest(`old-${number}`))).toBe(true);
  let mistaken = 0;
  for (let number = 0; number < 50_000; number += 1)
    if (filter.mayHave(digest(`new-${number}`))) mistaken += 1;
  expect(mistaken).toBeLessThan(50);
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
