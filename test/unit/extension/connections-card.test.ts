import { describe, expect, test } from "vitest";
import { connectionsCard } from "../../../extension/background/connections-card.ts";
import type { Connection } from "../../../shared/connections.ts";

const connection = (id: string, fields: Partial<Connection> = {}): Connection => ({
  id,
  region: "us",
  organization: { id: `o-${id}`, name: `Organization ${id}` },
  mode: "sync",
  schedule: { everyHours: 6 },
  paused: false,
  status: "active",
  statusSince: "2026-11-20T09:00:00Z",
  keyLast4: "7777",
  role: "Administrator",
  insights: true,
  deviceCount: 100,
  createdAt: "2026-11-20T09:00:00Z",
  lastSyncAt: "2026-11-24T09:00:00Z",
  lastSyncId: "s",
  nextSyncAt: "2026-11-24T15:00:00Z",
  ...fields,
});

describe("the card for what is connected", () => {
  test("offers to connect where nothing is", () => {
    expect(connectionsCard([])).toEqual({ state: "unconnected" });
  });

  test("says of one connection how it is", () => {
    expect(connectionsCard([connection("a", { keyExpiresAt: null })])).toEqual({
      state: "connected",
      connections: 1,
      connectionId: "a",
      organization: "Organization a",
      mode: "sync",
      devices: 100,
      lastSyncAt: "2026-11-24T09:00:00Z",
      nextSyncAt: "2026-11-24T15:00:00Z",
      since: "2026-11-20T09:00:00Z",
      keyExpiresAt: null,
    });
  });

  test("adds up several: all devices, the sync longest ago, the next one of any", () => {
    const others = {
      deviceCount: 12,
      lastSyncAt: "2026-11-23T09:00:00Z",
      nextSyncAt: "2026-11-24T11:00:00Z",
    };
    const fresh = { deviceCount: 1, lastSyncAt: null, nextSyncAt: null };
    expect(connectionsCard([connection("a"), connection("b", others), connection("c", fresh)])).toMatchObject(
      {
        connections: 3,
        devices: 113,
        lastSyncAt: "2026-11-23T09:00:00Z",
        nextSyncAt: "2026-11-24T11:00:00Z",
      },
    );
  });

  test("is about the key that no longer works, else about the one that ends first", () => {
    const never = connection("never", { keyExpiresAt: null });
    const later = connection("later", { keyExpiresAt: "2027-01-01T00:00:00Z" });
    const soon = connection("soon", { keyExpiresAt: "2026-12-01T00:00:00Z" });
    const broken = connection("broken", { status: "needs_key" });
    expect(connectionsCard([connection("unknown"), never, later, soon])).toMatchObject({
      state: "connected",
      connectionId: "soon",
    });
    expect(connectionsCard([soon, never, broken])).toMatchObject({
      state: "needs_key",
      connectionId: "broken",
    });
  });
});
