/**
 * What a JumpCloud API key looks like. No zod here: this runs inside JumpCloud's console.
 * FACTS.md, section 7: `jca_` keys of varying length, `jcs_` of service accounts, 40 letters and digits
 * before that. A shape is a hint for people, never a reason to refuse: JumpCloud decides.
 */
export type KeyShape = "api-key" | "service-account" | "legacy" | "unknown";

const modern = /^jc([as])_[A-Za-z0-9_-]{20,128}$/;
const legacy = /^[A-Za-z0-9]{40}$/;

/** Takes any text; says what kind of key it looks like. */
export function keyShape(text: string): KeyShape {
  const match = modern.exec(text);
  if (match) return match[1] === "s" ? "service-account" : "api-key";
  return legacy.test(text) ? "legacy" : "unknown";
}

/** Strips what a clipboard adds: white space around, line ends within. */
export function cleanKey(text: string): string {
  return text.replace(/[\r\n]+/g, "").trim();
}

/** The part of a key that may be shown and stored in the clear: its last 4 characters. */
export function last4(key: string): string {
  return key.slice(-4);
}
