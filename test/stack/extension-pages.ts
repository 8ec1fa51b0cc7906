import type { Locator, Page } from "playwright-core";
import { type ChromiumSession, launchChromium } from "./chromium.ts";
import { pairingLink, type Stack } from "./stack.ts";

/** The extension's own pages, each in a tab of one Chromium. */
export class ExtensionPages {
  readonly session: ChromiumSession;

  private constructor(session: ChromiumSession) {
    this.session = session;
  }

  static async launch(extension: string): Promise<ExtensionPages> {
    const session = await launchChromium({ extension });
    await session.context.grantPermissions(["clipboard-read", "clipboard-write"]);
    return new ExtensionPages(session);
  }

  /** Begins anew: closes every tab, forgets all that is stored, and pairs with a workspace. */
  async pair(stack: Stack, workspace: string): Promise<void> {
    const { context } = this.session;
    const link = await pairingLink(stack.worker, workspace);
    const options = await this.open("options");
    for (const page of context.pages()) if (page !== options) await page.close();
    await options.evaluate(async () => {
      const { chrome } = window as unknown as {
        chrome: { storage: Record<string, { clear(): Promise<void> }> };
      };
      await Promise.all(["local", "session"].map((area) => chrome.storage[area]?.clear()));
      // Waited for: it could else come after the new pairing, and take that away.
      await new Promise((done) => {
        indexedDB.deleteDatabase("dots-connect").onsuccess = done;
      });
    });
    await pairByMessage(options, link);
    // A browser whose last tab is closed ends.
    await context.newPage();
    await options.close();
  }

  async open(file: "connect" | "popup" | "options"): Promise<Page> {
    const page = await this.session.context.newPage();
    await page.goto(`${this.session.extensionOrigin}/${file}.html`);
    // A tab that was closed just before may have left the focus elsewhere, and then nothing can be copied.
    await page.bringToFront();
    return page;
  }

  /** Opens the wizard and goes on to the key, as an admin does. */
  async openAtKey(mode: "Sync" | "Download and sync"): Promise<Page> {
    const wizard = await this.open("connect");
    await button(wizard, "Allow & continue").click();
    await wizard.getByRole("radio", { name: mode, exact: true }).check();
    await button(wizard, "Allow & Continue").click();
    await keyField(wizard).waitFor();
    return wizard;
  }

  async close(): Promise<void> {
    await this.session.close();
  }
}

/** Pairs from a page of the extension, by the message that the form sends; other tests fill in the form. */
export async function pairByMessage(page: Page, link: string): Promise<void> {
  const isPaired = await page.evaluate(async (pairing) => {
    const { chrome } = window as unknown as {
      chrome: { runtime: { sendMessage(message: object): Promise<{ ok: boolean }> } };
    };
    return (await chrome.runtime.sendMessage({ type: "pairing/pair", link: pairing })).ok;
  }, link);
  if (!isPaired) throw new Error(`This browser could not be paired by ${link}.`);
}

export function button(page: Page, name: string): Locator {
  return page.getByRole("button", { name, exact: true });
}

export function keyField(page: Page): Locator {
  return page.getByLabel("API Key", { exact: true });
}
