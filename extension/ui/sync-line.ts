import type { Sync } from "../../shared/syncs.ts";
import { figure, moment, say } from "./words.ts";

/** A sync as a line of the history: what came of it. */
export function lineOf(sync: Sync): string {
  if (sync.finishedAt === undefined) return say("syncRuns");
  if (sync.status === "failed") return say("syncFailed");
  if (sync.status === "cancelled") return say("syncStopped");
  if (sync.kind === "preview") return say("syncPreview");
  const { updated, created, skipped } = sync.counts;
  if (sync.kind === "undo") return say("syncUndo");
  if (updated + created === 0) return say("syncNothingNew");
  return say("syncLine", figure(updated), figure(created), figure(skipped));
}

/** When a sync began and who asked for it. */
export function whenOf(sync: Sync): string {
  return `${moment(sync.startedAt)} · ${say(`trigger_${sync.trigger}`)}`;
}
