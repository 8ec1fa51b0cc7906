import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { builtExtension } from "../stack/extension.ts";
import { button, ExtensionPages, keyField } from "../stack/extension-pages.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let pages: ExtensionPages;
let api: Api;
let id: string;
let workspaces = 0;
beforeAll(async () => {
  pages = await ExtensionPages.launch(builtExtension("chrome"));
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

test("once it is shown, nothing of it moves", async () => {
  for (let syncs = 0; syncs < 4; syncs += 1) await api.sync(id);
  const wizard = await pages.open("options");
  await wizard.setViewportSize({ width: 1280, height: 2000 });
  await wizard.goto(wizard.url().replace("options", "connect"));
  await wizard.locator(".history li").nth(4).waitFor();
  const shifts = await wizard.evaluate(
    () =>
      new Promise<PerformanceEntry[]>((resolve) => {
        const shifts: PerformanceEntry[] = [];
        new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({
          type: "layout-shift",
          buffered: true,
        });
        setTimeout(() => resolve(shifts.map((shift) => shift.toJSON())), 500);
      }),
  );
  expect(shifts).toEqual([]);
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

test("a preview in the history tells what would have been, and offers no undo", async () => {
  await api.ended((await api.call("startPreview", { id })).id);
  const wizard = await pages.open("connect");
  await wizard.getByRole("button", { name: "preview, nothing written" }).click();
  await title(wizard, "This is what a sync would do").waitFor();
  await wizard.getByText("stay as they are").waitFor();
  expect(await button(wizard, "Undo this sync").count()).toBe(0);
});

test("disconnecting asks for the organization's name, forgets the key and keeps the assets", async () => {
  const before = (await api.allAssets()).length;
  const wizard = await pages.open("connect");
  // What is above it has come: it moves no more.
  await wizard.locator(".history button").first().waitFor();
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

test("the sync's devices are saved as a CSV file", async () => {
  const wizard = await pages.open("connect");
  await wizard.locator(".history button").first().click();
  const saved = wizard.waitForEvent("download");
  await button(wizard, "Download as CSV").click();
  const download = await saved;
  expect(download.suggestedFilename()).toMatch(/^jumpcloud-sync-\d{4}-\d\d-\d\d\.csv$/);
  const lines = (await readFile(await download.path(), "utf8")).trim().split("\r\n");
  const { lastSyncId } = await connection();
  expect(lines[0]).toContain("serialNumber");
  expect(lines).toHaveLength(1 + (await api.allChanges(lastSyncId ?? "")).length);
});

test("undoing a sync says what it will do, asks once, puts back what was, and lists what it kept", async () => {
  const { lastSyncId } = await connection();
  const updated = (await api.allChanges(lastSyncId ?? "")).filter(({ outcome }) => outcome === "updated");
  const [first] = updated;
  await api.importCsv(`id,model\n${first?.assetId},Changed by hand`);
  const wizard = await pages.open("connect");
  await wizard.locator(".history button").first().click();
  await button(wizard, "Undo this sync").click();
  await wizard
    .getByText(`Undo this sync? ${updated.length} updated assets get back what they had.`)
    .waitFor();
  await button(wizard, "Keep it").click();
  await button(wizard, "Undo this sync").click();
  await button(wizard, "Undo it").click();
  await title(wizard, "The sync was undone").waitFor();
  const assets = await api.allAssets();
  expect(assets.filter(({ systemId }) => systemId !== undefined)).toEqual([]);
  expect(assets.find(({ id }) => id === first?.assetId)?.model).toBe("Changed by hand");

  await wizard.getByRole("button", { name: "put back" }).click();
  await wizard.getByRole("searchbox").fill(first?.serialNumber ?? "");
  const row = wizard.getByRole("row").filter({ hasText: first?.serialNumber ?? "" });
  const found = wizard.getByRole("cell").getByText("Put back.");
  await expect.poll(() => found.count()).toBe(1);
  await row.getByText("Put back.").click();
  await row.getByText("Model, kept as changed since").waitFor();
  await row.getByText("Changed by hand").waitFor();

  await button(wizard, "Manage").click();
  await wizard.locator(".history button").nth(1).click();
  await wizard.getByText("This sync was undone.").waitFor();
  expect(await button(wizard, "Undo this sync").count()).toBe(0);
});
