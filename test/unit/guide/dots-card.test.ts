import { describe, expect, test, vi } from "vitest";
import { cardOf } from "../../../extension/dots/card.ts";
import { isIntegrations, namesCard } from "../../../extension/dots/integrations-page.ts";
import { brightnessOf } from "../../../extension/in-page/backdrop.ts";
import type { CardStatus } from "../../../extension/messages.ts";

vi.mock("wxt/browser", async () => {
  const { spokenWords } = await import("../spoken-words.ts");
  return { browser: { i18n: spokenWords("en") } };
});

const now = new Date("2026-11-24T10:00:00Z");
type Connected = Extract<CardStatus, { state: "connected" | "needs_key" }>;
const connected = (fields: Partial<Connected>): CardStatus => ({
  state: "connected",
  connections: 1,
  connectionId: "c-1",
  organization: "Acme Ltd",
  mode: "sync",
  devices: 412,
  lastSyncAt: "2026-11-24T09:55:00Z",
  nextSyncAt: null,
  since: "2026-11-20T09:10:00Z",
  ...fields,
});
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000).toISOString();

describe("JumpCloud's card", () => {
  test.each([
    ["Sync · 412 devices · synced 5 minutes ago", connected({})],
    [
      "Download and sync · 1,204 devices · synced 5 minutes ago",
      connected({ mode: "download", devices: 1204 }),
    ],
    ["Sync · 1 device · synced just now", connected({ devices: 1, lastSyncAt: now.toISOString() })],
    ["Sync · 412 devices · synced 3 hours ago", connected({ lastSyncAt: "2026-11-24T07:00:00Z" })],
    ["Sync · 412 devices · synced 4 days ago", connected({ lastSyncAt: "2026-11-20T09:00:00Z" })],
    ["Sync · 0 devices · not synced yet", connected({ devices: 0, lastSyncAt: null })],
  ])("says “%s”, and leads to what can be managed", (line, status) => {
    expect(cardOf(status, now)).toEqual({ line, isTrouble: false, button: "manage", does: "open-wizard" });
  });

  test("says when the next sync is, with the day where that is not today, and nothing that is past", () => {
    const line = (nextSyncAt: string) => cardOf(connected({ nextSyncAt }), now).line;
    expect(line("2026-11-24T11:00:00Z")).toMatch(/ · next \d{1,2}:00(?: [AP]M)?$/);
    expect(line("2026-11-27T11:00:00Z")).toMatch(/ · next .*2\d.*:00/);
    expect(line("2026-11-24T09:00:00Z")).not.toContain("next");
  });

  test.each([
    [15, ""],
    [14, " · key expires in 14 days"],
    [8.5, " · key expires in 9 days"],
    [0.2, " · key expires in 1 day"],
  ])("%d days before the key expires it says “%s”", (days, expected) => {
    const { line, button } = cardOf(connected({ keyExpiresAt: inDays(days) }), now);
    expect(line).toBe(`Sync · 412 devices · synced 5 minutes ago${expected}`);
    expect(button).toBe("manage");
  });

  test("says nothing of a key that does not expire, or of which that is not known", () => {
    expect(cardOf(connected({ keyExpiresAt: null }), now)).toEqual(cardOf(connected({}), now));
  });

  test.each([
    [
      /^JumpCloud no longer accepts the key \(since .*20.*\)\. Your assets are as they were\.$/,
      "renewKey",
      "open-wizard",
      connected({ state: "needs_key" }),
    ],
    [
      /^The key has expired \(.*\)\. Your assets are as they were\.$/,
      "renewKey",
      "open-wizard",
      connected({ keyExpiresAt: inDays(-1) }),
    ],
    [
      /^This browser is no longer paired with Dots\.$/,
      "pair",
      "open-wizard",
      { state: "unpaired", isRefused: true },
    ],
    [/^Dots cannot be reached$/, "tryAgain", "ask-again", { state: "unknown" }],
  ] as const)("in trouble says %s and has the button %s", (line, button, does, status) => {
    const card = cardOf(status, now);
    expect(card).toMatchObject({ isTrouble: true, button, does });
    expect(card.line).toMatch(line);
  });

  test.each([
    ["needs a key", connected({ state: "needs_key" })],
    ["has one that has expired", connected({ keyExpiresAt: inDays(-1) })],
  ])("leads straight to renewing the key of the connection that %s", (_name, status) => {
    expect(cardOf(status, now).start).toEqual({ renew: "c-1" });
  });

  test("tells of several connections together, and names the one that is in trouble", () => {
    const several = { connections: 2, devices: 1616 };
    expect(cardOf(connected(several), now).line).toBe("2 connections · 1,616 devices · synced 5 minutes ago");
    const { line } = cardOf(connected({ ...several, state: "needs_key" }), now);
    expect(line).toMatch(/^Acme Ltd: JumpCloud no longer accepts the key/);
  });

  test.each([{ state: "unpaired" }, { state: "unconnected" }] as const)("offers to connect: %o", (status) => {
    expect(cardOf(status, now)).toEqual({
      line: "",
      isTrouble: false,
      button: "connectToJumpCloud",
      does: "open-wizard",
    });
  });
});

describe("the ground the line stands on", () => {
  test.each([
    ["rgb(255, 255, 255)", 1],
    ["rgb(0, 0, 0)", 0],
    ["color(srgb 1 1 1)", 1],
    ["rgba(0, 0, 0, 0)", undefined],
    ["rgba(10, 10, 10, 0.2)", undefined],
    ["transparent", undefined],
  ])("%s is %s bright", (color, expected) => {
    const brightness = brightnessOf(color);
    if (expected === undefined) expect(brightness).toBeUndefined();
    else expect(brightness).toBeCloseTo(expected);
  });
});

describe("the Integrations page", () => {
  test.each([
    ["https://app.dots.example/#/integrations", true],
    ["https://app.dots.example/settings/integrations?tab=mdm", true],
    ["https://app.dots.example/#/assets", false],
    ["https://integrations.dots.example/#/assets", false],
  ])("%s", (address, expected) => {
    expect(isIntegrations(new URL(address))).toBe(expected);
  });

  test.each([
    "card",
    "integration-card",
    "IntegrationCard",
    "IntegrationCard_root__x1",
    "tile",
    "card--active",
    "MuiCard-root",
  ])("class %s names a card", (name) => {
    expect(namesCard(name)).toBe(true);
  });

  test.each([
    "card-title",
    "cardBody",
    "card__header",
    "cards",
    "card-grid",
    "discard",
    "integration",
    "MuiCardContent-root",
  ])("class %s does not", (name) => {
    expect(namesCard(name)).toBe(false);
  });
});
