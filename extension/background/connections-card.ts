import type { Connection } from "../../shared/connections.ts";
import type { CardStatus } from "../messages.ts";

/**
 * Takes what is connected; gives what the card in Dots says of it. Several are told of together, by what matters to
 * whoever relies on them: the one synced longest ago, the next sync of any, the key that ends first.
 */
export function connectionsCard(connections: readonly Connection[]): CardStatus {
  const [first] = connections.toSorted(byNeedOfKey);
  if (first === undefined) return { state: "unconnected" };
  const synced = connections.flatMap(({ lastSyncAt }) => lastSyncAt ?? []);
  return {
    state: first.status === "needs_key" ? "needs_key" : "connected",
    connections: connections.length,
    connectionId: first.id,
    organization: first.organization.name,
    mode: first.mode,
    devices: connections.reduce((sum, { deviceCount }) => sum + deviceCount, 0),
    lastSyncAt: synced.toSorted()[0] ?? null,
    nextSyncAt: connections.flatMap(({ nextSyncAt }) => nextSyncAt ?? []).toSorted()[0] ?? null,
    since: first.statusSince,
    ...(first.keyExpiresAt !== undefined && { keyExpiresAt: first.keyExpiresAt }),
  };
}

/** A key that no longer works before one that ends, one that ends sooner before one that ends later or never. */
function byNeedOfKey(a: Connection, b: Connection): number {
  return urgency(a).localeCompare(urgency(b));
}

function urgency({ status, keyExpiresAt }: Connection): string {
  return status === "needs_key" ? "" : (keyExpiresAt ?? "never");
}
