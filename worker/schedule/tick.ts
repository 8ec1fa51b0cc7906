import type { Env } from "../env.ts";
import { Connections } from "../register/connections.ts";
import { findDueConnections, findRunningConnections } from "../register/scheduled-connections.ts";
import { sweepVault } from "../vault/sweep.ts";
import { nextSyncAt } from "./due.ts";
import { prune } from "./prune.ts";

/** Few enough to leave room under the six connections a Worker may have open. */
const startsAtATime = 5;
/** As wrangler.jsonc has it: in each hour one tick falls into its first minutes. */
const minutesBetweenTicks = 5;

/**
 * One tick of the cron: starts the syncs that are due at `now`, the event's own time, and wakes runs whose
 * alarm got lost. One connection that fails does not keep the others from it. Once an hour the vault is swept.
 */
export async function tick(env: Env, now: Date): Promise<void> {
  for (const connectionId of await findRunningConnections(env.DB)) {
    await env.SYNC_RUNS.getByName(connectionId).wake().catch(logged("tick.wake_failed", connectionId));
  }
  const due = await findDueConnections(env.DB, now.toISOString());
  for (let at = 0; at < due.length; at += startsAtATime) {
    await Promise.all(
      due.slice(at, at + startsAtATime).map(async ({ workspace, id, everyHours }) => {
        try {
          // The next one is set first: a start that fails is tried again then, not at every tick.
          await new Connections(env.DB, workspace).update(id, {
            nextSyncAt: nextSyncAt({ everyHours }, now),
          });
          await env.SYNC_RUNS.getByName(id).start({
            workspace,
            connectionId: id,
            kind: "sync",
            trigger: "schedule",
            by: { kind: "schedule" },
          });
        } catch (error) {
          logged("tick.start_failed", id)(error);
        }
      }),
    );
  }
  await prune(env.DB, now).catch(logged("tick.prune_failed"));
  if (now.getUTCMinutes() < minutesBetweenTicks)
    await sweepVault(env, now).catch(logged("tick.sweep_failed"));
}

/** Gives what notes a failure in the log: what it was about, and the error's name. */
function logged(event: string, connectionId?: string): (error: unknown) => void {
  return (error) => {
    const name = error instanceof Error ? error.name : "unknown";
    console.error(JSON.stringify({ event, connectionId, error: name }));
  };
}
