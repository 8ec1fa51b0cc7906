import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.dirname(path.dirname(import.meta.dirname));

function bench(...words: string[]) {
  return spawnSync("npm", ["run", "bench", "--", ...words], { cwd: root, encoding: "utf8" });
}

test("npm run bench measures the part that is asked for, prints one table and writes the figures", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "dots-bench-"));
  const out = path.join(folder, "bench.json");
  const words = ["--devices", "300", "--latency", "20", "--only", "syncs", "--out", out];
  const { status, stdout } = bench(...words);
  expect(status).toBe(0);
  expect(stdout.match(/^\| 300 \| 20 ms \| /gm)).toHaveLength(3);
  const { syncs } = JSON.parse(await readFile(out, "utf8"));
  // A hundred devices a page, of which one overlaps with the page before.
  expect(syncs).toMatchObject([
    { phase: "first download", devices: 300, systemPages: 4, rowsWritten: expect.any(Number) },
    { phase: "unchanged resync", systemPages: 4 },
    { phase: "1 % changed", systemPages: 4 },
  ]);
  for (const { timesFloor } of syncs) expect(timesFloor).toBeGreaterThan(1);
  if (process.platform === "linux") expect(syncs[0].peakMiB).toBeGreaterThan(20);
  await rm(folder, { recursive: true });
});

test("an option of npm run bench that makes no sense is refused with a sentence", () => {
  const { status, stderr } = bench("--devices", "many");
  expect(status).toBe(2);
  expect(stderr).toContain('--devices takes whole numbers, separated by commas, not "many".');
});
