import type { Browser } from "wxt/browser";
import { watchSync } from "../worker-client.ts";
import { pairedWorker } from "./pairing.ts";

/**
 * Tells a page how a sync goes, as the Worker tells it, and hangs up when there is no more to be told. Whoever still
 * waits for the end then asks: a stream can break, and the browser stops a background that has long had nothing to do.
 */
export async function tellOfSync(port: Browser.runtime.Port, syncId: string): Promise<void> {
  const gone = new AbortController();
  port.onDisconnect.addListener(() => gone.abort());
  try {
    for await (const sync of watchSync(await pairedWorker(), syncId, gone.signal)) port.postMessage(sync);
  } catch {
    // What is wrong the page learns when it asks.
  }
  port.disconnect();
}
