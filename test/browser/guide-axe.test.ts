import { readFileSync } from "node:fs";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ChromiumSession, launchChromium } from "../stack/chromium.ts";
import { builtExtension } from "../stack/extension.ts";
import { bundled } from "./bundled.ts";

/** What the extension shows in other people's pages, to run where axe can look into it. */
const ours = bundled(`
  export { buildOverlay } from "./guide/overlay.ts";
  export { lookAt } from "./guide/whereabouts.ts";`);

/** The part of the browser's own interface that the panel speaks through. */
function speaking(language: "en" | "he"): string {
  const file = new URL(`../../extension/public/_locales/${language}/messages.json`, import.meta.url);
  return `globalThis.browser = { runtime: { id: "ours" }, i18n: {
    getMessage: (key) => (${readFileSync(file, "utf8")})[key]?.message ?? "",
  } };`;
}

const moments = [
  "signed-out",
  "signed-out-users",
  "user-portal",
  "console",
  "console-unknown",
  "menu-open",
  "dialog-before",
  "dialog-unknown",
  "no-permission",
  "dialog-key",
  "dialog-key-hidden",
  "not-sent",
  "sent",
] as const;

let session: ChromiumSession;
let page: Page;
beforeAll(async () => {
  session = await launchChromium({ extension: builtExtension("chrome") });
});
afterAll(() => session.close());

describe.each([
  ["en", "light"],
  ["en", "dark"],
  ["he", "light"],
  ["he", "dark"],
] as const)("in %s and %s axe finds nothing wrong", (code, colorScheme) => {
  test("with the panel in any of its states, and nothing in it moves unasked", async () => {
    page = await session.context.newPage();
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("https://console.jumpcloud.com/#/home");
    await page.evaluate(`${speaking(code)}; ${axe.source}; ${ours};
      const attach = Element.prototype.attachShadow;
      Element.prototype.attachShadow = function () { return attach.call(this, { mode: "open" }); };
      const nothing = () => {};
      const does = { act: nothing, send: nothing, close: nothing, moved: nothing };
      globalThis.overlay = ours.buildOverlay(does, undefined, new AbortController().signal);`);
    for (const moment of moments) {
      const found = await page.evaluate<string[]>(`(async () => {
        const memory = { arrivedAt: 0, withoutKey: new WeakSet() };
        overlay.show("${moment}", ours.lookAt(document, new URL(location.href), memory), undefined);
        document.querySelector("dots-guide").shadowRoot.querySelector(".offer")?.click();
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const { violations, passes } = await axe.run({ include: ["dots-guide"] });
        if (!passes.some(({ id }) => id === "color-contrast")) throw new Error("axe saw no text of ours");
        const root = document.querySelector("dots-guide").shadowRoot;
        const moving = [...root.querySelectorAll("*")].filter((one) => {
          const { transitionDuration, animationName } = getComputedStyle(one);
          return /[1-9]/.test(transitionDuration) || animationName !== "none";
        });
        if (moving.length > 0) return moving.map(({ className }) => "moves: " + className);
        return violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" "));
      })()`);
      expect(found, moment).toEqual([]);
    }
    await page.close();
  });
});
