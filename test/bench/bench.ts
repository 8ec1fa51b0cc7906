import { mkdir, readFile, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, totalmem } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { useTemporaryFolder } from "../stack/temporary-folder.ts";
import { bundleSizes } from "./bundle-sizes.ts";
import { benchFleet, type SyncFigures } from "./fleet-bench.ts";
import { injectionTimes } from "./injection.ts";
import { type HeapFigures, measureHeap } from "./isolate-heap.ts";
import { reportRest, reportSyncs } from "./report.ts";
import { benchSimulator } from "./simulator-bench.ts";

/**
 * `npm run bench`: everything. `-- --devices 1000,10000 --latency 0` runs a part; `--only bundles` (or `syncs`)
 * too; `--record` puts the syncs' table into the project's README.md, the rest into the one beside this file.
 * `--state` names the folder that the Workers' databases lie in for the time: memory where nothing is said. Writes
 * .output/bench.json, or what `--out` names.
 */
const { values } = parseArgs({
  options: {
    devices: { type: "string", default: "1000,10000,100000" },
    latency: { type: "string", default: "0,50,100" },
    only: { type: "string" },
    out: { type: "string", default: ".output/bench.json" },
    record: { type: "boolean", default: false },
    state: { type: "string" },
  },
});
const fleets = numbers("devices", values.devices);
const latencies = numbers("latency", values.latency);
if (values.only !== undefined && !["syncs", "bundles"].includes(values.only)) {
  stop(`--only takes "syncs" or "bundles", not "${values.only}".`);
}

const { isInMemory } = useTemporaryFolder(values.state);
const syncs: SyncFigures[] = [];
const wantsSyncs = values.only !== "bundles";
for (const devices of wantsSyncs ? fleets : []) {
  for (const latencyMs of latencies) {
    const measured = await benchFleet(devices, latencyMs);
    syncs.push(...measured);
    for (const { phase, seconds } of measured) {
      console.error(`${devices} devices, ${latencyMs} ms, ${phase}: ${seconds.toFixed(2)} s`);
    }
  }
}
const heaps: HeapFigures[] = [];
for (const devices of wantsSyncs ? fleets : []) heaps.push(await measureHeap(devices));
const result = {
  command:
    `npm run bench${["", ...process.argv.slice(2).filter((word) => word !== "--record")].join(" ")}`.replace(
      /bench (?=.)/,
      "bench -- ",
    ),
  machine: `${availableParallelism()} cores of ${cpus()[0]?.model.trim() ?? "an unnamed CPU"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, databases ${isInMemory ? "in memory" : "on disk"}`,
  at: new Date().toISOString(),
  syncs,
  heaps,
  simulator: wantsSyncs ? await benchSimulator(Math.max(...fleets)) : undefined,
  bundles: values.only === "syncs" ? [] : bundleSizes(),
  injections: values.only === "syncs" ? [] : await injectionTimes(),
};
console.log(`\n${reportSyncs(result)}\n\n${reportRest(result)}`);

await mkdir(path.dirname(values.out), { recursive: true });
await writeFile(values.out, `${JSON.stringify(result, null, 2)}\n`);
if (values.record) {
  await record(path.join(import.meta.dirname, "../../README.md"), reportSyncs(result));
  await record(path.join(import.meta.dirname, "README.md"), reportRest(result));
}

/** Puts a text between a file's two marks. */
async function record(file: string, text: string): Promise<void> {
  const [before, after] = (await readFile(file, "utf8")).split(
    /(?<=<!-- bench -->)[\s\S]*(?=<!-- \/bench -->)/,
  );
  await writeFile(file, `${before}\n${text}\n${after}`);
}

function numbers(option: string, text: string): number[] {
  const parsed = text.split(",").map(Number);
  if (parsed.some((number) => !Number.isInteger(number) || number < 0)) {
    stop(`--${option} takes whole numbers, separated by commas, not "${text}".`);
  }
  return parsed;
}

function stop(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
