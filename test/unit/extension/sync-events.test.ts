import { afterEach, expect, test, vi } from "vitest";
import { watchSync } from "../../../extension/worker-client.ts";
import type { Sync } from "../../../shared/syncs.ts";

afterEach(() => vi.unstubAllGlobals());

const worker = { origin: "https://worker.example", token: "dots_x" };
const sync = (done: number, status: Sync["status"] = "running"): Sync => ({
  id: "s",
  connectionId: "c",
  kind: "sync",
  trigger: "manual",
  mode: "sync",
  status,
  startedAt: "2026-11-24T10:00:00Z",
  progress: { done, total: 200 },
  counts: { devices: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, missing: 0, reasons: {} },
  cost: { jumpcloudRequests: 0, rowsRead: 0, rowsWritten: 0 },
});
const event = (of: Sync) => `event: sync\ndata: ${JSON.stringify(of)}\n\n`;

/** The Worker answers with this text, in pieces of so many bytes. */
function answering(text: string, pieceBytes: number): void {
  const bytes = new TextEncoder().encode(text);
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += pieceBytes)
        controller.enqueue(bytes.subarray(at, at + pieceBytes));
      controller.close();
    },
  });
  vi.stubGlobal("fetch", async () => new Response(stream));
}

async function toldOf(): Promise<Sync[]> {
  const told: Sync[] = [];
  for await (const each of watchSync(worker, "s", new AbortController().signal)) told.push(each);
  return told;
}

test.each([1, 7, 100_000])(
  "each event is told once, whole, in whatever pieces of %i bytes it comes",
  async (bytes) => {
    const states = [sync(0), sync(100), sync(200, "succeeded")];
    answering(`retry: 1000\n\n${states.map(event).join(": ping\n\n")}`, bytes);
    expect(await toldOf()).toEqual(states);
  },
);

test("an event that breaks off is not told", async () => {
  answering(`${event(sync(0))}${event(sync(100)).slice(0, -20)}`, 50);
  expect(await toldOf()).toEqual([sync(0)]);
});

test("what is no sync is not passed on", async () => {
  answering('event: sync\ndata: {"id":"s"}\n\n', 50);
  await expect(toldOf()).rejects.toThrow();
});
