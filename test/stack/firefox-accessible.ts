import { setTimeout as wait } from "node:timers/promises";
import type { Browser, Page } from "puppeteer-core";

/** A thing on the page as a screen reader knows it; its middle in the viewport, in CSS pixels. */
interface Thing {
  role: string;
  name: string;
  value: string;
  x: number;
  y: number;
}

/** The names Firefox has for ARIA's roles. */
const roles: Record<string, string[]> = {
  button: ["pushbutton", "toggle button", "buttonmenu"],
  combobox: ["combobox"],
  complementary: ["landmark"],
  heading: ["heading"],
  menuitem: ["menuitem", "parent menuitem"],
  progressbar: ["progressbar"],
  radio: ["radiobutton"],
  text: ["text leaf"],
  textbox: ["entry", "password text"],
};

/**
 * What the tab in front holds, found as a screen reader finds it: by role and name in Firefox's own
 * accessibility tree, closed shadow roots and the extension's frames included. No script of a page can do the same.
 */
export class AccessibleTab {
  readonly #browser: Browser;
  readonly #page: Page;

  constructor(browser: Browser, page: Page) {
    this.#browser = browser;
    this.#page = page;
  }

  /** Waits for it; throws where it does not come within 15 s, and says what there is. */
  async find(role: string, name: string | RegExp, withinMs = 15_000): Promise<Thing> {
    let things: Thing[] = [];
    for (const until = Date.now() + withinMs; Date.now() < until; await wait(150)) {
      things = await this.#things();
      const found = things.find((thing) => isIt(thing, role, name));
      if (found) return found;
    }
    const there = things.map((thing) => `${thing.role} "${thing.name}"`).join(", ");
    throw new Error(`No ${role} ${name} on ${this.#page.url()}. There are: ${there}`);
  }

  async has(role: string, name: string | RegExp): Promise<boolean> {
    return (await this.#things()).some((thing) => isIt(thing, role, name));
  }

  /** Clicks it with the mouse, as a person does. */
  async click(role: string, name: string | RegExp): Promise<void> {
    const { x, y } = await this.find(role, name);
    await this.#page.mouse.click(x, y);
  }

  /** Scrolls it into view, then clicks it. */
  async scrollAndClick(role: string, name: string): Promise<void> {
    let before = await this.find(role, name);
    await this.#evaluate(`(${scrollTo})(${JSON.stringify(roles[role] ?? [role])}, ${JSON.stringify(name)})`);
    // The page it is in scrolls in a process of its own, and in its own time.
    for (let steady = 0; steady < 2; ) {
      await wait(150);
      const now = await this.find(role, name);
      steady = now.y === before.y ? steady + 1 : 0;
      before = now;
    }
    await this.#page.mouse.click(before.x, before.y);
  }

  async type(role: string, name: string, text: string): Promise<void> {
    await this.click(role, name);
    await this.#page.keyboard.type(text);
  }

  /** All names and values there are. */
  async text(): Promise<string> {
    return (await this.#things()).map(({ name, value }) => `${name}\n${value}`).join("\n");
  }

  async #things(): Promise<Thing[]> {
    return JSON.parse((await this.#evaluate(readTree)) ?? "[]") as Thing[];
  }

  async #evaluate(expression: string): Promise<string | undefined> {
    const { contexts } = await this.#send("browsingContext.getTree", { "moz:scope": "chrome" });
    const target = { context: contexts?.[0]?.context };
    const { result } = await this.#send("script.evaluate", { expression, target, awaitPromise: true });
    return result?.value;
  }

  /** Commands that Puppeteer has no words for. */
  async #send(method: string, params: object): Promise<BidiResult> {
    const { connection } = this.#browser as unknown as {
      connection: { send(method: string, params: object): Promise<{ result: BidiResult }> };
    };
    return (await connection.send(method, params)).result;
  }
}

interface BidiResult {
  contexts?: { context: string }[];
  result?: { value?: string };
}

function isIt(thing: Thing, role: string, name: string | RegExp): boolean {
  const isRole = (roles[role] ?? [role]).includes(thing.role);
  return isRole && (typeof name === "string" ? thing.name === name : name.test(thing.name));
}

/** Runs in the browser's own context. An accessible that goes away while it is read is passed over. */
const readTree = `(() => {
  const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
  const top = service.getAccessibleFor(gBrowser.selectedBrowser);
  if (top === null) return "[]";
  const boxOf = (accessible) => {
    const [x, y, width, height] = [{}, {}, {}, {}];
    accessible.getBoundsInCSSPixels(x, y, width, height);
    return { x: x.value, y: y.value, width: width.value, height: height.value };
  };
  const origin = boxOf(top);
  const things = [];
  const walk = (accessible) => {
    try {
      const { x, y, width, height } = boxOf(accessible);
      const role = service.getStringRole(accessible.role);
      let value = "";
      try { value = accessible.value; } catch {}
      if (accessible.name)
        things.push({ role, name: accessible.name, value, x: x + width / 2 - origin.x, y: y + height / 2 - origin.y });
      for (let at = 0; at < accessible.childCount; at += 1) walk(accessible.getChildAt(at));
    } catch {}
  };
  walk(top);
  return JSON.stringify(things);
})()`;

/** Runs there too. */
const scrollTo = `(roles, name) => {
  const service = Cc["@mozilla.org/accessibilityService;1"].getService(Ci.nsIAccessibilityService);
  const walk = (accessible) => {
    if (accessible.name === name && roles.includes(service.getStringRole(accessible.role)))
      accessible.scrollTo(Ci.nsIAccessibleScrollType.SCROLL_TYPE_TOP_EDGE);
    for (let at = 0; at < accessible.childCount; at += 1) walk(accessible.getChildAt(at));
  };
  walk(service.getAccessibleFor(gBrowser.selectedBrowser));
}`;
