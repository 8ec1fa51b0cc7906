import type { ChangeRow } from "../register/commit.ts";
import type { AssetState, OpenSkip } from "../register/matching.ts";
import { type Device, lastContactMs } from "./device.ts";
import {
  type Candidates,
  type Decision,
  planWithAsset,
  planWithoutAsset,
  type Rules,
  relatedName,
  type Skipped,
  skip,
} from "./plan.ts";
import type { Contest, Sighting } from "./seen.ts";

/** What this sync did to the device that was dealt with before its twins were seen. */
export type FirstOutcome =
  | { outcome: "created" | "updated"; change: ChangeRow }
  | { outcome: "skipped"; skip: OpenSkip }
  | { outcome: "unchanged" };

/** Who won a serial, and what has to be taken back of what was done before that was known. */
export interface Settlement {
  decisions: Decision[];
  /** The first device's outcome no longer counts. */
  withdrawn: { systemId: string; outcome: FirstOutcome } | undefined;
  /** Assets that this sync created for a device that turned out to be a duplicate. */
  uncreated: string[];
  /** Assets to put back as they were before this sync, before the decisions are written. */
  restored: AssetState[];
}

/**
 * Decides between devices with one serial (CONTRACT, sync rule 3): the newest contact links, ties by the
 * greater id, the others are duplicates. Gives the same end whichever of them the walk met first. Pure.
 */
export function settle(
  contest: Contest,
  firstOutcome: FirstOutcome,
  candidates: Candidates,
  isListed: (systemId: string) => boolean,
  rules: Rules,
): Settlement {
  const { first, deferred } = contest;
  const newest = deferred.reduce((one, other) => (isNewer(sight(other), sight(one)) ? other : one));
  if (first !== undefined && isNewer(first, sight(newest))) {
    const name = nameOf(first.systemId, candidates, firstOutcome);
    return settled(deferred.map((device) => skip(device, "duplicate_device", [name])));
  }
  const losers = deferred.filter((device) => device !== newest);
  const name = newest.technical.hostname ?? newest.name ?? newest.systemId;
  const skips: Decision[] = losers.map((device) => skip(device, "duplicate_device", [name]));
  if (first === undefined) {
    return settled([planWinner(newest, contest, candidates, isListed, rules), ...skips]);
  }
  const { originals, uncreated, restored } = takeBack(firstOutcome, candidates);
  return {
    decisions: [
      planWinner(newest, contest, originals, isListed, rules),
      skipFirst(first, contest, candidates, firstOutcome, name),
      ...skips,
    ],
    withdrawn: { systemId: first.systemId, outcome: firstOutcome },
    uncreated,
    restored,
  };
}

function settled(decisions: Decision[]): Settlement {
  return { decisions, withdrawn: undefined, uncreated: [], restored: [] };
}

function planWinner(
  winner: Device,
  { key, first, deferred }: Contest,
  candidates: Candidates,
  isListed: (systemId: string) => boolean,
  rules: Rules,
): Decision {
  const linked = candidates.bySystem.get(winner.systemId);
  const sameSerial = candidates.bySerial.get(key) ?? [];
  if (sameSerial.length > 1 && (linked === undefined || sameSerial.some(({ id }) => id === linked.id))) {
    return skip(winner, "duplicate_asset", sameSerial.map(({ id }) => id).sort());
  }
  const asset = linked ?? sameSerial[0];
  if (asset === undefined) return planWithoutAsset(winner, rules);
  if (linked === undefined && asset.systemId !== null && asset.connectionId !== null) {
    const holder = asset.systemId;
    const isRival = holder === first?.systemId || deferred.some(({ systemId }) => systemId === holder);
    const isGone =
      asset.connectionId === rules.connectionId ? !isListed(holder) : asset.missingSince !== null;
    // Linked by its id and still there: it keeps its asset, whatever serial it reports now (rule 2).
    if (!isRival && !isGone) return skip(winner, "duplicate_device", relatedName(asset));
  }
  return planWithAsset(winner, asset, sameSerial.length === 0, rules);
}

/** The assets as they were before this sync dealt with the first device. */
function takeBack(
  outcome: FirstOutcome,
  candidates: Candidates,
): { originals: Candidates; uncreated: string[]; restored: AssetState[] } {
  if (outcome.outcome !== "created" && outcome.outcome !== "updated") {
    return { originals: candidates, uncreated: [], restored: [] };
  }
  const { assetId, before, beforeAt } = outcome.change;
  const now = [...candidates.bySystem.values(), ...[...candidates.bySerial.values()].flat()].find(
    ({ id }) => id === assetId,
  );
  if (now === undefined) return { originals: candidates, uncreated: [], restored: [] };
  if (outcome.outcome === "created") {
    return { originals: exchange(candidates, now, undefined), uncreated: [assetId], restored: [] };
  }
  const original = restore(now, (before ?? {}) as Record<string, unknown>, beforeAt);
  return { originals: exchange(candidates, now, original), uncreated: [], restored: [original] };
}

/** Lays a change's `before` over the asset as it is now. */
function restore(now: AssetState, before: Record<string, unknown>, beforeAt: string | null): AssetState {
  const {
    systemId = now.systemId,
    connectionId = now.connectionId,
    missingSince = now.missingSince,
    ...fields
  } = before;
  const technical = { ...now.technical, ...fields } as AssetState["technical"];
  return {
    ...now,
    systemId: systemId as string | null,
    connectionId: connectionId as string | null,
    missingSince: missingSince as string | null,
    updatedAt: beforeAt ?? now.updatedAt,
    serialKey: technical.serialNumber === null ? null : now.serialKey,
    technical,
  };
}

function exchange(candidates: Candidates, now: AssetState, original: AssetState | undefined): Candidates {
  const bySystem = new Map([...candidates.bySystem].filter(([, asset]) => asset.id !== now.id));
  if (original?.systemId != null) bySystem.set(original.systemId, original);
  const bySerial = new Map(
    [...candidates.bySerial].map(([key, assets]) => [key, assets.filter(({ id }) => id !== now.id)]),
  );
  if (original?.serialKey != null) {
    bySerial.set(original.serialKey, [...(bySerial.get(original.serialKey) ?? []), original]);
  }
  return { bySystem, bySerial };
}

/** The first device lost: of its row only its names are left, where the register has them. */
function skipFirst(
  first: Sighting,
  { key }: Contest,
  candidates: Candidates,
  outcome: FirstOutcome,
  winnerName: string,
): Skipped {
  return {
    outcome: "skipped",
    systemId: first.systemId,
    serialNumber:
      outcome.outcome === "created" || outcome.outcome === "updated" ? outcome.change.serialNumber : key,
    hostname: nameOf(first.systemId, candidates, outcome),
    reason: "duplicate_device",
    related: [winnerName],
  };
}

function nameOf(systemId: string, candidates: Candidates, outcome: FirstOutcome): string {
  if (outcome.outcome === "created" || outcome.outcome === "updated")
    return outcome.change.hostname ?? systemId;
  if (outcome.outcome === "skipped") return outcome.skip.hostname ?? systemId;
  return candidates.bySystem.get(systemId)?.technical.hostname ?? systemId;
}

function sight(device: Device): { systemId: string; contactMs: number } {
  return { systemId: device.systemId, contactMs: lastContactMs(device) };
}

function isNewer(
  one: { systemId: string; contactMs: number },
  other: { systemId: string; contactMs: number },
) {
  return one.contactMs === other.contactMs ? one.systemId > other.systemId : one.contactMs > other.contactMs;
}
