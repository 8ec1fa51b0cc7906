import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { builtExtension } from "../stack/extension.ts";
import { button, ExtensionPages, keyField } from "../stack/extension-pages.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let pages: ExtensionPages;
let api: Api;
let workspaces = 0;
beforeAll(async () => {
  pages = await ExtensionPages.launch(builtExtension("chrome"));
  stack = await startStack({ devices: 200 });
});
beforeEach(async () => {
  const workspace = `wizard-${++workspaces}`;
  api = await stack.pair(workspace);
  await pages.pair(stack, workspace);
});
afterEach(() => stack.simulator.faults.clear());
afterAll(async () => {
  await pages.close();
  await stack.close();
});

const title = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const connections = async () => (await api.call("listConnections")).items;

test("a preview writes nothing, and Back from it loses nothing and leaves nothing behind", async () => {
  await api.importCsv(existingAssets(stack.simulator, 120));
  const before = await api.allAssets();
  const wizard = await pages.openAtKey("Download and sync");
  await keyField(wizard).fill(demoKeyValues.administrator);
  await button(wizard, "Preview first").click();
  await title(wizard, "This is what a sync would do").waitFor();
  const foretold = await wizard.locator(".legend b").allTextContents();
  await wizard.getByText("Nothing has been written.").waitFor();
  expect(await api.allAssets()).toEqual(before);

  await wizard.getByRole("button", { name: "will be updated" }).click();
  const device = wizard.getByRole("row").nth(1);
  await device.getByText(/fields? will change/).click();
  expect(await device.locator("ins").count()).toBeGreaterThan(0);

  await button(wizard, "Back").click();
  await title(wizard, "Bring the key").waitFor();
  expect(await keyField(wizard).inputValue()).toBe(demoKeyValues.administrator);
  expect(await connections()).toEqual([]);

  await button(wizard, "Preview first").click();
  await button(wizard, "Start sync").click();
  await title(wizard, /^Congrats!/).waitFor();
  expect(await wizard.locator(".legend b").allTextContents()).toEqual(foretold);
  expect(await connections()).toMatchObject([{ paused: false, mode: "download" }]);
});

test("a preview waits for its answer in a closed tab, and no schedule gives it", async () => {
  const wizard = await pages.openAtKey("Sync");
  await keyField(wizard).fill(demoKeyValues.administrator);
  await button(wizard, "Preview first").click();
  await title(wizard, "This is what a sync would do").waitFor();
  await wizard.close();
  expect(await connections()).toMatchObject([{ paused: true, nextSyncAt: null }]);

  const again = await pages.open("connect");
  await title(again, "This is what a sync would do").waitFor();
  await button(again, "Back").click();
  await title(again, "Bring the key").waitFor();
  expect(await keyField(again).inputValue()).toBe("");
  expect(await connections()).toEqual([]);
});

test("what was chosen is still there after the tab was closed; the key is not", async () => {
  const wizard = await pages.openAtKey("Download and sync");
  await keyField(wizard).fill(demoKeyValues.administrator);
  await wizard.getByRole("combobox", { name: "Key expires" }).selectOption("No expiration");
  await wizard.getByRole("combobox", { name: "Region" }).selectOption("India");
  await expect.poll(() => draftRegion(wizard)).toBe("in");
  await wizard.close();

  const again = await pages.open("connect");
  await title(again, "Bring the key").waitFor();
  expect(await keyField(again).inputValue()).toBe("");
  expect(await again.getByRole("combobox", { name: "Key expires" }).inputValue()).toBe("none");
  expect(await again.getByRole("combobox", { name: "Region" }).inputValue()).toBe("in");
  await button(again, "Back").click();
  expect(await again.getByRole("radio", { name: "Download and sync" }).isChecked()).toBe(true);
});

/** The region in the draft that is kept. */
function draftRegion(page: Page): Promise<string | undefined> {
  return page.evaluate(async () => {
    const { chrome } = window as unknown as {
      chrome: { storage: { local: { get(key: string): Promise<{ draft?: { region: string } }> } } };
    };
    return (await chrome.storage.local.get("draft")).draft?.region;
  });
}

test("a running sync is picked up in another tab and followed there, and Stop asks once before it stops it", async () => {
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "sync", start: false } as const;
  const { id } = await api.call("createConnection", { body });
  stack.simulator.faults.latencyMs = 60_000;
  const wizard = await pages.open("connect");
  await button(wizard, "Sync now").click();
  await wizard.getByRole("progressbar", { name: "Sync progress" }).waitFor();
  await wizard.close();

  const again = await pages.open("connect");
  await again.getByRole("progressbar", { name: "Sync progress" }).waitFor();
  // The Worker tells how it goes: nobody has to ask, until the browser stops the background and the stream with it.
  const asked = await countQuestions(again);
  await again.waitForTimeout(800);
  expect(await asked()).toBe(0);
  const cdp = await pages.session.context.newCDPSession(again);
  await cdp.send("ServiceWorker.enable");
  await cdp.send("ServiceWorker.stopAllWorkers");
  await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(1);
  await button(again, "Stop").click();
  expect(await again.evaluate(() => document.activeElement?.textContent)).toBe("Go on");
  await button(again, "Go on").click();
  await button(again, "Stop").click();
  await button(again, "Stop now").click();
  await title(again, "The sync was stopped").waitFor();
  const { items } = await api.call("listSyncs", { id });
  expect(items).toMatchObject([{ status: "cancelled" }]);
});

