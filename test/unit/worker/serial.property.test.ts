import fc from "fast-check";
import { expect, test } from "vitest";
import { readSerial } from "../../../worker/sync/serial.ts";
import { placeholders, spellings } from "./arbitraries.ts";

const spelling = fc.constantFrom(...spellings);
const printable = fc.string({ unit: "grapheme", maxLength: 30 });

test("a serial that was read reads the same again", () => {
  fc.assert(
    fc.property(printable, (raw) => {
      const serial = readSerial(raw);
      if (serial.kind !== "none") expect(readSerial(serial.text)).toEqual(serial);
      if (serial.kind === "usable") expect(readSerial(serial.key)).toMatchObject({ key: serial.key });
    }),
  );
});

test("spaces around and within, and the case, never make another serial", () => {
  const ascii = fc.string({ maxLength: 30 });
  fc.assert(
    fc.property(ascii, spelling, (raw, spell) => {
      const [one, other] = [readSerial(raw), readSerial(spell(raw))];
      expect(other.kind).toBe(one.kind);
      if (one.kind === "usable" && other.kind === "usable") expect(other.key).toBe(one.key);
    }),
  );
});

test("a placeholder is one however it is written, and no serial is both", () => {
  fc.assert(
    fc.property(fc.constantFrom(...placeholders), spelling, (raw, spell) => {
      expect(readSerial(spell(raw)).kind).toBe("placeholder");
    }),
  );
});
