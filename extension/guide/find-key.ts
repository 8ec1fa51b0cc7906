import { keyInValue, keysInPieces } from "./key-text.ts";

export type FoundKey =
  | { kind: "sure"; key: string; beside: Element }
  /** Nothing that looks like a key, or more than one: the admin copies it. */
  | { kind: "none" | "unsure" };

/** What may stand within a key without ending it. */
const within = new Set([
  "SPAN",
  "WBR",
  "BR",
  "B",
  "I",
  "EM",
  "STRONG",
  "CODE",
  "MARK",
  "FONT",
  "BDI",
  "BDO",
  "TT",
  "KBD",
  "SAMP",
]);
const fields = "input:not([type]), input[type=text], input[type=search], input[type=url], textarea";
const controls = "button, a, [role=button], [onclick], [data-clipboard-text]";

/** Attributes of a copy button that hold what it copies. */
const carriesText = /^data-.*(?:clip|copy|text|value|key|secret|token)/;

/** Looks for the key in the dialog and nowhere else. Sure only where there is exactly one. */
export function findKey(dialog: Element): FoundKey {
  const found = new Map<string, Element>();
  const note = (key: string, beside: Element) => {
    if (!found.has(key)) found.set(key, beside);
  };
  for (const root of rootsIn(dialog)) {
    for (const field of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(fields)) {
      const key = isVisible(field) ? keyInValue(field.value) : undefined;
      if (key) note(key, field);
    }
    for (const { pieces, beside } of lines(root)) for (const key of keysInPieces(pieces)) note(key, beside);
    for (const control of root.querySelectorAll(controls)) {
      for (const { name, value } of control.attributes) {
        const key = carriesText.test(name) ? keyInValue(value) : undefined;
        if (key) note(key, control);
      }
    }
  }
  const [first, ...others] = found;
  if (!first) return { kind: "none" };
  return others.length > 0 ? { kind: "unsure" } : { kind: "sure", key: first[0], beside: first[1] };
}

/** The dialog and every open shadow root in it. */
function* rootsIn(root: Element | ShadowRoot): Generator<Element | ShadowRoot> {
  yield root;
  for (const element of root.querySelectorAll("*"))
    if (element.shadowRoot) yield* rootsIn(element.shadowRoot);
}

interface Line {
  pieces: string[];
  beside: Element;
}

/** The visible text nodes, those of one line together: anything but plain text mark-up ends a line. */
function* lines(root: Element | ShadowRoot): Generator<Line> {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let line: Line | undefined;
  let end: Node | null = root;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const left = end !== null && !end.contains(node);
    if (left || (node instanceof Element && !within.has(node.tagName))) {
      if (line) yield line;
      line = undefined;
    }
    if (node instanceof Element) continue;
    const parent: Element | null = node.parentElement;
    if (!parent || !isVisible(parent) || parent.closest("script, style, textarea, select")) continue;
    line ??= { pieces: [], beside: block(parent) };
    end = block(parent);
    line.pieces.push(node.nodeValue ?? "");
  }
  if (line) yield line;
}

/** The element a line of text belongs to: the nearest that is not plain text mark-up, or the outermost that is. */
function block(element: Element): Element {
  let step = element;
  while (within.has(step.tagName) && step.parentElement) step = step.parentElement;
  return step;
}

function isVisible(element: Element): boolean {
  return element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}
