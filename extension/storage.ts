import { browser } from "wxt/browser";
import type { Mode, Region } from "../shared/connections.ts";
import { type Expiry, unknownExpiry } from "./key-expiry.ts";
import type { CardStatus, PanelPlace } from "./messages.ts";

/** Where an admin was in the wizard. Never the key. */
export interface Draft {
  step: "reads" | "mode" | "key";
  mode: Mode | null;
  region: Region;
  expiry: Expiry;
}

/** The tab that shows the guide, and the tab to come back to. */
export interface GuideTab {
  tabId: number;
  wizardTabId: number | null;
}

/** A frame that was promised to a Dots page: good for one use, in that tab, for a minute. */
export interface PromisedFrame {
  nonce: string;
  tabId: number;
  dotsOrigin: string;
  promisedAt: number;
}

/** For each connection, which reminder of which key's end people were given last. */
export type Reminded = Record<string, { keyExpiresAt: string; days: number }>;

/**
 * Everything the extension stores but its token (background/pairing-store.ts), each with its default. Lives until the
 * extension is removed.
 */
export const draft = kept<Draft>("local", "draft", {
  step: "reads",
  mode: null,
  region: "us",
  expiry: unknownExpiry,
});
export const guidePlace = kept<PanelPlace | null>("local", "guidePlace", null);
export const addedDotsOrigins = kept<string[]>("local", "addedDotsOrigins", []);
/** Which reminders of a key's end were given, so that each is given once. */
export const remindedOf = kept<Reminded>("local", "remindedOf", {});

/** These live in memory, until the browser closes; unlike a variable they outlive a stopped service worker. */
export const guideTab = kept<GuideTab | null>("session", "guideTab", null);
export const lastCard = kept<CardStatus | null>("session", "lastCard", null);
export const promisedFrames = kept<PromisedFrame[]>("session", "promisedFrames", []);
/** Frames of our wizard that were let in, `<tab>:<frame>`. */
export const admittedFrames = kept<string[]>("session", "admittedFrames", []);
/** Which tabs our content scripts run in, by tab id. Without the `tabs` permission nothing else tells. */
export const siteTabs = kept<Record<string, string>>("session", "siteTabs", {});

export interface Kept<T> {
  readonly initial: T;
  get(): Promise<T>;
  set(value: T): Promise<void>;
  /** Changes what is kept; two changes at once wait for each other, none gets lost. */
  change(next: (before: T) => T): Promise<void>;
}

/** Keeps what is stored from content scripts, where the browser can. */
export async function closeStorageToContentScripts(): Promise<void> {
  await browser.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
}

function kept<T>(area: "local" | "session", key: string, initial: T): Kept<T> {
  const get = async () => {
    const found = await browser.storage[area].get(key);
    return key in found ? (found[key] as T) : initial;
  };
  const set = (value: T) => browser.storage[area].set({ [key]: value });
  const change = async (next: (before: T) => T) => {
    await navigator.locks.request(key, async () => set(next(await get())));
  };
  return { initial, get, set, change };
}
