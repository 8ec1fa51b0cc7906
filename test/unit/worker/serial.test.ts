import { expect, test } from "vitest";
import { readSerial } from "../../../worker/sync/serial.ts";

test.each([
  ["C02XK1ABJG5J", "c02xk1abjg5j"],
  ["  c02xk1abjg5j\t\n", "c02xk1abjg5j"],
  ["\u00a0PF-2 \u2003 XYZ\u200b", "pf-2 xyz"],
  ["VMware-56 4d 5b  d6", "vmware-56 4d 5b d6"],
  ["STRASSE", "strasse"],
  ["straße", "strasse"],
  ["STRAẞE", "strasse"],
  ["0000001", "0000001"],
])("the serial %j is compared as %j", (raw, key) => {
  expect(readSerial(raw)).toMatchObject({ kind: "usable", key });
});

test.each([[null], [undefined], [""], ["   "], ["\u200b"]])("%j is no serial", (raw) => {
  expect(readSerial(raw)).toEqual({ kind: "none" });
});

test.each([
  ["To be filled by O.E.M."],
  ["TO BE FILLED  BY O.E.M."],
  ["Default string"],
  ["System Serial Number"],
  ["None"],
  ["N/A"],
  ["0"],
  ["-"],
  ["00000000"],
  ["xxxxxxx"],
  ["......"],
  ["0123456789"],
  ["Not Specified"],
  ["ab"],
  ["unknown "],
])("%j is a placeholder and matches nothing", (raw) => {
  expect(readSerial(raw).kind).toBe("placeholder");
});
