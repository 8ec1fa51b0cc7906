import { keyShape } from "../../shared/key-shape.ts";
import { allIn, isVisible, type Root, rootsIn } from "./deep.ts";
import { isLabel, keyInValue, keysInPieces } from "./key-text.ts";

export type FoundKey =
  | { kind: "sure"; key: string; beside: Element }
  /** Nothing that looks like a key, or more than one: the admin copies it. */
  | { kind: "none" | "unsure" };

/** What may stand within a key without ending it. */
const within = new Set("SPAN WBR BR B I EM STRONG CODE MARK FONT BDI BDO TT KBD SAMP".split(" "));
/** Never a password field: what stands in one was typed by somebody, or is not meant to be seen. */
const fields = "input:not([type]), input[type=text], input[type=search], input[type=url], textarea";
const controls = "button, a, [role=button], [onclick], [data-clipboard-text]";

/** Attributes of a copy button that hold what it copies. */
const carriesText = /^data-.*(?:clip|copy|text|value|key|secret|token)/;

/**
 * Looks for the key in the dialog and nowhere else. Sure only where there is exactly one. `speaksOfKey`: the dialog
 * says that it is about the API key; where it does not, only what bears JumpCloud's own prefix and stands alone
 * counts.
 */
export function findKey(dialog: Element, speaksOfKey: boolean): FoundKey {
  const found = new Map<string, Element>();
  const note = (key: string, beside: Element) => {
    if (speaksOfKey || keyShape(key) !== "legacy") found.set(key, found.get(key) ?? beside);
  };
  const roots = rootsIn(dialog);
  for (const field of allIn<HTMLInputElement | HTMLTextAreaElement>(roots, fields)) {
    const key = isVisible(field) ? keyInValue(field.value) : undefined;
    if (key) note(key, field);
  }
  for (const { pieces, beside } of roots.flatMap(lines)) {
    const alone = keyInValue(pieces.filter((piece) => !isLabel(piece)).join(""));
    const keys = speaksOfKey ? keysInPieces(pieces) : alone ? [alone] : [];
    for (const key of keys) note(key, beside);
  }
  for (const control of allIn(roots, controls)) {
    for (const { name, value } of control.attributes) {
      const key = carriesText.test(name) ? keyInValue(value) : undefined;
      if (key) note(key, control);
    }
  }
  const [first, ...others] = found;
  if (!first) return { kind: "none" };
  return others.length > 0 ? { kind: "unsure" } : { kind: "sure", key: first[0], beside: first[1] };
}

interface Line {
  pieces: string[];
  beside: Element;
}

/** The visible text nodes, those of one line together: anything but plain text mark-up ends a line. */
function lines(root: Root): Line[] {
  const found: Line[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  let line: Line | undefined;
  let end: Node | null = root;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const left = end !== null && !end.contains(node);
    if (left || (isElement(node) && !within.has(node.tagName))) line = undefined;
    if (isElement(node)) continue;
    const parent: Element | null = node.parentElement ?? hostOf(node);
    if (!parent || !isVisible(parent) || parent.closest("script, style, textarea, select")) continue;
    if (line === undefined) {
      line = { pieces: [], beside: block(parent) };
      found.push(line);
    }
    end = block(parent);
    line.pieces.push(node.nodeValue ?? "");
  }
  return found;
}

/** The element a line of text belongs to: the nearest that is not plain text mark-up, or the outermost that is. */
function block(element: Element): Element {
  let step = element;
  while (within.has(step.tagName) && step.parentElement) step = step.parentElement;
  return step;
}

/** Not `instanceof`: a frame's nodes are of the frame's classes. */
function isElement(node: Node): node is Element {
  return node.nodeType === Node.ELEMENT_NODE;
}

/** Whose shadow root the text stands in without an element around it. */
function hostOf(node: Node): Element | null {
  return node.parentNode && "host" in node.parentNode ? (node.parentNode as ShadowRoot).host : null;
}
