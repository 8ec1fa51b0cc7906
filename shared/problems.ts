/**
 * Every error code the Worker answers with, and every code that ends a sync, in one place:
 * HTTP status, title, and the English sentence for people. The extension translates by code.
 */
export const problems = {
  invalid_request: {
    status: 400,
    title: "The request is not valid",
    sentence: "The request could not be read. Check the fields named below and send it again.",
  },
  unauthorized: {
    status: 401,
    title: "Not paired",
    sentence: "This browser is no longer paired with Dots.",
  },
  forbidden: {
    status: 403,
    title: "Not allowed",
    sentence: "Your role in Dots does not allow this. Ask an admin of your workspace.",
  },
  not_found: {
    status: 404,
    title: "Not found",
    sentence: "There is nothing here by that name. It may have been removed.",
  },
  payload_too_large: {
    status: 413,
    title: "Too large",
    sentence: "The request is too large. Split it and send the parts one after the other.",
  },
  rate_limited: {
    status: 429,
    title: "Too many requests",
    sentence: "Too many requests. Wait a moment and try again.",
  },
  already_connected: {
    status: 409,
    title: "Already connected",
    sentence: "This organization is connected already.",
  },
  other_organization: {
    status: 409,
    title: "Key of another organization",
    sentence: "This key belongs to another organization than the connection.",
  },
  sync_running: {
    status: 409,
    title: "A sync is running",
    sentence: "A sync is running already. Wait until it has ended.",
  },
  needs_key: {
    status: 409,
    title: "The connection needs a new key",
    sentence: "JumpCloud no longer accepts the key. Your assets are as they were. Renew the key to go on.",
  },
  invalid_key: {
    status: 422,
    title: "Key not accepted",
    sentence:
      "JumpCloud did not accept this key. It may be mistyped, expired, replaced by a newer one, or belong to another region.",
  },
  wrong_region: {
    status: 422,
    title: "Key of another region",
    sentence: "This key belongs to another JumpCloud region. Continue there?",
  },
  organization_required: {
    status: 422,
    title: "Choose an organization",
    sentence: "Your key opens several organizations. Which one?",
  },
  not_permitted: {
    status: 422,
    title: "Key may not list devices",
    sentence: "This key may not list devices. Use the key of an Administrator.",
  },
  invalid_import: {
    status: 422,
    title: "Import not valid",
    sentence: "Some rows could not be read, so nothing was imported. Correct the rows named below.",
  },
  jumpcloud_unavailable: {
    status: 502,
    title: "JumpCloud is not answering",
    sentence: "JumpCloud is not answering. Nothing was lost; we try again.",
  },
  jumpcloud_rate_limited: {
    status: 503,
    title: "JumpCloud asks us to slow down",
    sentence: "JumpCloud asks us to slow down. The sync goes on by itself.",
  },
  internal: {
    status: 500,
    title: "Something went wrong",
    sentence: "Something went wrong on our side. Nothing half-written stays; try again.",
  },
  not_configured: {
    status: 503,
    title: "The Worker is not set up",
    sentence: "The Worker lacks a setting and does not serve. Its operator finds what is missing in the log.",
  },
} as const satisfies Record<string, { status: number; title: string; sentence: string }>;

export type ProblemCode = keyof typeof problems;

/**
 * What a finished sync can say of itself besides an error code: it succeeded, but an admin should know.
 * CONTRACT: sync rule 7 (`suspicious_walk`); the others name what a sync had to leave undone.
 */
export const syncNotices = {
  suspicious_walk: {
    title: "Far fewer devices than last time",
    sentence: "JumpCloud listed far fewer devices than last time, so none was marked as missing.",
  },
  incomplete_walk: {
    title: "The list changed while it was read",
    sentence: "JumpCloud's list changed while it was read, so no device was marked as missing.",
  },
  insights_unavailable: {
    title: "No hardware details",
    sentence:
      "JumpCloud System Insights did not answer, so model, processor, memory and storage were left as they are.",
  },
  changed_since: {
    title: "Some of it was changed since",
    sentence: "Some assets were changed since that sync; what was changed stays as it is.",
  },
} as const satisfies Record<string, { title: string; sentence: string }>;

export type SyncNoticeCode = keyof typeof syncNotices;

export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]];
export const syncNoticeCodes = Object.keys(syncNotices) as [SyncNoticeCode, ...SyncNoticeCode[]];
