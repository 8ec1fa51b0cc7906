import { closedRoot, raise } from "../in-page/closed-root.ts";
import { isEscape, quiet } from "../in-page/quiet.ts";
import type { PanelPlace } from "../messages.ts";
import { say } from "../ui/words.ts";
import { adviceFor, type Moment } from "./advice.ts";
import { boxOf } from "./deep.ts";
import { landmarks } from "./landmarks.ts";
import { draggable, movedByKey } from "./move.ts";
import { buildPanel, type Panel, type PanelDoes } from "./panel.ts";
import {
  type Box,
  cornerFor,
  covered,
  keptInside,
  nextCorner,
  type Place,
  placeOf,
  shareOf,
} from "./placement.ts";
import { buildRings } from "./rings.ts";
import { guideStyle } from "./style.ts";
import type { View } from "./whereabouts.ts";

export interface Overlay extends Pick<Panel, "copied" | "fail" | "focus"> {
  /** Shows what is to be said now, clear of the dialog, of what is pointed at and of `keepClearOf`. */
  show(moment: Moment, view: View, keepClearOf: Box | undefined): void;
}

export interface OverlayDoes extends Omit<PanelDoes, "nextCorner"> {
  /** The panel was moved by hand. */
  moved(to: PanelPlace): void;
}

/** The panel and the rings, over the page until `signal`; the panel where it was left, if it was moved before. */
export function buildOverlay(does: OverlayDoes, left: PanelPlace | undefined, signal: AbortSignal): Overlay {
  const { host, body, focused } = closedRoot("dots-guide", guideStyle, signal);
  const rings = buildRings(body, signal);
  const isRtl = say("direction") === "rtl";
  const panel = buildPanel(body, {
    ...does,
    nextCorner: () => goTo(nextCorner(boxOf(panel.element), size(), room(), isRtl), true),
  });
  let share = left;
  let last = "";

  const size = () => ({
    left: 0,
    top: 0,
    width: panel.element.offsetWidth,
    height: panel.element.offsetHeight,
  });
  const put = (at: Place) => {
    panel.element.style.translate = `${Math.round(at.left)}px ${Math.round(at.top)}px`;
  };
  const goTo = (at: Place, isOver: boolean) => {
    const inside = keptInside(at, size(), room());
    share = shareOf(inside, size(), room());
    put(inside);
    if (isOver) does.moved(share);
  };
  const place = (never: Box[], rather: Box[]) => {
    const now = JSON.stringify([room(), size(), never, rather, share]);
    if (now === last) return;
    panel.element.classList.remove("short");
    const kept = share && keptInside(placeOf(share, size(), room()), size(), room());
    if (kept && covered({ ...size(), ...kept }, never) === 0) put(kept);
    else {
      const corner = () => cornerFor(size(), room(), never, rather, isRtl);
      // In a small window the panel leaves out what can be left out, rather than cover what it points at.
      panel.element.classList.toggle("short", covered({ ...size(), ...corner() }, never) > 0);
      put(corner());
    }
    last = JSON.stringify([room(), size(), never, rather, share]);
  };
  draggable(
    panel.header,
    panel.element,
    (to) => goTo(to, false),
    () => share && does.moved(share),
  );
  quiet(host, (event) => {
    if (isEscape(event)) return does.close();
    const to = focused() === panel.handle ? movedByKey(event, panel.element) : undefined;
    if (to) {
      event.preventDefault();
      goTo(to, true);
    }
    panel.hear(event, focused());
  });

  return {
    show(moment, { page, dialog }, keepClearOf) {
      if (signal.aborted) return;
      const advice = adviceFor(moment);
      settle(host, dialog);
      panel.show(advice);
      const targets = advice.pointsAt
        .map((name) => landmarks[name](page))
        .filter((target) => target !== undefined);
      rings.around(targets);
      place([...targets.map(boxOf), ...(keepClearOf ? [keepClearOf] : [])], dialog ? [boxOf(dialog)] : []);
    },
    focus: panel.focus,
    copied: panel.copied,
    fail: panel.fail,
  };
}

/** In an open dialog, where a modal's focus trap and inertness do not reach us; else at the end of the page. */
function settle(host: HTMLElement, dialog: Element | undefined): void {
  const isHome = dialog?.ownerDocument === document && !dialog.matches("main, [role=main]");
  const home = isHome ? dialog : document.body;
  if (host.parentElement !== home) home.append(host);
  raise(host);
}

function room(): Box {
  return { left: 0, top: 0, width: document.documentElement.clientWidth, height: window.innerHeight };
}
