import { type CardStatus, TroubleError } from "../messages.ts";
import { lastCard } from "../storage.ts";
import { callRoute } from "../worker-client.ts";
import { pairing } from "./pairing-store.ts";

/** What the card in Dots says; remembered for the next page. */
export async function cardStatus(): Promise<CardStatus> {
  const status = await readStatus();
  if (status.state !== "unknown") await lastCard.set(status);
  return status;
}

async function readStatus(): Promise<CardStatus> {
  const kept = await pairing.get();
  if (kept === null) return { state: "unpaired" };
  try {
    const worker = { origin: kept.workerOrigin, token: kept.token };
    const { items } = await callRoute(worker, "listConnections", { query: { limit: "20" } });
    const shown = items.find((each) => each.status === "needs_key") ?? items[0];
    if (shown === undefined) return { state: "unconnected" };
    return {
      state: shown.status === "needs_key" ? "needs_key" : "connected",
      mode: shown.mode,
      devices: shown.deviceCount,
      lastSyncAt: shown.lastSyncAt,
      nextSyncAt: shown.nextSyncAt,
      since: shown.statusSince,
      ...(shown.keyExpiresAt !== undefined && { keyExpiresAt: shown.keyExpiresAt }),
    };
  } catch (error) {
    const isRefused = error instanceof TroubleError && error.trouble.code === "unauthorized";
    return isRefused ? { state: "unpaired", isRefused } : { state: "unknown" };
  }
}
