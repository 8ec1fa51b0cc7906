import { type BrowserContext, chromium, type Page } from "playwright-core";
import { findChromium } from "./browsers.ts";
import { type Language, wordsIn } from "./languages.ts";
import { type StandIns, standInFor } from "./stand-ins.ts";

export interface ChromiumOptions extends Partial<StandIns> {
  /** The built extension's folder. */
  extension: string;
  /** Where the browser keeps what it keeps; else in a folder that goes with it. */
  profile?: string;
  headed?: boolean;
  /** `null`: as large as the window. */
  viewport?: { width: number; height: number } | null;
  colorScheme?: "light" | "dark";
  /** What the browser itself speaks; that it has the language is for `speaksHebrew` to say. */
  language?: Language;
}

export interface ChromiumSession {
  context: BrowserContext;
  /** `chrome-extension://<id>` */
  extensionOrigin: string;
  /** What the stand-ins are like from now on. */
  consoles: StandIns;
  close(): Promise<void>;
}

/** Starts a real Chromium with the extension, the stand-ins at the consoles' real addresses. */
export async function launchChromium(options: ChromiumOptions): Promise<ChromiumSession> {
  const {
    extension,
    headed = false,
    viewport = { width: 1280, height: 860 },
    colorScheme = "light",
    language = "en",
  } = options;
  const context = await chromium.launchPersistentContext(options.profile ?? "", {
    executablePath: findChromium(),
    headless: false,
    viewport,
    colorScheme,
    // Linux builds take their language from the environment.
    env: { ...process.env, LANGUAGE: language },
    args: [
      ...(headed ? [] : ["--headless=new"]),
      "--no-sandbox",
      `--lang=${language}`,
      `--disable-extensions-except=${extension}`,
      `--load-extension=${extension}`,
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  const consoles = { jumpcloud: options.jumpcloud ?? {}, dots: options.dots ?? {} };
  await context.route("https://**/*", async (route) => {
    const answer = standInFor(new URL(route.request().url()), consoles);
    await (answer === undefined ? route.continue() : route.fulfill(answer));
  });
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  return { context, extensionOrigin: originOf(worker.url()), consoles, close: () => context.close() };
}

/** Opens the options page and pairs. */
export async function pairChromium(
  session: ChromiumSession,
  link: string,
  language: Language = "en",
): Promise<Page> {
  const say = wordsIn(language);
  const page = await session.context.newPage();
  await page.goto(`${session.extensionOrigin}/options.html`);
  await page.getByRole("textbox", { name: say("pairingLink") }).fill(link);
  await page.getByRole("button", { name: say("pair"), exact: true }).click();
  return page;
}

/** Node's URL has no origin for an extension's address. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}
