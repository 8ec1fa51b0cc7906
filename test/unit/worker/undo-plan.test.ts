import { expect, test } from "vitest";
import type { ChangeFields } from "../../../shared/syncs.ts";
import type { UndoableChange, WholeAsset } from "../../../worker/register/undo-register.ts";
import { planUndo, type UndoSurroundings } from "../../../worker/sync/undo-plan.ts";
import { asset } from "./device-builder.ts";

const synced = "2026-11-24T09:00:00.000Z";
const earlier = "2026-11-01T09:00:00.000Z";
const later = "2026-11-24T12:00:00.000Z";
const now = "2026-11-25T09:00:00.000Z";
const own = { name: null, type: null, status: null, location: null, notes: null, custom: null };

function change(fields: Partial<UndoableChange> = {}): UndoableChange {
  return {
    systemId: "s1",
    outcome: "updated",
    assetId: "A-1",
    serialNumber: null,
    hostname: null,
    before: {},
    after: {},
    beforeAt: earlier,
    at: synced,
    ...fields,
  };
}

type Fields = Partial<Omit<WholeAsset, "technical">> & { technical?: Partial<WholeAsset["technical"]> };

function whole(fields: Fields = {}): WholeAsset {
  const base = asset({ id: "A-1", systemId: "s1", connectionId: "c1" });
  return {
    ...base,
    updatedAt: synced,
    own,
    ...fields,
    technical: { ...base.technical, ...fields.technical },
  };
}

function around(fields: Partial<UndoSurroundings> = {}): UndoSurroundings {
  return { connectionId: "c1", now, isConnected: () => true, isTaken: () => false, ...fields };
}

const linked = (before: ChangeFields) =>
  change({ before: { systemId: null, connectionId: null, ...before }, after: { systemId: "s1" } });

test("a field that still is as the sync wrote it goes back, and so does the time it was written before", () => {
  const decision = planUndo(
    change({ before: { os: "Windows 10" }, after: { os: "Windows 11" } }),
    whole({ technical: { os: "Windows 11", model: "Mine" } }),
    around(),
  );
  expect(decision).toMatchObject({
    kind: "restore",
    asset: { updatedAt: earlier, technical: { os: "Windows 10", model: "Mine" } },
    before: { os: "Windows 11" },
    after: { os: "Windows 10" },
    kept: {},
  });
});

test("a field that was changed since stays, and the asset counts as written now", () => {
  const decision = planUndo(
    change({ before: { os: "10", model: "A" }, after: { os: "11", model: "B" } }),
    whole({ updatedAt: later, technical: { os: "11", model: "C" } }),
    around(),
  );
  expect(decision).toMatchObject({ asset: { updatedAt: now }, after: { os: "10" }, kept: { model: "C" } });
});

test("nothing is done where all is as before already, or the asset is gone", () => {
  const taken = change({ before: { os: "10" }, after: { os: "11" } });
  expect(planUndo(taken, whole({ technical: { os: "10" } }), around())).toEqual({ kind: "nothing" });
  expect(planUndo(taken, undefined, around())).toEqual({ kind: "nothing" });
});

test("the last contact goes back after heartbeats, and stays where more was written since", () => {
  const contact = change({ before: { lastContactAt: earlier }, after: { lastContactAt: synced } });
  expect(planUndo(contact, whole({ technical: { lastContactAt: later } }), around())).toMatchObject({
    after: { lastContactAt: earlier },
  });
  expect(
    planUndo(contact, whole({ updatedAt: later, technical: { lastContactAt: later } }), around()),
  ).toEqual({ kind: "keep", kept: { lastContactAt: later } });
});

test("a serial that the sync filled in goes, and matches nothing any more", () => {
  const filled = change({ before: { serialNumber: "None" }, after: { serialNumber: "SN-1" } });
  const decision = planUndo(
    filled,
    whole({ serialKey: "sn-1", technical: { serialNumber: "SN-1" } }),
    around(),
  );
  expect(decision).toMatchObject({ asset: { serialKey: null, technical: { serialNumber: "None" } } });
});

test("a serial that goes back to a real one matches by it again", () => {
  const replaced = change({ before: { serialNumber: " SN-0 " }, after: { serialNumber: "SN-1" } });
  const decision = planUndo(
    replaced,
    whole({ serialKey: "sn-1", technical: { serialNumber: "SN-1" } }),
    around(),
  );
  expect(decision).toMatchObject({ asset: { serialKey: "sn-0" } });
});

