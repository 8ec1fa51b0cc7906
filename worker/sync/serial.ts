/**
 * Serial numbers as they are compared (CONTRACT, sync rule 2). Pure.
 * `key` is set for a serial that identifies a machine; a placeholder never matches anything.
 */
export type Serial =
  | { kind: "usable"; key: SerialKey; text: string }
  | { kind: "none" }
  | { kind: "placeholder"; text: string };

export type SerialKey = string & { readonly brand: "SerialKey" };

/** FACTS.md, section 3, "Junk serials": what firmware says when nobody set a serial. */
const placeholders = new Set([
  "-",
  "none",
  "null",
  "n/a",
  "na",
  "unknown",
  "invalid",
  "not specified",
  "not applicable",
  "not available",
  "default string",
  "system serial number",
  "systemserialnumb",
  "system product name",
  "to be filled by o.e.m.",
  "to be filled by o.e.m",
  "o.e.m.",
  "oem",
  "chassis serial number",
  "0123456789",
  "123456789",
  "1234567890",
]);
const shortestSerial = 3;

/** Takes a serial as JumpCloud, Dots or an import writes it; says what it is worth and how to compare it. */
export function readSerial(raw: string | null | undefined): Serial {
  const text = (raw ?? "").replace(/^[\s\p{Cf}]+|[\s\p{Cf}]+$/gu, "").replace(/\s+/gu, " ");
  if (text === "") return { kind: "none" };
  const key = foldCase(text);
  if (key.length < shortestSerial || placeholders.has(key) || isOneCharacterRepeated(key)) {
    return { kind: "placeholder", text };
  }
  return { kind: "usable", key: key as SerialKey, text };
}

/** To upper case and back folds what lower case alone keeps apart, such as ß and SS; lower first, for the capital ẞ. */
function foldCase(text: string): string {
  return text.toLowerCase().toUpperCase().toLowerCase();
}

function isOneCharacterRepeated(text: string): boolean {
  const [first] = text;
  return [...text].every((character) => character === first);
}
