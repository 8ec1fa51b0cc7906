import type { Connection } from "../../shared/connections.ts";
import type { Sync } from "../../shared/syncs.ts";
import { daysUntil, dueReminder } from "../key-ending.ts";

/** How things are, and with it the one thing to do now. */
export type Glance =
  | { state: "unpaired" | "unconnected" }
  | { state: "needs_key" | "key_ends" | "syncing" | "paused" | "connected"; connection: Connection };

/** Takes what is connected and its last syncs; tells the state that matters most, and of which connection. */
export function glanceAt(connections: readonly Connection[], syncs: readonly Sync[], now: Date): Glance {
  const needsKey = connections.find(({ status }) => status === "needs_key");
  if (needsKey !== undefined) return { state: "needs_key", connection: needsKey };
  const ending = connections.find(
    ({ keyExpiresAt }) =>
      typeof keyExpiresAt === "string" && dueReminder(daysUntil(keyExpiresAt, now)) !== undefined,
  );
  if (ending !== undefined) return { state: "key_ends", connection: ending };
  const running = syncs.find(({ finishedAt }) => finishedAt === undefined);
  const syncing = connections.find(({ id }) => id === running?.connectionId);
  if (syncing !== undefined) return { state: "syncing", connection: syncing };
  const [first] = connections;
  if (first === undefined) return { state: "unconnected" };
  const active = connections.find(({ paused }) => !paused);
  return active === undefined
    ? { state: "paused", connection: first }
    : { state: "connected", connection: active };
}

/** The newest syncs of several lists, newest first; previews wrote nothing and are left out. */
export function newestSyncs(lists: readonly (readonly Sync[])[], most: number): Sync[] {
  return lists
    .flat()
    .filter(({ kind }) => kind !== "preview")
    .toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
    .slice(0, most);
}
