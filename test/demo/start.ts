import { serveConsoles } from "../consoles/serve.ts";
import { demoKeyNotes, demoKeyValues } from "../simulator/demo-keys.ts";
import { launchChromium, pairChromium } from "../stack/chromium.ts";
import { buildExtension, dotsOrigin } from "../stack/extension.ts";
import { existingAssets, pairingLink, type Stack, startStack } from "../stack/stack.ts";

/**
 * `npm start`: the demo's stack, kept running for a person until Ctrl-C. Opens Chromium with the extension where
 * there is a display, else says what to open and click. `--real` talks to JumpCloud's own hosts.
 */
const workspace = "try-out";
const keyNames = ["administrator", "expiring", "multiTenant", "europe", "commandRunner", "expired"] as const;
const isReal = process.argv.includes("--real");
const hasDisplay =
  process.platform === "darwin" ||
  process.platform === "win32" ||
  Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);

const stack = await startStack({
  devices: 1000,
  workerPort: Number(process.env.PORT ?? 0),
  realJumpCloud: isReal,
});
const api = await stack.pair(workspace);
await api.importCsv(existingAssets(stack.simulator, 600));
console.log(`Worker     ${stack.worker.url}   (its state goes when this ends)`);
console.log(
  isReal
    ? "JumpCloud  its own hosts: a key you bring opens your real organization, for reading alone"
    : `JumpCloud  ${stack.simulator.url} (simulated, 1000 devices)`,
);

const close = hasDisplay ? await openBrowser(stack) : await sayWhatToOpen(stack);
console.log("\nCtrl-C stops it all.");
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await close();
  await stack.close();
  process.exit(0);
}

async function openBrowser({ worker }: Stack): Promise<() => Promise<void>> {
  const session = await launchChromium({
    extension: buildExtension("chrome"),
    headed: true,
    viewport: null,
    jumpcloud: isReal ? "real" : { apiKey: demoKeyValues.administrator, layout: "bottom-left" },
  });
  const options = await pairChromium(session, await pairingLink(worker, workspace));
  await options.goto(`${dotsOrigin}/#/integrations`);
  console.log(
    `\nA Chromium with the extension is open and paired: press "Connect to JumpCloud" on JumpCloud's card.`,
  );
  session.context.once("close", () => void stop());
  return () => session.close();
}

/** Without a display: the Dots stand-in at an address of this machine, and the extension built for it. */
async function sayWhatToOpen({ worker }: Stack): Promise<() => Promise<void>> {
  const consoles = await serveConsoles({ jumpcloud: { apiKey: demoKeyValues.administrator } });
  const folder = buildExtension("chrome", consoles.dotsUrl);
  console.log(`Dots       ${consoles.dotsUrl}/#/integrations   (stand-in)`);
  if (!isReal) console.log(`Console    ${consoles.jumpcloudUrl}/#/home   (stand-in, to look at)`);
  console.log(`
There is no display here. In a browser that reaches these addresses:
  1. chrome://extensions → Developer mode → Load unpacked → ${folder}
  2. The extension's Settings → Pairing link → paste, press Pair:
     ${await pairingLink(worker, workspace)}
  3. Open the Dots address above, press "Connect to JumpCloud" on JumpCloud's card, and paste a key:`);
  if (isReal) console.log("     the API key of your own admin");
  else for (const name of keyNames) console.log(`     ${demoKeyValues[name]}   ${demoKeyNotes[name]}`);
  return () => consoles.close();
}
