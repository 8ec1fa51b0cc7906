import { browser } from "wxt/browser";
import { builtInDotsOrigins } from "../dots-origins.ts";
import { matchPattern } from "../match-pattern.ts";
import { type Conversation, TroubleError } from "../messages.ts";
import { addedDotsOrigins } from "../storage.ts";

const scriptFile = "content-scripts/dots.js";

/** Gives a test for "is this a Dots console's origin": built in, or added here. */
export async function isDotsOrigin(): Promise<(origin: string) => boolean> {
  const added = await addedDotsOrigins.get();
  return (origin) => builtInDotsOrigins.includes(origin) || added.includes(origin);
}

/** The addresses Dots is known to have. */
export async function listDotsAddresses(): Promise<Conversation["dots-address/list"]["answer"]> {
  return { builtIn: builtInDotsOrigins, added: await addedDotsOrigins.get() };
}

/** Takes an address whose permission was just given: its pages get the content script, those open now too. */
export async function addDotsAddress(origin: string): Promise<void> {
  const matches = [matchPattern(origin)];
  if (!(await browser.permissions.contains({ origins: matches })))
    throw new TroubleError({ code: "forbidden" });
  const added = await addedDotsOrigins.get();
  if (builtInDotsOrigins.includes(origin) || added.includes(origin)) return;
  await addedDotsOrigins.set([...added, origin]);
  await registerDotsScripts();
  for (const tab of await browser.tabs.query({ url: matches })) {
    if (tab.id === undefined) continue;
    const target = { tabId: tab.id };
    await browser.scripting.executeScript({ target, files: [`/${scriptFile}`] }).catch(() => undefined);
  }
}

/** Registers the content script for every added address; what was registered before is replaced. */
export async function registerDotsScripts(): Promise<void> {
  const known = await browser.scripting.getRegisteredContentScripts();
  const added = await addedDotsOrigins.get();
  if (known.length > 0) await browser.scripting.unregisterContentScripts();
  if (added.length === 0) return;
  await browser.scripting.registerContentScripts([
    { id: "dots", js: [scriptFile], matches: added.map(matchPattern), runAt: "document_start" },
  ]);
}

/** The admin took permissions back in the browser's settings. */
export async function dropDotsAddresses(origins: string[]): Promise<void> {
  const added = await addedDotsOrigins.get();
  const left = added.filter((origin) => !origins.includes(matchPattern(origin)));
  if (left.length === added.length) return;
  await addedDotsOrigins.set(left);
  await registerDotsScripts();
}
