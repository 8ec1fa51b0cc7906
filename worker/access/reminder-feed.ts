import { type Feed, findFeed } from "../register/reminder-feeds.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { isSameSecret, randomHex } from "./secrets.ts";

/**
 * Makes what a workspace's calendar address is built from. Calendars cannot send a token, so the address itself is
 * the secret. It is kept in the clear to be shown again: it opens nothing that the rows beside it lack.
 */
export function newFeed(now: Date): Feed {
  return { id: randomHex(8), secret: randomHex(24), createdAt: now.toISOString() };
}

/** The `key` in the address of a feed. */
export function keyOfFeed({ id, secret }: Feed): string {
  return `${id}-${secret}`;
}

/** Takes the `key` of an address; gives the workspace whose feed it is, or nothing. */
export async function workspaceOfFeed(db: D1Database, key: string): Promise<WorkspaceId | undefined> {
  const [, id = "", secret = ""] = /^([0-9a-f]{16})-([0-9a-f]{48})$/.exec(key) ?? [];
  const feed = id === "" ? null : await findFeed(db, id);
  const fits = await isSameSecret(secret, feed?.secret ?? "");
  return feed !== null && fits ? feed.workspace : undefined;
}
