import { describe, expect, test } from "vitest";
import { firstWalkState, Walk, type WalkedPage, type WalkState } from "../../../worker/sync/walk.ts";
import { fleet } from "../../simulator/fleet.ts";
import { buildTenant, type System, type Tenant } from "../../simulator/tenant.ts";
import { type DirectJumpCloud, jumpcloudOf } from "./jumpcloud-of.ts";

const systems = fleet({ count: 1000, oddities: false });
const later = fleet({ count: 50, oddities: false, firstIndex: 5000 });

function tenantOf(some: readonly System[]): Tenant {
  return buildTenant({ systems: [...some], insightsEnabled: false });
}

/** Walks to the end; gives the pages. */
async function walk(
  jumpcloud: DirectJumpCloud,
  { state = firstWalkState, expectedTotal = 1000, pagesAhead = 6 } = {},
): Promise<WalkedPage[]> {
  const walking = new Walk(jumpcloud, state, { expectedTotal, pagesAhead });
  const pages: WalkedPage[] = [];
  for (;;) {
    const page = await walking.next(() => true);
    if (page === undefined) return pages;
    if (page === "later") throw new Error("Requests may be made at any time here.");
    pages.push(page);
  }
}

function idsIn(pages: readonly WalkedPage[]): string[] {
  return [...new Set(pages.flatMap(({ records }) => records.map(({ systemId }) => systemId)))];
}

function idsOf(some: readonly System[]): string[] {
  return some.map(({ _id }) => _id);
}

test.each([0, 1, 99, 100, 101, 199, 200, 1000])(
  "a list of %i is read whole, in order, with no more pages than it takes",
  async (count) => {
    const jumpcloud = jumpcloudOf(tenantOf(systems.slice(0, count)));
    const pages = await walk(jumpcloud, { expectedTotal: count });
    expect(idsIn(pages)).toEqual(idsOf(systems.slice(0, count)));
    expect(pages.at(-1)?.totalCount).toBe(count);
    expect(jumpcloud.asked).toHaveLength(Math.max(1, Math.ceil((count - 1) / 99)));
  },
);

test.each([10, 5000])("a fleet that was expected to have %i devices is read whole", async (expectedTotal) => {
  const pages = await walk(jumpcloudOf(tenantOf(systems)), { expectedTotal });
  expect(idsIn(pages)).toEqual(idsOf(systems));
});

describe("a list that changes while it is walked", () => {
  test.each([
    ["one of the first page", 10, 1],
    ["a whole page before", 0, 100],
    ["more than two pages before", 50, 250],
    ["the row that two pages share", 296, 5],
    ["the first row of all", 0, 1],
  ])(
    "deleting %s: every device that stays is met, and only what moved is read again",
    async (_, at, count) => {
      const tenant = tenantOf(systems);
      const jumpcloud = jumpcloudOf(tenant, (request) => {
        if (request === 5) tenant.systems = tenant.systems.toSpliced(at, count);
      });
      const pages = await walk(jumpcloud, { pagesAhead: 1 });
      const met = new Set(idsIn(pages));
      expect(idsOf(tenant.systems).filter((id) => !met.has(id))).toEqual([]);
      expect(pages.at(-1)?.state.doubtful).toBe(false);
      expect(jumpcloud.asked.length).toBeLessThanOrEqual(11 + 2 * Math.ceil(count / 99));
    },
  );

  test("as many enrolled at its end as deleted before: every device that stays is met, though the count never moves", async () => {
    const tenant = tenantOf(systems);
    const jumpcloud = jumpcloudOf(tenant, (request) => {
      if (request === 4) tenant.systems = [...tenant.systems.slice(7), ...later.slice(0, 7)];
    });
    const met = new Set(idsIn(await walk(jumpcloud, { pagesAhead: 3 })));
    expect(idsOf(tenant.systems).filter((id) => !met.has(id))).toEqual([]);
  });

  test("deletions at any moment of a walk that asks ahead", async () => {
    for (let moment = 1; moment <= 11; moment += 1) {
      const tenant = tenantOf(systems);
      const jumpcloud = jumpcloudOf(tenant, (request) => {
        if (request >= moment && request < moment + 3) tenant.systems = tenant.systems.toSpliced(20, 2);
      });
      const met = new Set(idsIn(await walk(jumpcloud)));
      expect(idsOf(tenant.systems).filter((id) => !met.has(id))).toEqual([]);
    }
  });

  test("a walk taken up where another one was killed meets what moved in between", async () => {
    const tenant = tenantOf(systems);
    const jumpcloud = jumpcloudOf(tenant);
    const killed = new Walk(jumpcloud, firstWalkState, { expectedTotal: 1000, pagesAhead: 2 });
    const before: WalkedPage[] = [];
    let state: WalkState = firstWalkState;
    for (let page = 0; page < 4; page += 1) {
      const walked = await killed.next(() => true);
      if (walked === undefined || walked === "later") throw new Error("There are more pages.");
      before.push(walked);
      ({ state } = walked);
    }
    tenant.systems = tenant.systems.slice(30);
    const met = new Set(idsIn([...before, ...(await walk(jumpcloud, { state }))]));
    expect(idsOf(tenant.systems).filter((id) => !met.has(id))).toEqual([]);
  });
});

