import type { Connection } from "../../shared/connections.ts";
import { ask, callWorker, type WizardStart } from "../messages.ts";
import { type Draft, draft } from "../storage.ts";
import { troubleOf } from "../ui/use-loaded.ts";
import { openSync } from "./held-connection.ts";
import { openingPlace, type Place } from "./journey.ts";

export interface Opening {
  place: Place;
  /** What it was opened for. */
  start: WizardStart;
  draft: Draft;
  /** A console of Dots that is known, for its support page. */
  dotsOrigin: string | undefined;
}

/** Finds out where the wizard opens. Throws `TroubleError` where the Worker cannot be asked. */
export async function opening(start: WizardStart): Promise<Opening> {
  const [kept, { paired }, { builtIn, added }] = await Promise.all([
    draft.get(),
    ask("pairing/state", {}),
    ask("dots-address/list", {}),
  ]);
  const place: Place = paired ? await placeWhenPaired(kept.step, start) : { at: "pair", isRefused: false };
  return { place, start, draft: kept, dotsOrigin: builtIn[0] ?? added[0] };
}

/** Where the wizard opens once this browser is paired – which the Worker may have ended. */
export async function placeWhenPaired(draftStep: Draft["step"], { renew }: WizardStart): Promise<Place> {
  try {
    const { items } = await callWorker("listConnections", { query: { limit: "100" } });
    const toRenew = items.find(({ id }) => id === renew);
    if (toRenew !== undefined) return { at: "renew", connectionId: toRenew.id };
    return openingPlace({ connected: items.length, open: await openOf(items), draftStep });
  } catch (error) {
    if (troubleOf(error).code === "unauthorized") return { at: "pair", isRefused: true };
    throw error;
  }
}

async function openOf(connections: Connection[]) {
  for (const connection of connections) {
    const { items } = await callWorker("listSyncs", { id: connection.id, query: { limit: "10" } });
    const open = openSync(connection, items);
    if (open !== null) return open;
  }
  return null;
}
