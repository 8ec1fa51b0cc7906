/** How far a run was at some moment, in devices and milliseconds. */
export interface Waypoint {
  done: number;
  atMs: number;
}

/** Sooner, one page more or less would make the estimate jump. */
const shortestLookMs = 1_000;

/**
 * How long the rest will take if it goes on as it went since `from`, in whole seconds; nothing while that cannot
 * be told.
 */
export function secondsLeft(from: Waypoint, now: Waypoint, total: number): number | undefined {
  const tookMs = now.atMs - from.atMs;
  const did = now.done - from.done;
  if (tookMs < shortestLookMs || did <= 0 || total < now.done) return undefined;
  return Math.ceil(((total - now.done) * tookMs) / did / 1000);
}
