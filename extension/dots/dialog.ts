import { closedRoot } from "../in-page/closed-root.ts";
import { say } from "../ui/words.ts";
import { dialogStyle } from "./style.ts";

/**
 * Shows the wizard over the page. A native modal: the browser makes the rest inert, keeps the focus in and gives it
 * back. Resolves when it was closed: by the wizard, by Escape, or because `signal` took everything away.
 */
export function showDialog(frameUrl: string, signal: AbortSignal): Promise<void> {
  const closing = new AbortController();
  const over = AbortSignal.any([signal, closing.signal]);
  const { host, body } = closedRoot("dots-connect", dialogStyle, over);

  const dialog = document.createElement("dialog");
  dialog.ariaLabel = say("connectToJumpCloud");
  dialog.ariaModal = "true";
  const frame = document.createElement("iframe");
  frame.src = frameUrl;
  frame.title = say("connectToJumpCloud");
  frame.allow = "clipboard-write";
  dialog.append(frame);
  body.append(dialog);
  document.body.append(host);
  lockScrolling(over);
  dialog.showModal();
  frame.focus();

  const { promise, resolve } = Promise.withResolvers<void>();
  over.addEventListener("abort", () => resolve(), { once: true });
  dialog.addEventListener("close", () => closing.abort(), { once: true });
  // The page's single keys must not act while the wizard is open.
  for (const name of ["keydown", "keyup", "keypress"])
    host.addEventListener(name, (event) => event.stopPropagation());
  window.addEventListener(
    "message",
    (event: MessageEvent<unknown>) => {
      // The page can post here as well: only our own frame may close.
      if (event.source !== frame.contentWindow || event.origin !== new URL(frameUrl).origin) return;
      if (isClose(event.data)) dialog.close();
    },
    { signal: over },
  );
  return promise;
}

function isClose(data: unknown): boolean {
  return typeof data === "object" && data !== null && "dotsConnect" in data && data.dotsConnect === "close";
}

/** Stops the page from scrolling, without letting it jump by the width of its scroll bar. */
function lockScrolling(signal: AbortSignal): void {
  const { style } = document.documentElement;
  const before = { overflow: style.overflow, paddingInlineEnd: style.paddingInlineEnd };
  const scrollBar = window.innerWidth - document.documentElement.clientWidth;
  style.overflow = "hidden";
  if (scrollBar > 0) style.paddingInlineEnd = `${scrollBar}px`;
  signal.addEventListener("abort", () => Object.assign(style, before), { once: true });
}
