import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { type Box, type Guided, guideStage, type Stage } from "./guide-stage.ts";

let stage: Stage;
let guided: Guided;
beforeAll(async () => {
  stage = await guideStage();
});
afterEach(() => guided.close());
afterAll(() => stage.close());

const open = async (console: JumpCloudConsoleOptions = {}) => {
  guided = await stage.open(console);
  return guided;
};
const go = (address: string) => guided.page.goto(new URL(address, guided.page.url()).href);
const replaces = "Generating replaces your present key: whatever uses it stops working.";
const covers = (a: Box, b: Box) =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** The middle of the one ring is on this element of the page. */
async function ringIsOn(selector: string): Promise<void> {
  const target = await guided.page.locator(selector).boundingBox();
  const middle = {
    x: (target?.x ?? 0) + (target?.width ?? 0) / 2,
    y: (target?.y ?? 0) + (target?.height ?? 0) / 2,
  };
  await expect
    .poll(async () => {
      const rings = await guided.boxes("dots-guide", ".ring");
      return rings.map(({ left, right, top, bottom }) => ({
        x: Math.round((left + right) / 2 - middle.x),
        y: Math.round((top + bottom) / 2 - middle.y),
      }));
    })
    .toContainEqual({ x: expect.closeTo(0, -1), y: expect.closeTo(0, -1) });
}

/** Neither over the page's element nor out of the window. */
async function panelIsClear(...selectors: string[]): Promise<void> {
  await expect
    .poll(async () => {
      const [panel] = await guided.boxes("dots-guide", "aside");
      const rings = await guided.boxes("dots-guide", ".ring");
      const { width = 0, height = 0 } = guided.page.viewportSize() ?? {};
      const inside =
        panel && panel.left >= 0 && panel.top >= 0 && panel.right <= width && panel.bottom <= height;
      return inside && rings.length >= selectors.length && !rings.some((ring) => covers(panel, ring));
    })
    .toBe(true);
}

describe("the guide says where the admin is and what is next", () => {
  test("signed out: on the administrators' page to sign in, on the users' page how to get there", async () => {
    await open();
    await go("/login/admin");
    await guided.says("Sign in as an admin.");
    await ringIsOn("form");
    await go("/login");
    await guided.says("Sign in as an admin.");
    await guided.guide.click("link", "Administrator Login");
    await guided.page.waitForURL("**/login/admin");
  });

  test("user portal: the way to the Admin Portal", async () => {
    await open();
    await go("/userconsole#/");
    await guided.says("This is the user portal. Switch to the Admin Portal.");
    await guided.guide.click("link", "Switch to the Admin Portal");
    await guided.says("Open your profile menu");
  });

  test.each([
    ["top-right", ".AccountMenu__trigger"],
    ["bottom-left", ".UserMenu__trigger"],
  ] as const)(
    "menu %s: the menu, then My API Key, then the expiry and the button",
    async (layout, trigger) => {
      await open({ layout });
      await guided.says("Open your profile menu");
      await ringIsOn(trigger);
      await panelIsClear(trigger);
      await guided.openMenu();
      await guided.says("Choose My API Key");
      await ringIsOn("[role=menuitem]:first-of-type");
      await guided.page.getByRole("menuitem", { name: "My API Key" }).click();
      await guided.says("Choose when the key expires; you may choose No Expiration.");
      await guided.says(replaces);
      await ringIsOn("select");
      await ringIsOn("[data-test-id=ApiKeyModal__generate]");
      await panelIsClear("select", "button");
      expect(await guided.boxes("dots-guide", ".ring")).toHaveLength(2);
    },
  );

  test("a menu nobody knows: a sentence, no ring, and a field for the key", async () => {
    await open({ layout: "moved" });
    await guided.says("Find “My API Key” in the menu behind your name or initials.");
    expect(await guided.boxes("dots-guide", ".ring")).toHaveLength(0);
    await guided.guide.click("button", "I have a key already");
    await guided.guide.find("textbox", "API Key");
    await guided.openMenu();
    await guided.says("Choose My API Key");
  });

  test("not allowed: what it means, who can help, and a message to send", async () => {
    await open({ noPermission: true });
    await stage.session.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await guided.openDialog();
    await guided.says("API access is not enabled for your account.");
    await guided.says(
      "Only an Administrator with Billing can enable API access: Settings → Administrators → your name → Enable API access.",
    );
    await guided.guide.click("button", "Copy a message");
    await guided.guide.find("button", "Copied");
    const message = await guided.page.evaluate(() => navigator.clipboard.readText());
    expect(message).toContain("Enable API access");
    await stage.session.context.clearPermissions();
  });

  test("key shown, then sent: back to Dots", async () => {
    await open();
    await guided.generate();
    await guided.says("Press Send to Dots beside the key.");
    await guided.says("It is shown only once.");
    await guided.send();
    await guided.says("Done.");
    expect(await stage.takeKey()).toMatchObject({ apiKey: demoKeyValues.administrator });
    await guided.page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
    await guided.says("Done.");
  });

  test("the two things an admin needs, as far as the page shows them", async () => {
    const marks = async () => (await guided.guide.names()).filter((name) => /^StaticText "– /.test(name));
    await open();
    await guided.guide.find("StaticText", "An Admin account in JumpCloud");
    await guided.guide.find("StaticText", "API access enabled for you");
    expect(await marks()).toEqual(['StaticText "– there"', 'StaticText "– not known yet"']);
    await go("/login/admin");
    await guided.says("Sign in as an admin.");
    expect(await marks()).toEqual(['StaticText "– not known yet"', 'StaticText "– not known yet"']);
    await guided.close();
    await open({ noPermission: true });
    await guided.openDialog();
    await guided.says("API access is not enabled for your account.");
    expect(await marks()).toEqual(['StaticText "– there"', 'StaticText "– missing"']);
  });
});

describe("a ring", () => {
  test("follows what it is around when the page scrolls and the window changes", async () => {
    await open({ layout: "top-right" });
    await ringIsOn(".AccountMenu__trigger");
    await guided.page.setViewportSize({ width: 1000, height: 700 });
    await ringIsOn(".AccountMenu__trigger");
    await guided.page.evaluate(() => {
      document.documentElement.style.paddingBottom = "2000px";
      scrollTo(0, 30);
    });
    await ringIsOn(".AccountMenu__trigger");
  });

  test("takes no click, and nothing is clicked for the admin", async () => {
    await open();
    await ringIsOn(".AccountMenu__trigger");
    const trigger = guided.page.locator(".AccountMenu__trigger");
    const isOnTop = await trigger.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2) === element;
    });
    expect(isOnTop).toBe(true);
    const seen = JSON.parse(await guided.seen()) as { kind: string; type?: string }[];
    expect(seen.filter(({ kind, type }) => kind === "event" && type === "click")).toEqual([]);
  });
});

