import type { Connection } from "../../shared/connections.ts";
import { daysUntil, dueReminder } from "../key-ending.ts";
import type { Reminded } from "../storage.ts";

export type Ending = Pick<Connection, "id" | "organization" | "status"> & { keyExpiresAt: string };

type Known = Pick<Connection, "id" | "organization" | "status" | "keyExpiresAt">;

/**
 * Takes what is connected and what was told before; gives the connections to tell of now and what to remember.
 * Each reminder is given once a key; one that was slept through is made up for by the one that is due now.
 */
export function remindersDue(
  connections: readonly Known[],
  reminded: Reminded,
  now: Date,
): { due: Ending[]; remembered: Reminded } {
  const due: Ending[] = [];
  const remembered: Reminded = {};
  for (const connection of connections) {
    if (!isEnding(connection)) continue;
    const { id, keyExpiresAt } = connection;
    const before = reminded[id]?.keyExpiresAt === keyExpiresAt ? reminded[id] : undefined;
    const days = dueReminder(daysUntil(keyExpiresAt, now));
    if (days !== undefined && (before === undefined || days < before.days)) {
      due.push(connection);
      remembered[id] = { keyExpiresAt, days };
    } else if (before !== undefined) remembered[id] = before;
  }
  return { due, remembered };
}

/** What the toolbar button says: "!" where a key is needed now, else the fewest days left from 14 on, else nothing. */
export function badgeOf(connections: readonly Known[], now: Date): string {
  if (connections.some(({ status }) => status === "needs_key")) return "!";
  const days = connections.filter(isEnding).map(({ keyExpiresAt }) => daysUntil(keyExpiresAt, now));
  const least = Math.min(...days);
  if (dueReminder(least) === undefined) return "";
  return least < 0 ? "!" : String(least);
}

function isEnding(connection: Known): connection is Ending {
  return typeof connection.keyExpiresAt === "string";
}
