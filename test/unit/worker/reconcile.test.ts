import fc from "fast-check";
import { expect, test } from "vitest";
import { findDifference } from "../../../worker/sync/reconcile.ts";
import { Seen } from "../../../worker/sync/seen.ts";
import { fleet } from "../../simulator/fleet.ts";
import { buildTenant, type System } from "../../simulator/tenant.ts";
import { jumpcloudOf } from "./jumpcloud-of.ts";
import { KeptSightings } from "./kept-sightings.ts";

const systems = fleet({ count: 3000, oddities: false });
const idsOf = (some: readonly System[]) => some.map(({ _id }) => _id);

/** As a walk leaves it: most of it saved, a portion after the other. */
async function seenOf(some: readonly System[]): Promise<Seen> {
  const seen = new Seen(new KeptSightings());
  for (const [place, { _id }] of some.entries()) {
    seen.add({ kind: "invalid", systemId: _id }, false);
    if (place % 700 === 699) await seen.save(Math.floor(place / 700));
  }
  return seen;
}

/** Compares a list with what was seen of it. */
async function compare(listed: readonly System[], seen: readonly System[]) {
  const jumpcloud = jumpcloudOf(buildTenant({ systems: [...listed], insightsEnabled: false }));
  const difference = await findDifference(jumpcloud, await seenOf(seen), listed.length);
  return { difference, pages: jumpcloud.asked.length };
}

test.each([
  ["one in the middle", 1500, 1],
  ["the first", 0, 1],
  ["the last", 2999, 1],
  ["five pages in a row", 700, 500],
  ["all but a few", 5, 2990],
])("what was deleted after it was seen is found in some pages: %s", async (_, from, count) => {
  const { difference, pages } = await compare(systems.toSpliced(from, count), systems);
  expect(difference).toMatchObject({ unseen: [], totalCount: 3000 - count });
  expect(difference?.gone).toEqual(idsOf(systems.slice(from, from + count)));
  expect(pages).toBeLessThanOrEqual(12);
});

test.each([
  ["one in the middle", 1500, 1],
  ["the first", 0, 1],
  ["the last", 2999, 1],
  ["more than a page", 700, 150],
])("what was enrolled behind the walk is found in some pages: %s", async (_, from, count) => {
  const { difference } = await compare(systems, systems.toSpliced(from, count));
  expect(difference?.gone).toEqual([]);
  expect(difference?.unseen.map(({ systemId }) => systemId)).toEqual(
    idsOf(systems.slice(from, from + count)),
  );
});

/** As many as one sync looks for: a page that was compared may end between two changes that cancel each other. */
const looks = 2;

test("changes in several places are found, and nothing else, until there are as many as JumpCloud counts", async () => {
  const place = fc.nat(2999);
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(place, { maxLength: 6 }),
      fc.uniqueArray(place, { maxLength: 4 }),
      async (deleted, enrolled) => {
        // Where as many came as went between two pages that were compared, the orders do not drift: those stay.
        const listed = systems.filter((_, at) => !deleted.includes(at));
        const there = new Set(idsOf(listed));
        let seen = systems.filter((_, at) => !enrolled.includes(at));
        for (let look = 0; look < looks && seen.length !== listed.length; look += 1) {
          const { difference } = await compare(listed, seen);
          const gone = new Set(difference?.gone);
          expect([...gone].filter((id) => there.has(id))).toEqual([]);
          const unseen = new Set(difference?.unseen.map(({ systemId }) => systemId));
          const known = new Set(idsOf(seen));
          expect([...unseen].filter((id) => known.has(id) || !there.has(id))).toEqual([]);
          seen = systems.filter(({ _id }) => unseen.has(_id) || (known.has(_id) && !gone.has(_id)));
        }
        expect(seen).toHaveLength(listed.length);
      },
    ),
    { numRuns: 15, examples: [[[95, 0], [102]]] },
  );
});

test("a list that does not come sorted is not compared", async () => {
  const jumpcloud = jumpcloudOf(buildTenant({ systems, insightsEnabled: false }));
  const { get } = jumpcloud;
  jumpcloud.get = async (path, query) => {
    const answer = (await get(path, query)) as { results: unknown[] };
    return { ...answer, results: answer.results.toReversed() };
  };
  expect(await findDifference(jumpcloud, await seenOf(systems.slice(1)), 3000)).toBeUndefined();
});
