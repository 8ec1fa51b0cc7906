import type { JumpCloud } from "../jumpcloud/client.ts";
import { listedAmong } from "../jumpcloud/systems.ts";
import type { LinkedAsset } from "../register/matching.ts";
import type { RunRegister } from "../register/run-register.ts";
import type { Seen } from "./seen.ts";

const assetsPerRead = 2000;

/** What a complete walk says of the devices that were known before it. */
export interface MissingDevices {
  assets: LinkedAsset[];
  /** Too few were seen to believe the list: nothing is marked (CONTRACT, sync rule 7). */
  suspicious: boolean;
  known: number;
  seen: number;
}

/**
 * Finds the assets whose device was not in a complete walk, and asks JumpCloud once more for each by its id
 * before it is called missing. Assets that this very sync linked were not known before.
 */
export async function findMissing(
  register: RunRegister,
  seen: Seen,
  jumpcloud: JumpCloud,
): Promise<MissingDevices> {
  const unseen: LinkedAsset[] = [];
  let present = 0;
  for (let after = ""; ; ) {
    const assets = await register.readLinked(after, assetsPerRead);
    for (const asset of assets) {
      after = asset.systemId;
      if (seen.has(asset.systemId)) present += 1;
      else if (asset.missingSince === null) unseen.push(asset);
    }
    if (assets.length < assetsPerRead) break;
  }
  const seenBefore = Math.max(present - (await register.countLinked()), 0);
  const known = seenBefore + unseen.length;
  if (unseen.length > 0 && seenBefore < known / 2)
    return { assets: [], suspicious: true, known, seen: seenBefore };
  const listed = await listedAmong(
    jumpcloud,
    unseen.map(({ systemId }) => systemId),
  );
  const assets = unseen.filter(({ systemId }) => !listed.has(systemId));
  return { assets, suspicious: false, known, seen: seenBefore };
}

/** The lasting skips of devices that a complete walk did not see: they end. */
export async function findEndedSkips(register: RunRegister, seen: Seen): Promise<string[]> {
  const ended: string[] = [];
  for (let after = ""; ; ) {
    const skips = await register.readSkips(after, assetsPerRead);
    for (const { systemId } of skips) {
      after = systemId;
      if (!seen.has(systemId)) ended.push(systemId);
    }
    if (skips.length < assetsPerRead) return ended;
  }
}
