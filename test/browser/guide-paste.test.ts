import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Guided, guideStage, type Stage } from "./guide-stage.ts";

const apiKey = `jca_${"PastedByHand".padEnd(36, "5")}`;
let stage: Stage;
let guided: Guided;
beforeAll(async () => {
  stage = await guideStage();
});
afterEach(() => guided.close());
afterAll(() => stage.close());

/** Puts it on the clipboard as another page would, then pastes with the keyboard. */
async function paste(text: string): Promise<void> {
  await stage.session.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await guided.page.evaluate((it) => navigator.clipboard.writeText(it), text);
  await guided.page.keyboard.press("ControlOrMeta+v");
  await stage.session.context.clearPermissions();
}

test.each([
  ["in the console", "Open your profile menu", {}],
  ["instead of generating", "Choose when the key expires; you may choose No Expiration.", {}],
  ["without access", "API access is not enabled for your account.", { noPermission: true }],
] as const)("a key the admin has already is pasted right there: %s", async (where, sentence, console) => {
  guided = await stage.open(console);
  if (where !== "in the console") await guided.openDialog();
  await guided.says(sentence);
  await guided.guide.click("button", "I have a key already");
  await expect.poll(() => guided.focused()).toBe("textbox API Key");
  await paste(`  ${apiKey}\r\n`);
  await guided.guide.find("StaticText", "Looks like a JumpCloud key");
  await guided.page.keyboard.press("Enter");
  await guided.says("Done.");
  expect(await stage.takeKey()).toEqual({ apiKey, region: "us" });
  expect(await guided.guide.has("textbox", "API Key"), "the field is gone, and the key with it").toBe(false);
});

test.each(["typed", "pasted"] as const)(
  "no script of the page hears, reads or finds a key that is %s",
  async (how) => {
    guided = await stage.open({ keyIn: "copy-only" });
    await guided.generate();
    // A listener that tries everything: at the window, in the capture phase, for whatever an event carries.
    await guided.page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      const types = ["keydown", "keypress", "keyup", "beforeinput", "textInput", "input", "change", "paste"];
      for (const target of [window, document, document.querySelector("dots-guide") ?? window])
        for (const type of types)
          target.addEventListener(
            type,
            (event) => heard.push(`${type} ${JSON.stringify([event.target, Reflect.get(event, "key")])}`),
            true,
          );
    });
    await guided.guide.click("textbox", "API Key");
    if (how === "typed") await guided.page.keyboard.type(apiKey);
    else await paste(apiKey);
    await guided.guide.find("StaticText", "Looks like a JumpCloud key");
    expect(await guided.page.evaluate(() => Reflect.get(window, "heard"))).toEqual([]);
    const events = (
      JSON.parse(await guided.seen()) as { kind: string; target?: string; type?: string }[]
    ).filter(
      ({ kind, target, type }) =>
        kind === "event" && target === "dots-guide" && type !== "click" && type !== "focusin",
    );
    expect(events).toEqual([]);
    const found = await guided.page.evaluate(() =>
      [document.documentElement.outerHTML, document.activeElement?.outerHTML, String(getSelection())].join(
        "\n",
      ),
    );
    expect(found).not.toContain(apiKey);
    expect(await guided.page.evaluate(() => document.querySelector("dots-guide")?.shadowRoot)).toBeNull();
    await guided.guide.click("button", "Send to Dots");
    await guided.says("Done.");
    expect(await stage.takeKey()).toEqual({ apiKey, region: "us" });
    if (how === "typed") expect(await guided.seen()).not.toContain(apiKey);
  },
);

test.each([
  ["nothing", "", "Paste the API key first."],
  ["two words", "not a key", "An API key is one word without spaces. Copy it once more."],
])("%s is not sent, and the field says why", async (_what, text, sentence) => {
  guided = await stage.open({});
  await guided.guide.click("button", "I have a key already");
  await guided.page.keyboard.type(text);
  await guided.page.keyboard.press("Enter");
  await guided.guide.find("StaticText", sentence);
  expect(await guided.focused()).toBe("textbox API Key");
  expect(await stage.takeKey()).toBeNull();
});

test("what is typed is hidden until the admin wants to see it, and is kept while the page moves on", async () => {
  guided = await stage.open({});
  await guided.guide.click("button", "I have a key already");
  await guided.page.keyboard.type(apiKey);
  expect(await guided.boxes("dots-guide", ".hidden-text")).toHaveLength(1);
  await guided.guide.click("button", "Show");
  expect(await guided.boxes("dots-guide", ".hidden-text")).toHaveLength(0);
  await guided.guide.find("button", "Hide");
  await guided.openDialog();
  await guided.says("Choose when the key expires; you may choose No Expiration.");
  await guided.guide.click("button", "Send to Dots");
  await guided.says("Done.");
  expect(await stage.takeKey()).toEqual({ apiKey, region: "us" });
});
