import { describe, expect, test } from "vitest";
import { JumpCloudFailure } from "../../../worker/jumpcloud/failures.ts";
import { firstInsightsPages, type Hardware, Insights } from "../../../worker/jumpcloud/insights.ts";
import { toDevice } from "../../../worker/sync/device.ts";
import { planDevice } from "../../../worker/sync/plan.ts";
import { fleet } from "../../simulator/fleet.ts";
import type { InsightRow, SystemInsights } from "../../simulator/insights.ts";
import { buildTenant, type Tenant } from "../../simulator/tenant.ts";
import { asset, candidates, connectionId } from "./device-builder.ts";
import { type DirectJumpCloud, jumpcloudOf } from "./jumpcloud-of.ts";

const systems = fleet({ count: 4000, oddities: false });
const ids = systems.map(({ _id }) => _id);
const gigabyte = 1_000_000_000;

function tenantWith(tables: Partial<SystemInsights>): Tenant {
  const tenant = buildTenant({ systems: [] });
  tenant.systemInsights = {
    system_info: [],
    chassis_info: [],
    disk_info: [],
    logical_drives: [],
    mounts: [],
    ...tables,
  };
  return tenant;
}

/** Rows of so many disks for each system, of a gigabyte each; `disksOf` by place. */
function disks(disksOf: (place: number) => number): InsightRow[] {
  return ids.flatMap((system_id, place) =>
    Array.from({ length: disksOf(place) }, (_, disk_index) => ({
      system_id,
      collection_time: "2026-11-24 08:41:30",
      disk_index,
      disk_size: String(gigabyte),
    })),
  );
}

/** Reads the hardware of all in windows, as a walk does. */
async function readInWindows(
  jumpcloud: DirectJumpCloud,
  { insights = new Insights(jumpcloud, firstInsightsPages), windows = ids, size = 700 } = {},
): Promise<Map<string, Hardware>> {
  const all = new Map<string, Hardware>();
  for (let at = 0; at < windows.length; at += size) {
    for (const [id, hardware] of await insights.read(windows.slice(at, at + size))) all.set(id, hardware);
  }
  return all;
}

test("the hardware of a whole fleet is what its rows say, read in as few pages as there are", async () => {
  const tenant = buildTenant({ systems });
  const jumpcloud = jumpcloudOf(tenant);
  const hardware = await readInWindows(jumpcloud);
  const infos = new Map(tenant.systemInsights.system_info.map((row) => [row.system_id, row]));
  const roots = new Map(
    tenant.systemInsights.mounts.flatMap((row) => (row.path === "/" ? [[row.system_id, row]] : [])),
  );
  const drives = new Map(tenant.systemInsights.disk_info.map((row) => [row.system_id, row]));
  for (const id of ids) {
    const root = roots.get(id);
    const bytes =
      drives.get(id)?.disk_size ?? (root ? Number(root.blocks) * Number(root.blocks_size) : undefined);
    expect(hardware.get(id)?.storageBytes).toBe(bytes === undefined ? undefined : Number(bytes));
    expect(hardware.get(id)?.model).toBe(String(infos.get(id)?.hardware_model ?? "").trim() || undefined);
    expect(hardware.get(id)?.cpu).toBe(infos.get(id)?.cpu_brand ?? undefined);
  }
  const pages = (rows: number) => Math.floor(Math.max(rows - 20, 0) / 980) + 1;
  expect(jumpcloud.asked).toHaveLength(pages(infos.size) + pages(drives.size) + pages(roots.size));
});

describe("a system with several disks is told by all of them or not at all", () => {
  test("when its rows lie on two pages", async () => {
    const jumpcloud = jumpcloudOf(tenantWith({ disk_info: disks((place) => 1 + (place % 9)) }));
    const hardware = await readInWindows(jumpcloud);
    for (const [place, id] of ids.entries())
      expect(hardware.get(id)?.storageBytes).toBe((1 + (place % 9)) * gigabyte);
  });

  test("when it has more than two pages share: it is asked for by its id", async () => {
    const jumpcloud = jumpcloudOf(tenantWith({ disk_info: disks((place) => (place % 150 === 0 ? 60 : 5)) }));
    const hardware = await readInWindows(jumpcloud);
    for (const [place, id] of ids.entries())
      expect(hardware.get(id)?.storageBytes).toBe((place % 150 === 0 ? 60 : 5) * gigabyte);
    expect(jumpcloud.asked.some(({ query }) => query.get("filter")?.startsWith("system_id:in:"))).toBe(true);
  });

  test("when rows of one system change places from call to call", async () => {
    let turn = 0;
    const tenant = tenantWith({ disk_info: disks(() => 7) });
    const jumpcloud = jumpcloudOf(tenant, () => {
      turn += 1;
      tenant.systemInsights.disk_info = disks(() => 7).sort(
        (one, other) =>
          (one.system_id < other.system_id ? -1 : 1) * Number(one.system_id !== other.system_id) ||
          (turn % 2 === 0 ? 1 : -1) * (Number(one.disk_index) - Number(other.disk_index)),
      );
    });
    const hardware = await readInWindows(jumpcloud);
    for (const id of ids) expect(hardware.get(id)?.storageBytes).toBe(7 * gigabyte);
  });

  test("when those asked for by id have more rows than an answer holds", async () => {
    const jumpcloud = jumpcloudOf(tenantWith({ disk_info: disks(() => 30) }));
    const insights = new Insights(jumpcloud, firstInsightsPages);
    await insights.read(ids.slice(-1));
    const back = await insights.read(ids.slice(0, 50));
    for (const { storageBytes = 30 * gigabyte } of back.values()) expect(storageBytes).toBe(30 * gigabyte);
  });

  test("when rows vanish while the table is read", async () => {
    const tenant = tenantWith({ disk_info: disks(() => 3) });
    const jumpcloud = jumpcloudOf(tenant, (request) => {
      if (request % 3 === 0) tenant.systemInsights.disk_info = tenant.systemInsights.disk_info.slice(120);
    });
    const hardware = await readInWindows(jumpcloud);
    const told = new Set([...hardware.values()].map(({ storageBytes }) => storageBytes));
    expect([...told].filter((bytes) => bytes !== undefined)).toEqual([3 * gigabyte]);
  });
});

