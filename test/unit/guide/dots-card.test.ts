import { describe, expect, test } from "vitest";
import { cardLine } from "../../../extension/dots/card-line.ts";
import { isIntegrations, namesCard } from "../../../extension/dots/integrations-page.ts";
import type { Words } from "../../../extension/dots/words.ts";
import type { CardStatus } from "../../../extension/messages.ts";

const now = new Date("2026-11-24T10:00:00Z");
const words: Words = {
  connect: () => "Connect to JumpCloud",
  manage: () => "Manage",
  renewKey: () => "Renew key",
  sync: () => "Sync",
  download: () => "Download and sync",
  device: () => "1 device",
  devices: (count) => `${count} devices`,
  synced: (when) => `synced ${when}`,
  syncedNow: () => "synced just now",
  neverSynced: () => "not synced yet",
  next: (time) => `next ${time}`,
  keyRefused: () => "JumpCloud no longer accepts the key",
  dialog: () => "Connect to JumpCloud",
  notOpened: () => "Could not open.",
};
const connected = (
  fields: Partial<Extract<CardStatus, { state: "connected" | "needs_key" }>>,
): CardStatus => ({
  state: "connected",
  mode: "sync",
  devices: 412,
  lastSyncAt: "2026-11-24T09:55:00Z",
  nextSyncAt: null,
  ...fields,
});

describe("the line on JumpCloud's card", () => {
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
    ["JumpCloud no longer accepts the key", connected({ state: "needs_key" })],
    ["", { state: "unpaired" }],
    ["", { state: "unconnected" }],
  ] as const)("says “%s”", (line, status) => {
    expect(cardLine(status, words, now, "en")).toBe(line);
  });

  test("says when the next sync is, unless that is past", () => {
    expect(cardLine(connected({ nextSyncAt: "2026-11-24T11:00:00Z" }), words, now, "en")).toMatch(
      / · next .*:00/,
    );
    expect(cardLine(connected({ nextSyncAt: "2026-11-24T09:00:00Z" }), words, now, "en")).not.toContain(
      "next",
    );
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
