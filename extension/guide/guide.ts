import { onEachChange } from "../in-page/each-change.ts";
import { ask } from "../messages.ts";
import type { Act } from "./advice.ts";
import { expiryIn } from "./expiry-text.ts";
import { findExpiry } from "./find-expiry.ts";
import { landmarks } from "./landmarks.ts";
import { buildOverlay } from "./overlay.ts";
import { buildSendButton } from "./send-button.ts";
import { optionalKey, whereabouts } from "./whereabouts.ts";
import { words } from "./words.ts";

/** A field's value changes without a change of the document. */
const pollMs = 300;
const attributes = [
  "aria-expanded",
  "aria-hidden",
  "aria-modal",
  "aria-selected",
  "aria-checked",
  "hidden",
  "open",
  "value",
];

export interface Guide {
  show(): void;
}

/** The guide of this page: nothing at all until it is shown, and again nothing once it was closed. */
export function buildGuide(signal: AbortSignal): Guide {
  let session: AbortController | undefined;
  return {
    show() {
      if (session && !session.signal.aborted) return;
      session = new AbortController();
      lead(session, AbortSignal.any([signal, session.signal]));
    },
  };
}

function lead(session: AbortController, signal: AbortSignal): void {
  const close = () => {
    session.abort();
    void ask("guide/close", {}).catch(() => undefined);
  };
  const overlay = buildOverlay((act) => void does[act](), close, signal);
  const button = buildSendButton(() => void send(), signal);
  /** What was chosen before the key was made: the dialog that shows the key no longer says. */
  let expiry: { text: string | undefined; at: Date } | undefined;
  let outcome: "sent" | "not-sent" | "sending" | undefined;

  const noteExpiry = () => {
    const dialog = landmarks.generate(document) && landmarks.dialog(document);
    if (dialog) expiry = { text: findExpiry(dialog, new Date()), at: new Date() };
  };
  const look = () => {
    const here = new URL(location.href);
    const where = whereabouts(here, document);
    const dialog = landmarks.dialog(document);
    if (where === "dialog-before") {
      noteExpiry();
      outcome = undefined;
    } else if (!dialog) {
      expiry = undefined;
      if (outcome !== "sent") outcome = undefined;
    }
    // The key itself is not kept: it is read again when the admin presses.
    const beside =
      outcome === undefined || outcome === "sending" ? optionalKey(here, document)?.beside : undefined;
    button.beside(beside, dialog);
    overlay.show(outcome === "sent" || outcome === "not-sent" ? outcome : where, button.box());
  };
  const send = async () => {
    const found = optionalKey(new URL(location.href), document);
    if (!found || outcome === "sending") return;
    outcome = "sending";
    const keyExpiresAt = expiry?.text === undefined ? undefined : expiryIn(expiry.text, expiry.at);
    try {
      const rest = keyExpiresAt === undefined ? {} : { keyExpiresAt };
      await ask("guide/send-key", { apiKey: found.key, ...rest });
      outcome = "sent";
    } catch {
      outcome = "not-sent";
    }
    look();
  };
  const does: Record<Act, () => Promise<void>> = {
    async "back-to-dots"() {
      try {
        await ask("guide/back-to-dots", {});
        if (outcome === "sent") close();
      } catch {
        overlay.fail(words.noAnswer());
      }
    },
    async "copy-message"() {
      const isCopied = await navigator.clipboard.writeText(words.message()).then(
        () => true,
        () => false,
      );
      overlay.copied(isCopied);
    },
  };

  // At once, before the page hears of it: the press on Generate takes the list away.
  for (const name of ["change", "click", "keydown"])
    window.addEventListener(name, noteExpiry, { capture: true, passive: true, signal });
  // A menu may open by CSS alone, when the pointer is over it.
  const events = ["mouseover", "focusin", "change", "transitionend"];
  onEachChange(look, signal, { attributes: true, attributeFilter: attributes, events });
  const poll = setInterval(() => landmarks.dialog(document) && look(), pollMs);
  signal.addEventListener("abort", () => clearInterval(poll), { once: true });
}