describe("answers that are not what they should be", () => {
  function altered(change: (answer: { results: unknown[]; totalCount?: unknown }, skip: number) => void) {
    const jumpcloud = jumpcloudOf(tenantOf(systems));
    const { get } = jumpcloud;
    jumpcloud.get = async (path, query) => {
      const answer = (await get(path, query)) as { results: unknown[]; totalCount?: unknown };
      change(answer, Number(query?.skip));
      return answer;
    };
    return jumpcloud;
  }

  test("a short page is not the end, and what it left out is read again", async () => {
    const jumpcloud = altered((answer) => {
      answer.results = answer.results.slice(0, 90);
    });
    // The last page stays short whatever is asked.
    expect(idsIn(await walk(jumpcloud)).length).toBeGreaterThan(980);
  });

  test("an empty page in the middle is not the end", async () => {
    let once = true;
    const jumpcloud = altered((answer, skip) => {
      if (skip === 297 && once) {
        once = false;
        answer.results = [];
      }
    });
    expect(idsIn(await walk(jumpcloud))).toHaveLength(1000);
  });

  test("a list that is not sorted is read to its end, and doubted", async () => {
    const jumpcloud = altered((answer) => {
      answer.results.reverse();
    });
    const pages = await walk(jumpcloud);
    expect(pages.at(-1)?.state.doubtful).toBe(true);
    expect(new Set(idsIn(pages)).size).toBe(1000);
    expect(jumpcloud.asked).toHaveLength(11);
  });

  test.each([
    ["is absent", undefined],
    ["is null", null],
    ["is a word", "many"],
    ["is negative", -1],
  ])(
    "a totalCount that %s is not read as none: the walk ends where nothing new comes",
    async (_, totalCount) => {
      const jumpcloud = altered((answer) => {
        answer.totalCount = totalCount;
      });
      for (const expectedTotal of [0, 1000, 3000]) {
        const pages = await walk(jumpcloud, { expectedTotal });
        expect(idsIn(pages)).toHaveLength(1000);
        expect(pages.at(-1)?.totalCount).toBeUndefined();
      }
    },
  );

  test("a totalCount that is a number in a text is one", async () => {
    const jumpcloud = altered((answer) => {
      answer.totalCount = String(answer.totalCount);
    });
    expect((await walk(jumpcloud, { expectedTotal: 1 })).at(-1)?.totalCount).toBe(1000);
  });
});

test("where no request may be made any more, the walk waits and then goes on with what it has", async () => {
  const jumpcloud = jumpcloudOf(tenantOf(systems));
  const walking = new Walk(jumpcloud, firstWalkState, { expectedTotal: 1000, pagesAhead: 2 });
  const ids = new Set<string>();
  let allowed = 3;
  for (let turns = 0; turns < 100; turns += 1) {
    const before = jumpcloud.asked.length;
    const page = await walking.next(() => jumpcloud.asked.length < allowed);
    expect(jumpcloud.asked.length).toBeLessThanOrEqual(Math.max(allowed, before));
    if (page === undefined) break;
    if (page === "later") allowed += 3;
    else for (const { systemId } of page.records) ids.add(systemId);
  }
  expect(ids.size).toBe(1000);
});
