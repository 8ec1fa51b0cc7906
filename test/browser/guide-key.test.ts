import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { type Guided, guideStage, type Stage } from "./guide-stage.ts";

const apiKey = demoKeyValues.administrator;
const legacy = "lu8792demo4y2398is1tb6h0b83ebf0e92s97t38";
const service = `jcs_${"BWx3".repeat(9)}`;
let stage: Stage;
let guided: Guided | undefined;
beforeAll(async () => {
  stage = await guideStage();
});
afterEach(async () => {
  await guided?.close();
  guided = undefined;
});
afterAll(() => stage.close());

describe("the key is found, and goes over on a click", () => {
  test.each<[string, JumpCloudConsoleOptions]>([
    ["in a field, the menu at the top right", { layout: "top-right" }],
    ["in a field, the menu at the bottom left", { layout: "bottom-left" }],
    ["in a text area", { keyIn: "textarea" }],
    ["as text", { keyIn: "text" }],
    ["as text in pieces", { keyIn: "split" }],
    ["as text that a label touches", { keyIn: "touching" }],
    ["not shown, but carried by the copy button", { keyIn: "attribute" }],
    ["in an open shadow root", { keyIn: "shadow" }],
    ["in a native modal dialog", { dialog: "native" }],
    ["in a drawer that no role calls a dialog", { dialog: "drawer" }],
    ["in what nothing calls a dialog, without a heading", { dialog: "bare", heading: false, keyIn: "text" }],
    ["an older key in a dialog whose title is no heading", { heading: false, apiKey: legacy }],
    ["in a dialog in an open shadow root", { dialog: "shadow" }],
    ["slotted into a dialog", { dialog: "slotted", keyIn: "text" }],
    ["in a frame of the console's own", { dialog: "frame" }],
    ["in a frame, in a shadow root, in pieces", { dialog: "frame", keyIn: "shadow" }],
    ["on a page of its own", { dialog: "page" }],
    ["in a dialog worded differently", { wording: "variant" }],
    ["in a dialog in words nobody knows beforehand", { wording: "other", keyIn: "text" }],
    ["beside a button that generates the next one", { keepsGenerate: true }],
    ["an older key of 40 characters", { apiKey: legacy }],
    ["an older key of 40 characters in pieces", { apiKey: legacy, keyIn: "split" }],
    ["a service account's key", { apiKey: service }],
    ["from right to left", { dir: "rtl", keyIn: "text" }],
  ])("%s", async (_where, console) => {
    guided = await stage.open(console);
    await guided.generate();
    await guided.guide.find("button", "Send to Dots");
    expect(await stage.takeKey(), "nothing is sent without the click").toBeNull();
    await guided.send();
    expect(await stage.takeKey()).toMatchObject({ apiKey: console.apiKey ?? apiKey, region: "us" });
    expect(await guided.guide.has("button", "Send to Dots")).toBe(false);
  });

  test.each(["eu", "in"] as const)("and says which region it is of: %s", async (region) => {
    guided = await stage.open({}, region);
    await guided.generate();
    await guided.send();
    expect(await stage.takeKey()).toMatchObject({ apiKey, region });
  });

  test("once it is shown, where it was masked before", async () => {
    guided = await stage.open({ keyIn: "masked" });
    await guided.generate();
    await guided.says("Copy it with the copy icon, then paste it in Dots");
    expect(await guided.guide.has("button", "Send to Dots"), "in the panel, for a pasted key").toBe(true);
    expect(await guided.boxes("dots-send-key", "button")).toHaveLength(0);
    await guided.page.getByRole("dialog").getByRole("button", { name: "Show" }).click();
    await guided.says("Press Send to Dots beside the key.");
    await guided.send();
    expect(await stage.takeKey()).toMatchObject({ apiKey });
  });
});