test.each<[string, ChangeFields, Partial<WholeAsset>, Partial<UndoSurroundings>, object]>([
  ["to none", {}, {}, {}, { asset: { systemId: null, connectionId: null }, after: { systemId: null } }],
  [
    "to another device",
    { systemId: "s0", connectionId: "c0" },
    {},
    {},
    { asset: { systemId: "s0", connectionId: "c0" }, after: { systemId: "s0" } },
  ],
  [
    "to none where the other connection is gone",
    { systemId: "s0", connectionId: "c0" },
    {},
    { isConnected: () => false },
    { asset: { systemId: null, connectionId: null } },
  ],
  [
    "not where another asset has that device by now",
    { systemId: "s0", connectionId: "c0" },
    {},
    { isTaken: (connection, system) => connection === "c0" && system === "s0" },
    { kind: "keep", kept: { systemId: "s1" } },
  ],
  [
    "not where it was linked anew since",
    {},
    { systemId: "s2" },
    {},
    { kind: "keep", kept: { systemId: "s2" } },
  ],
  [
    "not where another connection has it by now",
    {},
    { connectionId: "c2" },
    {},
    { kind: "keep", kept: { systemId: "s1" } },
  ],
])("a link goes back %s", (_, before, fields, surroundings, expected) => {
  expect(planUndo(linked(before), whole(fields), around(surroundings))).toMatchObject(expected);
});

test("a device that is back is missing again only where its link goes back too", () => {
  const back = change({ before: { missingSince: earlier }, after: { missingSince: null } });
  expect(planUndo(back, whole(), around())).toMatchObject({ asset: { missingSince: earlier } });
  const moved = linked({ systemId: "s0", connectionId: "c0", missingSince: earlier });
  const decision = planUndo(moved, whole(), around({ isTaken: () => true }));
  expect(decision).toEqual({ kind: "keep", kept: { systemId: "s1" } });
});

test("a mark of a missing device goes, but not one that a later sync set", () => {
  const missing = change({
    outcome: "missing",
    before: { missingSince: null },
    after: { missingSince: synced },
  });
  expect(planUndo(missing, whole({ missingSince: synced }), around())).toMatchObject({
    asset: { missingSince: null, updatedAt: earlier },
  });
  expect(planUndo(missing, whole({ missingSince: later }), around())).toEqual({
    kind: "keep",
    kept: { missingSince: later },
  });
});

const created = change({
  outcome: "created",
  before: null,
  after: { name: "N", os: "11", lastContactAt: synced },
  beforeAt: null,
});
const asCreated = { own: { ...own, name: "N" }, technical: { os: "11", lastContactAt: synced } };

test("an asset that the sync created goes, heartbeats or not", () => {
  expect(planUndo(created, whole(asCreated), around()).kind).toBe("remove");
  const beaten = whole({ ...asCreated, technical: { os: "11", lastContactAt: later } });
  expect(planUndo(created, beaten, around()).kind).toBe("remove");
});

test.each<[string, Fields, ChangeFields]>([
  ["a technical field", { technical: { ...whole(asCreated).technical, os: "12" } }, { os: "12" }],
  ["a field it was silent about", { technical: { ...whole(asCreated).technical, cpu: "M9" } }, { cpu: "M9" }],
  ["its name", { own: { ...own, name: "Ours" } }, { name: "Ours" }],
  ["its status", { own: { ...own, name: "N", status: "lent" } }, { status: "lent" }],
  ["its location", { own: { ...own, name: "N", location: "2nd floor" } }, { location: "2nd floor" }],
  ["its notes", { own: { ...own, name: "N", notes: "!" } }, { notes: "!" }],
  ["a custom field", { own: { ...own, name: "N", custom: '{"a":"b"}' } }, { custom: '{"a":"b"}' }],
  ["its link", { systemId: "s9" }, { systemId: "s9" }],
  ["its missing device", { missingSince: later }, { missingSince: later }],
])("a created asset stays whole where somebody changed %s", (_, fields, kept) => {
  const decision = planUndo(created, whole({ ...asCreated, ...fields, updatedAt: later }), around());
  expect(decision).toEqual({ kind: "keep", kept });
});
