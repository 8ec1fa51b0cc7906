const dayMs = 86_400_000;
const days: Record<string, number> = { day: 1, week: 7, month: 30, year: 365 };
const never = /\b(?:no expiration|no expiry|never|does not expire|doesn[’']t expire|without expir\w+)\b/i;
const span = /\b(\d{1,4})[\s-]*(day|week|month|year)s?\b/i;
/** Dates that cannot be taken for another: 2027-03-01, Mar 1, 2027, 1 March 2027. 03/04/2027 can. */
const dates = [
  /\b(\d{4}-\d{2}-\d{2})\b/,
  /\b(\p{L}{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b/iu,
  /\b(\d{1,2})\.? (\p{L}{3,9})\.?,? (\d{4})\b/iu,
];

/**
 * Takes what the console's list says; gives when the key expires, `null` for never, nothing where it does not say.
 * FACTS.md, section 7: spans of days, or "No Expiration"; a month is counted as the 30 days JumpCloud offers.
 */
export function expiryIn(text: string, now: Date): string | null | undefined {
  if (never.test(text)) return null;
  const [, count, unit] = span.exec(text) ?? [];
  const length = days[unit?.toLowerCase() ?? ""];
  if (length) return new Date(now.getTime() + Number(count) * length * dayMs).toISOString();
  const [, ...parts] = dates.map((date) => date.exec(text)).find((match) => match !== null) ?? [];
  const at = Date.parse(parts.length === 1 ? `${parts[0]}T00:00:00Z` : `${parts.join(" ")} UTC`);
  return at > now.getTime() ? new Date(at).toISOString() : undefined;
}
