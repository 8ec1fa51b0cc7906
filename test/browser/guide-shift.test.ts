import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { type Guided, guideStage, type Stage } from "./guide-stage.ts";

let stage: Stage;
let guided: Guided;
beforeAll(async () => {
  stage = await guideStage();
  await stage.session.context.addInitScript(() => {
    const shifts: unknown[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        if (!Reflect.get(entry, "hadRecentInput")) shifts.push(entry.toJSON());
    }).observe({ type: "layout-shift", buffered: true });
  });
});
afterEach(() => guided.close());
afterAll(() => stage.close());

/** Presses as a script does: a person's press would excuse half a second of shifting. */
const press = (selector: string) =>
  guided.page.evaluate((it) => document.querySelector<HTMLElement>(it)?.click(), selector);

test.each<[string, JumpCloudConsoleOptions]>([
  [".AccountMenu__trigger", { layout: "top-right" }],
  [".UserMenu__trigger", { layout: "bottom-left" }],
])("nothing of JumpCloud's moves as the guide comes, points and goes: %s", async (menu, console) => {
  guided = await stage.open(console);
  await press(menu);
  await guided.says("Choose My API Key");
  await press("[role=menuitem]");
  await guided.says("Choose when the key expires; you may choose No Expiration.");
  await guided.page.waitForTimeout(300);
  expect(await guided.page.evaluate(() => Reflect.get(window, "shifts"))).toEqual([]);
});

test("nothing of the dialog moves when the button comes beside the key", async () => {
  guided = await stage.open({ keyIn: "text" });
  await guided.openDialog();
  const place = () =>
    guided.page
      .locator(".ApiKeyModal__key, .Modal__footer")
      .evaluateAll((all) => all.map((it) => JSON.stringify(it.getBoundingClientRect())));
  await guided.guide.click("button", "Close guide");
  await guided.pressGenerate();
  const without = await place();
  await guided.close();
  guided = await stage.open({ keyIn: "text" });
  await guided.generate();
  await guided.guide.find("button", "Send to Dots");
  expect(await place()).toEqual(without);
});
