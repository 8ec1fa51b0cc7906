import { onEachChange } from "../in-page/each-change.ts";
import { isEscape } from "../in-page/quiet.ts";
import { ask, type PanelPlace } from "../messages.ts";
import { say } from "../ui/words.ts";
import { expiryIn } from "./expiry-text.ts";
import { findExpiry, shownExpiry } from "./find-expiry.ts";
import { buildOverlay } from "./overlay.ts";
import { buildSendButton } from "./send-button.ts";
import { lookAt, type View } from "./whereabouts.ts";

/** A field's value, an open shadow root and a frame change without a change of the document. */
const pollMs = 300;
const attributes = "aria-expanded aria-hidden aria-modal aria-selected aria-checked hidden open value".split(
  " ",
);

export interface Guide {
  /** `place`: where the panel was left, if it was moved before. */
  show(place?: PanelPlace): void;
}

/** The guide of this page: nothing at all until it is shown, and again nothing once it was closed. */
export function buildGuide(signal: AbortSignal): Guide {
  let session: AbortController | undefined;
  return {
    show(place) {
      if (session && !session.signal.aborted) return;
      session = new AbortController();
      const over = AbortSignal.any([signal, session.signal]);
      const { abort } = session;
      const start = () => lead(place, abort.bind(session), over);
      if (document.readyState !== "loading") return start();
      document.addEventListener("DOMContentLoaded", start, { once: true, signal: over });
    },
  };
}

function lead(place: PanelPlace | undefined, end: () => void, signal: AbortSignal): void {
  const close = () => {
    end();
    void ask("guide/close", {}).catch(() => undefined);
  };
  const overlay = buildOverlay(
    {
      close,
      act: (act) => void does[act](),
      send: (apiKey) => void send(apiKey, {}),
      moved: (to) => void ask("guide/moved", to).catch(() => undefined),
    },
    place,
    signal,
  );
  const button = buildSendButton(() => void sendShown(), close, signal);
  const memory = { arrivedAt: performance.now(), withoutKey: new WeakSet<Element>() };
  let view: View;
  let before: View["where"] | undefined;
  /** What was chosen before the key was made: the dialog that shows the key need not say. */
  let expiry: { text: string | undefined; at: Date } | undefined;
  let outcome: "sent" | "not-sent" | "sending" | undefined;

  const noteExpiry = () => {
    if (view.where !== "dialog-before" || !view.dialog) return;
    expiry = { text: findExpiry(view.dialog, new Date()), at: new Date() };
  };
  // At once, before the page hears of it: a press on Generate takes away the list, and shows what was not there.
  const hearPresses = (within: EventTarget) => {
    for (const name of ["change", "click"])
      within.addEventListener(name, look, { capture: true, passive: true, signal });
  };
  /** Frames that were heard already: their events do not come out to the page's window. */
  const heard = new WeakSet<Document>([document]);
  const look = () => {
    view = lookAt(document, new URL(location.href), memory);
    noteExpiry();
    const within = view.dialog?.ownerDocument;
    if (within && !heard.has(within)) {
      heard.add(within);
      hearPresses(within);
    }
    if (!view.dialog) expiry = undefined;
    // What became of one key is told until the admin sets out for another.
    const isDone = view.where === "dialog-before" || (!view.dialog && outcome === "not-sent");
    if (before !== view.where && isDone) outcome = undefined;
    before = view.where;
    // The key itself is not kept: it is read again when the admin presses.
    const beside = outcome === undefined || outcome === "sending" ? view.key?.beside : undefined;
    button.beside(beside, view.dialog);
    overlay.show(outcome === "sent" || outcome === "not-sent" ? outcome : view.where, view, button.box());
  };
  const sendShown = async () => {
    const { key, dialog } = lookAt(document, new URL(location.href), memory);
    if (!key || !dialog) return;
    const shown = shownExpiry(dialog, new Date());
    const { text, at } = expiry?.text === undefined ? { text: shown, at: new Date() } : expiry;
    const keyExpiresAt = text === undefined ? undefined : expiryIn(text, at);
    await send(key.key, keyExpiresAt === undefined ? {} : { keyExpiresAt });
  };
  const send = async (apiKey: string, rest: { keyExpiresAt?: string | null }) => {
    if (outcome === "sending") return;
    outcome = "sending";
    const sent = ask("guide/send-key", { apiKey, ...rest });
    outcome = await sent.then(
      () => "sent" as const,
      () => "not-sent" as const,
    );
    look();
    if (outcome === "sent") overlay.focus();
  };
  const does = {
    async "back-to-dots"() {
      try {
        await ask("guide/back-to-dots", {});
        if (outcome === "sent") close();
      } catch {
        overlay.fail(say("guideNoAnswer"));
      }
    },
    async "copy-message"() {
      const copied = navigator.clipboard.writeText(say("messageToAdmin"));
      overlay.copied(
        await copied.then(
          () => true,
          () => false,
        ),
      );
    },
  };

  hearPresses(window);
  // Outside of our own elements Escape is the page's as long as it has something open.
  window.addEventListener(
    "keydown",
    (event) => {
      if (event.isTrusted && !view.dialog && view.where !== "menu-open" && isEscape(event)) close();
    },
    { capture: true, signal },
  );
  // A menu may open by CSS alone, when the pointer is over it.
  const events = ["mouseover", "focusin", "change", "transitionend"];
  onEachChange(look, signal, { attributes: true, attributeFilter: attributes, events });
  let poll: ReturnType<typeof setTimeout>;
  const pollOn = (wait: number) => {
    poll = setTimeout(() => {
      const start = performance.now();
      if (!document.hidden) look();
      // A large page takes longer to look at; it keeps ten times as long for itself.
      if (!signal.aborted) pollOn(Math.max(pollMs, 10 * (performance.now() - start)));
    }, wait);
  };
  pollOn(pollMs);
  signal.addEventListener("abort", () => clearTimeout(poll), { once: true });
}
