import { describe, expect, it } from "vitest";
import { badgeOf, remindersDue } from "../../../extension/background/reminders-due.ts";
import { daysUntil, dueReminder } from "../../../extension/key-ending.ts";

const now = new Date(2026, 10, 25, 12);
const inDays = (days: number) => new Date(2026, 10, 25 + days, 18).toISOString();
const connection = (keyExpiresAt: string | null | undefined, id = "c") => ({
  id,
  organization: { id: "o", name: "Acme Ltd" },
  status: "active" as const,
  ...(keyExpiresAt !== undefined && { keyExpiresAt }),
});

describe("the days until a key ends", () => {
  it.each([
    [14, 14],
    [1, 1],
    [0, 0],
  ])("in %d days", (days, counted) => {
    expect(daysUntil(inDays(days), now)).toBe(counted);
  });
  it("count nights, not hours: early tomorrow is one day", () => {
    expect(daysUntil(new Date(2026, 10, 26, 0, 1).toISOString(), now)).toBe(1);
  });
  it("are negative once it has ended, on that very day", () => {
    expect(daysUntil(new Date(2026, 10, 25, 11, 59).toISOString(), now)).toBeLessThan(0);
  });
});

it.each([
  [15, undefined],
  [14, 14],
  [8, 14],
  [7, 7],
  [2, 7],
  [1, 1],
  [0, 0],
  [-3, 0],
])("with %d days left the reminder due is %s", (days, reminder) => {
  expect(dueReminder(days)).toBe(reminder);
});

describe("notifications", () => {
  it("are given 14, 7, 1 and 0 days before, each once, look as often as one may", () => {
    const ending = connection(new Date(2026, 11, 25, 18).toISOString());
    const given: number[] = [];
    let reminded = {};
    for (let hour = 0; hour < 31 * 24; hour += 3) {
      const at = new Date(2026, 10, 25, 12 + hour);
      const { due, remembered } = remindersDue([ending], reminded, at);
      reminded = remembered;
      if (due.length > 0) given.push(daysUntil(ending.keyExpiresAt ?? "", at));
    }
    expect(given).toEqual([14, 7, 1, 0]);
  });
  it("that were slept through are made up for by one", () => {
    const { due, remembered } = remindersDue([connection(inDays(5))], {}, now);
    expect(due).toHaveLength(1);
    expect(remindersDue([connection(inDays(5))], remembered, now).due).toEqual([]);
  });
  it("begin anew with a new key", () => {
    const { remembered } = remindersDue([connection(inDays(1))], {}, now);
    expect(remindersDue([connection(inDays(7))], remembered, now).due).toHaveLength(1);
  });
  it("are not given for a key that never ends, or whose end nobody knows", () => {
    expect(remindersDue([connection(null), connection(undefined)], {}, now).due).toEqual([]);
  });
  it("are forgotten with their connection", () => {
    const { remembered } = remindersDue([connection(inDays(1))], {}, now);
    expect(remindersDue([], remembered, now).remembered).toEqual({});
  });
});

describe("the toolbar button's badge", () => {
  it.each([
    ["nothing while the key lasts", [connection(inDays(15))], ""],
    ["nothing without connections or ends", [connection(null)], ""],
    ["the days of the key that ends first", [connection(inDays(9)), connection(inDays(3), "d")], "3"],
    ["a mark once a key has ended", [connection(inDays(-1))], "!"],
    [
      "a mark where a key is needed",
      [connection(inDays(9)), { ...connection(null, "d"), status: "needs_key" as const }],
      "!",
    ],
  ])("is %s", (_name, connections, badge) => {
    expect(badgeOf(connections, now)).toBe(badge);
  });
});
