import { browser } from "wxt/browser";
import { builtInDotsOrigins } from "../dots-origins.ts";
import type { Conversation, Notice, Sender, WizardStart } from "../messages.ts";
import {
  addedDotsOrigins,
  admittedFrames,
  type PromisedFrame,
  promisedFrames,
  siteTabs,
} from "../storage.ts";
import type { From } from "./answer.ts";
import { isDotsOrigin } from "./dots-address.ts";
import { redeemFrame } from "./promised-frame.ts";
import { siteOf } from "./site-tabs.ts";

const size = { width: 520, height: 700 };

/**
 * Opens the wizard for a Dots page: in a frame of that page where the manifest lets it be framed, else in a
 * window of its own. Gives the frame's address; its nonce is what tells it from a frame somebody else made.
 */
export async function openWizard(sender: Sender, start: WizardStart): Promise<string | null> {
  if (sender.kind !== "content") return null;
  if (!builtInDotsOrigins.includes(sender.origin)) {
    await browser.windows.create({ url: page(start), type: "popup", ...size });
    return null;
  }
  const nonce = crypto.randomUUID();
  const promised = { nonce, tabId: sender.tabId, dotsOrigin: sender.origin, promisedAt: Date.now() };
  await promisedFrames.change((before) => [...before, promised].slice(-20));
  return `${page(start)}#${nonce}`;
}

/** Opens the wizard in a tab. */
export async function openWizardTab(start: WizardStart = {}): Promise<void> {
  await browser.tabs.create({ url: page(start) });
}

/** Whether a wizard may run: in a tab or window of its own, or in a frame that was promised to that very tab. */
export async function admitWizard(
  nonce: string,
  from: From,
): Promise<Conversation["wizard/hello"]["answer"]> {
  const { sender } = from;
  if (sender.kind !== "page") return { allowed: false };
  if (sender.frame === undefined) return { allowed: true };
  let frame: PromisedFrame | undefined;
  await promisedFrames.change((before) => {
    const redeemed = redeemFrame(before, nonce, from.tabId, Date.now());
    frame = redeemed.frame;
    return redeemed.left;
  });
  const here = sender.frame;
  const isAdmitted = frame !== undefined;
  // A frame that was let in and then led elsewhere and back says hello anew, without a nonce that counts.
  await admittedFrames.change((before) => [
    ...before.filter((each) => each !== here),
    ...(isAdmitted ? [here] : []),
  ]);
  return frame === undefined ? { allowed: false } : { allowed: true, dotsOrigin: frame.dotsOrigin };
}

/** From the toolbar: in the Dots page in front where there is one, else in a tab. */
export async function openWizardFromPopup({ renew }: WizardStart): Promise<void> {
  const start = renew === undefined ? {} : { renew };
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  const site = tab?.id === undefined ? undefined : await siteOf(tab.id);
  if (tab?.id !== undefined && site !== undefined && (await isDotsOrigin())(site)) {
    const notice: Notice = { notice: "open-wizard", ...start };
    const isThere = await browser.tabs.sendMessage(tab.id, notice).then(
      () => true,
      () => false,
    );
    if (isThere) return;
  }
  await openWizardTab(start);
}

/** Brings a Dots tab forward; opens the Integrations page where there is none, the wizard where no address is known. */
export async function openDots(): Promise<void> {
  const isDots = await isDotsOrigin();
  const open = Object.entries(await siteTabs.get()).find(([, site]) => isDots(site));
  if (open !== undefined) {
    const tab = await browser.tabs.update(Number(open[0]), { active: true }).catch(() => undefined);
    if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
    if (tab !== undefined) return;
  }
  const origin = builtInDotsOrigins[0] ?? (await addedDotsOrigins.get())[0];
  if (origin === undefined) return openWizardTab();
  await browser.tabs.create({ url: `${origin}/#/integrations` });
}

/** The wizard's address; where it begins is no secret, and stays when the page is loaded anew. */
function page({ renew }: WizardStart): string {
  const query = renew === undefined ? "" : `?${new URLSearchParams({ renew })}`;
  return `${browser.runtime.getURL("/connect.html")}${query}`;
}
