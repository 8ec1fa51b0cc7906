import type { Sync } from "../../shared/syncs.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { connect } from "../stack/connect.ts";
import { startStack } from "../stack/stack.ts";
import { WorkerdMemory } from "./workerd-memory.ts";

export const phases = ["first download", "unchanged resync", "1 % changed"] as const;
export type Phase = (typeof phases)[number];

/** What one sync came to. */
export interface SyncFigures {
  devices: number;
  latencyMs: number;
  phase: Phase;
  seconds: number;
  devicesPerSecond: number;
  /** `ceil(pages of systems / 6) × latency`: nothing can be faster. None where there is no latency. */
  timesFloor: number | undefined;
  /** The same over all requests, System Insights among them. */
  timesFloorOfAllRequests: number | undefined;
  systemPages: number;
  insightsPages: number;
  requests: number;
  rowsRead: number;
  rowsWritten: number;
  /** The most memory workerd held at a time during the sync; read from /proc, so on Linux alone. */
  peakMiB: number | undefined;
}

const systemsPerPage = 100;
const mostInFlight = 6;
const longestSyncMs = 900_000;
/** Seldom: the Worker's thread answers this too, and the sync itself says when it began and ended. */
const askEveryMs = 1000;

/** Downloads a fleet, syncs it unchanged, then with one device in a hundred changed, with a Worker of its own. */
export async function benchFleet(devices: number, latencyMs: number): Promise<SyncFigures[]> {
  const stack = await startStack({ devices });
  const { simulator } = stack;
  const memory = WorkerdMemory.ofThisProcess();
  try {
    const api = await stack.pair();
    const connectionId = await connect(api);
    await sortLists(simulator.url);
    simulator.faults.latencyMs = latencyMs;
    const measured: SyncFigures[] = [];
    for (const phase of phases) {
      if (phase === "1 % changed") changeOneInAHundred(simulator.tenant.systems);
      simulator.resetStats();
      memory.startAnew();
      const { id } = await api.call("startSync", { id: connectionId });
      const sync = await api.ended(id, longestSyncMs, askEveryMs);
      checkPlausible(sync, phase, devices);
      measured.push(figuresOf(sync, phase, devices, latencyMs, simulator.requests, memory.peakMiB()));
    }
    return measured;
  } finally {
    await stack.close();
  }
}

/** The simulator sorts a list when it is first asked for it, and answers nobody meanwhile: before the clock starts. */
async function sortLists(url: string): Promise<void> {
  for (const list of [
    "systems?sort=_id",
    ...["system_info", "disk_info", "mounts"].map((table) => `v2/systeminsights/${table}?sort=system_id`),
  ]) {
    const response = await fetch(`${url}/api/${list}`, {
      headers: { "x-api-key": demoKeyValues.administrator },
    });
    if (!response.ok) throw new Error(`${list} answers ${response.status}.`);
    await response.arrayBuffer();
  }
}

/** A figure of a sync that went wrong would be worse than none. */
export function checkPlausible({ status, problem, counts }: Sync, phase: Phase, devices: number): void {
  const changed = phase === "first download" ? counts.created : counts.updated;
  const least = { "first download": devices * 0.9, "unchanged resync": 0, "1 % changed": devices / 200 }[
    phase
  ];
  const isRight = phase === "unchanged resync" ? changed === 0 : changed >= least;
  if (status !== "succeeded" || problem !== undefined || counts.devices !== devices || !isRight) {
    throw new Error(`${phase} of ${devices} went wrong: ${JSON.stringify({ status, problem, counts })}`);
  }
}

function figuresOf(
  sync: Sync,
  phase: Phase,
  devices: number,
  latencyMs: number,
  requests: readonly { path: string }[],
  peakMiB: number | undefined,
): SyncFigures {
  const seconds = (Date.parse(sync.finishedAt ?? "") - Date.parse(sync.startedAt)) / 1000;
  const systemPages = requests.filter(({ path }) => path === "/api/systems").length;
  const floor = (count: number) => (Math.ceil(count / mostInFlight) * latencyMs) / 1000;
  const times = (count: number) => (latencyMs === 0 ? undefined : seconds / floor(count));
  return {
    devices,
    latencyMs,
    phase,
    seconds,
    devicesPerSecond: devices / seconds,
    timesFloor: times(Math.ceil(devices / systemsPerPage)),
    timesFloorOfAllRequests: times(requests.length),
    systemPages,
    insightsPages: requests.filter(({ path }) => path.startsWith("/api/v2/systeminsights/")).length,
    requests: requests.length,
    rowsRead: sync.cost.rowsRead,
    rowsWritten: sync.cost.rowsWritten,
    peakMiB,
  };
}

function changeOneInAHundred(systems: { version?: string | null; organization: string }[]): void {
  const first = systems[0]?.organization;
  const own = systems.filter(({ organization }) => organization === first);
  for (let place = 0; place < own.length; place += 100) {
    const system = own[place];
    if (system) system.version = "99.1";
  }
}
