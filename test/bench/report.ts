import type { BundleSize } from "./bundle-sizes.ts";
import type { SyncFigures } from "./fleet-bench.ts";
import type { InjectionTime } from "./injection.ts";
import type { HeapFigures } from "./isolate-heap.ts";
import type { SimulatorFigures } from "./simulator-bench.ts";

export interface BenchResult {
  command: string;
  machine: string;
  at: string;
  syncs: SyncFigures[];
  heaps: HeapFigures[];
  simulator: SimulatorFigures | undefined;
  bundles: BundleSize[];
  injections: InjectionTime[];
}

/**
 * What others do in the same job, measured when this project began (80 % known devices, single runs, first run
 * unless said): each reads and writes device by device.
 */
const peers = [
  ["jamf2snipe, 50 ms a request", "6.3", "3.0 a device"],
  ["Intune2snipe, 50 ms a request", "9.3", "2.0 a device, every asset written again each time"],
  ["trycompai/comp's device sync, 5 ms a query", "48", "4.0 queries a device"],
  ["cartography's paged read alone, 50 ms a request", "1,863", "one page at a time, nothing written"],
] as const;

/** What the syncs cost, as Markdown, for a terminal and a README alike. */
export function reportSyncs({ command, machine, at, syncs, heaps }: BenchResult): string {
  return [
    madeBy(command, machine, at),
    ...(syncs.length === 0 ? [] : [syncTable(syncs)]),
    ...(heaps.length === 0 ? [] : [heapTable(heaps)]),
  ].join("\n\n");
}

/** The rest: what is beside the Worker's own syncs. */
export function reportRest({ command, machine, at, ...result }: BenchResult): string {
  const { syncs, simulator, bundles, injections } = result;
  return [
    madeBy(command, machine, at),
    ...(simulator === undefined ? [] : [simulatorLine(simulator)]),
    ...(syncs.length === 0 ? [] : [peerTable()]),
    ...(bundles.length === 0 ? [] : [bundleTable(bundles)]),
    ...injections.map(injectionLine),
  ].join("\n\n");
}

function madeBy(command: string, machine: string, at: string): string {
  return `Made by \`${command}\` on ${machine}, ${at.slice(0, 10)}.`;
}

function syncTable(syncs: readonly SyncFigures[]): string {
  const rows = syncs.map((figures) => [
    whole(figures.devices),
    `${figures.latencyMs} ms`,
    figures.phase,
    figures.seconds.toFixed(2),
    whole(figures.devicesPerSecond),
    times(figures.timesFloor),
    times(figures.timesFloorOfAllRequests),
    `${whole(figures.requests)} (${whole(figures.insightsPages)})`,
    whole(figures.rowsRead),
    whole(figures.rowsWritten),
    figures.peakMiB === undefined ? "n/a" : `${whole(figures.peakMiB)} MiB`,
  ]);
  const head = [
    "devices",
    "latency",
    "sync",
    "s",
    "devices/s",
    "× floor",
    "× floor, all requests",
    "requests (insights)",
    "rows read",
    "rows written",
    "workerd peak",
  ];
  return table(head, rows);
}

function heapTable(heaps: readonly HeapFigures[]): string {
  const MiB = (size: number) => `${size.toFixed(1)} MiB`;
  return table(
    [
      "memory, garbage left out: the Worker's isolate",
      "before",
      "during a first download",
      "at most",
      "samples",
      "all of workerd at most",
    ],
    heaps.map(({ devices, beforeMiB, medianMiB, mostMiB, samples, workerdMiB }) => [
      `${whole(devices)} devices`,
      MiB(beforeMiB),
      MiB(medianMiB),
      MiB(mostMiB),
      whole(samples),
      workerdMiB === undefined ? "n/a" : `${whole(workerdMiB)} MiB`,
    ]),
  );
}

function simulatorLine({ devices, pages, seconds, devicesPerSecond }: SimulatorFigures): string {
  return (
    `The simulator alone, read six pages at a time by its own process: ${whole(pages)} pages of ${whole(devices)} ` +
    `devices in ${seconds.toFixed(2)} s (${whole(devicesPerSecond)} devices/s). It shares the machine with the Worker.`
  );
}

function peerTable(): string {
  return table(
    ["for comparison, measured elsewhere and earlier", "devices/s", "requests"],
    peers.map((row) => [...row]),
  );
}

function injectionLine({ script, loads, median, worst }: InjectionTime): string {
  return `\`${script}\` holds up its page for ${median.toFixed(1)} ms (median of ${loads} loads; at most ${worst.toFixed(1)} ms).`;
}

function bundleTable(bundles: readonly BundleSize[]): string {
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return table(
    ["extension (Chrome)", "as built", "gzip"],
    bundles.map(({ name, bytes, gzipBytes }) => [name, kB(bytes), kB(gzipBytes)]),
  );
}

/** Figures to the right, words to the left. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const isFigure = (column: number) => rows.every((row) => /^[\d,.]|^n\/a|^–/.test(row[column] ?? ""));
  const line = head.map((_, column) => (isFigure(column) ? "---:" : "---"));
  return [head, line, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

function whole(number: number): string {
  return Math.round(number).toLocaleString("en-US");
}

function times(number: number | undefined): string {
  return number === undefined ? "–" : number.toFixed(2);
}
