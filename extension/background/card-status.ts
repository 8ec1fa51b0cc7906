import { type CardStatus, TroubleError } from "../messages.ts";
import { lastCard } from "../storage.ts";
import { callRoute } from "../worker-client.ts";
import { connectionsCard } from "./connections-card.ts";
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
    const { items } = await callRoute(worker, "listConnections", { query: { limit: "100" } });
    return connectionsCard(items);
  } catch (error) {
    const isRefused = error instanceof TroubleError && error.trouble.code === "unauthorized";
    return isRefused ? { state: "unpaired", isRefused } : { state: "unknown" };
  }
}
