import { cleanKey, keyShape } from "../../shared/key-shape.ts";

/** Soft hyphens and zero-width characters a page puts in to break long words. */
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
/** What stands for characters that are not shown. */
const mask = "•●∙·*…＊";
const modern = new RegExp(`(?<![\\w-])jc[as]_[A-Za-z0-9_-]{20,128}(?![\\w${mask}-]|\\.\\.)`, "g");
const legacy = new RegExp(`(?<![\\w${mask}-])[A-Za-z0-9]{40}(?![\\w${mask}-]|\\.\\.)`, "g");
/** Labels that stand right behind a key without a space between. */
const labels = /^(?:copy|copied|copy key|copy to clipboard|show|hide|reveal|close|done|ok|download|edit)!?$/i;

/** What could be a label behind a key as well as the last letters of it. */
const word = /^[A-Z]?[a-z]+$/;

/** Takes a piece of text; says whether it only names a button. */
export function isLabel(piece: string): boolean {
  return labels.test(piece.trim());
}

/**
 * Takes the text of one field or attribute; gives the key where it holds nothing but one, else nothing.
 */
export function keyInValue(value: string): string | undefined {
  const text = cleanKey(value.replace(invisible, ""));
  return isKey(text) ? text : undefined;
}

/**
 * Takes the text nodes of one line as the page has cut them; gives every key they may hold. A key cut in pieces is
 * put together; where that leaves two readings it gives both, so that nobody is sure.
 */
export function keysInPieces(pieces: readonly string[]): string[] {
  const clean = pieces.map((piece) => piece.replace(invisible, "")).filter((piece) => piece.trim() !== "");
  const label = clean.findIndex(isLabel);
  if (label >= 0) return [...keysInPieces(clean.slice(0, label)), ...keysInPieces(clean.slice(label + 1))];
  const joined = keysInText(clean.join("").trim());
  const [first, ...rest] = clean;
  // What follows in pieces that no word looks like is the rest of the key; a mask shows that there is no key.
  if (first === undefined || rest.every((piece) => !word.test(piece.trim()))) return joined;
  return [...new Set([...joined, ...clean.flatMap((piece) => keysInText(piece))])];
}

function keysInText(text: string): string[] {
  return [...text.matchAll(modern), ...text.matchAll(legacy)].map(([key]) => key).filter(isKey);
}

/** A run of 40 letters and digits is a key only if it is no word, number or hash. */
function isKey(text: string): boolean {
  const shape = keyShape(text);
  if (shape === "legacy") return /\d/.test(text) && /[g-z]/i.test(text);
  return shape !== "unknown";
}
