import { browser } from "wxt/browser";
import { cleanKey } from "../../shared/key-shape.ts";
import { type Conversation, regionOf, type Sender, type SentKey } from "../messages.ts";
import { showWizardTab } from "./guide.ts";
import { tellWizards } from "./open-wizards.ts";
import { openWizardTab } from "./wizard-windows.ts";

/** A key nobody takes is dropped after this. */
const lifetime = 120_000;
/** An idle MV3 service worker is stopped after 30 s, and the key with it. */
const heartbeat = 20_000;

let waiting: { key: SentKey; drop: () => void } | undefined;

/**
 * Keeps a key from the console in memory until the wizard takes it, and says that it is there. The wizard it was
 * fetched for comes forward: who sends the key is done in the console.
 */
export async function keepKey(sent: Conversation["guide/send-key"]["ask"], sender: Sender): Promise<void> {
  const region = sender.kind === "content" ? regionOf(sender.origin) : undefined;
  if (region === undefined || typeof sent.apiKey !== "string") return;
  waiting?.drop();
  const { keyExpiresAt } = sent;
  const key: SentKey = {
    apiKey: cleanKey(sent.apiKey),
    region,
    ...(keyExpiresAt !== undefined && { keyExpiresAt }),
  };
  const beat = setInterval(() => void browser.runtime.getPlatformInfo(), heartbeat);
  const end = setTimeout(() => waiting?.drop(), lifetime);
  waiting = {
    key,
    drop: () => {
      clearInterval(beat);
      clearTimeout(end);
      waiting = undefined;
    },
  };
  const tabs = tellWizards({ notice: "key-arrived" });
  if (tabs.length === 0) await openWizardTab();
  else await showWizardTab(tabs);
}

/** Gives the key away; from then on it is not here. */
export function takeKey(): SentKey | null {
  const key = waiting?.key ?? null;
  waiting?.drop();
  return key;
}
