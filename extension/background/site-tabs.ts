import { siteTabs } from "../storage.ts";

/** Remembers which site a tab shows, as its content script said. */
export async function rememberSite(tabId: number, origin: string): Promise<void> {
  if ((await siteOf(tabId)) !== origin) await siteTabs.change((known) => ({ ...known, [tabId]: origin }));
}

/** The site a tab showed when its content script spoke last. It may have moved on since. */
export async function siteOf(tabId: number): Promise<string | undefined> {
  return (await siteTabs.get())[tabId];
}

/** Forgets a tab that was closed. */
export async function forgetTab(tabId: number): Promise<void> {
  if ((await siteOf(tabId)) === undefined) return;
  await siteTabs.change((known) => {
    const { [String(tabId)]: _gone, ...rest } = known;
    return rest;
  });
}
