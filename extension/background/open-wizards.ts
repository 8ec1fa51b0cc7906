import type { Browser } from "wxt/browser";
import type { Notice } from "../messages.ts";

/**
 * The wizards that are open: each holds a port. A broadcast would not do: in Firefox a frame within a web page
 * hears no `runtime.sendMessage`, though it can send and connect (seen in Firefox 153).
 */
const ports = new Set<Browser.runtime.Port>();

/** Remembers a port for as long as its wizard is open. */
export function wizardConnected(port: Browser.runtime.Port): void {
  ports.add(port);
  port.onDisconnect.addListener(() => ports.delete(port));
}

/** Tells the open wizards; gives which tabs they are in. */
export function tellWizards(notice: Notice): (number | undefined)[] {
  for (const port of ports) port.postMessage(notice);
  return [...ports].map(({ sender }) => sender?.tab?.id);
}
