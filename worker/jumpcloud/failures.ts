/**
 * What can come back instead of an answer, as JumpCloud's statuses really mean it (FACTS.md, section 2).
 * The API and the run each turn it into their own words.
 */
export type Failure =
  | { kind: "key_rejected" }
  | { kind: "organization_required" }
  | { kind: "not_permitted" }
  | { kind: "unknown_organization" }
  | { kind: "rate_limited"; retryAfterMs: number | undefined }
  | { kind: "unavailable"; retryAfterMs: number | undefined }
  | { kind: "refused"; status: number; message: string };

export class JumpCloudFailure extends Error {
  override name = "JumpCloudFailure";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(`JumpCloud: ${failure.kind}`);
    this.failure = failure;
  }
}

/** Takes an answer's status, headers and text; says what it means, or nothing where it is an answer. */
export function readFailure(status: number, headers: Headers, text: string): Failure | undefined {
  // Before anything is parsed: an answer is parsed once, by who asked for it.
  if (status < 300) return undefined;
  if (status === 429) return { kind: "rate_limited", retryAfterMs: retryAfterMs(headers) };
  if (status >= 500) return { kind: "unavailable", retryAfterMs: retryAfterMs(headers) };
  // No key, or one that is not taken at all: a redirect to the login page. Never followed.
  if (status < 400) return { kind: "key_rejected" };
  if (status === 401) {
    return /no organization selected/i.test(messageOf(text))
      ? { kind: "organization_required" }
      : { kind: "key_rejected" };
  }
  if (status === 403) {
    // A block page of the network's edge is passing; a role that lacks the permission answers in JSON.
    return isJson(text) ? { kind: "not_permitted" } : { kind: "unavailable", retryAfterMs: undefined };
  }
  if (status === 404) return { kind: "unknown_organization" };
  return { kind: "refused", status, message: messageOf(text) };
}

/** Whether the same request can be expected to pass later. */
export function isPassing(
  failure: Failure,
): failure is Extract<Failure, { retryAfterMs: number | undefined }> {
  return failure.kind === "rate_limited" || failure.kind === "unavailable";
}

/** `message`, else `error` (text or `{message}`), else nothing: never a page of HTML. */
function messageOf(text: string): string {
  if (!isJson(text)) return "";
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body !== "object" || body === null) return "";
    if ("message" in body && typeof body.message === "string") return body.message;
    const error = "error" in body ? body.error : undefined;
    if (typeof error === "string") return error;
    if (typeof error === "object" && error !== null && "message" in error) return String(error.message);
    return "";
  } catch {
    return "";
  }
}

function isJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

/** RFC 9110, section 10.2.3: seconds or a date. Capped, as FACTS.md advises, at a minute. */
function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), 60_000) : undefined;
}
