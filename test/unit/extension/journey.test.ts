import { describe, expect, it } from "vitest";
import { openSync } from "../../../extension/wizard/held-connection.ts";
import {
  nextPlace,
  openingPlace,
  type Place,
  regionToGoOnIn,
  type Step,
} from "../../../extension/wizard/journey.ts";

const watch = { connectionId: "c", syncId: "s", isFirst: true };
const running: Place = { at: "running", kind: "sync", ...watch };
const previewing: Place = { at: "running", kind: "preview", ...watch };

describe("the wizard's journey", () => {
  const table: [name: string, from: Place, step: Step, to: Place][] = [
    ["consent leads to the mode", { at: "reads" }, { is: "allowed" }, { at: "mode" }],
    ["a mode leads to the key", { at: "mode" }, { is: "modeChosen" }, { at: "key" }],
    ["from the key one gets back to the mode", { at: "key" }, { is: "back" }, { at: "mode" }],
    ["from the mode one gets back to the consent", { at: "mode" }, { is: "back" }, { at: "reads" }],
    [
      "from renewing one gets back to the connection",
      { at: "renew", connectionId: "c" },
      { is: "back" },
      { at: "manage", connectionId: "c" },
    ],
    [
      "a key that was taken leads to the running sync",
      { at: "key" },
      { is: "started", kind: "sync", ...watch },
      running,
    ],
    [
      "a look first leads to the running preview",
      { at: "key" },
      { is: "started", kind: "preview", ...watch },
      previewing,
    ],
    ["a preview that ended is shown", previewing, { is: "syncEnded" }, { at: "preview", ...watch }],
    ["from a preview one gets back to the key", { at: "preview", ...watch }, { is: "back" }, { at: "key" }],
    [
      "a preview leads to the sync it was of",
      { at: "preview", ...watch },
      { is: "started", kind: "sync", ...watch },
      running,
    ],
    ["a sync that ended leads to its result", running, { is: "syncEnded" }, { at: "done", ...watch }],
    [
      "a sync that ends while one is elsewhere leads nowhere",
      { at: "overview" },
      { is: "syncEnded" },
      { at: "overview" },
    ],
    [
      "an answer to the key comes too late after going back",
      { at: "mode" },
      { is: "started", kind: "sync", ...watch },
      { at: "mode" },
    ],
    ["consent cannot skip the mode", { at: "key" }, { is: "allowed" }, { at: "key" }],
    [
      "being unpaired leads to pairing from anywhere",
      { at: "key" },
      { is: "unpaired" },
      { at: "pair", isRefused: true },
    ],
    [
      "pairing leads to where the wizard would have opened",
      { at: "pair", isRefused: false },
      { is: "paired", place: { at: "overview" } },
      { at: "overview" },
    ],
    [
      "a sync started by hand is not the first",
      { at: "manage", connectionId: "c" },
      { is: "started", kind: "sync", ...watch, isFirst: false },
      { ...running, isFirst: false },
    ],
    [
      "a renewed key leads to its connection",
      { at: "renew", connectionId: "c" },
      { is: "renewed", connectionId: "c" },
      { at: "manage", connectionId: "c" },
    ],
    [
      "a key that was renewed after one left leads nowhere",
      { at: "overview" },
      { is: "renewed", connectionId: "c" },
      { at: "overview" },
    ],
  ];
  it.each(table)("%s", (_name, from, step, to) => {
    expect(nextPlace(from, step)).toEqual(to);
  });
});

describe("where the wizard opens", () => {
  it("takes up a running sync before all else", () => {
    const open = { kind: "sync" as const, isRunning: true, watch };
    expect(openingPlace({ connected: 1, open, draftStep: "key" })).toEqual(running);
  });
  it("shows a preview that still waits for an answer", () => {
    const open = { kind: "preview" as const, isRunning: false, watch };
    expect(openingPlace({ connected: 1, open, draftStep: "key" })).toEqual({ at: "preview", ...watch });
  });
  it("shows what is connected rather than an old draft", () => {
    expect(openingPlace({ connected: 1, open: null, draftStep: "key" })).toEqual({ at: "overview" });
  });
  it("goes on where one left it", () => {
    expect(openingPlace({ connected: 0, open: null, draftStep: "mode" })).toEqual({ at: "mode" });
  });
});

describe("the sync of a connection that is still open", () => {
  const preview = { id: "p", kind: "preview" as const, status: "succeeded" as const, finishedAt: "x" };
  const sync = { id: "s", kind: "sync" as const, status: "succeeded" as const, finishedAt: "x" };
  const held = { id: "c", paused: true };
  it("is the preview of a held connection, until somebody answers it", () => {
    expect(openSync(held, [preview])).toEqual({
      kind: "preview",
      isRunning: false,
      watch: { connectionId: "c", syncId: "p", isFirst: true },
    });
  });
  it("is not a preview of a connection that has synced, paused or not", () => {
    expect(openSync(held, [preview, sync])).toBeNull();
    expect(openSync({ ...held, paused: false }, [preview])).toBeNull();
  });
  it("is the one that runs; the first one ends the journey of connecting", () => {
    const { finishedAt: _, ...running } = sync;
    expect(openSync({ ...held, paused: false }, [running, preview])?.watch.isFirst).toBe(true);
    expect(openSync({ ...held, paused: false }, [running, preview, sync])?.watch.isFirst).toBe(false);
  });
  it("is none where all have ended", () => {
    expect(openSync({ ...held, paused: false }, [sync])).toBeNull();
    expect(openSync(held, [])).toBeNull();
  });
});

it("a key of another region is taken there by itself, unless the region was chosen by hand", () => {
  expect(regionToGoOnIn("eu", false)).toBe("eu");
  expect(regionToGoOnIn("eu", true)).toBeUndefined();
  expect(regionToGoOnIn(undefined, false)).toBeUndefined();
});