test("a table that does not come sorted is asked by id", async () => {
  const tenant = buildTenant({ systems });
  const expected = await readInWindows(jumpcloudOf(tenant));
  const jumpcloud = jumpcloudOf(tenant);
  const { get } = jumpcloud;
  jumpcloud.get = async (path, query) => {
    const answer = await get(path, query);
    return Array.isArray(answer) ? answer.toReversed() : answer;
  };
  expect(await readInWindows(jumpcloud)).toEqual(expected);
});

test("a walk that comes in another order, or goes back, is told the same", async () => {
  const tenant = buildTenant({ systems });
  const expected = await readInWindows(jumpcloudOf(tenant));
  const jumpcloud = jumpcloudOf(tenant);
  const insights = new Insights(jumpcloud, firstInsightsPages);
  await readInWindows(jumpcloud, { insights });
  const back = await readInWindows(jumpcloud, { insights, windows: ids.slice(100, 140) });
  for (const [id, hardware] of back) expect(hardware).toEqual(expected.get(id));
  expect(back.size).toBe(40);
});

test("another process goes on with the page where the last one stood", async () => {
  const jumpcloud = jumpcloudOf(buildTenant({ systems }));
  const first = new Insights(jumpcloud, firstInsightsPages);
  const expected = await readInWindows(jumpcloudOf(buildTenant({ systems })));
  await readInWindows(jumpcloud, { insights: first, windows: ids.slice(0, 2100) });
  const asked = jumpcloud.asked.length;
  const rest = await readInWindows(jumpcloud, {
    insights: new Insights(jumpcloud, first.pages),
    windows: ids.slice(2100),
  });
  for (const id of ids.slice(2100)) expect(rest.get(id)).toEqual(expected.get(id));
  const again = jumpcloud.asked.slice(asked).map(({ query }) => Number(query.get("skip")));
  expect(Math.min(...again.slice(0, 1))).toBeGreaterThan(0);
});

describe("System Insights that fails", () => {
  test("unlicensed: nothing is known, and only one request was made", async () => {
    const tenant = buildTenant({ systems });
    tenant.insightsEnabled = false;
    const jumpcloud = jumpcloudOf(tenant);
    const insights = new Insights(jumpcloud, firstInsightsPages);
    expect((await readInWindows(jumpcloud, { insights })).size).toBe(0);
    expect(insights.failure?.kind).toBe("not_permitted");
    expect(jumpcloud.asked).toHaveLength(1);
  });

  test("in its middle: what was known stays known, the rest is not known, and no error comes out", async () => {
    const jumpcloud = jumpcloudOf(buildTenant({ systems }));
    const { get } = jumpcloud;
    jumpcloud.get = async (path, query) => {
      if (query?.skip !== "0") throw new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
      return await get(path, query);
    };
    const insights = new Insights(jumpcloud, firstInsightsPages);
    const hardware = await readInWindows(jumpcloud, { insights });
    expect(hardware.get(ids[5] ?? "")?.model).toBeDefined();
    expect(hardware.get(ids[3900] ?? "")).toEqual({});
    expect(insights.failure?.kind).toBe("unavailable");
  });

  const record = {
    kind: "system",
    systemId: "s1",
    fields: { serialNumber: "S-100", hwVendor: "Apple" },
  } as const;
  const rules = { mode: "download", connectionId } as const;
  const known = candidates(
    asset({
      id: "A-1",
      serial: "S-100",
      systemId: "s1",
      technical: { manufacturer: "Apple Inc.", model: "M1" },
    }),
  );

  test("does not make the manufacturer change back and forth between its spelling and the agent's", () => {
    expect(planDevice(toDevice(record, {}), known, rules)).toMatchObject({ outcome: "unchanged" });
    const there = toDevice(record, { manufacturer: "Apple Inc.", model: "M1" });
    expect(planDevice(there, known, rules)).toMatchObject({ outcome: "unchanged" });
  });

  test("leaves the agent's spelling for an asset that has none yet, and for an organization without it", () => {
    const bare = candidates(asset({ id: "A-1", serial: "S-100", systemId: "s1" }));
    expect(planDevice(toDevice(record, {}), bare, rules)).toMatchObject({ set: { manufacturer: "Apple" } });
    expect(planDevice(toDevice(record, {}), candidates(), rules)).toMatchObject({
      technical: { manufacturer: "Apple" },
    });
    expect(planDevice(toDevice(record, undefined), known, rules)).toMatchObject({
      set: { manufacturer: "Apple" },
    });
  });
});
