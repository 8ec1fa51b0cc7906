import { browser } from "wxt/browser";
import type messages from "../public/_locales/en/messages.json";

export type Word = keyof typeof messages;

/** Words with a form for each plural category of the language (CLDR): `<stem>_one`, `<stem>_two`, `<stem>_other`. */
export type Counted = Word extends infer W ? (W extends `${infer Stem}_other` ? Stem : never) : never;

/** The words of one key, with what `$1` … `$9` stand for. Numbers are written the reader's way. */
export function say(word: Word, ...values: (string | number)[]): string {
  const texts = values.map((value) => (typeof value === "number" ? figure(value) : isolated(value)));
  return message(word, texts);
}

/**
 * A foreign text – a name, a serial number – that keeps its own direction and leaves the words around it where they
 * are (Unicode UAX #9: FSI … PDI). Left as it is where all runs left to right anyway.
 */
export function isolated(text: string): string {
  return message("direction", []) === "rtl" ? `\u2068${text}\u2069` : text;
}

function message(word: Word, texts: string[]): string {
  return browser.i18n.getMessage(word as Parameters<typeof browser.i18n.getMessage>[0], texts);
}

/** The words for a number of things; `$1` is the number. */
export function sayCount(stem: Counted, count: number, ...values: (string | number)[]): string {
  const form = new Intl.PluralRules(language()).select(count);
  return say(`${stem}_${form}` as Word, count, ...values);
}

/** A whole number with its separators: 1,204. */
export function figure(value: number): string {
  return new Intl.NumberFormat(language()).format(value);
}

/** How long ago or ahead: "5 minutes ago", "in 2 hours". */
export function relativeTime(iso: string, now: number): string {
  const seconds = (Date.parse(iso) - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  for (const [unit, length] of units) {
    if (Math.abs(seconds) >= length) return format.format(Math.trunc(seconds / length), unit);
  }
  return say("justNow");
}

const units = [
  ["day", 86_400],
  ["hour", 3600],
  ["minute", 60],
] as const;

/** A moment, short: "24 Nov, 09:10". */
export function moment(iso: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium", timeStyle: "short" }).format(
    new Date(iso),
  );
}

/** The time today or within a day; farther away the day as well. */
export function clock(iso: string, now: Date): string {
  const at = new Date(iso);
  const isNear = Math.abs(at.getTime() - now.getTime()) < 20 * 3_600_000;
  const time = { hour: "2-digit", minute: "2-digit" } as const;
  return new Intl.DateTimeFormat(
    language(),
    isNear ? time : { ...time, day: "numeric", month: "short" },
  ).format(at);
}

/** A day: "24 Nov 2026". */
export function day(iso: string): string {
  return new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(new Date(iso));
}

/** The language the words are in, which need not be the browser's. */
export function language(): string {
  return say("language");
}

/** Tells the document its language and direction. */
export function setDocumentLanguage(title: Word): void {
  document.documentElement.lang = language();
  document.documentElement.dir = say("direction");
  document.title = say(title);
}