describe("the panel", () => {
  const panel = async () => (await guided.boxes("dots-guide", "aside"))[0];
  const handle = () => guided.guide.find("button", "Move guide");

  test("is dragged, stays in the window, and is where it was left on the next page", async () => {
    await open();
    const { x, y } = await handle();
    await guided.page.mouse.move(x, y);
    await guided.page.mouse.down();
    await guided.page.mouse.move(x - 300, y - 200, { steps: 5 });
    await guided.page.mouse.up();
    const moved = await panel();
    expect(moved?.left).toBeLessThan(x - 250);
    await guided.page.reload();
    await guided.guide.find("complementary", "Dots guide");
    await expect.poll(panel).toMatchObject({ left: expect.closeTo(moved?.left ?? 0, -1) });
    await guided.page.setViewportSize({ width: 500, height: 600 });
    await expect.poll(async () => (await panel())?.right).toBeLessThanOrEqual(500);
  });

  test("is moved with the arrow keys, and goes round the corners when the handle is pressed", async () => {
    await open({ layout: "moved" });
    await guided.guide.click("button", "Move guide");
    const corner = await panel();
    await guided.page.keyboard.press("ArrowRight");
    await guided.page.keyboard.press("ArrowRight");
    await expect.poll(panel).not.toEqual(corner);
    const moved = await panel();
    await guided.page.keyboard.press("ArrowDown");
    await expect.poll(async () => (await panel())?.top).toBeGreaterThan(moved?.top ?? 0);
    expect(await guided.focused()).toBe("button Move guide");
    const visited = new Set<string>();
    for (let press = 0; press < 4; press += 1) {
      await guided.page.keyboard.press("Enter");
      visited.add(JSON.stringify(await panel()));
    }
    expect(visited.size).toBe(4);
  });

  test("goes away from what it points at, wherever it was put", async () => {
    await open();
    const { x, y } = await handle();
    await guided.page.mouse.move(x, y);
    await guided.page.mouse.down();
    await guided.page.mouse.move(1000, 20, { steps: 5 });
    await guided.page.mouse.up();
    await panelIsClear(".AccountMenu__trigger");
  });

  test("is closed by its button and by Escape, and stays closed", async () => {
    await open();
    await guided.guide.click("button", "Close guide");
    await expect.poll(() => guided.guide.has("complementary", "Dots guide")).toBe(false);
    await guided.page.reload();
    await guided.page.getByRole("button", { name: "Account" }).waitFor();
    await guided.page.waitForTimeout(700);
    expect(await guided.guide.has("complementary", "Dots guide")).toBe(false);
    expect(await guided.page.locator("dots-guide, dots-send-key").count()).toBe(0);
    await guided.close();
    await open();
    await guided.page.keyboard.press("Escape");
    await expect.poll(() => guided.guide.has("complementary", "Dots guide")).toBe(false);
  });

  test("Escape in it closes it and not JumpCloud's dialog; elsewhere it is the dialog's", async () => {
    await open();
    await guided.generate();
    await guided.guide.find("button", "Send to Dots");
    await guided.guide.click("button", "Move guide");
    await guided.page.keyboard.press("Escape");
    await expect.poll(() => guided.guide.has("complementary", "Dots guide")).toBe(false);
    expect(await guided.page.getByRole("dialog").isVisible()).toBe(true);
    await guided.close();
    await open();
    await guided.openDialog();
    await guided.says(replaces);
    await guided.page.keyboard.press("Escape");
    await guided.says("Open your profile menu");
  });

  test("is reached with Tab from the dialog; the focus goes on to what is next after sending", async () => {
    await open();
    await guided.generate();
    await guided.guide.find("button", "Send to Dots");
    for (let tabs = 0; tabs < 12 && (await guided.focused()) !== "button Send to Dots"; tabs += 1)
      await guided.page.keyboard.press("Tab");
    expect(await guided.focused()).toBe("button Send to Dots");
    await guided.page.keyboard.press("Enter");
    await guided.says("Done.");
    expect(await stage.takeKey()).toMatchObject({ apiKey: demoKeyValues.administrator });
    expect(await guided.focused()).toBe("button Back to Dots");
  });

  test("tells each change to screen readers", async () => {
    await open();
    const spoken = (sentence: string) =>
      expect.poll(async () => (await guided.guide.names()).join("\n")).toContain(sentence);
    await spoken('StaticText "Open your profile menu. Your initials at the top right');
    await guided.openDialog();
    await spoken(`StaticText "Choose when the key expires; you may choose No Expiration. ${replaces}`);
  });
});

