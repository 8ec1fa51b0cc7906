import { expect, test } from "vitest";
import { JumpCloudFailure } from "../../../worker/jumpcloud/failures.ts";
import type { Standing, Step } from "../../../worker/register/commit.ts";
import type { RunRegister } from "../../../worker/register/run-register.ts";
import { noCounts } from "../../../worker/register/syncs.ts";
import { firstCheckpoint, parseCheckpoint } from "../../../worker/sync/checkpoint.ts";
import { Drive } from "../../../worker/sync/drive.ts";
import { Seen } from "../../../worker/sync/seen.ts";
import { fleet } from "../../simulator/fleet.ts";
import { buildTenant, type System } from "../../simulator/tenant.ts";
import { connectionId } from "./device-builder.ts";
import { jumpcloudOf } from "./jumpcloud-of.ts";
import { KeptSightings } from "./kept-sightings.ts";

interface Commit {
  step: Step;
  standing: Standing;
  sightings: number;
}

/** A run over an empty register that takes what is committed and knows no more of it than its skips. */
function runOver(systems: readonly System[], mode: "sync" | "download" = "download", filterBits?: number) {
  const commits: Commit[] = [];
  const store = new KeptSightings();
  const register: RunRegister = {
    read: async (systems) => {
      const begun = commits.flatMap(({ step }) => step.skipsBegun);
      const skips = begun.filter(({ systemId }) =>
        "from" in systems ? systems.from <= systemId && systemId <= systems.to : systems.includes(systemId),
      );
      return { assets: [], skips: skips.map((skip) => ({ ...skip, began: 1 })) };
    },
    readByIds: async () => [],
    readLinked: async () => [],
    readSkips: async () => [],
    readChanges: async () => [],
    countPresent: async () => 0,
    countLinked: async () => 0,
    commit: async (_, __, step, standing) => {
      const sightings = store.saved.at(-1)?.portion.length ?? 0;
      commits.push({ step, standing: structuredClone(standing), sightings });
      return true;
    },
    takeCost: () => ({ rowsRead: 0, rowsWritten: 0 }),
  };
  const jumpcloud = jumpcloudOf(buildTenant({ systems: [...systems] }));
  const parts = {
    register,
    jumpcloud,
    store,
    rules: { mode, connectionId },
    insights: true,
    expectedTotal: systems.length,
    pagesAhead: 24,
    now: () => new Date(0),
  };
  const start = {
    checkpoint: JSON.stringify(firstCheckpoint),
    step: 0,
    counts: noCounts,
    progress: { done: 0, total: 0 },
  };
  return { jumpcloud, commits, drive: new Drive(parts, start, new Seen(store, filterBits)) };
}

test("a page that does not come takes nothing with it: what came before is planned, written and where the next attempt begins", async () => {
  const { jumpcloud, commits, drive } = runOver(fleet({ count: 3000, oddities: false }));
  const { get } = jumpcloud;
  jumpcloud.get = async (path, query) => {
    if (path === "/systems" && query?.skip === String(14 * 99))
      throw new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
    return await get(path, query);
  };
  await expect(drive.work(() => false)).rejects.toThrow("unavailable");
  const last = commits.at(-1);
  expect(parseCheckpoint(last?.standing.checkpoint ?? "").walk.skip).toBe(14 * 99);
  expect(last?.standing.counts.devices).toBe(14 * 99 + 1);
  expect(commits.reduce((all, { step }) => all + step.created.length, 0)).toBe(14 * 99 + 1);
});

test("an error that is not JumpCloud's commits nothing of the window it came in", async () => {
  const { jumpcloud, commits, drive } = runOver(fleet({ count: 3000, oddities: false }));
  const { get } = jumpcloud;
  jumpcloud.get = async (path, query) => {
    if (query?.skip === String(14 * 99)) throw new Error("not JumpCloud's doing");
    return await get(path, query);
  };
  await expect(drive.work(() => false)).rejects.toThrow("not JumpCloud's doing");
  // Five pages a window: the third one's last page is the fifteenth.
  expect(parseCheckpoint(commits.at(-1)?.standing.checkpoint ?? "").walk.skip).toBe(10 * 99);
});

