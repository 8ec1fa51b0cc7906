import type { Frame, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { builtExtension, dotsOrigin } from "../stack/extension.ts";
import { ExtensionPages } from "../stack/extension-pages.ts";
import { existingAssets, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let pages: ExtensionPages;
let api: Api;
beforeAll(async () => {
  pages = await ExtensionPages.launch(builtExtension("chrome"));
  stack = await startStack({ devices: 60 });
});
beforeEach(async () => {
  api = await stack.pair("keyboard");
  await api.importCsv(existingAssets(stack.simulator, 40));
  await pages.pair(stack, "keyboard");
});
afterAll(async () => {
  await pages.close();
  await stack.close();
});

/** What the focus is on, as its label or its words. */
function focused(frame: Frame | Page): Promise<string> {
  return frame.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return "";
    const labels = (element as HTMLInputElement).labels;
    const label = labels?.[0]?.textContent ?? element.ariaLabel;
    return (label ?? element.textContent ?? "").trim();
  });
}

/** Presses Tab until the focus is on something of that name; says where it went where it never is. */
async function tabTo(page: Page, frame: Frame | Page, name: string): Promise<void> {
  const passed: string[] = [];
  for (let step = 0; step < 40; step++) {
    await page.keyboard.press("Tab");
    expect(await isCovered(frame), "what has the focus is to be seen (WCAG 2.2, 2.4.11)").toBe(false);
    const at = await focused(frame);
    if (at === name) return;
    passed.push(at);
  }
  throw new Error(`Tab never came to "${name}", but to: ${passed.join(", ")}`);
}

/** Whether what has the focus lies under the buttons at the end of the screen. */
function isCovered(frame: Frame | Page): Promise<boolean> {
  return frame.evaluate(() => {
    const footer = document.querySelector("footer");
    const { activeElement } = document;
    if (!footer || !activeElement || footer.contains(activeElement) || activeElement === document.body)
      return false;
    return activeElement.getBoundingClientRect().bottom > footer.getBoundingClientRect().top + 1;
  });
}

async function atHeading(frame: Frame | Page, name: string | RegExp): Promise<void> {
  await frame.getByRole("heading", { level: 1, name }).waitFor();
  await expect.poll(() => frame.evaluate(() => document.activeElement?.tagName)).toBe("H1");
}

test("from the button in Dots to the result and on to undoing it, with the keyboard alone", async () => {
  const page = await pages.session.context.newPage();
  await page.goto(`${dotsOrigin}/#/integrations`);
  await page.waitForFunction(() => document.querySelector("dots-launcher"));
  const press = (key: string) => page.keyboard.press(key);
  for (let step = 0; step < 40; step++) {
    await press("Tab");
    if (await page.evaluate(() => document.activeElement?.localName === "dots-launcher")) break;
  }
  await press("Enter");
  await expect.poll(() => page.frames().length).toBe(2);
  const frame = page.frames()[1];
  if (frame === undefined) throw new Error("There is no wizard.");

  await atHeading(frame, "Connect JumpCloud");
  await tabTo(page, frame, "Allow & continue");
  await press("Enter");
  await atHeading(frame, "How should Dots sync?");
  await tabTo(page, frame, "Sync");
  await press("Space");
  await tabTo(page, frame, "Allow & Continue");
  await press("Enter");
  await atHeading(frame, "Bring the key");
  await tabTo(page, frame, "API Key");
  await page.keyboard.type(demoKeyValues.administrator);
  await tabTo(page, frame, "Preview first");
  await press("Enter");
  await atHeading(frame, "This is what a sync would do");
  await tabTo(page, frame, "Start sync");
  await press("Enter");
  await atHeading(frame, /^Congrats!/);

  await tabTo(page, frame, "Show devices");
  await press("Enter");
  await frame.getByRole("rowheader").first().waitFor();
  await tabTo(page, frame, "Undo this sync");
  await press("Enter");
  await expect.poll(() => focused(frame)).toBe("Keep it");
  await press("Escape");
  await expect.poll(() => focused(frame)).toBe("Undo this sync");
  await press("Enter");
  await expect.poll(() => focused(frame)).toBe("Keep it");
  await press("Shift+Tab");
  expect(await focused(frame)).toBe("Undo it");
  await press("Enter");
  await atHeading(frame, "The sync was undone");
  expect((await api.allAssets()).filter(({ systemId }) => systemId !== undefined)).toEqual([]);
});

test("managing with the keyboard alone: mode, schedule, disconnect", async () => {
  const body = { region: "us", apiKey: demoKeyValues.beta, mode: "sync" } as const;
  const { id, firstSyncId } = await api.call("createConnection", { body });
  await api.ended(firstSyncId ?? "");
  for (const each of (await api.call("listConnections")).items)
    if (each.id !== id) await api.call("deleteConnection", { id: each.id });
  const page = await pages.open("connect");
  await atHeading(page, "Beta Inc. is connected");
  await tabTo(page, page, "Sync");
  await page.keyboard.press("ArrowDown");
  await tabTo(page, page, "Change mode");
  await page.keyboard.press("Enter");
  await page.getByText("Saved").waitFor();
  await tabTo(page, page, "Syncs by itself");
  await page.keyboard.press("ArrowUp");
  await expect
    .poll(async () => (await api.call("getConnection", { id })).schedule)
    .toEqual({ everyHours: 3 });
  await page.getByText("Saved").waitFor();
  await tabTo(page, page, "Disconnect JumpCloud");
  await page.keyboard.press("Enter");
  await tabTo(page, page, "Type “Beta Inc.” to confirm");
  await page.keyboard.type("Beta Inc.");
  await page.keyboard.press("Enter");
  await atHeading(page, "Nothing is connected yet");
});
