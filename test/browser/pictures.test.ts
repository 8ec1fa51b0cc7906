import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DotsConsoleOptions, JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { pairChromium } from "../stack/chromium.ts";
import { ClosedShadow } from "../stack/closed-shadow.ts";
import { dotsOrigin } from "../stack/extension.ts";
import { wordsIn } from "../stack/languages.ts";
import { faultsOf, pictures } from "../stack/screens.ts";
import { existingAssets, pairingLink, type Stack, startStack } from "../stack/stack.ts";
import { type Guided, guideStage, type Stage } from "./guide-stage.ts";

/** What stands in other people's pages, for the eye: `SCREENS=1`. What it does is tested elsewhere. */
describe.runIf(process.env.SCREENS).each(["en", "he"] as const)("pictures in %s:", (language) => {
  let stack: Stack;
  let stage: Stage;
  beforeAll(async () => {
    stack = await startStack({ devices: 350 });
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
    // Long enough to know that the menu is nowhere.
    await guided.page.waitForTimeout(name === "console-unknown" ? 4500 : 700);
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
    await pictures(page, `${language}-card-${name}`, "dots-launcher");
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
    if (key) key.state = "valid";
    for (const token of (await api.call("listTokens")).items.filter(({ label }) => label !== "a test"))
      await api.call("revokeToken", { id: token.id });
    await card("unpaired");
  });

  test("the wizard, the settings and the popup in trouble", async () => {
    const words = wordsIn(language);
    const { faults, tenant } = stack.simulator;
    const workspace = "troubles";
    const client = await stack.pair(workspace);
    await client.importCsv(existingAssets(stack.simulator, 200));
    const open = async (file: string) => {
      const opened = await stage.session.context.newPage();
      await opened.goto(`${stage.session.extensionOrigin}/${file}.html`);
      return opened;
    };
    const see = async (screen: string, shown: Page) => {
      expect(await faultsOf(shown, language, screen)).toEqual([]);
    };
    const popup = async (screen: string) => {
      const shown = await open("popup");
      await shown.locator(".state").waitFor();
      await see(`popup-${screen}`, shown);
      await shown.close();
    };

    const refused = await open("options");
    await refused.getByRole("alert").waitFor();
    await see("options-refused", refused);
    const wizard = await open("connect");
    await wizard.getByRole("alert").waitFor();
    await see("wizard-pair-refused", wizard);
    const press = (word: string) =>
      wizard
        .getByRole("button", { name: words(word), exact: true })
        .first()
        .click();
    const typed = wizard.getByLabel(words("apiKey"), { exact: true });
    const attempt = async (screen: string, apiKey: string) => {
      await typed.fill(apiKey);
      await press("continue");
      await wizard.getByRole("alert").waitFor();
      await see(screen, wizard);
    };
    await refused
      .getByRole("textbox")
      .first()
      .fill(await pairingLink(stack.worker, workspace));
    await refused.getByRole("button", { name: words("pair"), exact: true }).click();
    await refused.getByText(words("forgetPairing")).waitFor();
    await refused.close();

    await wizard.reload();
    await press("allowAndContinueFirst");
    await wizard.getByRole("radio").last().check();
    await press("allowAndContinueMode");
    await stage.session.context.setOffline(true);
    await attempt("wizard-3-key-offline", demoKeyValues.administrator);
    await popup("offline");
    await stage.session.context.setOffline(false);
    faults.rates = { unavailable: 1 };
    await attempt("wizard-3-key-unavailable", demoKeyValues.administrator);
    faults.clear();
    await wizard.getByRole("combobox").last().selectOption("in");
    await attempt("wizard-3-key-wrong-region", demoKeyValues.europe);
    await wizard.getByRole("combobox").last().selectOption("us");

    const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "sync", start: false } as const;
    const { id } = await client.call("createConnection", { body });
    await wizard.reload();
    // The first page of devices is there, the rest is long in coming.
    faults.onRequest(3, () => {
      faults.latencyMs = 60_000;
    });
    await press("syncNow");
    await wizard.locator("[role=progressbar][aria-valuenow]").waitFor();
    await see("wizard-running-known", wizard);
    await popup("syncing");
    const { items } = await client.call("listSyncs", { id });
    await client.call("cancelSync", { id: items[0]?.id ?? "" });
    faults.clear();
    await wizard.getByRole("heading", { name: words("stoppedTitle") }).waitFor();
    await see("wizard-stopped-midway", wizard);
    await client.sync(id);

    await press("manage");
    await press("pause");
    await wizard.getByText(words("pausedSaved")).waitFor();
    await see("manage-paused", wizard);
    await popup("paused");
    await press("resume");
    await press("renewKey");
    await attempt("renew-other-organization", demoKeyValues.beta);
    await press("back");
    await press("allConnections");
    await press("connectAnother");
    await press("allowAndContinueFirst");
    await wizard.getByRole("radio").last().check();
    await press("allowAndContinueMode");
    await attempt("wizard-3-key-connected-already", demoKeyValues.administrator);

    const all = [...tenant.systems];
    tenant.systems.splice(5);
    const { id: syncId } = await client.call("startSync", { id });
    await client.ended(syncId);
    tenant.systems.splice(0, 5, ...all);
    await press("manage");
    await wizard.locator(".history button").first().click();
    await wizard.getByRole("alert").waitFor();
    await see("wizard-result-suspicious", wizard);
    await press("manage");
    await wizard.getByText(words("disconnectHeading")).click();
    await wizard.getByRole("textbox").fill("Acme Ltd");
    await press("disconnect");
    await wizard.getByRole("heading", { name: words("nothingConnected") }).waitFor();
    await see("overview-empty", wizard);
  });
});
