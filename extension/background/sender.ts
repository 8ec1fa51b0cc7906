import type { Sender } from "../messages.ts";

/** What the browser says of who sent a message. */
export interface RawSender {
  id?: string | undefined;
  url?: string | undefined;
  origin?: string | undefined;
  frameId?: number | undefined;
  tab?: { id?: number | undefined } | undefined;
}

/** Takes what the browser says of a sender; tells our own pages from content scripts, and both from strangers. */
export function whoSent(raw: RawSender, us: { id: string; base: string }): Sender {
  if (raw.id !== us.id) return { kind: "stranger" };
  if (raw.url?.startsWith(us.base)) return { kind: "page", frame: frameOf(raw) };
  // Our content scripts run in no frames.
  if (raw.frameId !== undefined && raw.frameId !== 0) return { kind: "stranger" };
  const origin = raw.origin ?? URL.parse(raw.url ?? "")?.origin;
  const tabId = raw.tab?.id;
  if (origin === undefined || tabId === undefined) return { kind: "stranger" };
  return { kind: "content", origin, tabId };
}

/** The frame of somebody's page that a page of ours is in; nothing where it has a tab, window or popup of its own. */
function frameOf({ tab, frameId }: RawSender): string | undefined {
  if (tab?.id === undefined || frameId === undefined || frameId === 0) return undefined;
  return `${tab.id}:${frameId}`;
}
