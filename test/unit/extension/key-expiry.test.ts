import { describe, expect, it } from "vitest";
import { expiryFrom, keyExpiresAt } from "../../../extension/key-expiry.ts";

const now = new Date("2026-11-24T10:00:00.000Z");

describe("when a key expires", () => {
  it("counts a span from now", () => {
    const end = keyExpiresAt({ choice: "90", date: "" }, now);
    expect(Math.round((Date.parse(String(end)) - now.getTime()) / 86_400_000)).toBe(90);
  });
  it("is null for a key that never expires, and absent where nobody knows", () => {
    expect(keyExpiresAt({ choice: "none", date: "" }, now)).toBeNull();
    expect(keyExpiresAt({ choice: "unknown", date: "" }, now)).toBeUndefined();
  });
  it("is the end of a chosen day, the reader's time", () => {
    const end = new Date(String(keyExpiresAt({ choice: "date", date: "2027-01-31" }, now)));
    expect([end.getFullYear(), end.getMonth(), end.getDate(), end.getHours()]).toEqual([2027, 0, 31, 23]);
  });
  it("is not known while the day is not chosen", () => {
    expect(keyExpiresAt({ choice: "date", date: "" }, now)).toBeUndefined();
  });
  it("keeps the console's moment to the second while its day stays chosen", () => {
    const moment = "2027-02-22T08:15:30.000Z";
    const filled = expiryFrom(moment);
    expect(keyExpiresAt(filled, now)).toBe(moment);
    expect(keyExpiresAt({ ...filled, date: "2027-03-01" }, now)).not.toBe(moment);
  });
  it("takes no expiration and silence from the console for what they are", () => {
    expect(expiryFrom(null).choice).toBe("none");
    expect(expiryFrom(undefined).choice).toBe("unknown");
    expect(expiryFrom("soon").choice).toBe("unknown");
  });
});
