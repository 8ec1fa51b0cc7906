import { type BrowserContext, chromium, type Page } from "playwright-core";
import {
  type ConsoleResponse,
  type DotsConsoleOptions,
  dotsConsole,
  type JumpCloudConsoleOptions,
  jumpcloudConsole,
} from "../consoles/consoles.ts";
import { findChromium } from "./browsers.ts";
import { dotsOrigin } from "./extension.ts";
import { type Language, wordsIn } from "./languages.ts";

export interface ChromiumOptions {
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
  /** "real": the console's own addresses are not stood in for. */
  jumpcloud?: JumpCloudConsoleOptions | "real";
  dots?: DotsConsoleOptions;
}

export interface ChromiumSession {
  context: BrowserContext;
  /** `chrome-extension://<id>` */
  extensionOrigin: string;
  /** What the stand-ins are like from now on. */
  consoles: { jumpcloud: JumpCloudConsoleOptions; dots: DotsConsoleOptions };
  close(): Promise<void>;
}

const jumpcloudHosts = ["console.jumpcloud.com", "console.eu.jumpcloud.com", "console.in.jumpcloud.com"];

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
  const isReal = options.jumpcloud === "real";
  const consoles = {
    jumpcloud: options.jumpcloud === "real" ? {} : (options.jumpcloud ?? {}),
    dots: options.dots ?? {},
  };
  await serve(context, `${dotsOrigin}/**`, (url) => dotsConsole(url, consoles.dots));
  for (const host of isReal ? [] : jumpcloudHosts) {
    await serve(context, `https://${host}/**`, (url) => jumpcloudConsole(url, consoles.jumpcloud));
  }
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

async function serve(
  context: BrowserContext,
  pattern: string,
  answer: (url: URL) => ConsoleResponse,
): Promise<void> {
  await context.route(pattern, async (route) => {
    const { status, contentType, headers, body } = answer(new URL(route.request().url()));
    await route.fulfill({ status, contentType, headers, body });
  });
}
