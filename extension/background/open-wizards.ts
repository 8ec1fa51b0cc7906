import { type Browser, browser } from "wxt/browser";
import { type Notice, wizardPort } from "../messages.ts";
import { whoSent } from "./sender.ts";

/**
 * The wizards that are open: each holds a port. A broadcast would not do: in Firefox a frame within a web page
 * hears no `runtime.sendMessage`, though it can send and connect (seen in Firefox 153).
 */
const ports = new Set<Browser.runtime.Port>();

/** Remembers a port for as long as its wizard is open; hangs up on whoever is none of our pages. */
export function wizardConnected(port: Browser.runtime.Port): void {
  const sender = whoSent(port.sender ?? {}, { id: browser.runtime.id, base: browser.runtime.getURL("/") });
  if (port.name !== wizardPort || sender.kind !== "page") {
    port.disconnect();
    return;
  }
  ports.add(port);
  port.onDisconnect.addListener(() => ports.delete(port));
}

/** Tells the open wizards; gives which tabs they are in. */
export function tellWizards(notice: Notice): (number | undefined)[] {
  for (const port of ports) port.postMessage(notice);
  return [...ports].map(({ sender }) => sender?.tab?.id);
}
