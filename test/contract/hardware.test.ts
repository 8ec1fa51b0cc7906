import { afterAll, beforeAll, expect, test } from "vitest";
import type { Asset } from "../../shared/assets.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { fleet } from "../simulator/fleet.ts";
import { buildTenant, type Tenant } from "../simulator/tenant.ts";
import type { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";

const devices = 2600;
let stack: Stack;
let tenant: Tenant;
let api: Api;
let connectionId: string;

beforeAll(async () => {
  tenant = buildTenant({ systems: fleet({ count: devices, oddities: false }) });
  stack = await startStack({ tenant });
  giveManyDisks(tenant);
  api = await stack.pair();
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "download" } as const;
  const connection = await api.call("createConnection", { body });
  connectionId = connection.id;
  expect((await api.ended(connection.firstSyncId ?? "")).counts).toMatchObject({ created: devices });
});
afterAll(() => stack.close());

/** One to five disks a Windows machine: a page of a thousand rows ends within the disks of one. */
function giveManyDisks(tenant: Tenant): void {
  const { disk_info } = tenant.systemInsights;
  tenant.systemInsights.disk_info = disk_info.flatMap((disk, place) =>
    Array.from({ length: 1 + (place % 5) }, (_, index) => ({
      ...disk,
      disk_index: index,
      disk_size: String(1_000_000_000 * (index + 1)),
    })),
  );
}

type Hardware = Pick<Asset, "manufacturer" | "model" | "cpu" | "memoryBytes" | "storageBytes">;

/** What System Insights knows of each system, looked up row by row. */
function expectedHardware(): Map<string, Hardware> {
  const { system_info, disk_info, mounts } = tenant.systemInsights;
  const bytes = (value: unknown) => (Number(value) > 0 ? Number(value) : null);
  const text = (value: unknown) => (typeof value === "string" && value.trim() !== "" ? value.trim() : null);
  return new Map(
    tenant.systems.map(({ _id, hwVendor }) => {
      const of = <Row extends { system_id: string }>(rows: readonly Row[]) =>
        rows.filter(({ system_id }) => system_id === _id);
      const [info] = of(system_info);
      const [root] = of(mounts).filter(({ path }) => path === "/");
      const disks = of(disk_info).reduce((sum, { disk_size }) => sum + Number(disk_size), 0);
      return [
        _id,
        {
          manufacturer: text(info?.hardware_vendor) ?? text(hwVendor),
          model: text(info?.hardware_model),
          cpu: text(info?.cpu_brand),
          memoryBytes: bytes(info?.physical_memory),
          storageBytes: bytes(disks) ?? bytes(root && Number(root.blocks) * Number(root.blocks_size)),
        },
      ];
    }),
  );
}

async function hardwareNow(): Promise<Map<string, Hardware>> {
  const assets = await api.allAssets();
  return new Map(
    assets.map(({ systemId, manufacturer, model, cpu, memoryBytes, storageBytes }) => [
      systemId ?? "",
      { manufacturer, model, cpu, memoryBytes, storageBytes },
    ]),
  );
}

test("every device gets the hardware that System Insights knows of it, disks added up across pages, and keeps it", async () => {
  const found = await hardwareNow();
  expect(found).toEqual(expectedHardware());
  expect(
    [...found.values()].filter(({ storageBytes }) => storageBytes === 15_000_000_000).length,
  ).toBeGreaterThan(50);
  const again = await api.sync(connectionId);
  expect(again.counts).toMatchObject({ unchanged: devices, updated: 0 });
});

test("rows in no order, and rows of systems that are gone, do not make hardware flap", async () => {
  const { system_info, mounts } = tenant.systemInsights;
  const [stranger] = system_info;
  if (!stranger) throw new Error("There are rows.");
  tenant.systemInsights.system_info = [
    ...Array.from({ length: 300 }, (_, index) => ({
      ...stranger,
      system_id: `5e${String(index).padStart(22, "0")}`,
    })),
    ...system_info,
  ];
  stack.simulator.faults.onRows("/api/v2/systeminsights/mounts", (rows) => rows.toReversed());
  const sync = await api.sync(connectionId);
  stack.simulator.faults.clear();
  tenant.systemInsights.system_info = system_info;
  tenant.systemInsights.mounts = mounts;
  expect(sync.counts).toMatchObject({ devices, updated: 0 });
  expect(await hardwareNow()).toEqual(expectedHardware());
});

test.each(["system_info", "disk_info", "mounts"])(
  "System Insights that fails to give its %s blanks nothing: the sync succeeds without it and says so",
  async (table) => {
    const before = await api.allAssets();
    stack.simulator.faults.next(`/api/v2/systeminsights/${table}`, "unavailable", 10_000);
    const sync = await api.sync(connectionId);
    stack.simulator.faults.clear();
    expect(sync).toMatchObject({ status: "succeeded", problem: { code: "insights_unavailable" } });
    expect(sync.counts).toMatchObject({ devices, updated: 0, unchanged: devices });
    expect(await api.allAssets()).toEqual(before);
    expect((await api.sync(connectionId)).counts).toMatchObject({ updated: 0, unchanged: devices });
  },
);
