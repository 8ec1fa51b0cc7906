/** Machines as they are sold: what a fleet is drawn from, and what System Insights says of each. */
export interface Model {
  vendor: string;
  /** As System Insights writes it; Apple's identifiers differ from the marketing name. */
  model: string;
  name: string;
  cpu: string;
  cores: number;
  memoryGiB: readonly [number, ...number[]];
  diskGB: readonly [number, ...number[]];
  laptop: boolean;
}

export type Platform = "mac" | "windows" | "linux" | "ios" | "ipados" | "android";

const GBs = [256, 512, 1000] as const;

export const models: Record<"mac" | "windows" | "linux", readonly [Model, ...Model[]]> = {
  mac: [
    model("Apple Inc.", "Mac14,2", "MacBook Air", "Apple M2", 8, [8, 16, 24], GBs, true),
    model("Apple Inc.", "Mac15,12", "MacBook Air", "Apple M3", 8, [16, 24], GBs, true),
    model("Apple Inc.", "Mac15,6", "MacBook Pro", "Apple M3 Pro", 11, [18, 36], [512, 1000], true),
    model("Apple Inc.", "Mac16,1", "MacBook Pro", "Apple M4", 10, [16, 24, 32], [512, 1000, 2000], true),
    model("Apple Inc.", "Macmini9,1", "Mac mini", "Apple M1", 8, [8, 16], [256, 512], false),
    model(
      "Apple Inc.",
      "MacBookPro14,3",
      "MacBook Pro",
      "Intel(R) Core(TM) i7-7820HQ CPU @ 2.90GHz",
      4,
      [16],
      [512],
      true,
    ),
  ],
  windows: [
    model(
      "LENOVO",
      "21HMS02Q00",
      "ThinkPad X1 Carbon",
      "13th Gen Intel(R) Core(TM) i7-1365U",
      10,
      [16, 32],
      GBs,
      true,
    ),
    model(
      "LENOVO",
      "21FV001PIV",
      "ThinkPad T14",
      "AMD Ryzen 7 PRO 7840U w/ Radeon 780M Graphics",
      8,
      [16, 32],
      GBs,
      true,
    ),
    model(
      "Dell Inc.",
      "Latitude 5540",
      "Latitude",
      "13th Gen Intel(R) Core(TM) i5-1345U",
      10,
      [8, 16],
      GBs,
      true,
    ),
    model(
      "Dell Inc.",
      "OptiPlex 7010",
      "OptiPlex",
      "13th Gen Intel(R) Core(TM) i5-13500",
      14,
      [16],
      [512, 1000],
      false,
    ),
    model(
      "HP",
      "HP EliteBook 840 14 inch G10",
      "EliteBook",
      "13th Gen Intel(R) Core(TM) i7-1355U",
      10,
      [16, 32],
      GBs,
      true,
    ),
    model(
      "Microsoft Corporation",
      "Surface Laptop 5",
      "Surface",
      "12th Gen Intel(R) Core(TM) i7-1265U",
      10,
      [16],
      [256, 512],
      true,
    ),
  ],
  linux: [
    model(
      "Dell Inc.",
      "Precision 3581",
      "Precision",
      "13th Gen Intel(R) Core(TM) i7-13800H",
      14,
      [32, 64],
      [1000, 2000],
      true,
    ),
    model(
      "Supermicro",
      "SYS-510T-MR",
      "server",
      "Intel(R) Xeon(R) E-2388G CPU @ 3.20GHz",
      8,
      [64, 128],
      [2000, 4000],
      false,
    ),
    model(
      "LENOVO",
      "21K9CTO1WW",
      "ThinkPad P14s",
      "AMD Ryzen 7 PRO 7840U w/ Radeon 780M Graphics",
      8,
      [32],
      [1000],
      true,
    ),
  ],
};

/** The machine a system is: its `_id` decides, so that all who describe it agree. */
export function modelOf(platform: keyof typeof models, systemId: string): Model {
  const choices = models[platform];
  return choices[Number.parseInt(systemId.slice(8, 14), 16) % choices.length] ?? choices[0];
}

/** Operating systems by platform: what `os`, `osFamily` and `version` say (FACTS.md, section 3). */
export const operatingSystems: Record<
  Platform,
  { os: string; osFamily: string; distribution?: string; versions: readonly [string, ...string[]] }
> = {
  mac: { os: "Mac OS X", osFamily: "darwin", versions: ["15.7.2", "15.6.1", "14.8.2", "26.1", "13.7.8"] },
  windows: { os: "Windows", osFamily: "windows", versions: ["11 Pro", "11 Enterprise", "10 Pro"] },
  linux: { os: "Ubuntu", osFamily: "linux", distribution: "Ubuntu", versions: ["24.04", "22.04", "20.04"] },
  ios: { os: "iOS", osFamily: "ios", versions: ["26.1", "18.7.2", "17.7"] },
  ipados: { os: "iPadOS", osFamily: "ios", versions: ["26.1", "18.7.2"] },
  android: { os: "Android", osFamily: "android", versions: ["16", "15", "14"] },
};

/** What a hypervisor says of its machines. */
export const virtualModels: Record<string, string> = {
  "VMware, Inc.": "VMware7,1",
  "Microsoft Corporation": "Virtual Machine",
};

/** What firmware says where nobody set a serial (FACTS.md, section 3, "Junk serials"). */
export const placeholderSerials = [
  "To be filled by O.E.M.",
  "Default string",
  "0",
  "",
  "System Serial Number",
  "Not Specified",
  "00000000",
  "N/A",
] as const;

function model(
  vendor: string,
  id: string,
  name: string,
  cpu: string,
  cores: number,
  memoryGiB: readonly [number, ...number[]],
  diskGB: readonly [number, ...number[]],
  laptop: boolean,
): Model {
  return { vendor, model: id, name, cpu, cores, memoryGiB, diskGB, laptop };
}
