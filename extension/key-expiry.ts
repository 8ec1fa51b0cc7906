/** What "Key expires" can be set to: a number of days from now, a day, never, or not known. */
export const expiryChoices = ["30", "60", "90", "180", "365", "date", "none", "unknown"] as const;
export type ExpiryChoice = (typeof expiryChoices)[number];

export interface Expiry {
  choice: ExpiryChoice;
  /** A day as a date field writes it, `2026-11-24`; empty while none is chosen. */
  date: string;
  /** The moment the console named, kept while its day stays chosen. */
  exact?: string;
}

export const unknownExpiry: Expiry = { choice: "unknown", date: "" };

/** What to tell the Worker: a moment, `null` for no expiration, nothing where it is not known. */
export function keyExpiresAt(expiry: Expiry, now: Date): string | null | undefined {
  switch (expiry.choice) {
    case "none":
      return null;
    case "unknown":
      return undefined;
    case "date": {
      if (expiry.exact !== undefined && dayOf(new Date(expiry.exact)) === expiry.date) return expiry.exact;
      const end = new Date(`${expiry.date}T23:59:59`);
      return Number.isNaN(end.getTime()) ? undefined : end.toISOString();
    }
    default: {
      const end = new Date(now);
      end.setDate(end.getDate() + Number(expiry.choice));
      return end.toISOString();
    }
  }
}

/** The other way: what the console said, as a choice. */
export function expiryFrom(iso: string | null | undefined): Expiry {
  if (iso === null) return { choice: "none", date: "" };
  if (iso === undefined || Number.isNaN(Date.parse(iso))) return unknownExpiry;
  const exact = new Date(iso).toISOString();
  return { choice: "date", date: dayOf(new Date(iso)), exact };
}

/** A day as a date field writes it, in the reader's time zone. */
export function dayOf(date: Date): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
