import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { ClosedShadow } from "../stack/closed-shadow.ts";
import { builtExtension, dotsOrigin } from "../stack/extension.ts";
import { button, ExtensionPages } from "../stack/extension-pages.ts";
import { pairingLink, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let pages: ExtensionPages;
let api: Api;
let workspace: string;
let workspaces = 0;
beforeAll(async () => {
  pages = await ExtensionPages.launch(builtExtension("chrome"));
  stack = await startStack({ devices: 40 });
});
beforeEach(async () => {
  workspace = `popup-${++workspaces}`;
  api = await stack.pair(workspace);
  await pages.pair(stack, workspace);
});
afterAll(async () => {
  await pages.close();
  await stack.close();
});

async function connect(keyExpiresAt?: string): Promise<string> {
  const key = { region: "us", apiKey: demoKeyValues.administrator, mode: "download" } as const;
  const body = { ...key, ...(keyExpiresAt !== undefined && { keyExpiresAt }) };
  const { id, firstSyncId } = await api.call("createConnection", { body });
  await api.ended(firstSyncId ?? "");
  return id;
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

test("not connected: the one thing to do is to connect", async () => {
  const popup = await pages.open("popup");
  await popup.getByText("Not connected", { exact: true }).waitFor();
  const opened = pages.session.context.waitForEvent("page");
  await button(popup, "Connect to JumpCloud").click();
  const wizard = await opened;
  await wizard.getByRole("heading", { name: "Connect JumpCloud" }).waitFor();
});

test("not paired: the popup takes the pairing link itself", async () => {
  const options = await pages.open("options");
  await button(options, "Forget this pairing").click();
  await options.getByRole("textbox", { name: "Pairing link" }).waitFor();
  const popup = await pages.open("popup");
  await popup.getByText("Not paired", { exact: true }).waitFor();
  await popup.getByRole("textbox", { name: "Pairing link" }).fill(await pairingLink(stack.worker, workspace));
  await button(popup, "Pair").click();
  await popup.getByText("Not connected", { exact: true }).waitFor();
});

test("connected: the state, the last three syncs, and Sync now adds one", async () => {
  const id = await connect();
  for (let sync = 0; sync < 3; sync++) await api.sync(id);
  const popup = await pages.open("popup");
  await popup.getByText("Connected", { exact: true }).waitFor();
  expect(await popup.locator(".last-syncs li").count()).toBe(3);
  await button(popup, "Sync now").click();
  await expect
    .poll(
      async () => (await api.call("listSyncs", { id })).items.filter(({ finishedAt }) => finishedAt).length,
    )
    .toBe(5);
  await popup.getByText("Connected", { exact: true }).waitFor();
});

test("Open Dots brings the open tab forward, or opens one", async () => {
  await connect();
  const popup = await pages.open("popup");
  const opened = pages.session.context.waitForEvent("page");
  await button(popup, "Open Dots").click();
  const dots = await opened;
  await dots.waitForURL(`${dotsOrigin}/#/integrations`);
  // Our script has to have spoken from there before the tab is known.
  await new ClosedShadow(dots).find("button", "Manage");
  const another = await pages.open("popup");
  const before = pages.session.context.pages().length;
  const closed = another.waitForEvent("close");
  await button(another, "Open Dots").click();
  await closed;
  expect(pages.session.context.pages()).toHaveLength(before - 1);
  expect(await dots.evaluate(() => document.visibilityState)).toBe("visible");
});

test("a key that ends soon: the popup says so, a notification comes once, the button wears the days, and Renew key leads to the key", async () => {
  await connect(inDays(7));
  const popup = await pages.open("popup");
  await popup.getByText("Key ends soon", { exact: true }).waitFor();
  await popup.getByText("The key expires in 7 days.").waitFor();
  const [worker] = pages.session.context.serviceWorkers();
  const look = () =>
    worker?.evaluate(async () => {
      const { chrome } = globalThis as unknown as {
        chrome: {
          alarms: { create(name: string, when: { when: number }): Promise<void> };
          action: { getBadgeText(of: object): Promise<string> };
          notifications: { getAll(answer: (all: Record<string, boolean>) => void): void };
        };
      };
      await chrome.alarms.create("reminders", { when: Date.now() });
      for (let waited = 0; waited < 20_000 && (await chrome.action.getBadgeText({})) === ""; waited += 100)
        await new Promise((done) => setTimeout(done, 100));
      await new Promise((done) => setTimeout(done, 1000));
      const all = await new Promise<Record<string, boolean>>((done) => chrome.notifications.getAll(done));
      return { badge: await chrome.action.getBadgeText({}), notifications: Object.keys(all).length };
    });
  expect(await look()).toEqual({ badge: "7", notifications: 1 });

  const opened = pages.session.context.waitForEvent("page");
  await button(popup, "Renew key").click();
  const wizard = await opened;
  await wizard.getByRole("heading", { name: "Renew the key" }).waitFor();
  // It is still there when the tab is loaded anew.
  await wizard.reload();
  await wizard.getByRole("heading", { name: "Renew the key" }).waitFor();
});

test("the Worker cannot be reached: the popup says so and offers another try", async () => {
  await connect();
  await pages.session.context.setOffline(true);
  const popup = await pages.open("popup");
  await popup.getByText("Dots cannot be reached", { exact: true }).waitFor();
  await pages.session.context.setOffline(false);
  await button(popup, "Try again").click();
  await popup.getByText("Connected", { exact: true }).waitFor();
});

test("a token that was revoked leads back to pairing, in the popup and in the settings", async () => {
  for (const { id } of (await api.call("listTokens")).items)
    if (!(await isOwn(id))) await api.call("revokeToken", { id });
  const options = await pages.open("options");
  await options.getByRole("alert").getByText("This browser is no longer paired with Dots.").waitFor();
  const popup = await pages.open("popup");
  await popup.getByText("Not paired", { exact: true }).waitFor();
  await popup.getByRole("textbox", { name: "Pairing link" }).fill(await pairingLink(stack.worker, workspace));
  await button(popup, "Pair").click();
  await popup.getByText("Not connected", { exact: true }).waitFor();
  await options
    .getByRole("textbox", { name: "Pairing link" })
    .fill(await pairingLink(stack.worker, workspace));
  await button(options, "Pair").click();
  await options.getByText("Forget this pairing").waitFor();
});

async function isOwn(id: string): Promise<boolean> {
  const { items } = await api.call("listTokens");
  return items.find((token) => token.id === id)?.label === "a test";
}
