import { describe, expect, test } from "vitest";
import { createdAssetId, planDevice } from "../../../worker/sync/plan.ts";
import { asset, candidates, connectionId, device } from "./device-builder.ts";

const sync = { mode: "sync" as const, connectionId };
const download = { mode: "download" as const, connectionId };

describe("a device that no asset stands for", () => {
  test.each([
    ["with a serial", "C02XK1AB", "not_in_dots"],
    ["without a serial", null, "no_serial"],
    ["with a placeholder", "To be filled by O.E.M.", "placeholder_serial"],
  ])("%s is skipped in sync mode and created in download mode", (_, serial, reason) => {
    const one = device({ id: "s1", serial });
    expect(planDevice(one, candidates(), sync)).toMatchObject({ outcome: "skipped", reason });
    expect(planDevice(one, candidates(), download)).toMatchObject({ outcome: "created", device: one });
  });

  test("never gets a placeholder as its serial number", () => {
    const created = planDevice(device({ id: "s1", serial: "Default string" }), candidates(), download);
    expect(created).toMatchObject({ technical: { serialNumber: null } });
  });

  test("gets an id made of its system id, so that a repeat gives the same and assets come in the order of the walk", () => {
    expect(createdAssetId(device({ id: "s1", serial: " C02 xk1 " }))).toBe("jc-s1");
    expect(createdAssetId(device({ id: "s 1" }))).toMatch(/^jc-s1-[0-9a-f]{24}$/);
  });
});

describe("an asset with the device's serial", () => {
  test("is linked whatever the case and the spaces, and only what differs is written", () => {
    const existing = asset({ id: "A-1", serial: "  c02  xk1 ", technical: { os: "Windows", model: "X1" } });
    const decision = planDevice(device({ id: "s1", serial: "C02 XK1" }), candidates(existing), sync);
    expect(decision).toMatchObject({ outcome: "updated", linked: true, set: { hostname: "HOST-s1" } });
    expect(decision).not.toHaveProperty("set.os");
    expect(decision).not.toHaveProperty("set.serialNumber");
  });

  test("is not touched where another asset has the same serial", () => {
    const twins = candidates(asset({ id: "A-2", serial: "S-100" }), asset({ id: "A-1", serial: "s-100" }));
    for (const rules of [sync, download]) {
      expect(planDevice(device({ id: "s1", serial: "S-100" }), twins, rules)).toMatchObject({
        outcome: "skipped",
        reason: "duplicate_asset",
        related: ["A-1", "A-2"],
      });
    }
  });

  test("that is linked to another device of the connection is decided at the walk's end", () => {
    const held = candidates(asset({ id: "A-1", serial: "S-100", systemId: "s0" }));
    expect(planDevice(device({ id: "s1", serial: "S-100" }), held, sync).outcome).toBe("contested");
  });

  test("that another connection holds is left to it, unless its device is missing there", () => {
    const held = { id: "A-1", serial: "S-100", systemId: "x", connectionId: "connection-2" };
    const one = device({ id: "s1", serial: "S-100" });
    expect(planDevice(one, candidates(asset(held)), download)).toMatchObject({ reason: "duplicate_device" });
    const gone = asset({ ...held, missingSince: "2026-01-01T00:00:00.000Z" });
    expect(planDevice(one, candidates(gone), download)).toMatchObject({ outcome: "updated", linked: true });
  });
});

describe("a linked asset", () => {
  const linked = (technical = {}) =>
    asset({
      id: "A-1",
      serial: "S-100",
      systemId: "s1",
      technical: { os: "Windows", hostname: "HOST-s1", ...technical },
    });

  test("goes before one with the same serial, and stays linked when the device reports another serial", () => {
    const other = asset({ id: "A-2", serial: "S-200" });
    const decision = planDevice(device({ id: "s1", serial: "S-200" }), candidates(linked(), other), sync);
    expect(decision).toMatchObject({ outcome: "unchanged", asset: { id: "A-1" } });
  });

  test("is unchanged when nothing differs, and keeps what JumpCloud is silent about", () => {
    const known = linked({ model: "X1", encrypted: true, memoryBytes: 8 });
    expect(planDevice(device({ id: "s1", serial: "S-100" }), candidates(known), sync)).toMatchObject({
      outcome: "unchanged",
    });
  });

  test("without a serial is written in download mode alone", () => {
    const bare = candidates(asset({ id: "jc-s1", systemId: "s1", technical: { os: "Ubuntu" } }));
    expect(planDevice(device({ id: "s1" }), bare, sync)).toMatchObject({
      outcome: "skipped",
      reason: "no_serial",
    });
    expect(planDevice(device({ id: "s1" }), bare, download)).toMatchObject({
      outcome: "updated",
      set: { os: "Windows" },
    });
  });

  test("loses missingSince when its device is back", () => {
    const missing = { ...linked(), missingSince: "2026-01-01T00:00:00.000Z" };
    expect(planDevice(device({ id: "s1", serial: "S-100" }), candidates(missing), sync)).toMatchObject({
      outcome: "updated",
      returned: true,
    });
  });

  test.each([
    ["an hour", "2026-11-24T10:00:00.000Z", undefined],
    ["a day", "2026-11-25T09:00:00.000Z", "2026-11-25T09:00:00.000Z"],
    ["no time at all", "2026-11-24T09:00:00.000Z", undefined],
    ["less than none", "2026-11-20T09:00:00.000Z", undefined],
  ])(
    "is unchanged by a heartbeat alone: after %s it is written at most once a day",
    (_, lastContactAt, heartbeatAt) => {
      const known = candidates(linked({ lastContactAt: "2026-11-24T09:00:00.000Z" }));
      const decision = planDevice(
        device({ id: "s1", serial: "S-100", technical: { lastContactAt } }),
        known,
        sync,
      );
      expect(decision.outcome).toBe("unchanged");
      expect("heartbeatAt" in decision ? decision.heartbeatAt : undefined).toBe(heartbeatAt);
    },
  );
});

test("a record that could not be read is skipped as such", () => {
  expect(planDevice({ kind: "invalid", systemId: "s1" }, candidates(), download)).toMatchObject({
    outcome: "skipped",
    reason: "invalid_record",
  });
});
