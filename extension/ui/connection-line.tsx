import type { Connection } from "../../shared/connections.ts";
import { clock, relativeTime, say, sayCount } from "./words.ts";

/** How a connection is, in a line: mode · devices · last sync · next one. */
export function ConnectionLine({ connection }: { connection: Connection }) {
  const { lastSyncAt, nextSyncAt, paused } = connection;
  const parts = [
    say(`mode_${connection.mode}`),
    sayCount("devices", connection.deviceCount),
    say(`region_short_${connection.region}`),
    lastSyncAt === null ? say("neverSynced") : say("synced", relativeTime(lastSyncAt, Date.now())),
  ];
  if (paused) parts.push(say("paused"));
  else if (nextSyncAt !== null) parts.push(say("nextSync", clock(nextSyncAt, new Date())));
  return <p class="hint facts">{parts.join(" · ")}</p>;
}
