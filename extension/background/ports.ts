import { type Browser, browser } from "wxt/browser";
import { syncPort, wizardPort } from "../messages.ts";
import { admittedFrames } from "../storage.ts";
import { wizardConnected } from "./open-wizards.ts";
import { whoSent } from "./sender.ts";
import { tellOfSync } from "./sync-events.ts";

/** Takes a port that somebody opened; hangs up on whoever is none of our pages. */
export function portOpened(port: Browser.runtime.Port): void {
  const sender = whoSent(port.sender ?? {}, { id: browser.runtime.id, base: browser.runtime.getURL("/") });
  if (sender.kind === "page" && port.name === wizardPort) wizardConnected(port);
  else if (sender.kind === "page" && port.name.startsWith(syncPort))
    void tellOnceLetIn(port, sender.frame, port.name.slice(syncPort.length));
  else port.disconnect();
}

/** Of syncs a frame hears that was let in; for one that was not, nothing is fetched. */
async function tellOnceLetIn(port: Browser.runtime.Port, frame: string | undefined, syncId: string) {
  const isLetIn = frame === undefined || (await admittedFrames.get()).includes(frame);
  if (isLetIn) await tellOfSync(port, syncId);
  else port.disconnect();
}
