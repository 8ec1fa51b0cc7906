import { setTimeout as wait } from "node:timers/promises";
import puppeteer, { type Browser, type Page, type Target } from "puppeteer-core";
import { findFirefox } from "./browsers.ts";
import { AccessibleTab } from "./firefox-accessible.ts";
import type { Language } from "./languages.ts";
import { type StandIns, standInFor } from "./stand-ins.ts";

export interface FirefoxOptions extends Partial<StandIns> {
  /** The built extension's folder. */
  extension: string;
  viewport?: { width: number; height: number };
  /** What the browser itself speaks; that it has the language is for `speaksHebrew` to say. */
  language?: Language;
}

export interface FirefoxSession {
  browser: Browser;
  /** `moz-extension://<uuid>` */
  extensionOrigin: string;
  /** What the stand-ins are like from now on. */
  consoles: StandIns;
  /** Opens a tab at one of the consoles' addresses, or at a page of the extension, and gives it forward. */
  open(address: string): Promise<Page>;
  /** The tab that the extension opens next; its page is loaded once the stand-ins answer for it. */
  nextTab(): Promise<Page>;
  /** What the tab in front holds, closed shadow roots and frames included. */
  inFront(page: Page): AccessibleTab;
  close(): Promise<void>;
}

const extensionId = "connect@dots.example";
/** Firefox draws this at random for each installation; a known one makes the pages' addresses known. */
const extensionUuid = "6f1a3c2e-1b7d-4c57-9d7c-2a1f0c5b9e11";

/** Starts a real Firefox with the extension, the stand-ins at the consoles' real addresses. */
export async function launchFirefox(options: FirefoxOptions): Promise<FirefoxSession> {
  const viewport = options.viewport ?? { width: 1280, height: 860 };
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: findFirefox(),
    headless: true,
    defaultViewport: viewport,
    // Reads the accessibility tree, which is the browser's own and no page's.
    args: ["--remote-allow-system-access", `--width=${viewport.width}`, `--height=${viewport.height + 120}`],
    extraPrefsFirefox: {
      "extensions.webextensions.uuids": JSON.stringify({ [extensionId]: extensionUuid }),
      "accessibility.force_disabled": -1,
      "intl.locale.requested": options.language ?? "en-US",
    },
  });
  await browser.installExtension(options.extension);
  const consoles = { jumpcloud: options.jumpcloud ?? {}, dots: options.dots ?? {} };
  const extensionOrigin = `moz-extension://${extensionUuid}`;
  const open = async (address: string): Promise<Page> => {
    const page = await browser.newPage();
    if (address.startsWith(extensionOrigin)) {
      // Loads, but its address is told to nobody: the wait for it would never end.
      await page.goto(address, { timeout: 2_000 }).catch(() => undefined);
    } else {
      await standIn(page, consoles);
      await page.goto(address);
    }
    return page;
  };
  return {
    browser,
    extensionOrigin,
    consoles,
    open,
    nextTab: async () => {
      const target = await new Promise<Target>((resolve) => browser.once("targetcreated", resolve));
      const page = await target.page();
      if (page === null) throw new Error("The extension opened something that is not a tab.");
      await standIn(page, consoles);
      // It may have gone out before the stand-in was there.
      const address = await consoleAddress(page);
      await page.goto("about:blank");
      await page.goto(address);
      return page;
    },
    inFront: (page) => new AccessibleTab(browser, page),
    close: () => browser.close(),
  };
}

async function standIn(page: Page, consoles: FirefoxSession["consoles"]): Promise<void> {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const answer = standInFor(new URL(request.url()), consoles);
    void (answer === undefined ? request.continue() : request.respond(answer));
  });
}

/** The console a tab is on its way to, or could not reach before the stand-in was there. */
async function consoleAddress(page: Page): Promise<string> {
  for (let tries = 0; tries < 100; tries += 1) {
    const url = new URL(page.url());
    if (url.pathname === "neterror") return url.searchParams.get("u") ?? "";
    if (url.protocol === "https:") return url.href;
    await wait(100);
  }
  throw new Error(`The tab is at ${page.url()}, not in a console.`);
}