test("devices that share a serial are not piled up in memory: a thousand of them, and they are put away", async () => {
  const systems = fleet({ count: 5000, oddities: false }).map((system) => ({
    ...system,
    serialNumber: "VMware-of-all",
  }));
  const { commits, drive } = runOver(systems, "sync");
  expect(await drive.work(() => false)).toMatchObject({ kind: "done", deviceCount: 5000 });
  for (const { sightings } of commits) expect(sightings).toBeLessThanOrEqual(2000);
  const { counts } = commits.at(-1)?.standing ?? {};
  expect(counts).toMatchObject({ devices: 5000, skipped: 5000 });
  expect(counts?.reasons).toEqual({ not_in_dots: 1, duplicate_device: 4999 });
});

test("told to stop between two pages, it goes on later with what is under way and asks for no page twice", async () => {
  const { jumpcloud, commits, drive } = runOver(fleet({ count: 3000, oddities: false }));
  let stretches = 0;
  for (;;) {
    const until = jumpcloud.asked.length + 7;
    const end = await drive.work(() => jumpcloud.asked.length >= until);
    stretches += 1;
    if (end.kind === "done") break;
  }
  expect(stretches).toBeGreaterThan(3);
  expect(commits.at(-1)?.standing.counts.devices).toBe(3000);
  const skips = jumpcloud.asked.flatMap(({ path, query }) =>
    path === "/systems" ? [query.get("skip")] : [],
  );
  expect(new Set(skips).size).toBe(skips.length);
});

test("of two devices with one serial in one window only the newest is written, so that nothing has to be taken back", async () => {
  const systems = fleet({ count: 400, oddities: false }).map((system, place) => ({
    ...system,
    serialNumber: `shared-${Math.floor(place / 2)}`,
    // The first of some pairs, the second of the others.
    lastContact: `2026-11-2${place % 3}T08:00:00.000Z`,
  }));
  const newest = systems.filter((system, place) => {
    const twin = systems[place % 2 === 0 ? place + 1 : place - 1];
    return twin !== undefined && system.lastContact > twin.lastContact;
  });
  expect(newest).toHaveLength(200);
  const { commits, drive } = runOver(systems);
  expect(await drive.work(() => false)).toMatchObject({ kind: "done", deviceCount: 400 });
  const steps = commits.map(({ step }) => step);
  const created = steps.flatMap((step) => step.created.map(({ systemId }) => systemId));
  expect(created.sort()).toEqual(newest.map(({ _id }) => _id).sort());
  expect(steps.flatMap(({ uncreated, withdrawn }) => [...uncreated, ...withdrawn])).toEqual([]);
  expect(commits.at(-1)?.standing.counts).toMatchObject({
    created: 200,
    reasons: { duplicate_device: 200 },
  });
});

test("where the filters tell nothing, as of a fleet of many millions, all comes out the same: it is looked up or set aside", async () => {
  const systems = fleet({ count: 1200 });
  const ends = [];
  for (const filterBits of [undefined, 32]) {
    const { commits, drive } = runOver(systems, "download", filterBits);
    expect(await drive.work(() => false)).toMatchObject({ kind: "done", deviceCount: 1200 });
    const left = new Set(commits.flatMap(({ step }) => step.created.map(({ id }) => id)));
    for (const id of commits.flatMap(({ step }) => step.uncreated)) left.delete(id);
    ends.push({ left: [...left].sort(), counts: commits.at(-1)?.standing.counts });
  }
  expect(ends[1]).toEqual(ends[0]);
  expect(ends[0]?.counts?.reasons.duplicate_device).toBeGreaterThan(0);
});
