import type { CardStatus, WizardStart } from "../messages.ts";
import { isolated, language, relativeTime, say, sayCount, type Word } from "../ui/words.ts";

const dayMs = 86_400_000;
/** UX.md: from 14 days before. */
const warnDays = 14;

export interface Card {
  /** How things are; empty where nothing is connected. */
  line: string;
  isTrouble: boolean;
  /** The one thing to do. */
  button: Word;
  does: "open-wizard" | "ask-again";
  /** Where the wizard begins that it opens. */
  start?: WizardStart;
}

type Connected = Extract<CardStatus, { state: "connected" | "needs_key" }>;

/** Takes what is known of the connection; gives what the card says and the one button on it. */
export function cardOf(status: CardStatus, now: Date): Card {
  const opens = { isTrouble: false, does: "open-wizard" } as const;
  if (status.state === "unknown")
    return { line: say("state_unknown"), isTrouble: true, button: "tryAgain", does: "ask-again" };
  if (status.state === "unpaired" && status.isRefused)
    return { ...opens, line: say("trouble_unauthorized"), isTrouble: true, button: "pair" };
  if (!("mode" in status)) return { ...opens, line: "", button: "connectToJumpCloud" };
  const trouble = keyTrouble(status, now);
  if (trouble === undefined) return { ...opens, line: connectedLine(status, now), button: "manage" };
  const line = status.connections > 1 ? `${isolated(status.organization)}: ${trouble}` : trouble;
  return { ...opens, line, isTrouble: true, button: "renewKey", start: { renew: status.connectionId } };
}

function keyTrouble({ state, since, keyExpiresAt }: Connected, now: Date): string | undefined {
  if (state === "needs_key") return say("trouble_needs_key_since", clock(since, now));
  const hasEnded = keyExpiresAt && Date.parse(keyExpiresAt) <= now.getTime();
  return hasEnded ? say("keyExpired", clock(keyExpiresAt, now)) : undefined;
}

function connectedLine(status: Connected, now: Date): string {
  const { connections, mode, devices, lastSyncAt, nextSyncAt, keyExpiresAt } = status;
  const parts = [
    connections > 1 ? sayCount("connections", connections) : say(`mode_${mode}`),
    sayCount("devices", devices),
    lastSyncAt === null ? say("neverSynced") : say("synced", relativeTime(lastSyncAt, now.getTime())),
  ];
  if (nextSyncAt && Date.parse(nextSyncAt) > now.getTime())
    parts.push(say("nextSync", clock(nextSyncAt, now)));
  const left = keyExpiresAt ? Math.ceil((Date.parse(keyExpiresAt) - now.getTime()) / dayMs) : undefined;
  if (left !== undefined && left <= warnDays) parts.push(sayCount("keyExpiresIn", left));
  return parts.join(" · ");
}

/** The time within the same day or so; farther away the day as well. */
function clock(iso: string, now: Date): string {
  const isNear = Math.abs(Date.parse(iso) - now.getTime()) < 20 * 3_600_000;
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(
    language(),
    isNear ? time : { ...time, day: "numeric", month: "short" },
  ).format(new Date(iso));
}
