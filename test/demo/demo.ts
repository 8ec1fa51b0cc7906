import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import type { Mode } from "../../shared/connections.ts";
import type { Counts } from "../../shared/syncs.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { launchChromium, pairChromium } from "../stack/chromium.ts";
import { walkInChromium } from "../stack/chromium-walk.ts";
import { buildExtension } from "../stack/extension.ts";
import { existingAssets, pairingLink, type Stack, startStack } from "../stack/stack.ts";

/**
 * `npm run demo`: the main job in both modes, in a real Chromium, against the real Worker. Prints each step and
 * the result, leaves a screenshot of each step, ends by itself; exits 1 where anything is not as it should be.
 */
const screenshots = path.resolve(".output/demo");
/** Each mode with one of the two menus JumpCloud's console is known to have. */
const modes: [Mode, "top-right" | "bottom-left"][] = [
  ["sync", "top-right"],
  ["download", "bottom-left"],
];
const mostClicks = 9;
const devices = 1000;
const assets = 600;

await rm(screenshots, { recursive: true, force: true });
await mkdir(screenshots, { recursive: true });
say(`Building the extension …`);
const extension = buildExtension("chrome");
const stack = await startStack({ devices });
say(`Worker     ${stack.worker.url}`);
say(`JumpCloud  ${stack.simulator.url} (simulated, ${devices} devices)`);
try {
  for (const [mode, layout] of modes) await demonstrate(mode, layout);
  say(`\nScreenshots of every step: ${path.relative(process.cwd(), screenshots)}/`);
} finally {
  await stack.close();
}

async function demonstrate(mode: Mode, layout: "top-right" | "bottom-left"): Promise<void> {
  const workspace = `demo-${mode}`;
  const api = await stack.pair(workspace);
  await api.importCsv(existingAssets(stack.simulator, assets));
  say(
    `\n${mode === "sync" ? "Sync" : "Download and sync"}: ${assets} assets in Dots already, JumpCloud's menu ${layout}`,
  );
  const session = await launchChromium({
    extension,
    jumpcloud: { apiKey: demoKeyValues.administrator, layout },
  });
  try {
    let number = 0;
    const onStep = async (step: string, page: Page) => {
      number += 1;
      const file = `${mode}-${String(number).padStart(2, "0")}-${step}.png`;
      // Until the guide has looked again and what fades in is there.
      await page.waitForTimeout(300);
      await page.screenshot({ path: path.join(screenshots, file) });
      say(`  ${String(number).padStart(2)}  ${step.replaceAll("-", " ")}`);
    };
    const options = await pairChromium(session, await pairingLink(stack.worker, workspace));
    await options.getByText(`Paired with workspace ${workspace}`).waitFor();
    await onStep("paired", options);
    const started = performance.now();
    const { sentence, clicks } = await walkInChromium(session, { mode, onStep });
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    say(`  ${sentence}  (${clicks} clicks, ${seconds} s with the screenshots)`);
    require(clicks <= mostClicks, `it took ${clicks} clicks, more than ${mostClicks}`);
    await report(api, mode, stack);
  } finally {
    await session.close();
  }
}

/** What the Worker says of the same sync: the counts must add up, and the mode's promise must hold. */
async function report(api: Api, mode: Mode, { simulator }: Stack): Promise<void> {
  const [connection] = (await api.call("listConnections")).items;
  const { counts, cost, status } = await api.call("getSync", { id: connection?.lastSyncId ?? "" });
  const summary = await api.call("summarizeAssets");
  say(`  status ${status}, ${countWords(counts)}`);
  for (const [reason, times] of Object.entries(counts.reasons)) say(`    skipped, ${reason}: ${times}`);
  say(`  assets ${assets} → ${summary.total}; ${cost.jumpcloudRequests} requests to JumpCloud`);
  const listed = simulator.tenant.systems.filter(
    ({ organization }) => organization === connection?.organization.id,
  ).length;
  require(status === "succeeded", "the sync did not succeed");
  require(counts.devices === listed, `${counts.devices} devices counted, ${listed} are listed`);
  const sum = counts.created + counts.updated + counts.unchanged + counts.skipped;
  require(sum === counts.devices, `the counts add up to ${sum}, not ${counts.devices}`);
  const expected = mode === "sync" ? assets : assets + counts.created;
  require(summary.total === expected, `${summary.total} assets, not ${expected}`);
}

function countWords({ devices, created, updated, unchanged, skipped }: Counts): string {
  return `${devices} devices = ${created} created + ${updated} updated + ${unchanged} unchanged + ${skipped} skipped`;
}

function require(isTrue: boolean, otherwise: string): void {
  if (!isTrue) throw new Error(`The demo failed: ${otherwise}.`);
}

function say(line: string): void {
  console.log(line);
}
