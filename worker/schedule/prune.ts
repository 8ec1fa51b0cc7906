import { pruneImportParts, pruneOldestPreview, pruneOldestSync } from "../register/pruning.ts";

/** How long a preview's list is kept: it is looked at once, before the sync it stands for. */
export const previewDays = 7;
/** How long a sync can be undone, and is part of its assets' history. */
export const syncDays = 400;
/** How long an import may take to be read: what is older was left behind by one that was cut off. */
export const importHours = 1;
/** So much a tick: few enough to cost next to nothing, enough to keep up with any fleet. */
const rowsPerTick = 1000;

/** Removes what is too old to be of use, a bounded piece a tick (worker/STORAGE.md). */
export async function prune(db: D1Database, now: Date): Promise<void> {
  const hoursAgo = (hours: number) => new Date(now.getTime() - hours * 3_600_000).toISOString();
  const daysAgo = (days: number) => hoursAgo(days * 24);
  await pruneImportParts(db, hoursAgo(importHours));
  const pruned = await pruneOldestPreview(db, daysAgo(previewDays), rowsPerTick);
  if (pruned === 0) await pruneOldestSync(db, daysAgo(syncDays), rowsPerTick);
}
