import { describe, expect, test } from "vitest";
import { expiryIn } from "../../../extension/guide/expiry-text.ts";

const now = new Date("2026-11-24T09:10:00.000Z");

describe("the expiry that was chosen in the console", () => {
  test.each([
    ["30 days", "2026-12-24T09:10:00.000Z"],
    ["90 Days", "2027-02-22T09:10:00.000Z"],
    ["Expires in 365 days", "2027-11-24T09:10:00.000Z"],
    ["1 year", "2027-11-24T09:10:00.000Z"],
    ["6 months", "2027-05-23T09:10:00.000Z"],
    ["2 weeks", "2026-12-08T09:10:00.000Z"],
    ["90-day", "2027-02-22T09:10:00.000Z"],
    ["2027-03-01", "2027-03-01T00:00:00.000Z"],
  ])("%s is counted from now", (text, expected) => {
    expect(expiryIn(text, now)).toBe(expected);
  });

  test.each(["No Expiration", "no expiration", "Never", "Does not expire", "Doesn’t expire"])(
    "%s means that the key never expires",
    (text) => {
      expect(expiryIn(text, now)).toBeNull();
    },
  );

  test.each(["", "Select…", "Custom", "Dana Admin", "90", "2020-01-01", "2027-99-99"])(
    "“%s” says nothing",
    (text) => {
      expect(expiryIn(text, now)).toBeUndefined();
    },
  );
});
