import { language, say } from "../ui/words.ts";
import { palette } from "./palette.ts";

export interface ClosedRoot {
  /** What the page sees: an element of ours with nothing to look into. */
  host: HTMLElement;
  /** Where our own elements go. */
  body: HTMLElement;
  /** Which of our own elements has the focus. */
  focused(): Element | null;
}

/**
 * An element with a closed shadow root: the page can neither read nor style what is in it. Goes away with `signal`.
 */
export function closedRoot(tag: `dots-${string}`, css: string, signal: AbortSignal): ClosedRoot {
  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: "closed" });
  const body = document.createElement("div");
  body.lang = language();
  body.dir = say("direction");
  body.className = "body";
  root.append(body);
  dress(root, `${palette}\n${css}`);
  signal.addEventListener("abort", () => host.remove(), { once: true });
  return { host, body, focused: () => root.activeElement };
}
/** The modal each host lies over; none for the page itself. */
const raisedOver = new WeakMap<HTMLElement, Element | null>();

/**
 * Shows the host in the browser's top layer: above any z-index of the page, and measured from the window even
 * inside a transformed dialog. Called again it does something only where the host moved or a modal came over it.
 */
export function raise(host: HTMLElement): void {
  if (!host.isConnected) return;
  if (host.popover !== "manual") host.popover = "manual";
  const modal = host.closest(":modal");
  if (host.matches(":popover-open")) {
    if (raisedOver.get(host) === modal) return;
    host.hidePopover();
  }
  raisedOver.set(host, modal);
  host.showPopover();
}

/** A constructed sheet is not subject to the page's Content Security Policy; a `<style>` with text is. */
function dress(root: ShadowRoot, css: string): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    // Firefox refuses sheets across its Xray wrappers.
    const style = document.createElement("style");
    style.textContent = css;
    root.prepend(style);
  }
}
