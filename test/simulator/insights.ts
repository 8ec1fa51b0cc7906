import { type Model, modelOf, models, virtualModels } from "./models.ts";
import { type Random, seeded } from "./random.ts";
import type { System } from "./tenant.ts";

/** A row of a System Insights table: all but `system_id` and `collection_time` can be null (FACTS.md, section 5). */
export interface InsightRow {
  system_id: string;
  collection_time: string;
  [column: string]: string | number | null;
}

export const insightTables = [
  "system_info",
  "chassis_info",
  "disk_info",
  "logical_drives",
  "mounts",
] as const;
export type InsightTable = (typeof insightTables)[number];
export type SystemInsights = Record<InsightTable, InsightRow[]>;

const GiB = 1024 ** 3;
const GB = 1000 ** 3;

/** Gives the hardware rows of the systems that report any: those with an agent and System Insights switched on. */
export function insightsOf(systems: readonly System[], seed = 1): SystemInsights {
  const tables: SystemInsights = {
    system_info: [],
    chassis_info: [],
    disk_info: [],
    logical_drives: [],
    mounts: [],
  };
  for (const [position, system] of systems.entries()) {
    if (!isEnabled(system)) continue;
    const random = seeded(seed, position, 5);
    const platform = platformOf(system);
    const machine = machineOf(platform, system);
    const at = { system_id: system._id, collection_time: "2026-11-24 08:41:30" };
    const bytes = random.pick(machine.diskGB) * GB;
    tables.system_info.push({ ...at, ...systemInfo(system, machine, random) });
    if (platform === "windows") {
      tables.chassis_info.push({ ...at, ...chassis(system, machine) });
      tables.disk_info.push({ ...at, ...disk(bytes, machine) });
      tables.logical_drives.push({ ...at, ...drive(bytes, random) });
    } else {
      for (const mount of mountsOf(platform, bytes, random)) tables.mounts.push({ ...at, ...mount });
    }
  }
  return tables;
}

function isEnabled({ systemInsights }: System): boolean {
  return (
    typeof systemInsights === "object" &&
    systemInsights !== null &&
    "state" in systemInsights &&
    systemInsights.state === "enabled"
  );
}

function platformOf({ os }: System): keyof typeof models {
  if (os === "Mac OS X") return "mac";
  return os === "Windows" ? "windows" : "linux";
}

/** The system's own machine; one of the same maker where `hwVendor` says otherwise, as for a reinstalled agent. */
function machineOf(platform: keyof typeof models, { _id, hwVendor, hostname }: System): Model {
  const machine = modelOf(platform, _id);
  const virtual = hostname?.startsWith("vm-") ? virtualModels[hwVendor ?? ""] : undefined;
  if (virtual !== undefined) return { ...machine, vendor: hwVendor ?? "", model: virtual, laptop: false };
  if (machine.vendor === hwVendor) return machine;
  return models[platform].find(({ vendor }) => vendor === hwVendor) ?? machine;
}

/** Values carry the trailing spaces they have in JumpCloud's own example; bytes are text. */
function systemInfo(system: System, machine: Model, random: Random) {
  return {
    computer_name: system.displayName ?? null,
    hostname: system.hostname ?? null,
    local_hostname: system.hostname ?? null,
    cpu_brand: random.chance(0.05) ? null : machine.cpu,
    cpu_type: machine.cpu.startsWith("Apple") ? "arm64e" : "x86_64",
    cpu_subtype: machine.cpu.startsWith("Apple") ? "ARM64E" : "Intel x86-64h Haswell",
    cpu_microcode: "",
    cpu_physical_cores: machine.cores,
    cpu_logical_cores: machine.cores,
    physical_memory: random.chance(0.03) ? "" : String(random.pick(machine.memoryGiB) * GiB),
    hardware_vendor: system.hwVendor === "Apple Inc." ? "Apple Inc. " : (system.hwVendor ?? machine.vendor),
    hardware_model: `${machine.model} `,
    hardware_version: "1.0 ",
    hardware_serial: system.serialNumber ?? "",
    uuid: `${random.text(8, "0123456789ABCDEF")}-0000-4000-8000-${random.text(12, "0123456789ABCDEF")}`,
  };
}

function chassis(system: System, machine: Model) {
  return {
    chassis_types: machine.laptop ? "Notebook" : "Desktop",
    manufacturer: `${machine.vendor} `,
    model: "",
    serial: system.serialNumber ?? "",
    sku: "",
    smbios_tag: system.serialNumber ?? "",
    status: "OK",
  };
}

function disk(bytes: number, machine: Model) {
  return {
    disk_index: 0,
    disk_size: String(bytes),
    hardware_model: machine.laptop ? "SAMSUNG MZVL2512HCJQ-00BL7 " : "WDC PC SN740",
    id: "\\\\.\\PHYSICALDRIVE0",
    name: "\\\\.\\PHYSICALDRIVE0",
    manufacturer: "(Standard disk drives)",
    partitions: 3,
    serial: "",
    type: "SCSI",
  };
}

function drive(bytes: number, random: Random) {
  const size = bytes - 1024 ** 2 * 700;
  return {
    device_id: "C:",
    file_system: "NTFS",
    type: "Local Fixed Disk",
    boot_partition: 1,
    size: String(size),
    free_space: String(Math.floor(size * random.next())),
  };
}

/** A size is `blocks` times `blocks_size`; on a Mac the system, data and preboot volumes share one container. */
function mountsOf(platform: "mac" | "linux", bytes: number, random: Random) {
  const mount = (path: string, device: string, type: string, size: number) => {
    const blocks = Math.floor(size / 4096);
    const free = String(Math.floor(blocks * random.next()));
    return {
      path,
      device,
      device_alias: device,
      type,
      blocks: String(blocks),
      blocks_size: "4096",
      blocks_free: free,
      blocks_available: free,
    };
  };
  return platform === "mac"
    ? [
        mount("/", "/dev/disk3s1s1", "apfs", bytes),
        mount("/System/Volumes/Data", "/dev/disk3s5", "apfs", bytes),
      ]
    : [
        mount("/", "/dev/nvme0n1p2", "ext4", bytes),
        mount("/boot/efi", "/dev/nvme0n1p1", "vfat", 536_870_912),
      ];
}