describe("the expiry that was chosen goes with it", () => {
  const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

  test.each<[string, JumpCloudConsoleOptions, string, string | null]>([
    ["a span, in a native list", {}, "180 days", inDays(180)],
    ["no expiration, in a native list", {}, "No Expiration", null],
    ["a span, in a list of another make", { expiry: "listbox" }, "365 days", inDays(365)],
    ["no expiration, in a list of another make", { expiry: "listbox" }, "No Expiration", null],
    ["a span, with radio buttons", { expiry: "radios" }, "30 days", inDays(30)],
    ["a span, in a frame", { dialog: "frame" }, "60 days", inDays(60)],
    ["a day of one's own", { expiry: "custom" }, "Custom", inDays(45)],
  ])("%s", async (_how, console, choice, expected) => {
    guided = await stage.open(console);
    await guided.openDialog();
    const { dialog } = guided;
    if (console.expiry === "listbox") {
      await dialog.getByRole("button", { name: "API Key Expiration" }).click();
      await dialog.getByRole("option", { name: choice }).click();
    } else if (console.expiry === "radios") await dialog.getByRole("radio", { name: choice }).check();
    else await dialog.getByRole("combobox").selectOption({ label: choice });
    if (choice === "Custom") await dialog.getByLabel("Day").fill(inDays(45));
    await guided.pressGenerate();
    await guided.send();
    const { keyExpiresAt } = (await stage.takeKey()) ?? {};
    expect(keyExpiresAt?.slice(0, 10) ?? keyExpiresAt).toBe(expected);
  });

  test.each(["modal", "frame"] as const)(
    "even where the press follows at once and takes the list away: %s",
    async (dialog) => {
      guided = await stage.open({ dialog });
      await guided.openDialog();
      await guided.says("Choose when the key expires; you may choose No Expiration.");
      await guided.dialog.getByRole("combobox").evaluate((list: HTMLSelectElement) => {
        list.value = "0";
        list
          .closest("[role=dialog]")
          ?.querySelector<HTMLElement>("[data-test-id=ApiKeyModal__generate]")
          ?.click();
        // As a page that answers at once would.
        list.remove();
      });
      await guided.send();
      expect(await stage.takeKey()).toMatchObject({ apiKey, keyExpiresAt: null });
    },
  );

  test("as the dialog says it with the key, where the choice could not be read", async () => {
    guided = await stage.open({ expiry: "custom" });
    await guided.openDialog();
    await guided.page.getByRole("combobox").selectOption({ label: "Custom" });
    await guided.page.getByLabel("Day").evaluate((day: HTMLInputElement, value) => {
      day.type = "text";
      day.value = value;
      day.style.opacity = "0";
    }, inDays(45));
    await guided.pressGenerate();
    await guided.send();
    const { keyExpiresAt } = (await stage.takeKey()) ?? {};
    expect([inDays(44), inDays(45), inDays(46)]).toContain(keyExpiresAt?.slice(0, 10));
  });
});

describe("what is not the key is never offered", () => {
  const offered = async ({ guide, boxes }: Guided) => {
    // Longer than the guide takes to look again.
    await new Promise((resolve) => setTimeout(resolve, 500));
    const beside = await boxes.call(guided, "dots-send-key", "button");
    return beside.length > 0 || (await guide.has("StaticText", "Press Send to Dots beside the key."));
  };

  test.each<[string, JumpCloudConsoleOptions]>([
    ["a mask", { keyIn: "masked" }],
    ["a hint to copy it", { keyIn: "copy-only" }],
    ["a password field", { keyIn: "password" }],
    ["one of two keys", { alsoShows: `jca_${"Replaced".padEnd(36, "1")}` }],
    ["40 characters in a dialog that does not speak of a key", { wording: "other", apiKey: legacy }],
  ])("%s: the panel has a field to paste it instead", async (_what, console) => {
    guided = await stage.open(console);
    await guided.generate();
    await guided.guide.find("textbox", "API Key");
    expect(await offered(guided)).toBe(false);
  });

  test.each([
    ["the present key's beginning", "/#/home", true],
    ["a secret of another kind in a dialog", "/#/systems/new", false],
    ["a user's identifier and password", "/#/users/60f1a2b3c4d5e6f708192a01/details", false],
    ["a key in a script", "/#/commands", false],
    ["other administrators' data", "/#/settings/administrators", false],
    ["what the user portal shows", "/userconsole#/security", false],
  ])("%s", async (_what, address, opens) => {
    guided = await stage.open({});
    await guided.page.goto(new URL(address, guided.page.url()).href);
    await guided.guide.find("complementary", "Dots guide");
    if (opens) await guided.openDialog();
    expect(await offered(guided)).toBe(false);
  });

  test("a key in the user portal, whatever it is shown in", async () => {
    guided = await stage.open({});
    await guided.page.goto(new URL("/userconsole#/", guided.page.url()).href);
    await guided.page.evaluate((key) => {
      const dialog = document.createElement("div");
      dialog.role = "dialog";
      dialog.innerHTML = "<h2>My API Key</h2><code></code><button>Copy</button>";
      document.body.append(dialog);
      const code = dialog.querySelector("code");
      if (code) code.textContent = key;
    }, apiKey);
    await guided.says("This is the user portal. Switch to the Admin Portal.");
    expect(await offered(guided)).toBe(false);
  });

  test("a click that the page makes up sends nothing", async () => {
    guided = await stage.open({});
    await guided.generate();
    await guided.guide.find("button", "Send to Dots");
    await guided.page.evaluate(() => {
      for (const tag of ["dots-send-key", "dots-guide"]) {
        const host = document.querySelector<HTMLElement>(tag);
        host?.click();
        host?.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true }));
        host?.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true }));
      }
    });
    expect(await stage.takeKey()).toBeNull();
  });
});
