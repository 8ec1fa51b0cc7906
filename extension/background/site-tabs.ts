import { siteTabs } from "../storage.ts";

/** Remembers which site a tab shows, as its content script said. */
export async function rememberSite(tabId: number, origin: string): Promise<void> {
  const known = await siteTabs.get();
  if (known[tabId] !== origin) await siteTabs.set({ ...known, [tabId]: origin });
}

/** The site a tab showed when its content script spoke last. It may have moved on since. */
export async function siteOf(tabId: number): Promise<string | undefined> {
  return (await siteTabs.get())[tabId];
}

/** Forgets a tab that was closed. */
export async function forgetTab(tabId: number): Promise<void> {
  const { [String(tabId)]: gone, ...rest } = await siteTabs.get();
  if (gone !== undefined) await siteTabs.set(rest);
}