/** Counts from now on how often the page asks how a sync is. */
async function countQuestions(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const { runtime } = Reflect.get(window, "chrome") as { runtime: Record<"sendMessage", Send> };
    type Send = (message: { route?: string }) => unknown;
    const send = runtime.sendMessage;
    const questions: string[] = [];
    Object.assign(window, { questions });
    runtime.sendMessage = (message) => {
      if (message.route === "getSync") questions.push(message.route);
      return send.call(runtime, message);
    };
  });
  return () => page.evaluate(() => (Reflect.get(window, "questions") as string[]).length);
}

test("a key of another region is taken there by itself, and the wizard says so", async () => {
  const wizard = await pages.openAtKey("Sync");
  stack.simulator.faults.latencyMs = 1500;
  await keyField(wizard).fill(demoKeyValues.europe);
  await button(wizard, "Continue").click();
  await wizard.getByText("This key belongs to JumpCloud EU; we went on there.").waitFor();
  expect(await connections()).toMatchObject([{ region: "eu" }]);
});

test("where the region was chosen by hand, a key of another one is not taken there unasked", async () => {
  const wizard = await pages.openAtKey("Sync");
  await wizard.getByRole("combobox", { name: "Region" }).selectOption("India");
  await keyField(wizard).fill(demoKeyValues.europe);
  await button(wizard, "Continue").click();
  await wizard.getByRole("alert").getByText("This key belongs to JumpCloud EU. Continue there?").waitFor();
  expect(await connections()).toEqual([]);
  await wizard.getByRole("alert").getByRole("button", { name: "Continue" }).click();
  await title(wizard, /^Congrats!/).waitFor();
});

test("an admin of several organizations chooses one; the one that is connected already is named", async () => {
  const wizard = await pages.openAtKey("Sync");
  await keyField(wizard).fill(demoKeyValues.multiTenant);
  await button(wizard, "Continue").click();
  await wizard.getByRole("alert").getByText("Your key opens several organizations. Which one?").waitFor();
  await button(wizard, "Acme Ltd").click();
  await title(wizard, /^Congrats!/).waitFor();
  expect(await connections()).toMatchObject([{ organization: { name: "Acme Ltd" } }]);

  await button(wizard, "Manage").click();
  await button(wizard, "All connections").click();
  await button(wizard, "Connect another organization").click();
  await button(wizard, "Allow & continue").click();
  await wizard.getByRole("radio", { name: "Sync", exact: true }).check();
  await button(wizard, "Allow & Continue").click();
  await keyField(wizard).fill(demoKeyValues.administrator);
  await button(wizard, "Continue").click();
  await wizard.getByRole("alert").getByText("Acme Ltd is connected already.").waitFor();
  await wizard.getByRole("alert").getByRole("button", { name: "Manage" }).click();
  await title(wizard, "Acme Ltd is connected").waitFor();
});

test.each([
  ["revoked", /^JumpCloud did not accept this key\./, "Try again"],
  [
    "commandRunner",
    "This key may not list devices (role: Command Runner). Use the key of an Administrator.",
    "How to check",
  ],
] as const)(
  "a key that is %s: the sentence, what to do, and what was typed stays",
  async (name, sentence, action) => {
    const wizard = await pages.openAtKey("Sync");
    await keyField(wizard).fill(demoKeyValues[name]);
    await button(wizard, "Continue").click();
    const alert = wizard.getByRole("alert");
    await alert.getByText(sentence).waitFor();
    await alert.getByText(action).waitFor();
    expect(await keyField(wizard).inputValue()).toBe(demoKeyValues[name]);
  },
);

test("JumpCloud does not answer: the wizard says so, and Try now goes on once it does", async () => {
  const wizard = await pages.openAtKey("Sync");
  await keyField(wizard).fill(demoKeyValues.administrator);
  stack.simulator.faults.rates = { unavailable: 1 };
  await button(wizard, "Continue").click();
  await wizard.getByRole("alert").getByText("JumpCloud is not answering. Nothing was lost.").waitFor();
  stack.simulator.faults.clear();
  await button(wizard, "Try now").click();
  await title(wizard, /^Congrats!/).waitFor();
});

test("offline, what was typed is still there, and another try goes on", async () => {
  const wizard = await pages.openAtKey("Sync");
  await keyField(wizard).fill(demoKeyValues.administrator);
  await pages.session.context.setOffline(true);
  await button(wizard, "Continue").click();
  await wizard.getByRole("alert").getByText("You are offline. What you typed is still here.").waitFor();
  expect(await keyField(wizard).inputValue()).toBe(demoKeyValues.administrator);
  await pages.session.context.setOffline(false);
  await button(wizard, "Try again").click();
  await title(wizard, /^Congrats!/).waitFor();
});
