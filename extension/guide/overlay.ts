import { closedRoot, raise } from "../in-page/closed-root.ts";
import { language } from "../in-page/phrase.ts";
import { type Act, type Advice, adviceFor, type Moment } from "./advice.ts";
import { draggable } from "./drag.ts";
import { landmarks } from "./landmarks.ts";
import { buildPanel } from "./panel.ts";
import { type Box, cornerFor, covered, keptInside, type Place } from "./placement.ts";
import { buildRings } from "./rings.ts";
import { guideStyle } from "./style.ts";

export interface Overlay {
  /** Shows what is to be said now, clear of the dialog, of what is pointed at and of `keepClearOf`. */
  show(moment: Moment, keepClearOf: Box | undefined): void;
  copied(isCopied: boolean): void;
  fail(sentence: string): void;
}

/** The panel and the rings, over the page until `signal`. */
export function buildOverlay(act: (act: Act) => void, close: () => void, signal: AbortSignal): Overlay {
  const { host, body } = closedRoot("dots-guide", guideStyle, signal);
  const rings = buildRings(body, signal);
  const panel = buildPanel(body, act, close);
  let dragged: Place | undefined;
  let last = "";

  const put = (at: Place) => {
    panel.element.style.translate = `${Math.round(at.left)}px ${Math.round(at.top)}px`;
  };
  const place = (never: Box[], rather: Box[]) => {
    const view = { left: 0, top: 0, width: document.documentElement.clientWidth, height: window.innerHeight };
    const size = { left: 0, top: 0, width: panel.element.offsetWidth, height: panel.element.offsetHeight };
    const key = JSON.stringify([view, size, never, rather, dragged]);
    if (key === last) return;
    last = key;
    const kept = dragged && keptInside(dragged, size, view);
    const isClear = kept && covered({ ...size, ...kept }, never) === 0;
    put(isClear ? kept : cornerFor(size, view, never, rather, language().dir === "rtl"));
  };
  draggable(panel.header, panel.element, (to) => {
    dragged = to;
    put(to);
  });
  closeOnEscape(host, close, signal);

  return {
    show(moment, keepClearOf) {
      if (signal.aborted) return;
      const advice = adviceFor(moment);
      settle(host);
      panel.show(advice);
      const targets = targetsOf(advice);
      rings.around(targets);
      const never = [...targets.map(boxOf), ...(keepClearOf ? [keepClearOf] : [])];
      const dialog = landmarks.dialog(document);
      place(never, dialog ? [boxOf(dialog)] : []);
    },
    copied: panel.copied,
    fail: panel.fail,
  };
}

/** In an open dialog, where a modal's focus trap and inertness do not reach us; else at the end of the page. */
function settle(host: HTMLElement): void {
  const home = landmarks.dialog(document) ?? document.body;
  if (host.parentElement !== home) home.append(host);
  raise(host);
}

function targetsOf(advice: Advice): Element[] {
  return advice.pointsAt
    .map((name) => landmarks[name](document))
    .filter((element): element is Element => element !== undefined);
}

/** Escape in the panel closes the panel and not JumpCloud's dialog, whose key would be lost. */
function closeOnEscape(host: HTMLElement, close: () => void, signal: AbortSignal): void {
  const hear = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !event.isTrusted) return;
    const isOurs = event.target === host;
    const isTheirs = landmarks.dialog(document) !== undefined || landmarks.myApiKey(document) !== undefined;
    if (!isOurs && isTheirs) return;
    if (isOurs) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    close();
  };
  window.addEventListener("keydown", hear, { capture: true, signal });
}

function boxOf(element: Element): Box {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height };
}
