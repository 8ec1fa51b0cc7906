import type { Schedule } from "../../shared/connections.ts";

/** When a connection that syncs now syncs next; `null` where it only does when asked to. Pure. */
export function nextSyncAt(schedule: Schedule, now: Date): string | null {
  return schedule === null ? null : new Date(now.getTime() + schedule.everyHours * 3_600_000).toISOString();
}
