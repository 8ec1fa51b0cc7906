const dayMs = 86_400_000;
const days: Record<string, number> = { day: 1, week: 7, month: 30, year: 365 };

/**
 * Takes what the console's list says; gives when the key expires, `null` for never, nothing where it does not say.
 * FACTS.md, section 7: spans of days, or "No Expiration"; a month is counted as the 30 days JumpCloud offers.
 */
export function expiryIn(text: string, now: Date): string | null | undefined {
  if (/\b(?:no expiration|no expiry|never|does not expire|doesn[’']t expire|without expir\w+)\b/i.test(text))
    return null;
  const span = /\b(\d{1,4})[\s-]*(day|week|month|year)s?\b/i.exec(text);
  const unit = days[span?.[2]?.toLowerCase() ?? ""];
  if (span && unit) return new Date(now.getTime() + Number(span[1]) * unit * dayMs).toISOString();
  const date = /\b(\d{4}-\d{2}-\d{2})\b/.exec(text)?.[1];
  const at = date === undefined ? Number.NaN : Date.parse(`${date}T00:00:00Z`);
  return at > now.getTime() ? new Date(at).toISOString() : undefined;
}
