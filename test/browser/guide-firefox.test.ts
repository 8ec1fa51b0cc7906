import type { Page } from "puppeteer-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { builtExtension, dotsOrigin } from "../stack/extension.ts";
import { type FirefoxSession, launchFirefox } from "../stack/firefox.ts";
import type { AccessibleTab } from "../stack/firefox-accessible.ts";
import { pairFirefox } from "../stack/firefox-walk.ts";
import { pairingLink, type Stack, startStack } from "../stack/stack.ts";

/** The same guide and launcher in Firefox, where content scripts see the page through other glasses. */
const pasted = `jca_${"PastedByHand".padEnd(36, "5")}`;
let stack: Stack;
let session: FirefoxSession;
let dotsTab: Page;
let console: Page;
let guide: AccessibleTab;
beforeAll(async () => {
  stack = await startStack({ devices: 20 });
  session = await launchFirefox({ extension: builtExtension("firefox") });
  await pairFirefox(session, await pairingLink(stack.worker, "firefox-guide"));
});
afterEach(async () => {
  await console?.close();
  await dotsTab?.close();
});
afterAll(async () => {
  await session.close();
  await stack.close();
});

/** As far as the third step of the wizard, and from there into the console. */
async function open(options: JumpCloudConsoleOptions): Promise<void> {
  session.consoles.jumpcloud = options;
  dotsTab = await session.open(`${dotsOrigin}/#/integrations`);
  const dots = session.inFront(dotsTab);
  await dots.click("button", "Connect to JumpCloud");
  if (!(await reached(dots))) {
    await dots.click("button", "Allow & continue");
    await dots.click("radio", "Sync");
    await dots.click("button", "Allow & Continue");
  }
  const opened = session.nextTab();
  await dots.click("button", "Get it from JumpCloud");
  console = await opened;
  guide = session.inFront(console);
  await guide.find("complementary", "Dots guide");
}

/** The wizard remembers the step; it is there or at the first one. */
async function reached(dots: AccessibleTab): Promise<boolean> {
  const { name } = await dots.find("heading", /^Connect JumpCloud$|^Bring the key$/);
  return name === "Bring the key";
}

async function openDialog(): Promise<void> {
  const { x, y } = await guide.find("button", /^Account$|Dana Admin/);
  await console.mouse.click(x, y);
  await guide.click("menuitem", "My API Key");
}

/** Waits until it stays where it is: styles may still come in. */
async function still(role: string, name: string): Promise<void> {
  let before = "";
  await expect
    .poll(
      async () => {
        const { x, y } = await guide.find(role, name);
        const isStill = before === `${x},${y}`;
        before = `${x},${y}`;
        return isStill;
      },
      { interval: 250, timeout: 5000 },
    )
    .toBe(true);
}

test.each<[string, JumpCloudConsoleOptions]>([
  ["in a field", {}],
  ["as text in pieces", { keyIn: "split" }],
  ["in a native modal dialog", { dialog: "native" }],
  ["in a dialog in an open shadow root", { dialog: "shadow", keyIn: "shadow" }],
  ["in a frame of the console's own", { dialog: "frame" }],
])("the key is found %s, and goes to the wizard on a click", async (_where, options) => {
  await open(options);
  await openDialog();
  await guide.find("text", /^Generating replaces your present key/);
  await still("button", "Generate New API Key");
  await guide.click("button", "Generate New API Key");
  await guide.click("button", "Send to Dots");
  // With the key its own tab comes forward.
  const dots = session.inFront(dotsTab);
  await dots.find("text", "The key has arrived from JumpCloud.");
});

test("a pasted key goes over, and no script of the page hears it", async () => {
  await open({ keyIn: "copy-only" });
  await still("button", "I have a key already");
  await guide.click("button", "I have a key already");
  await still("textbox", "API Key");
  await guide.type("textbox", "API Key", pasted);
  await guide.find("text", "Looks like a JumpCloud key");
  const seen = await console.evaluate(() => JSON.stringify(Reflect.get(window, "__pageSeen")));
  const events = (JSON.parse(seen) as { kind: string; target?: string; type?: string }[]).filter(
    ({ kind, target, type }) =>
      kind === "event" && target === "dots-guide" && type !== "click" && type !== "focusin",
  );
  expect(events).toEqual([]);
  await console.keyboard.press("Enter");
  const dots = session.inFront(dotsTab);
  await dots.find("text", "The key has arrived from JumpCloud.");
  await console.bringToFront();
  await guide.click("button", "Back to Dots");
  await dots.find("text", "The key has arrived from JumpCloud.");
});

test("Escape in the guide closes it and not the dialog", async () => {
  await open({});
  await openDialog();
  await guide.find("text", /^Generating replaces your present key/);
  await guide.click("button", "Move guide");
  await console.keyboard.press("Escape");
  await expect.poll(() => guide.has("complementary", "Dots guide")).toBe(false);
  await guide.find("button", "Generate New API Key");
});

test("the button floats in a page from right to left that has no card", async () => {
  session.consoles.dots = { lang: "he", withJumpCloudCard: false };
  dotsTab = await session.open(`${dotsOrigin}/#/integrations`);
  const { x } = await session.inFront(dotsTab).find("button", "Connect to JumpCloud");
  expect(x).toBeLessThan(300);
  session.consoles.dots = {};
});

test("what the two of us show keeps to the page's own ground: styles are there in spite of its policy", async () => {
  await open({});
  const { x, y } = await guide.find("button", "Close guide");
  // Without its style sheet the panel would stand at the end of the document, not in the corner.
  expect(x).toBeGreaterThan(1000);
  expect(y).toBeGreaterThan(300);
});

test("no page but Dots can frame the wizard, in Firefox neither", async () => {
  console = await session.open("https://console.jumpcloud.com/#/home");
  await console.evaluate((src) => {
    const frame = document.createElement("iframe");
    frame.src = src;
    document.body.append(frame);
  }, `${session.extensionOrigin}/connect.html`);
  // In Dots the tests above have it in a frame.
  await expect
    .poll(() => console.frames().map((frame) => frame.url()))
    .toContainEqual(expect.stringMatching(/cspBlocked.*connect\.html/));
});
