import { browser } from "wxt/browser";
import type { Region } from "../../shared/connections.ts";
import { type Notice, regionOf } from "../messages.ts";
import { admittedFrames, draft, guideTab } from "../storage.ts";
import { forgetTab, siteOf } from "./site-tabs.ts";
import { openWizardTab } from "./wizard-windows.ts";

const consoles: Record<Region, string> = {
  us: "https://console.jumpcloud.com/#/home",
  eu: "https://console.eu.jumpcloud.com/#/home",
  in: "https://console.in.jumpcloud.com/#/home",
};

/** A tab that is being opened: its page may ask for the guide before it is known which tab it is. */
let opening: Promise<void> = Promise.resolve();

/** Opens the console of a region with the guide in it, and remembers where to come back to. */
export function openGuide(region: Region, wizardTabId: number | null): Promise<void> {
  opening = openConsole(region, wizardTabId);
  return opening;
}

async function openConsole(region: Region, wizardTabId: number | null): Promise<void> {
  const tab = await browser.tabs.create({ url: consoles[region] });
  if (tab.id !== undefined) await guideTab.set({ tabId: tab.id, wizardTabId });
}

/** From the toolbar: in the console in front where there is one, else in a new tab. */
export async function openGuideFromPopup(): Promise<void> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  const site = tab?.id === undefined ? undefined : await siteOf(tab.id);
  if (tab?.id !== undefined && site !== undefined && regionOf(site) !== undefined) {
    const notice: Notice = { notice: "show-guide" };
    const isThere = await browser.tabs.sendMessage(tab.id, notice).then(
      () => true,
      () => false,
    );
    const before = await guideTab.get();
    if (isThere) return guideTab.set({ tabId: tab.id, wizardTabId: before?.wizardTabId ?? null });
  }
  await openGuide((await draft.get()).region, (await guideTab.get())?.wizardTabId ?? null);
}

/** Whether the guide was asked for in that tab. */
export async function isGuided(tabId: number | null): Promise<boolean> {
  await opening.catch(() => undefined);
  return tabId !== null && (await guideTab.get())?.tabId === tabId;
}

/** The admin closed the guide; the tab with the wizard is remembered on. */
export async function closeGuide(tabId: number | null): Promise<void> {
  const kept = await guideTab.get();
  if (kept !== null && kept.tabId === tabId) await guideTab.set({ ...kept, tabId: -1 });
}

/** Brings the tab with the wizard forward; opens one where it is gone. */
export async function bringWizardForward(): Promise<void> {
  if (!(await showWizardTab())) await openWizardTab();
}

/** Brings the tab forward that the guide was opened from, where it is there still – and one of these. */
export async function showWizardTab(among?: readonly (number | undefined)[]): Promise<boolean> {
  const tabId = (await guideTab.get())?.wizardTabId ?? null;
  if (tabId === null || among?.includes(tabId) === false) return false;
  const tab = await browser.tabs.update(tabId, { active: true }).catch(() => undefined);
  if (tab?.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
  return tab !== undefined;
}

/** Forgets what was remembered of a tab that was closed. */
export async function tabClosed(tabId: number): Promise<void> {
  await forgetTab(tabId);
  await admittedFrames.change((before) => before.filter((frame) => !frame.startsWith(`${tabId}:`)));
  await closeGuide(tabId);
}
