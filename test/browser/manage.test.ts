import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { buildExtension } from "../stack/extension.ts";
import { button, ExtensionPages, keyField } from "../stack/extension-pages.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let pages: ExtensionPages;
let api: Api;
let id: string;
let workspaces = 0;
beforeAll(async () => {
  pages = await ExtensionPages.launch(buildExtension("chrome"));
  stack = await startStack({ devices: 100 });
});
/** Each test has a workspace of its own in which Acme Ltd is connected, and has synced once. */
beforeEach(async () => {
  const workspace = `manage-${++workspaces}`;
  api = await stack.pair(workspace);
  await api.importCsv(existingAssets(stack.simulator, 60));
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "sync" } as const;
  const created = await api.call("createConnection", { body });
  id = created.id;
  await api.ended(created.firstSyncId ?? "");
  await pages.pair(stack, workspace);
});
afterAll(async () => {
  await pages.close();
  await stack.close();
});

const title = (page: Page, name: string | RegExp) => page.getByRole("heading", { level: 1, name });
const connection = () => api.call("getConnection", { id });

test("changing the mode says what it means before it is changed, and the next sync does it", async () => {
  const wizard = await pages.open("connect");
  await title(wizard, "Acme Ltd is connected").waitFor();
  await wizard.getByRole("radio", { name: "Download and sync" }).check();
  await wizard.getByText(/^From the next sync on every JumpCloud device/).waitFor();
  expect((await connection()).mode).toBe("sync");
  await button(wizard, "Change mode").click();
  await wizard.getByText("Saved").waitFor();
  expect((await connection()).mode).toBe("download");
  await button(wizard, "Sync now").click();
  await title(wizard, "The sync is done").waitFor();
  expect((await api.call("summarizeAssets")).bySource.jumpcloud).toBeGreaterThan(0);
});

test("the schedule and the pause are kept at once", async () => {
  const wizard = await pages.open("connect");
  const schedule = wizard.getByRole("combobox", { name: "Syncs by itself" });
  await schedule.selectOption("every day");
  await wizard.getByText("Saved").waitFor();
  expect((await connection()).schedule).toEqual({ everyHours: 24 });
  await schedule.selectOption("only when asked");
  await expect.poll(async () => (await connection()).schedule).toBeNull();
  await button(wizard, "Pause").click();
  await wizard.getByText("Paused: it syncs only when you ask.").waitFor();
  expect((await connection()).paused).toBe(true);
  await button(wizard, "Resume").click();
  await wizard.getByText("It syncs by itself again.").waitFor();
  expect((await connection()).paused).toBe(false);
});

test("renewing the key takes two clicks and loses nothing; another organization's key is refused by name", async () => {
  const wizard = await pages.open("connect");
  await button(wizard, "Renew key").click();
  await title(wizard, "Renew the key").waitFor();
  await keyField(wizard).fill(demoKeyValues.beta);
  await button(wizard, "Continue").click();
  await wizard
    .getByRole("alert")
    .getByText("This key belongs to Beta Inc., the connection to Acme Ltd.")
    .waitFor();
  await keyField(wizard).fill(demoKeyValues.legacy);
  await button(wizard, "Continue").click();
  await title(wizard, "Acme Ltd is connected").waitFor();
  expect(await connection()).toMatchObject({ keyLast4: demoKeyValues.legacy.slice(-4), mode: "sync" });
});

test("a key that ends within 14 days is announced with the button that mends it", async () => {
  const keyExpiresAt = new Date(Date.now() + 9 * 86_400_000).toISOString();
  await api.call("updateConnection", { id, body: { keyExpiresAt } });
  const wizard = await pages.open("connect");
  const alert = wizard.getByRole("alert");
  await alert.getByText("The key expires in 9 days.").waitFor();
  await alert.getByRole("button", { name: "Renew key" }).click();
  await title(wizard, "Renew the key").waitFor();
});

