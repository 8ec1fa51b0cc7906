import type { Region } from "../../shared/connections.ts";
import type { SyncKind } from "../../shared/syncs.ts";

/** A sync that is looked at: `isFirst` where it is the one that ends the journey of connecting. */
export interface Watch {
  connectionId: string;
  syncId: string;
  isFirst: boolean;
}

/** What the wizard shows. */
export type Place =
  | { at: "pair"; isRefused: boolean }
  | { at: "reads" }
  | { at: "mode" }
  | { at: "key" }
  | ({ at: "running"; kind: SyncKind } & Watch)
  | ({ at: "preview" } & Watch)
  | ({ at: "done" } & Watch)
  | { at: "overview" }
  | { at: "manage"; connectionId: string }
  | { at: "renew"; connectionId: string };

/** What happens in it. */
export type Step =
  | { is: "paired"; place: Place }
  | { is: "unpaired" }
  | { is: "allowed" }
  | { is: "modeChosen" }
  | { is: "back" }
  | ({ is: "started"; kind: SyncKind } & Watch)
  | { is: "syncEnded" }
  | { is: "resultWanted"; connectionId: string; syncId: string }
  | { is: "manageWanted"; connectionId: string }
  | { is: "renewWanted"; connectionId: string }
  | { is: "renewed"; connectionId: string }
  | { is: "anotherWanted" }
  | { is: "overviewWanted" };

/** Which place comes after a step; a step that means nothing there leaves it as it is. */
export function nextPlace(place: Place, step: Step): Place {
  switch (step.is) {
    case "paired":
      return place.at === "pair" ? step.place : place;
    case "unpaired":
      return { at: "pair", isRefused: true };
    case "allowed":
      return place.at === "reads" ? { at: "mode" } : place;
    case "modeChosen":
      return place.at === "mode" ? { at: "key" } : place;
    case "back":
      return placeBefore(place);
    case "started": {
      // What began with the key shows only to whoever is still there.
      if (step.isFirst && place.at !== "key" && place.at !== "preview") return place;
      const { is: _, ...watch } = step;
      return { at: "running", ...watch };
    }
    case "syncEnded": {
      if (place.at !== "running") return place;
      const { kind, connectionId, syncId, isFirst } = place;
      return { at: kind === "preview" ? "preview" : "done", connectionId, syncId, isFirst };
    }
    case "resultWanted":
      return { at: "done", connectionId: step.connectionId, syncId: step.syncId, isFirst: false };
    case "manageWanted":
      return { at: "manage", connectionId: step.connectionId };
    case "renewWanted":
      return { at: "renew", connectionId: step.connectionId };
    case "renewed":
      return place.at === "renew" ? { at: "manage", connectionId: step.connectionId } : place;
    case "anotherWanted":
      return { at: "reads" };
    case "overviewWanted":
      return { at: "overview" };
  }
}

/** Where the wizard opens: at a sync that runs or a preview that waits, else at what is connected, else where one left it. */
export function openingPlace(known: {
  connected: number;
  open: { kind: SyncKind; isRunning: boolean; watch: Watch } | null;
  draftStep: "reads" | "mode" | "key";
}): Place {
  if (known.open !== null) {
    const { kind, isRunning, watch } = known.open;
    return isRunning ? { at: "running", kind, ...watch } : { at: "preview", ...watch };
  }
  return known.connected > 0 ? { at: "overview" } : { at: known.draftStep };
}

/** The region a key is taken to by itself: where another than the one nobody chose took it. */
export function regionToGoOnIn(found: Region | undefined, isChosenByHand: boolean): Region | undefined {
  return isChosenByHand ? undefined : found;
}

function placeBefore(place: Place): Place {
  switch (place.at) {
    case "mode":
      return { at: "reads" };
    case "key":
      return { at: "mode" };
    case "preview":
    case "running":
      return place.isFirst ? { at: "key" } : { at: "manage", connectionId: place.connectionId };
    case "renew":
    case "done":
      return { at: "manage", connectionId: place.connectionId };
    case "manage":
      return { at: "overview" };
    default:
      return place;
  }
}
