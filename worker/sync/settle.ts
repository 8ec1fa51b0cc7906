import type { ChangeRow } from "../register/commit.ts";
import type { AssetState, OpenSkip } from "../register/matching.ts";
import type { Device } from "./device.ts";
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
import type { SerialKey } from "./serial.ts";

/** What this sync did to the device that was dealt with before its twins were seen. */
export type FirstOutcome =
  | { outcome: "created" | "updated"; change: ChangeRow }
  | { outcome: "skipped"; skip: OpenSkip }
  | { outcome: "unchanged" };

/** The serial that several devices report, as far as its settlement depends on it. */
export interface Contest {
  key: SerialKey;
  /** The device that was dealt with before the others came, and what became of it. */
  first: { systemId: string; outcome: FirstOutcome } | undefined;
  /** Whether a system is in this contest. */
  isRival: (systemId: string) => boolean;
  isListed: (systemId: string) => boolean;
}

/** What follows from a contest that a device of those set aside has won. */
export interface Settlement {
  decisions: Decision[];
  /** The first device's outcome no longer counts. */
  withdrawn: Contest["first"];
  /** Assets that this sync created for a device that turned out to be a duplicate. */
  uncreated: string[];
  /** Assets to put back as they were before this sync, before the decisions are written. */
  restored: AssetState[];
}

/**
 * Gives the serial to the device in contact last (CONTRACT, sync rule 3) and takes back what was done for the one
 * the walk met first. So the end is the same whichever it met first. Pure.
 */
export function settleWinner(
  winner: Device,
  contest: Contest,
  candidates: Candidates,
  rules: Rules,
): Settlement {
  const { first } = contest;
  if (first === undefined) {
    const decisions = [planWinner(winner, contest, candidates, rules)];
    return { decisions, withdrawn: undefined, uncreated: [], restored: [] };
  }
  const { originals, uncreated, restored } = takeBack(first, contest.key, candidates);
  return {
    decisions: [
      planWinner(winner, contest, originals, rules),
      skipFirst(first, contest.key, candidates, nameOf(winner)),
    ],
    withdrawn: first,
    uncreated,
    restored,
  };
}

/** A device that another one with its serial goes before. */
export function settleLoser(loser: Device, winnerName: string): Skipped {
  return skip(loser, "duplicate_device", [winnerName]);
}

/** What people call a device. */
export function nameOf(device: Device): string {
  return device.technical.hostname ?? device.name ?? device.systemId;
}

/** What people call the first device of a contest, of whose record only its traces are left. */
export function nameOfFirst(
  { systemId, outcome }: NonNullable<Contest["first"]>,
  candidates: Candidates,
): string {
  if (outcome.outcome === "created" || outcome.outcome === "updated")
    return outcome.change.hostname ?? systemId;
  if (outcome.outcome === "skipped") return outcome.skip.hostname ?? systemId;
  return candidates.bySystem.get(systemId)?.technical.hostname ?? systemId;
}

function planWinner(
  winner: Device,
  { key, isRival, isListed }: Contest,
  candidates: Candidates,
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
    const isOurs = asset.connectionId === rules.connectionId;
    const isGone = isOurs ? !isListed(holder) : asset.missingSince !== null;
    // Linked by its id and still there: it keeps its asset, whatever serial it reports now (rule 2).
    if (!(isOurs && isRival(holder)) && !isGone) return skip(winner, "duplicate_device", relatedName(asset));
  }
  return planWithAsset(winner, asset, sameSerial.length === 0, rules);
}

/** The assets as they were before this sync dealt with the first device. */
function takeBack(
  { systemId, outcome }: NonNullable<Contest["first"]>,
  key: SerialKey,
  candidates: Candidates,
): { originals: Candidates; uncreated: string[]; restored: AssetState[] } {
  if (outcome.outcome !== "created" && outcome.outcome !== "updated") {
    return { originals: candidates, uncreated: [], restored: [] };
  }
  const { assetId, before, beforeAt } = outcome.change;
  const linked = candidates.bySystem.get(systemId);
  const now =
    linked?.id === assetId ? linked : candidates.bySerial.get(key)?.find(({ id }) => id === assetId);
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

/** The same assets, but for one that was another, or none, before. Looked at, not copied: contests are many. */
function exchange(candidates: Candidates, now: AssetState, original: AssetState | undefined): Candidates {
  return {
    bySystem: {
      get: (systemId) => {
        if (original?.systemId === systemId) return original;
        const asset = candidates.bySystem.get(systemId);
        return asset?.id === now.id ? undefined : asset;
      },
    },
    bySerial: {
      get: (key) => {
        const others = candidates.bySerial.get(key)?.filter(({ id }) => id !== now.id) ?? [];
        return original?.serialKey === key ? [...others, original] : others;
      },
    },
  };
}

/** The first device lost: of its row only its names are left, where the register has them. */
function skipFirst(
  first: NonNullable<Contest["first"]>,
  key: SerialKey,
  candidates: Candidates,
  winnerName: string,
): Skipped {
  const { systemId, outcome } = first;
  const isChanged = outcome.outcome === "created" || outcome.outcome === "updated";
  return {
    outcome: "skipped",
    systemId,
    serialNumber: isChanged ? outcome.change.serialNumber : key,
    hostname: nameOfFirst(first, candidates),
    reason: "duplicate_device",
    related: [winnerName],
  };
}