test("the calendar's address is copied, and opens the calendar", async () => {
  const wizard = await pages.open("connect");
  await button(wizard, "Copy calendar address").click();
  await wizard.getByText(/^Copied\. Subscribe to it/).waitFor();
  const address = await wizard.evaluate(() => navigator.clipboard.readText());
  expect(await (await fetch(address)).text()).toContain("BEGIN:VCALENDAR");
});

test("the history lists the syncs, and each opens its result", async () => {
  await api.sync(id);
  const wizard = await pages.open("connect");
  await wizard.getByRole("img", { name: /^The last 2 syncs: 0 failed/ }).waitFor();
  await wizard.getByRole("button", { name: /by schedule|asked for/ }).click();
  await title(wizard, "The sync is done").waitFor();
  await button(wizard, "Manage").click();
  await title(wizard, "Acme Ltd is connected").waitFor();
});

test("disconnecting asks for the organization's name, forgets the key and keeps the assets", async () => {
  const before = (await api.allAssets()).length;
  const wizard = await pages.open("connect");
  await wizard.getByText("Disconnect JumpCloud").click();
  await wizard.getByText("All assets as they are, and their history.").waitFor();
  const disconnect = button(wizard, "Disconnect");
  const name = wizard.getByRole("textbox", { name: "Type “Acme Ltd” to confirm" });
  await name.fill("Acme");
  expect(await disconnect.isDisabled()).toBe(true);
  await name.fill("acme ltd");
  await disconnect.click();
  await title(wizard, "Nothing is connected yet").waitFor();
  expect((await api.call("listConnections")).items).toEqual([]);
  expect(await api.allAssets()).toHaveLength(before);
});

test("devices are found by name and by serial number, within an outcome or in all", async () => {
  const { lastSyncId } = await connection();
  const changes = await api.allChanges(lastSyncId ?? "");
  const device = changes.find(({ outcome, hostname }) => outcome === "updated" && hostname);
  const wizard = await pages.open("connect");
  await wizard.locator(".history button").first().click();
  await button(wizard, "Show devices").click();
  await wizard
    .getByText(`${changes.length} devices`, { exact: true })
    .or(button(wizard, "Show more"))
    .waitFor();
  const search = wizard.getByRole("searchbox", { name: "Search devices" });
  for (const text of [device?.serialNumber ?? "", (device?.hostname ?? "").toUpperCase()]) {
    await search.fill(text);
    await wizard
      .getByRole("rowheader", { name: device?.hostname ?? "" })
      .first()
      .waitFor();
    await expect.poll(() => wizard.getByRole("rowheader").count()).toBeLessThan(5);
  }
  await wizard.getByRole("combobox", { name: "Outcome" }).selectOption("skipped");
  await wizard.getByText("No devices here.").waitFor();
});

test("a device that is not in Dots leads to the change of mode", async () => {
  const wizard = await pages.open("connect");
  await wizard.locator(".history button").first().click();
  await wizard.getByRole("button", { name: "skipped" }).click();
  await wizard.getByText("Not in Dots. In Download and sync mode it would be added.").first().waitFor();
  await button(wizard, "Change mode").click();
  await wizard.getByRole("radio", { name: "Download and sync" }).waitFor();
});

test("what support needs to assign employees is copied: ids and counts, and no secret", async () => {
  const wizard = await pages.open("connect");
  await wizard.locator(".history button").first().click();
  await button(wizard, "Assign employees").click();
  await wizard.getByText(/^Copied for support: the connection and \d+ assets\.$/).waitFor();
  const note = await wizard.evaluate(() => navigator.clipboard.readText());
  const { lastSyncId } = await connection();
  const written = (await api.allChanges(lastSyncId ?? "")).flatMap(({ assetId }) => assetId ?? []);
  expect(note).toContain(`connection: ${id}`);
  expect(note.split("\n").slice(-written.length).toSorted()).toEqual(written.toSorted());
  expect(note).not.toContain(demoKeyValues.administrator);
  expect(note).not.toContain(api.token);
});
