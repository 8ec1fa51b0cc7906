import { spawnSync } from "node:child_process";
import { findChromium, findFirefox } from "./stack/browsers.ts";
import { useTemporaryFolder } from "./stack/temporary-folder.ts";

/**
 * `npm test`: types, lint, the built extension, then unit, worker, contract and browser tests.
 * `npm test -- <words>` hands the words to vitest alone, for one file or one name.
 */
const only = process.argv.slice(2);
// Asked for first, so that a machine without browsers fails or installs before anything takes time.
process.env.CHROMIUM = findChromium();
process.env.FIREFOX = findFirefox();
// In memory where it can be: on a disk the whole takes an eighth longer.
useTemporaryFolder();
if (only.length === 0) {
  run("wxt", ["prepare"]);
  run("tsc", ["-b"]);
  run("biome", ["check", "."]);
}
run("vitest", ["run", ...only]);

function run(command: string, args: string[]): void {
  console.log(`\n> ${[command, ...args].join(" ")}`);
  const { status } = spawnSync(command, args, { stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
}
