import { z } from "zod";
import type { JumpCloud } from "./client.ts";
import { JumpCloudFailure } from "./failures.ts";

/** Hardware of one system, out of System Insights (FACTS.md, section 5). */
export interface Hardware {
  manufacturer?: string;
  model?: string;
  cpu?: string;
  memoryBytes?: number;
  storageBytes?: number;
}

/** The API takes up to 10,000; a thousand keeps a page small enough for a Worker. */
const rowsPerPage = 1000;

const text = z.string().nullish();
const systemInfoSchema = z.object({
  system_id: z.string(),
  cpu_brand: text,
  hardware_model: text,
  hardware_vendor: text,
  physical_memory: text,
});
const diskInfoSchema = z.object({ system_id: z.string(), disk_size: text });
const mountSchema = z.object({ system_id: z.string(), path: text, blocks: text, blocks_size: text });

/** Whether the organization has System Insights: what an unlicensed one answers is not documented. */
export async function hasInsights(jumpcloud: JumpCloud): Promise<boolean> {
  try {
    return Array.isArray(await jumpcloud.get("/v2/systeminsights/system_info", { limit: "1", skip: "0" }));
  } catch (error) {
    if (error instanceof JumpCloudFailure) return false;
    throw error;
  }
}

/** Reads the hardware of the whole organization in bulk pages, joined by system id. */
export async function readHardware(jumpcloud: JumpCloud): Promise<Map<string, Hardware>> {
  const hardware = new Map<string, Hardware>();
  const of = (systemId: string): Hardware => {
    const known = hardware.get(systemId) ?? {};
    hardware.set(systemId, known);
    return known;
  };
  await Promise.all([
    readTable(jumpcloud, "system_info", systemInfoSchema, (row) => {
      const machine = of(row.system_id);
      setText(machine, "cpu", row.cpu_brand);
      setText(machine, "model", row.hardware_model);
      setText(machine, "manufacturer", row.hardware_vendor);
      setBytes(machine, "memoryBytes", Number(row.physical_memory ?? Number.NaN));
    }),
    // Windows names its disks; macOS and Linux their mounts, of which the root is the system's own.
    readTable(jumpcloud, "disk_info", diskInfoSchema, (row) => {
      const machine = of(row.system_id);
      setBytes(machine, "storageBytes", (machine.storageBytes ?? 0) + Number(row.disk_size ?? Number.NaN));
    }),
    readTable(jumpcloud, "mounts", mountSchema, (row) => {
      if (row.path?.trim() !== "/") return;
      setBytes(
        of(row.system_id),
        "storageBytes",
        Number(row.blocks ?? Number.NaN) * Number(row.blocks_size ?? Number.NaN),
      );
    }),
  ]);
  return hardware;
}

async function readTable<Row>(
  jumpcloud: JumpCloud,
  table: "system_info" | "disk_info" | "mounts",
  schema: z.ZodType<Row>,
  take: (row: Row) => void,
): Promise<void> {
  for (let skip = 0; ; skip += rowsPerPage) {
    const page = await jumpcloud.get(`/v2/systeminsights/${table}`, {
      limit: String(rowsPerPage),
      skip: String(skip),
      sort: "system_id",
    });
    if (!Array.isArray(page)) throw new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
    for (const row of page) {
      const parsed = schema.safeParse(row);
      if (parsed.success) take(parsed.data);
    }
    if (page.length < rowsPerPage) return;
  }
}

/** Values may carry trailing spaces: "Apple Inc. ". */
function setText(
  machine: Hardware,
  field: "cpu" | "model" | "manufacturer",
  value: string | null | undefined,
): void {
  const trimmed = value?.trim().slice(0, 500);
  if (trimmed) machine[field] = trimmed;
}

/** Byte counts come as strings; a size that is no whole positive number says nothing. */
function setBytes(machine: Hardware, field: "memoryBytes" | "storageBytes", bytes: number): void {
  if (Number.isSafeInteger(bytes) && bytes > 0) machine[field] = bytes;
}
