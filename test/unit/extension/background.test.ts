import { describe, expect, it } from "vitest";
import { browserLabel } from "../../../extension/background/browser-label.ts";
import { redeemFrame } from "../../../extension/background/promised-frame.ts";
import { whoSent } from "../../../extension/background/sender.ts";
import { readDotsAddress } from "../../../extension/options/dots-address.ts";
import { barsOf } from "../../../extension/wizard/bars.ts";

const us = { id: "us", base: "chrome-extension://us/" };

describe("who sent a message", () => {
  it.each([
    [
      "our page in a tab",
      { id: "us", url: "chrome-extension://us/connect.html", tab: { id: 1 }, frameId: 0 },
      { kind: "page", frame: undefined },
    ],
    [
      "our page as a popup",
      { id: "us", url: "chrome-extension://us/popup.html" },
      { kind: "page", frame: undefined },
    ],
    [
      "our page in somebody's frame",
      { id: "us", url: "chrome-extension://us/connect.html", tab: { id: 1 }, frameId: 7 },
      { kind: "page", frame: "1:7" },
    ],
    [
      "a script of ours in a frame, where none runs",
      { id: "us", url: "https://app.dots.example/x", tab: { id: 1 }, frameId: 7 },
      { kind: "stranger" },
    ],
    [
      "a content script",
      { id: "us", url: "https://app.dots.example/x", origin: "https://app.dots.example", tab: { id: 1 } },
      { kind: "content", origin: "https://app.dots.example", tabId: 1 },
    ],
    [
      "a content script where the browser names no origin",
      { id: "us", url: "https://app.dots.example/x", tab: { id: 1 } },
      { kind: "content", origin: "https://app.dots.example", tabId: 1 },
    ],
    ["another extension", { id: "them", url: "chrome-extension://us/connect.html" }, { kind: "stranger" }],
    [
      "an address that begins like ours",
      { id: "us", url: "chrome-extension://us.evil/x" },
      { kind: "stranger" },
    ],
    ["nobody known", { id: "us" }, { kind: "stranger" }],
  ])("%s", (_name, raw, sender) => {
    expect(whoSent(raw, us)).toEqual(sender);
  });
});

describe("a promised frame", () => {
  const frame = { nonce: "n", tabId: 7, dotsOrigin: "https://app.dots.example", promisedAt: 1000 };
  it("is good once, in its own tab", () => {
    expect(redeemFrame([frame], "n", 7, 2000)).toEqual({ frame, left: [] });
    expect(redeemFrame([], "n", 7, 2000).frame).toBeUndefined();
  });
  it("is not good in another tab, for another nonce, or after a minute", () => {
    expect(redeemFrame([frame], "n", 8, 2000)).toEqual({ frame: undefined, left: [frame] });
    expect(redeemFrame([frame], "", 7, 2000).frame).toBeUndefined();
    expect(redeemFrame([frame], "n", 7, 61_000)).toEqual({ frame: undefined, left: [] });
  });
});

describe("an address of Dots", () => {
  it.each([
    ["https://app.dots.example/#/integrations", "https://app.dots.example"],
    ["app.dots.example", "https://app.dots.example"],
    ["http://localhost:4000/", "http://localhost:4000"],
    ["http://app.dots.example", undefined],
    ["file:///etc", undefined],
    ["", undefined],
  ])("%j", (text, origin) => {
    expect(readDotsAddress(text)).toBe(origin);
  });
});

describe("the label of a token", () => {
  it.each([
    [
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML) Chrome/140.0 Safari/537.36",
      "Chrome on Linux",
    ],
    [
      "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0",
      "Edge on Windows",
    ],
    [
      "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0",
      "Firefox on macOS",
    ],
    ["something", "Browser"],
  ])("%s", (agent, label) => {
    expect(browserLabel(agent)).toBe(label);
  });
});

describe("bars", () => {
  it("are the largest first, with the rest as one", () => {
    expect(barsOf({ a: 10, b: 40, c: 5, d: 20 }, 3)).toEqual([
      { kind: "one", name: "b", count: 40, share: 1 },
      { kind: "one", name: "d", count: 20, share: 0.5 },
      { kind: "rest", count: 15, share: 0.375 },
    ]);
  });
  it("are none where nothing was counted", () => {
    expect(barsOf({ a: 0 }, 3)).toEqual([]);
  });
});
