import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { DotsConsoleOptions } from "../consoles/consoles.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { type ChromiumSession, launchChromium } from "../stack/chromium.ts";
import { wizardIn } from "../stack/chromium-walk.ts";
import { ClosedShadow } from "../stack/closed-shadow.ts";
import { builtExtension, dotsOrigin } from "../stack/extension.ts";
import { pairByMessage } from "../stack/extension-pages.ts";
import { pairingLink, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let session: ChromiumSession;
let page: Page;
let dots: ClosedShadow;
beforeAll(async () => {
  stack = await startStack({ devices: 20 });
  session = await launchChromium({ extension: builtExtension("chrome") });
});
beforeEach(async () => {
  page = await session.context.newPage();
  dots = new ClosedShadow(page);
});
afterEach(() => page.close());
afterAll(async () => {
  await session.close();
  await stack.close();
});

const card = "[data-integration=jumpcloud]";
const open = async (console: DotsConsoleOptions = {}, route = "integrations") => {
  session.consoles.dots = console;
  await page.goto(`${dotsOrigin}/#/${route}`);
};
const isInCard = () => page.locator(`${card} dots-launcher`).count();
const hosts = () => page.locator("dots-launcher").count();

/** Pairs this browser anew, with a workspace that has a connection; gives a client of the same workspace. */
async function connect(workspace: string, keyExpiresAt: string | null): Promise<Api> {
  const api = await stack.pair(workspace);
  const options = await session.context.newPage();
  await options.goto(`${session.extensionOrigin}/options.html`);
  await pairByMessage(options, await pairingLink(stack.worker, workspace));
  await options.close();
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "sync", keyExpiresAt } as const;
  const { firstSyncId } = await api.call("createConnection", { body });
  await expect
    .poll(async () => (await api.call("getSync", { id: firstSyncId ?? "" })).status, { timeout: 20_000 })
    .toBe("succeeded");
  return api;
}

describe("the button", () => {
  test("is on JumpCloud's card of the Integrations page, and opens the wizard", async () => {
    await open();
    await dots.click("button", "Connect to JumpCloud");
    await dots.find("dialog", "Connect to JumpCloud");
    expect(await isInCard()).toBe(1);
    const wizard = () => page.frames().find((frame) => frame.url().startsWith(session.extensionOrigin));
    await expect.poll(() => wizard()?.getByRole("heading").first().isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    await expect.poll(() => dots.has("dialog", "Connect to JumpCloud")).toBe(false);
    await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe("dots-launcher");
  });

  test("comes with each new rendering of the card, once", async () => {
    await open();
    await dots.find("button", "Connect to JumpCloud");
    const find = page.getByRole("searchbox", { name: "Find an integration" });
    for (const text of ["jump", "", "okta", "jumpcloud"]) {
      await find.fill(text);
      await expect.poll(isInCard).toBe(text === "okta" ? 0 : 1);
      expect(await hosts()).toBeLessThanOrEqual(1);
    }
  });

  test("goes and comes as the admin walks through Dots", async () => {
    await open({}, "dashboard");
    await page.waitForTimeout(2000);
    expect(await hosts(), "the way to the Integrations page is there already").toBe(0);
    for (const [name, count] of [
      ["Integrations", 1],
      ["Assets", 0],
      ["Integrations", 1],
    ] as const) {
      await page.getByRole("link", { name }).click();
      await expect.poll(isInCard).toBe(count);
    }
    await dots.find("button", "Connect to JumpCloud");
  });

  test("floats in the corner where there is no card", async () => {
    await open({ withJumpCloudCard: false });
    const { x, y } = await dots.find("button", "Connect to JumpCloud");
    expect(x).toBeGreaterThan(900);
    expect(y).toBeGreaterThan(700);
  });

  test.each([true, false])(
    "is in a page from right to left too, with a card: %s",
    async (withJumpCloudCard) => {
      await open({ lang: "he", withJumpCloudCard });
      const { x } = await dots.find("button", "Connect to JumpCloud");
      if (withJumpCloudCard) {
        const box = await page.locator(card).boundingBox();
        expect(x).toBeGreaterThan(box?.x ?? 0);
        expect(x).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0));
      } else expect(x, "the corner at the end of the line").toBeLessThan(300);
    },
  );

  test("does nothing for a click that the page makes up", async () => {
    await open();
    await dots.find("button", "Connect to JumpCloud");
    await page.evaluate(() => {
      const host = document.querySelector<HTMLElement>("dots-launcher");
      host?.click();
      host?.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
    });
    await page.waitForTimeout(500);
    expect(await dots.has("dialog", "Connect to JumpCloud")).toBe(false);
  });
});

