import { palette } from "./palette.ts";
import { language } from "./phrase.ts";

export interface ClosedRoot {
  /** What the page sees: an element of ours with nothing to look into. */
  host: HTMLElement;
  /** Where our own elements go. */
  body: HTMLElement;
}

/**
 * An element with a closed shadow root: the page can neither read nor style what is in it. Goes away with `signal`.
 */
export function closedRoot(tag: `dots-${string}`, css: string, signal: AbortSignal): ClosedRoot {
  const host = document.createElement(tag);
  const root = host.attachShadow({ mode: "closed" });
  const body = document.createElement("div");
  const { lang, dir } = language();
  body.lang = lang;
  body.dir = dir;
  body.className = "body";
  root.append(body);
  dress(root, `${palette}\n${css}`);
  signal.addEventListener("abort", () => host.remove(), { once: true });
  return { host, body };
}

/**
 * Shows the host in the browser's top layer: above any z-index of the page, and measured from the window even
 * inside a transformed dialog. Needed anew each time the host moved.
 */
export function raise(host: HTMLElement): void {
  if (host.popover !== "manual") host.popover = "manual";
  if (host.isConnected && !host.matches(":popover-open")) host.showPopover();
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
