import { z } from "zod";
import type { JumpCloud } from "./client.ts";
import { type Failure, JumpCloudFailure } from "./failures.ts";
import { InsightsTable } from "./insights-table.ts";

/** Hardware of one system, out of System Insights (FACTS.md, section 5). */
export interface Hardware {
  manufacturer?: string;
  model?: string;
  cpu?: string;
  memoryBytes?: number;
  storageBytes?: number;
}

const text = z.string().nullish();
const bytes = z.union([z.string(), z.number()]).nullish();
const systemInfo = z.object({
  collection_time: text,
  cpu_brand: text,
  hardware_model: text,
  hardware_vendor: text,
  physical_memory: bytes,
});
const diskInfo = z.object({ disk_size: bytes });
const mount = z.object({ path: text, blocks: bytes, blocks_size: bytes });
type SystemInfo = z.infer<typeof systemInfo>;
type DiskInfo = z.infer<typeof diskInfo>;
type Mount = z.infer<typeof mount>;

/** Which page of each table to go on with; kept in the checkpoint. */
export const insightsPagesSchema = z.object({ systemInfo: z.int(), diskInfo: z.int(), mounts: z.int() });
export type InsightsPages = z.infer<typeof insightsPagesSchema>;
export const firstInsightsPages: InsightsPages = { systemInfo: 0, diskInfo: 0, mounts: 0 };

/** Whether the organization has System Insights: what an unlicensed one answers is not documented. */
export async function hasInsights(jumpcloud: JumpCloud): Promise<boolean> {
  try {
    return Array.isArray(await jumpcloud.get("/v2/systeminsights/system_info", { limit: "1", skip: "0" }));
  } catch (error) {
    if (error instanceof JumpCloudFailure) return false;
    throw error;
  }
}

/** Reads the hardware of systems in bulk pages beside their walk. A failure is no error: then less is known. */
export class Insights {
  readonly #systemInfo: InsightsTable<SystemInfo>;
  readonly #diskInfo: InsightsTable<DiskInfo>;
  readonly #mounts: InsightsTable<Mount>;
  #opening: Promise<boolean> | undefined;

  constructor(jumpcloud: JumpCloud, from: InsightsPages) {
    this.#systemInfo = new InsightsTable(
      jumpcloud,
      { name: "system_info", schema: systemInfo },
      from.systemInfo,
    );
    this.#diskInfo = new InsightsTable(jumpcloud, { name: "disk_info", schema: diskInfo }, from.diskInfo);
    // Of its mounts, the root is the system's own.
    const roots = { name: "mounts", schema: mount, filter: "path:eq:/" };
    this.#mounts = new InsightsTable(jumpcloud, roots, from.mounts);
  }

  get pages(): InsightsPages {
    return {
      systemInfo: this.#systemInfo.number,
      diskInfo: this.#diskInfo.number,
      mounts: this.#mounts.number,
    };
  }

  /** Why some hardware is not known, if it is not. */
  get failure(): Failure | undefined {
    return this.#systemInfo.failure ?? this.#diskInfo.failure ?? this.#mounts.failure;
  }

  /** Asks for the first pages before they are needed; gives whether the organization has System Insights. */
  async open(): Promise<boolean> {
    this.#opening ??= this.#openTables();
    return await this.#opening;
  }

  /** Takes system ids; gives what is known of each. A value that is not wholly known is not there. */
  async read(systemIds: readonly string[]): Promise<ReadonlyMap<string, Hardware>> {
    if (!(await this.open())) return new Map();
    const ids = [...new Set(systemIds)].sort();
    const [infos, disks, mounts] = await Promise.all([
      this.#systemInfo.take(ids),
      this.#diskInfo.take(ids),
      this.#mounts.take(ids),
    ]);
    return new Map(
      ids.map((id) => [
        id,
        { ...machineOf(infos.get(id) ?? []), ...storageOf(disks.get(id), mounts.get(id)) },
      ]),
    );
  }

  /** The first table's first answer tells whether there is any use in asking the others. */
  async #openTables(): Promise<boolean> {
    if (!(await this.#systemInfo.open())) return false;
    await Promise.all([this.#diskInfo.open(), this.#mounts.open()]);
    return true;
  }
}

/** One row a system; where there are more, the newest, whatever order they come in. */
function machineOf(rows: readonly SystemInfo[]): Hardware {
  const newest = rows.reduce<SystemInfo | undefined>(
    (one, other) => (one && (one.collection_time ?? "") >= (other.collection_time ?? "") ? one : other),
    undefined,
  );
  const hardware: Hardware = {};
  const cpu = said(newest?.cpu_brand);
  const model = said(newest?.hardware_model);
  const manufacturer = said(newest?.hardware_vendor);
  const memoryBytes = wholeBytes(Number(newest?.physical_memory ?? Number.NaN));
  if (cpu !== undefined) hardware.cpu = cpu;
  if (model !== undefined) hardware.model = model;
  if (manufacturer !== undefined) hardware.manufacturer = manufacturer;
  if (memoryBytes !== undefined) hardware.memoryBytes = memoryBytes;
  return hardware;
}

/** Windows names its disks, macOS and Linux their mounts; whether there are disks decides which are asked. */
function storageOf(
  disks: readonly DiskInfo[] | undefined,
  mounts: readonly Mount[] | undefined,
): Pick<Hardware, "storageBytes"> {
  if (disks === undefined) return {};
  const sizes = disks.flatMap(({ disk_size }) => wholeBytes(Number(disk_size ?? Number.NaN)) ?? []);
  const root = mounts?.find(({ path }) => path?.trim() === "/");
  const storageBytes =
    sizes.length > 0
      ? sizes.reduce((sum, size) => sum + size)
      : wholeBytes(Number(root?.blocks ?? Number.NaN) * Number(root?.blocks_size ?? Number.NaN));
  return storageBytes === undefined ? {} : { storageBytes };
}

/** Values may carry trailing spaces: "Apple Inc. ". */
function said(value: string | null | undefined): string | undefined {
  return value?.trim().slice(0, 500) || undefined;
}

/** Byte counts come as strings; a size that is no whole positive number says nothing. */
function wholeBytes(count: number): number | undefined {
  return Number.isSafeInteger(count) && count > 0 ? count : undefined;
}