/** Goes about in Dots; gives every shift of the layout. Not by clicks, which excuse half a second of shifting. */
async function shiftsOnTheWay(colorScheme: "light" | "dark", width: number): Promise<unknown> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 800 });
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push(Reflect.get(entry, "value"));
    }).observe({ type: "layout-shift", buffered: true });
  });
  // A page of its own: from one hash to another nothing is loaded.
  await page.goto("about:blank");
  await open({}, "assets");
  await page.waitForTimeout(400);
  for (const route of ["integrations", "dashboard", "integrations"]) {
    await page.evaluate((it) => {
      location.hash = `#/${it}`;
    }, route);
    await page.waitForTimeout(400);
  }
  expect(await isInCard()).toBe(1);
  return page.evaluate(() => Reflect.get(window, "shifts"));
}

test.each([
  ["light", 1280],
  ["dark", 320],
] as const)("nothing that is seen moves when the button comes: %s, %d px", async (colorScheme, width) => {
  expect(await shiftsOnTheWay(colorScheme, width)).toEqual([]);
});

test.each([
  ["#ffffff", "light"],
  ["#101418", "dark"],
])("on a card of %s it wears the %s colours, whatever the system's are", async (ground, expected) => {
  await page.emulateMedia({ colorScheme: expected === "light" ? "dark" : "light" });
  await open({}, "assets");
  await page.evaluate((color) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`.card { background: ${color} !important; }`);
    document.adoptedStyleSheets = [sheet];
    location.hash = "#/integrations";
  }, ground);
  await dots.find("button", "Connect to JumpCloud");
  expect(await colorSchemeOfButton()).toBe(expected);
});

/** As the browser computes it, in a closed shadow root that only the debugger opens. */
async function colorSchemeOfButton(): Promise<string | undefined> {
  const cdp = await session.context.newCDPSession(page);
  await cdp.send("DOM.enable");
  await cdp.send("CSS.enable");
  const { nodes } = await cdp.send("DOM.getFlattenedDocument", { depth: -1, pierce: true });
  const host = nodes.find(({ localName }) => localName === "dots-launcher");
  const nodeId = host?.shadowRoots?.[0]?.nodeId ?? 0;
  const button = await cdp.send("DOM.querySelector", { nodeId, selector: "button" });
  const { computedStyle } = await cdp.send("CSS.getComputedStyleForNode", button);
  await cdp.detach();
  return computedStyle.find(({ name }) => name === "color-scheme")?.value;
}

describe("the card says how things are", () => {
  test("connected: mode, devices, last and next sync, and from 14 days before when the key expires", async () => {
    const inDays = new Date(Date.now() + 8.5 * 86_400_000).toISOString();
    const api = await connect("connected", inDays);
    await open();
    await dots.find("button", "Manage");
    await expect
      .poll(async () => (await dots.names()).join("\n"))
      .toMatch(/Sync · 20 devices · synced (?:just now|1 minute ago) · next \S.* · key expires in 9 days/);
    expect(await shiftsOnTheWay("light", 1280), "the longer line comes with the card too").toEqual([]);
    const [connection] = (await api.call("listConnections")).items;
    await api.call("updateConnection", { id: connection?.id ?? "", body: { keyExpiresAt: null } });
    await page.reload();
    await dots.find("button", "Manage");
    // At first it says what it said last.
    await expect.poll(async () => (await dots.names()).join("\n")).not.toContain("key expires");
  });

  test("the key no longer works: since when, and the button that renews it in two clicks", async () => {
    const api = await connect("needs-key", null);
    const [connection] = (await api.call("listConnections")).items;
    const key = stack.simulator.tenant.keys.find(({ value }) => value === demoKeyValues.administrator);
    if (!key) throw new Error("The simulator has no administrator's key.");
    key.state = "revoked";
    await api.call("startSync", { id: connection?.id ?? "" });
    await expect
      .poll(async () => (await api.call("listConnections")).items[0]?.status, { timeout: 20_000 })
      .toBe("needs_key");
    key.state = "valid";
    await open();
    await dots.find("button", "Renew key");
    expect((await dots.names()).join("\n")).toMatch(
      /JumpCloud no longer accepts the key \(since \S.*\)\. Your assets are as they were\./,
    );
    await dots.click("button", "Renew key");
    const wizard = await wizardIn(page, session.extensionOrigin);
    await wizard.getByRole("heading", { name: "Renew the key" }).waitFor();
    await wizard.getByLabel("API Key", { exact: true }).fill(demoKeyValues.administrator);
    await wizard.getByRole("button", { name: "Continue" }).click();
    await wizard.getByRole("heading", { name: "Acme Ltd is connected" }).waitFor();
    expect((await api.call("listConnections")).items).toMatchObject([{ status: "active", mode: "sync" }]);
  });

  test("no longer paired: says so, and leads to pairing", async () => {
    const api = await connect("unpaired", null);
    for (const { id } of (await api.call("listTokens")).items.filter(({ label }) => label !== "a test"))
      await api.call("revokeToken", { id });
    await open();
    await dots.find("button", "Pair");
    await dots.find("StaticText", "This browser is no longer paired with Dots.");
  });

  test("Dots away: says so, and asks again when told to", async () => {
    await connect("away", null);
    await stack.worker.close();
    await open();
    await dots.click("button", "Try again");
    await dots.find("StaticText", "Dots cannot be reached");
  });
});
