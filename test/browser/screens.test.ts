import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { type ChromiumSession, launchChromium } from "../stack/chromium.ts";
import { builtExtension } from "../stack/extension.ts";
import { type Language, wordsIn } from "../stack/languages.ts";
import { faultsOf, lostInForcedColors } from "../stack/screens.ts";
import { existingAssets, pairingLink, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 60 });
});
afterAll(() => stack.close());

const languages: Language[] = ["en", "he"];

describe.each(languages)(
  "in %s, axe finds nothing wrong, nothing is cut off at 320 px, moves unasked or is lost in forced colours:",
  (language) => {
    const say = wordsIn(language);
    const workspace = `screens-${language}`;
    let session: ChromiumSession;
    let wizard: Page;
    const open = async (file: string): Promise<Page> => {
      const page = await session.context.newPage();
      await page.goto(`${session.extensionOrigin}/${file}.html`);
      return page;
    };
    const press = (word: string, page = wizard) =>
      page.getByRole("button", { name: say(word), exact: true }).click();
    const heading = (word: string, ...values: string[]) =>
      wizard.getByRole("heading", { level: 1, name: say(word, ...values) }).waitFor();
    const see = async (screen: string, page = wizard) => {
      expect(await faultsOf(page, language, screen)).toEqual([]);
      if (language === "en") expect(await lostInForcedColors(page), screen).toEqual([]);
    };

    beforeAll(async () => {
      session = await launchChromium({ extension: builtExtension("chrome", language) });
      const api = await stack.pair(workspace);
      await api.importCsv(existingAssets(stack.simulator, 40));
    });
    afterAll(() => session.close());
    // What one test leaves behind where it fails is not the next one's.
    afterEach(() => stack.simulator.faults.clear());

    test("the pages before pairing, and the settings", async () => {
      const popup = await open("popup");
      await popup.getByRole("textbox").waitFor();
      await see("popup-unpaired", popup);
      await popup.close();

      wizard = await open("connect");
      await heading("pairTitle");
      await see("wizard-pair");
      await wizard.close();

      const options = await open("options");
      await options.getByLabel(say("pairingLink")).fill("https://example.com");
      await press("pair", options);
      await options.getByRole("alert").waitFor();
      await see("options", options);
      await options.getByLabel(say("pairingLink")).fill(await pairingLink(stack.worker, workspace));
      await press("pair", options);
      await options.getByText(say("forgetPairing")).waitFor();
      await see("options-paired", options);
      await options.close();

      const unconnected = await open("popup");
      await unconnected.getByText(say("state_unconnected")).waitFor();
      await see("popup-unconnected", unconnected);
      await unconnected.close();
    });

    test("what Dots reads, the mode, the key and all that can be wrong with it", async () => {
      wizard = await open("connect");
      await heading("readsTitle");
      await wizard.getByText(say("howToCheck")).click();
      await see("wizard-1-reads");
      await press("allowAndContinueFirst");
      await heading("modeTitle");
      await wizard
        .getByText(/240|40/)
        .first()
        .waitFor();
      await see("wizard-2-mode");
      await wizard.getByRole("radio").first().check();
      await see("wizard-2-mode-chosen");
      await press("allowAndContinueMode");
      await heading("keyTitle");
      await see("wizard-3-key");

      const key = wizard.getByLabel(say("apiKey"), { exact: true });
      const expires = wizard.getByRole("combobox", { name: say("keyExpires") });
      await key.fill("nonsense");
      await expires.selectOption("date");
      await see("wizard-3-key-odd");
      await expires.selectOption("90");
      await key.fill(demoKeyValues.revoked);
      await press("continue");
      await wizard.getByRole("alert").waitFor();
      await see("wizard-3-key-refused");
      await key.fill(demoKeyValues.commandRunner);
      await press("continue");
      await wizard.getByText(/Command Runner/).waitFor();
      await see("wizard-3-key-not-permitted");
      await key.fill(demoKeyValues.multiTenant);
      await press("continue");
      await wizard.getByRole("button", { name: "Beta Inc." }).waitFor();
      await see("wizard-3-key-organizations");
    });

    test("the preview, and the way back from it", async () => {
      const key = wizard.getByLabel(say("apiKey"), { exact: true });
      await key.fill(demoKeyValues.administrator);
      await wizard.getByRole("combobox", { name: say("keyExpires") }).selectOption("unknown");
      await press("previewFirst");
      await heading("previewTitle");
      await see("wizard-3-preview");
      await wizard.getByRole("button", { name: say("willBe_updated") }).click();
      await wizard.getByRole("table").locator("summary").first().click();
      await see("wizard-3-preview-devices");
      await press("back");
      await heading("keyTitle");
    });

    test("the result with the devices behind its figures", async () => {
      await press("continue");
      await heading("congrats");
      await see("wizard-4-result");
      await wizard.getByRole("button", { name: say("outcome_skipped") }).click();
      await wizard.getByRole("table").getByRole("rowheader").first().waitFor();
      await see("wizard-4-result-skipped");
      await wizard.getByRole("combobox", { name: say("filterOutcome") }).selectOption("updated");
      await wizard.getByRole("table").locator("summary").first().click();
      await see("wizard-4-result-updated");
      await wizard.getByRole("searchbox").fill("no such device");
      await wizard.getByText(say("noDevicesHere")).waitFor();
      await press("assignEmployees");
      await press("undoSync");
      await see("wizard-4-result-undo");
      await press("undoNo");
    });

    test("managing the connection", async () => {
      await press("manage");
      await heading("manageTitle", "Acme Ltd");
      await wizard.getByRole("heading", { name: say("historyHeading") }).waitFor();
      await wizard.locator(".history li").first().waitFor();
      await see("manage");
      await wizard.getByRole("radio", { name: say("mode_download") }).check();
      await wizard.getByText(say("disconnectHeading")).click();
      await see("manage-asking");
      await wizard.getByRole("radio", { name: say("mode_sync"), exact: true }).check();
      const popup = await open("popup");
      await popup.getByText(say("state_connected"), { exact: true }).waitFor();
      await see("popup-connected", popup);
      await popup.close();
    });

    test("a sync on its way, the question before it is stopped, and what is said then", async () => {
      stack.simulator.faults.latencyMs = 60_000;
      await press("syncNow");
      await wizard.getByRole("progressbar").waitFor();
      await see("wizard-running");
      await press("stop");
      await see("wizard-running-stop");
      await press("stopYes");
      await heading("stoppedTitle");
      stack.simulator.faults.clear();
      await see("wizard-stopped");
    });

    test("a key that ends soon, and one that JumpCloud no longer takes", async () => {
      const api = await stack.pair(workspace);
      const [connection] = (await api.call("listConnections")).items;
      const id = connection?.id ?? "";
      const keyExpiresAt = new Date(Date.now() + 9 * 86_400_000).toISOString();
      await api.call("updateConnection", { id, body: { keyExpiresAt } });
      await wizard.reload();
      await wizard.getByText(/9/).first().waitFor();
      await wizard.locator(".history li").first().waitFor();
      await see("manage-key-ends");
      const ending = await open("popup");
      await ending.getByText(say("state_key_ends")).waitFor();
      await see("popup-key-ends", ending);
      await ending.close();

      const owner = stack.simulator.tenant.keys.find(({ value }) => value === demoKeyValues.administrator);
      if (owner) owner.state = "revoked";
      await api.sync(id);
      if (owner) owner.state = "valid";
      await wizard.reload();
      await wizard.locator(".history li").nth(1).waitFor();
      await see("manage-needs-key");
      await wizard.locator(".history button").first().click();
      await heading("resultFailedTitle");
      await see("wizard-result-failed");
      const popup = await open("popup");
      await popup.getByText(say("state_needs_key")).waitFor();
      await see("popup-needs-key", popup);
      await popup.close();
      await wizard.getByRole("button", { name: say("renewKey") }).click();
      await heading("renewTitle");
      await see("renew");
    });

    test("a sync that was undone", async () => {
      const api = await stack.pair(workspace);
      const [connection] = (await api.call("listConnections")).items;
      const { items } = await api.call("listSyncs", { id: connection?.id ?? "" });
      const first = items.find(({ kind, status }) => kind === "sync" && status === "succeeded");
      await api.ended((await api.call("undoSync", { id: first?.id ?? "" })).id);
      await wizard.reload();
      await wizard.locator(".history button").first().click();
      await heading("undoneTitle");
      await wizard.getByRole("button", { name: say("undoOutcome_updated") }).click();
      await wizard.getByRole("table").locator("summary").first().click();
      await see("wizard-result-undone");
    });

    test("several connections", async () => {
      const api = await stack.pair(workspace);
      const body = { region: "eu", apiKey: demoKeyValues.europe, mode: "sync" } as const;
      const { firstSyncId } = await api.call("createConnection", { body });
      await api.ended(firstSyncId ?? "");
      await wizard.reload();
      await heading("overviewTitle");
      await see("overview");
    });
  },
);
