/** What the wizard shows. */
export type Place =
  | { at: "pair"; isRefused: boolean }
  | { at: "reads" }
  | { at: "mode" }
  | { at: "key" }
  | { at: "running"; connectionId: string; syncId: string; isFirst: boolean }
  | { at: "done"; connectionId: string; syncId: string; isFirst: boolean }
  | { at: "overview" }
  | { at: "renew"; connectionId: string };

/** What happens in it. */
export type Step =
  | { is: "paired"; place: Place }
  | { is: "unpaired" }
  | { is: "allowed" }
  | { is: "modeChosen" }
  | { is: "back" }
  | { is: "connected"; connectionId: string; syncId: string | null }
  | { is: "syncEnded" }
  | { is: "syncStarted"; connectionId: string; syncId: string }
  | { is: "resultWanted"; connectionId: string; syncId: string }
  | { is: "renewWanted"; connectionId: string }
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
    case "connected": {
      if (place.at !== "key") return place;
      const { connectionId, syncId } = step;
      return syncId === null ? { at: "overview" } : { at: "running", connectionId, syncId, isFirst: true };
    }
    case "syncEnded":
      return place.at === "running" ? { ...place, at: "done" } : place;
    case "syncStarted":
      return { at: "running", connectionId: step.connectionId, syncId: step.syncId, isFirst: false };
    case "resultWanted":
      return { at: "done", connectionId: step.connectionId, syncId: step.syncId, isFirst: false };
    case "renewWanted":
      return { at: "renew", connectionId: step.connectionId };
    case "anotherWanted":
      return { at: "reads" };
    case "overviewWanted":
      return { at: "overview" };
  }
}

/** Where the wizard opens: at a sync that runs, else at what is connected, else where one left it. */
export function openingPlace(known: {
  connected: number;
  running: { connectionId: string; syncId: string; isFirst: boolean } | null;
  draftStep: "reads" | "mode" | "key";
}): Place {
  if (known.running !== null) return { at: "running", ...known.running };
  return known.connected > 0 ? { at: "overview" } : { at: known.draftStep };
}

function placeBefore(place: Place): Place {
  switch (place.at) {
    case "mode":
      return { at: "reads" };
    case "key":
      return { at: "mode" };
    case "renew":
    case "done":
      return { at: "overview" };
    default:
      return place;
  }
}
