import { setTimeout as wait } from "node:timers/promises";
import type { FrameLocator, Page } from "playwright-core";
import { wizardPort } from "../../extension/messages.ts";
import type { JumpCloudConsoleOptions } from "../consoles/consoles.ts";
import { type ChromiumOptions, type ChromiumSession, launchChromium } from "../stack/chromium.ts";
import { ClosedShadow } from "../stack/closed-shadow.ts";
import { builtExtension } from "../stack/extension.ts";
import { spokenWords } from "../unit/spoken-words.ts";

/** A key that reached the extension, as the wizard would take it. */
export interface TakenKey {
  apiKey: string;
  region: string;
  keyExpiresAt?: string | null;
}

/** Chromium with the extension, and a page of ours that stands for the wizard: it hears of a key and takes it. */
export interface Stage {
  session: ChromiumSession;
  /** Opens the console of a region and starts the guide in it, as the toolbar's "Guide me in JumpCloud" does. */
  open(console: JumpCloudConsoleOptions, region?: "us" | "eu" | "in"): Promise<Guided>;
  /** The key that was sent; it is then nowhere else. Null where none was. */
  takeKey(): Promise<TakenKey | null>;
  /** The extension's words, in its language. */
  say: (word: string) => string;
  close(): Promise<void>;
}

export interface StageOptions extends Partial<ChromiumOptions> {
  language?: "en" | "he";
}

export async function guideStage({ language = "en", ...options }: StageOptions = {}): Promise<Stage> {
  const session = await launchChromium({ extension: builtExtension("chrome", language), ...options });
  const say = spokenWords(language).getMessage;
  const wizard = await session.context.newPage();
  await wizard.goto(`${session.extensionOrigin}/options.html`);
  const tell = <T>(message: object) =>
    wizard.evaluate<T>(`chrome.runtime.sendMessage(${JSON.stringify(message)})`);
  await wizard.evaluate(`globalThis.port = chrome.runtime.connect({ name: "${wizardPort}" })`);
  const sites = async () => {
    const { siteTabs } = await wizard.evaluate<{ siteTabs?: Record<string, string> }>(
      "chrome.storage.session.get('siteTabs')",
    );
    return Object.values(siteTabs ?? {});
  };
  return {
    session,
    async open(console, region = "us") {
      session.consoles.jumpcloud = console;
      const page = await session.context.newPage();
      await page.goto(`https://console.${region === "us" ? "" : `${region}.`}jumpcloud.com/#/home`);
      await page.bringToFront();
      // The background has to have heard from the tab: it would else open another one.
      for (const origin = new URL(page.url()).origin; !(await sites()).includes(origin); await wait(10));
      const guided = new Guided(page, console, say);
      await tell({ type: "popup/open-guide" });
      await guided.guide.find("complementary", say("guideName"));
      return guided;
    },
    takeKey: async () => (await tell<{ value: TakenKey | null }>({ type: "wizard/take-key" })).value,
    say,
    close: session.close,
  };
}

/** A tab of JumpCloud's console with the guide in it. */
export class Guided {
  readonly page: Page;
  readonly guide: ClosedShadow;
  /** The extension's words, in its language. */
  readonly say: (word: string) => string;
  readonly #console: JumpCloudConsoleOptions;

  constructor(page: Page, console: JumpCloudConsoleOptions, say: (word: string) => string) {
    this.page = page;
    this.say = say;
    this.guide = new ClosedShadow(page);
    this.#console = console;
  }

  /** Where the dialog is built: the page, or the frame in it. */
  get dialog(): Page | FrameLocator {
    return this.#console.dialog === "frame" ? this.page.frameLocator("iframe[title='API Key']") : this.page;
  }

  async openMenu(): Promise<void> {
    const { layout } = this.#console;
    if (layout === "bottom-left") await this.page.locator(".UserMenu__trigger").hover();
    else
      await this.page.getByRole("button", { name: layout === "moved" ? "Preferences" : "Account" }).click();
  }

  async openDialog(): Promise<void> {
    await this.openMenu();
    await this.page.getByRole("menuitem", { name: "My API Key" }).click();
  }

  async generate(): Promise<void> {
    await this.openDialog();
    await this.pressGenerate();
  }

  async pressGenerate(): Promise<void> {
    await this.dialog.getByRole("button", { name: /^Generate New API Key$|^Issue credential$/i }).click();
    await this.dialog.getByText(/^Expires: /).waitFor();
  }

  /** Presses the button beside the key. */
  async send(): Promise<void> {
    await this.guide.click("button", this.say("sendToDots"));
    await this.guide.find("button", this.say("guideBackToDots"));
  }

  /** Waits until the panel says it. */
  async says(sentence: string): Promise<void> {
    await this.guide.find("StaticText", sentence);
  }

  /** Where elements of ours are, in a closed shadow root that only the debugger opens. */
  async boxes(host: "dots-guide" | "dots-send-key", selector: string): Promise<Box[]> {
    const cdp = await this.page.context().newCDPSession(this.page);
    try {
      const { root } = await cdp.send("DOM.getDocument", { depth: -1, pierce: true });
      const shadow = shadowOf(root, host);
      if (shadow === undefined) return [];
      const { nodeIds } = await cdp.send("DOM.querySelectorAll", { nodeId: shadow, selector });
      const models = nodeIds.map((nodeId) => cdp.send("DOM.getBoxModel", { nodeId }).catch(() => undefined));
      return (await Promise.all(models)).flatMap((found) => (found ? [boxOf(found.model.border)] : []));
    } finally {
      await cdp.detach();
    }
  }

  /** The role and name of what has the focus, in our own elements too. */
  async focused(): Promise<string> {
    const cdp = await this.page.context().newCDPSession(this.page);
    const { nodes } = await cdp.send("Accessibility.getFullAXTree");
    await cdp.detach();
    const node = nodes.findLast((one) =>
      one.properties?.some(({ name, value }) => name === "focused" && value.value === true),
    );
    return `${node?.role?.value} ${node?.name?.value}`;
  }

  /** Everything the page could see that somebody does in it. */
  seen(): Promise<string> {
    return this.page.evaluate("JSON.stringify(window.__pageSeen)");
  }

  close(): Promise<void> {
    return this.page.close();
  }
}

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

interface DomNode {
  nodeId: number;
  localName: string;
  children?: DomNode[];
  shadowRoots?: DomNode[];
  contentDocument?: DomNode;
}

function shadowOf(node: DomNode, host: string): number | undefined {
  if (node.localName === host) return node.shadowRoots?.[0]?.nodeId;
  const inside = [...(node.children ?? []), ...(node.shadowRoots ?? [])];
  for (const each of inside) {
    const found = shadowOf(each, host);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Takes the corners of an element, as the debugger gives them. */
function boxOf([left = 0, top = 0, , , right = 0, bottom = 0]: number[]): Box {
  return { left, top, right, bottom };
}