test("in Hebrew the guide runs from right to left and says the same", async () => {
  const hebrew = await guideStage({ language: "he" });
  try {
    guided = await hebrew.open({});
    await guided.says(guided.say("guideOpenMenu"));
    expect(guided.say("guideOpenMenu")).toMatch(/\p{Script=Hebrew}/u);
    const [panel] = await guided.boxes("dots-guide", "aside");
    const [close] = await guided.boxes("dots-guide", "button.close:not(.handle)");
    expect(close?.left, "the close button is at the end of the line").toBeLessThan((panel?.left ?? 0) + 60);
    await guided.generate();
    await guided.send();
    expect(await hebrew.takeKey()).toMatchObject({ apiKey: demoKeyValues.administrator });
  } finally {
    await hebrew.close();
    guided = await stage.open({});
  }
});

describe.each([
  ["wide", 1280, 800],
  ["narrow", 320, 640],
] as const)("at a %s window the panel covers nothing that it points at", (_name, width, height) => {
  test.each<[string, JumpCloudConsoleOptions]>([
    ["the menu at the top right", { layout: "top-right" }],
    ["the menu at the bottom left", { layout: "bottom-left" }],
  ])("%s", async (_layout, console) => {
    await open(console);
    await guided.page.setViewportSize({ width, height });
    await panelIsClear("menu");
    await guided.openMenu();
    await guided.says("Choose My API Key");
    await panelIsClear("item");
    await guided.page.getByRole("menuitem", { name: "My API Key" }).click();
    await guided.says(replaces);
    await panelIsClear("select", "generate");
    await guided.pressGenerate();
    await guided.guide.find("button", "Send to Dots");
    const [send] = await guided.boxes("dots-send-key", "button");
    const [panel] = await guided.boxes("dots-guide", "aside");
    expect(send && panel && covers(send, panel)).toBe(false);
    const key = await guided.page.locator("input[aria-label='API Key']").boundingBox();
    expect(send?.top).toBeGreaterThan((key?.y ?? 0) - 10);
  });

  test("a key that has to be copied", async () => {
    await open({ keyIn: "copy-only" });
    await guided.page.setViewportSize({ width, height });
    await guided.generate();
    await guided.guide.find("textbox", "API Key");
    await panelIsClear("copy");
  });
});
