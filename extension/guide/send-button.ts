import { closedRoot, raise } from "../in-page/closed-root.ts";
import { button as buttonOf } from "../in-page/element.ts";
import { isEscape, quiet } from "../in-page/quiet.ts";
import { say } from "../ui/words.ts";
import { boxOf, lightAncestor } from "./deep.ts";
import { type Box, besideKey } from "./placement.ts";
import { sendStyle } from "./style.ts";

export interface SendButton {
  /** Shows the button beside the key, or puts it away. */
  beside(key: Element | undefined, dialog: Element | undefined): void;
  /** Where it is, for others to keep clear of. */
  box(): Box | undefined;
}

/** The button that sends the key. It follows the key frame by frame; `send` is called on a person's click only. */
export function buildSendButton(send: () => void, close: () => void, signal: AbortSignal): SendButton {
  const { host, body } = closedRoot("dots-send-key", sendStyle, signal);
  const button = buttonOf({ textContent: say("sendToDots") }, send);
  body.append(button);
  quiet(host, (event) => isEscape(event) && close());
  // A dialog that closes on a press outside of it must not take this for one.
  for (const name of ["pointerdown", "mousedown", "click"])
    host.addEventListener(name, (event) => event.stopPropagation());

  let frame = 0;
  const follow = (key: Element, dialog: Element) => {
    const view = { left: 0, top: 0, width: document.documentElement.clientWidth, height: window.innerHeight };
    const size = { left: 0, top: 0, width: button.offsetWidth, height: button.offsetHeight };
    const at = besideKey(size, boxOf(key), boxOf(dialog), view, say("direction") === "rtl");
    const translate = `${Math.round(at.left)}px ${Math.round(at.top)}px`;
    if (button.style.translate !== translate) button.style.translate = translate;
    frame = requestAnimationFrame(() => follow(key, dialog));
  };
  signal.addEventListener("abort", () => cancelAnimationFrame(frame), { once: true });

  return {
    beside(key, dialog) {
      cancelAnimationFrame(frame);
      if (signal.aborted) return;
      if (!key || !dialog) {
        host.remove();
        return;
      }
      const neighbour = lightAncestor(key);
      // Next to the key in the document too: the dialog's focus trap then lets Tab come by.
      if (neighbour.nextElementSibling !== host) neighbour.after(host);
      raise(host);
      follow(key, dialog);
    },
    box: () => (host.isConnected ? boxOf(button) : undefined),
  };
}
