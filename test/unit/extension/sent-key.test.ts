import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { fakeBrowser } from "wxt/testing/fake-browser";
import type { Sender } from "../../../extension/messages.ts";

const jumpcloud: Sender = { kind: "content", origin: "https://console.eu.jumpcloud.com", tabId: 2 };

let sentKey: typeof import("../../../extension/background/sent-key.ts");
let beats = 0;
beforeEach(async () => {
  vi.useFakeTimers();
  fakeBrowser.reset();
  beats = 0;
  vi.stubGlobal("chrome", {
    ...fakeBrowser,
    runtime: {
      ...fakeBrowser.runtime,
      id: "us",
      getURL: (file: string) => `chrome-extension://us${file}`,
      getPlatformInfo: () => {
        beats += 1;
        return Promise.resolve({});
      },
    },
    tabs: { create: () => Promise.resolve({}) },
  });
  vi.resetModules();
  sentKey = await import("../../../extension/background/sent-key.ts");
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("a key from a console is given away once, with the region of the console it came from", async () => {
  await sentKey.keepKey({ apiKey: " jca_x\n" }, jumpcloud);
  expect(sentKey.takeKey()).toEqual({ apiKey: "jca_x", region: "eu" });
  expect(sentKey.takeKey()).toBeNull();
});

test("a key that nobody takes is dropped after two minutes, and nothing keeps the background awake for it then", async () => {
  await sentKey.keepKey({ apiKey: "jca_x" }, jumpcloud);
  await vi.advanceTimersByTimeAsync(119_000);
  expect(beats).toBeGreaterThan(3);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(sentKey.takeKey()).toBeNull();
  const before = beats;
  await vi.advanceTimersByTimeAsync(120_000);
  expect(beats).toBe(before);
});

test("a second key takes the first one's place and has two minutes of its own", async () => {
  await sentKey.keepKey({ apiKey: "jca_first" }, jumpcloud);
  await vi.advanceTimersByTimeAsync(100_000);
  await sentKey.keepKey({ apiKey: "jca_second" }, jumpcloud);
  await vi.advanceTimersByTimeAsync(100_000);
  expect(sentKey.takeKey()).toMatchObject({ apiKey: "jca_second" });
});

test.each<[string, Sender]>([
  ["another site", { kind: "content", origin: "https://evil.example", tabId: 3 }],
  ["a page of ours", { kind: "page", frame: undefined }],
])("a key from %s is not kept", async (_, sender) => {
  await sentKey.keepKey({ apiKey: "jca_x" }, sender);
  expect(sentKey.takeKey()).toBeNull();
});
