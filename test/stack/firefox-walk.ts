import type { Page } from "puppeteer-core";
import type { Mode } from "../../shared/connections.ts";
import { dotsOrigin } from "./extension.ts";
import type { FirefoxSession } from "./firefox.ts";
import type { AccessibleTab } from "./firefox-accessible.ts";
import { type Language, wordsIn } from "./languages.ts";

const modeNames: Record<Mode, string> = { sync: "Sync", download: "Download and sync" };

/** Opens the options page and pairs. */
export async function pairFirefox(
  session: FirefoxSession,
  link: string,
  language: Language = "en",
): Promise<void> {
  const say = wordsIn(language);
  const page = await session.open(`${session.extensionOrigin}/options.html`);
  const options = session.inFront(page);
  await options.type("textbox", say("pairingLink"), link);
  await options.click("button", say("pair"));
  await options.find("button", say("forgetPairing"));
}

/**
 * Walks the whole journey as an admin does, from the launcher in Dots to the result; gives its sentence. `atPreview`:
 * looks first what a sync would do, and is called there.
 */
export async function walkInFirefox(
  session: FirefoxSession,
  mode: Mode,
  atPreview?: (dots: AccessibleTab) => Promise<void>,
): Promise<{ page: Page; dots: AccessibleTab; sentence: string }> {
  const page = await session.open(`${dotsOrigin}/#/integrations`);
  const dots = session.inFront(page);
  await dots.click("button", "Connect to JumpCloud");
  await dots.find("heading", "Connect JumpCloud");
  await dots.click("button", "Allow & continue");
  await dots.click("radio", modeNames[mode]);
  await dots.click("button", "Allow & Continue");
  await dots.find("heading", "Bring the key");

  const opened = session.nextTab();
  await dots.click("button", "Get it from JumpCloud");
  const console = await opened;
  await bringKey(console, session.inFront(console));
  // With the key its own tab has come forward.
  await dots.find("text", "The key has arrived from JumpCloud.");
  if (atPreview === undefined) await dots.click("button", "Continue");
  else {
    await dots.click("button", "Preview first");
    await dots.find("heading", "This is what a sync would do", 60_000);
    await atPreview(dots);
    await dots.click("button", "Start sync");
  }
  await dots.find("heading", /^Congrats!/, 60_000);
  const { name } = await dots.find("text", /assets? updated, .* skipped$/);
  return { page, dots, sentence: name };
}

/** In JumpCloud's console: follows the guide to a new key and sends it. */
async function bringKey(page: Page, console: AccessibleTab): Promise<void> {
  await console.find("complementary", "Dots guide");
  const account = await console.find("button", /^Account$|Dana Admin/);
  await page.mouse.click(account.x, account.y);
  await console.click("menuitem", "My API Key");
  await console.click("button", "Generate New API Key");
  await console.click("button", "Send to Dots");
}
