import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, test } from "vitest";
import type { DotsConsoleOptions, JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { pairChromium } from "../stack/chromium.ts";
import { ClosedShadow } from "../stack/closed-shadow.ts";
import { dotsOrigin } from "../stack/extension.ts";
import { pictures } from "../stack/screens.ts";
import { pairingLink, type Stack, startStack } from "../stack/stack.ts";
import { type Guided, guideStage, type Stage } from "./guide-stage.ts";

/** What stands in other people's pages, for the eye: `SCREENS=1`. What it does is tested elsewhere. */
describe.runIf(process.env.SCREENS).each(["en", "he"] as const)("pictures in %s:", (language) => {
  let stack: Stack;
  let stage: Stage;
  beforeAll(async () => {
    stack = await startStack({ devices: 20 });
    stage = await guideStage({ language });
  });
  afterAll(async () => {
    await stage.session.close();
    await stack.close();
  });

  const states: [string, JumpCloudConsoleOptions, (guided: Guided) => Promise<unknown>][] = [
    ["signed-out", {}, ({ page }) => page.goto("https://console.jumpcloud.com/login/admin")],
    ["user-portal", {}, ({ page }) => page.goto("https://console.jumpcloud.com/userconsole#/")],
    ["console-older", { layout: "top-right" }, async () => undefined],
    ["console-newer", { layout: "bottom-left" }, async () => undefined],
    ["console-unknown", { layout: "moved" }, async () => undefined],
    ["menu-older", { layout: "top-right" }, (guided) => guided.openMenu()],
    ["menu-newer", { layout: "bottom-left" }, (guided) => guided.openMenu()],
    ["dialog", {}, (guided) => guided.openDialog()],
    ["no-permission", { noPermission: true }, (guided) => guided.openDialog()],
    ["key", {}, (guided) => guided.generate()],
    ["key-hidden", { keyIn: "copy-only" }, (guided) => guided.generate()],
    ["sent", {}, (guided) => guided.generate().then(() => guided.send())],
  ];
  test.each(states)("the guide, %s", async (name, console, reach) => {
    const guided = await stage.open(console);
    await reach(guided);
    await guided.page.waitForTimeout(700);
    await pictures(guided.page, `${language}-guide-${name}`);
    await guided.close();
  });

  let api: Api;
  let page: Page;
  const card = async (name: string, console: DotsConsoleOptions = {}) => {
    stage.session.consoles.dots = { lang: language, ...console };
    page = await stage.session.context.newPage();
    await page.goto(`${dotsOrigin}/#/integrations`);
    await new ClosedShadow(page).find("button", stage.say(words[name] ?? "manage"));
    await page.waitForTimeout(1800);
    await pictures(page, `${language}-card-${name}`);
    await page.close();
  };
  const words: Record<string, "connectToJumpCloud" | "renewKey" | "pair"> = {
    unconnected: "connectToJumpCloud",
    floating: "connectToJumpCloud",
    "needs-key": "renewKey",
    "needs-key-floating": "renewKey",
    unpaired: "pair",
  };
  test("the card in Dots", async () => {
    await card("unconnected");
    await card("floating", { withJumpCloudCard: false });
    api = await stack.pair("pictures");
    const options = await pairChromium(stage.session, await pairingLink(stack.worker, "pictures"), language);
    await options.close();
    const connect = async (apiKey: string, region: "us" | "eu") => {
      const body = { region, apiKey, mode: "sync" } as const;
      const { id, firstSyncId } = await api.call("createConnection", { body });
      await api.ended(firstSyncId ?? "");
      return id;
    };
    const id = await connect(demoKeyValues.administrator, "us");
    await card("connected");
    const keyExpiresAt = new Date(Date.now() + 8.5 * 86_400_000).toISOString();
    await api.call("updateConnection", { id, body: { keyExpiresAt } });
    await card("key-ends");
    await connect(demoKeyValues.europe, "eu");
    await card("several");
    const key = stack.simulator.tenant.keys.find(({ value }) => value === demoKeyValues.administrator);
    if (key) key.state = "revoked";
    await api.sync(id);
    await card("needs-key");
    await card("needs-key-floating", { withJumpCloudCard: false });
    for (const token of (await api.call("listTokens")).items.filter(({ label }) => label !== "a test"))
      await api.call("revokeToken", { id: token.id });
    await card("unpaired");
  });
});
