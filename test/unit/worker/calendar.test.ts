import { describe, expect, it } from "vitest";
import { keyCalendar } from "../../../worker/notify/calendar.ts";

const now = new Date("2026-11-25T12:00:00.000Z");
const acme = {
  id: "0b5e",
  organization: { id: "1", name: "Acme, Ltd; Tel-Aviv – חברה" },
  keyExpiresAt: "2027-01-31T10:30:00.000Z",
};

/** Unfolds the lines of RFC 5545, section 3.1. */
function linesOf(calendar: string): string[] {
  return calendar.replaceAll(/\r\n[ \t]/g, "").split("\r\n");
}

function eventsOf(calendar: string): string[][] {
  const events: string[][] = [];
  for (const line of linesOf(calendar)) {
    if (line === "BEGIN:VEVENT") events.push([]);
    events.at(-1)?.push(line);
  }
  return events;
}

describe("the calendar of key expiries", () => {
  it("has a day's event 14, 7 and 1 days before a key ends, and on the day", () => {
    const events = eventsOf(keyCalendar([acme], now));
    const days = events.map((event) => event.find((line) => line.startsWith("DTSTART")));
    expect(days).toEqual(
      ["20270117", "20270124", "20270130", "20270131"].map((day) => `DTSTART;VALUE=DATE:${day}`),
    );
    const words = events.map((event) => event.find((line) => line.startsWith("SUMMARY:"))?.split("חברה ")[1]);
    expect(words).toEqual(["expires in 14 days", "expires in 7 days", "expires tomorrow", "expires today"]);
  });

  it("rings on the morning of each", () => {
    for (const event of eventsOf(keyCalendar([acme], now)))
      expect(event).toEqual(
        expect.arrayContaining(["BEGIN:VALARM", "ACTION:DISPLAY", "TRIGGER;RELATED=START:PT9H"]),
      );
  });

  it("takes no line from an organization's name, whatever ends lines in it", () => {
    const name = "Acme\r\nEND:VEVENT\nBEGIN:VEVENT\rURL:https://evil.example\u0000\u0085\u2028ATTACH:x\\";
    const calendar = keyCalendar([{ ...acme, organization: { id: "1", name } }], now);
    const plain = keyCalendar([acme], now);
    const startsOf = (text: string) => linesOf(text).map((line) => line.split(/[:;]/)[0]);
    expect(startsOf(calendar)).toEqual(startsOf(plain));
    // Lone carriage returns and other controls would end a line for some readers (RFC 5545, section 3.3.11).
    expect(calendar.replaceAll("\r\n", "")).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
  });

  it("is silent about keys that never end or whose end nobody knows", () => {
    const { keyExpiresAt: _, ...unknown } = acme;
    expect(eventsOf(keyCalendar([{ ...acme, keyExpiresAt: null }, unknown], now))).toEqual([]);
  });

  it("keeps to RFC 5545: CRLF, lines of 75 octets, what every calendar and event must have, escaped text", () => {
    const calendar = keyCalendar([acme], now);
    expect(calendar.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const line of calendar.split("\r\n")) expect(Buffer.byteLength(line), line).toBeLessThanOrEqual(75);
    const lines = linesOf(calendar);
    expect(lines[0]).toBe("BEGIN:VCALENDAR");
    expect(lines.filter((line) => line !== "").at(-1)).toBe("END:VCALENDAR");
    expect(lines).toContain("VERSION:2.0");
    expect(lines.some((line) => line.startsWith("PRODID:"))).toBe(true);
    const events = eventsOf(calendar);
    for (const event of events)
      for (const property of ["UID:", "DTSTAMP:20261125T120000Z", "DTSTART;"])
        expect(event.filter((line) => line.startsWith(property)).length, property).toBe(1);
    expect(new Set(events.map((event) => event.find((line) => line.startsWith("UID:")))).size).toBe(4);
    expect(calendar.replaceAll(/\r\n[ \t]/g, "")).toContain("Acme\\, Ltd\\; Tel-Aviv – חברה");
  });
});
