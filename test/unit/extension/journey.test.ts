import { describe, expect, it } from "vitest";
import { nextPlace, openingPlace, type Place, type Step } from "../../../extension/wizard/journey.ts";

const running: Place = { at: "running", connectionId: "c", syncId: "s", isFirst: true };

describe("the wizard's journey", () => {
  const table: [name: string, from: Place, step: Step, to: Place][] = [
    ["consent leads to the mode", { at: "reads" }, { is: "allowed" }, { at: "mode" }],
    ["a mode leads to the key", { at: "mode" }, { is: "modeChosen" }, { at: "key" }],
    ["from the key one gets back to the mode", { at: "key" }, { is: "back" }, { at: "mode" }],
    ["from the mode one gets back to the consent", { at: "mode" }, { is: "back" }, { at: "reads" }],
    [
      "from renewing one gets back to the overview",
      { at: "renew", connectionId: "c" },
      { is: "back" },
      { at: "overview" },
    ],
    [
      "a key that was taken leads to the running sync",
      { at: "key" },
      { is: "connected", connectionId: "c", syncId: "s" },
      running,
    ],
    [
      "a connection without a sync leads to the overview",
      { at: "key" },
      { is: "connected", connectionId: "c", syncId: null },
      { at: "overview" },
    ],
    ["a sync that ended leads to its result", running, { is: "syncEnded" }, { ...running, at: "done" }],
    [
      "a sync that ends while one is elsewhere leads nowhere",
      { at: "overview" },
      { is: "syncEnded" },
      { at: "overview" },
    ],
    [
      "an answer to the key comes too late after going back",
      { at: "mode" },
      { is: "connected", connectionId: "c", syncId: "s" },
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
      { at: "overview" },
      { is: "syncStarted", connectionId: "c", syncId: "s" },
      { ...running, isFirst: false },
    ],
  ];
  it.each(table)("%s", (_name, from, step, to) => {
    expect(nextPlace(from, step)).toEqual(to);
  });
});

describe("where the wizard opens", () => {
  it("takes up a running sync before all else", () => {
    const found = { connectionId: "c", syncId: "s", isFirst: true };
    expect(openingPlace({ connected: 1, running: found, draftStep: "key" })).toEqual(running);
  });
  it("shows what is connected rather than an old draft", () => {
    expect(openingPlace({ connected: 1, running: null, draftStep: "key" })).toEqual({ at: "overview" });
  });
  it("goes on where one left it", () => {
    expect(openingPlace({ connected: 0, running: null, draftStep: "mode" })).toEqual({ at: "mode" });
  });
});
