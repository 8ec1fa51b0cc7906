import type { CardStatus } from "../messages.ts";
import type { Words } from "./words.ts";

const minuteMs = 60_000;

/** Takes what is known of the connection; gives the line beside the button, empty where there is none. */
export function cardLine(status: CardStatus, words: Words, now: Date, language: string): string {
  if (status.state !== "connected" && status.state !== "needs_key") return "";
  if (status.state === "needs_key") return words.keyRefused();
  const count = new Intl.NumberFormat(language).format(status.devices);
  const parts = [
    status.mode === "sync" ? words.sync() : words.download(),
    status.devices === 1 ? words.device() : words.devices(count),
    lastSync(status.lastSyncAt, words, now, language),
  ];
  const next = status.nextSyncAt === null ? undefined : new Date(status.nextSyncAt);
  if (next && next > now) parts.push(words.next(clock(next, now, language)));
  return parts.join(" · ");
}

function lastSync(at: string | null, words: Words, now: Date, language: string): string {
  if (at === null) return words.neverSynced();
  const minutes = Math.floor((now.getTime() - new Date(at).getTime()) / minuteMs);
  if (minutes < 1) return words.syncedNow();
  const ago = new Intl.RelativeTimeFormat(language);
  if (minutes < 60) return words.synced(ago.format(-minutes, "minute"));
  const hours = Math.floor(minutes / 60);
  return words.synced(hours < 48 ? ago.format(-hours, "hour") : ago.format(-Math.floor(hours / 24), "day"));
}

/** The time today or within a day; farther away the day as well. */
function clock(at: Date, now: Date, language: string): string {
  const near = at.getTime() - now.getTime() < 20 * 60 * minuteMs;
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(language, near ? time : { ...time, day: "numeric", month: "short" }).format(
    at,
  );
}
