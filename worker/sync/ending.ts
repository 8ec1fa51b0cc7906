import { type ProblemCode, problems, type SyncNoticeCode, syncNotices } from "../../shared/problems.ts";
import type { SyncProblem } from "../../shared/syncs.ts";
import { isPassing, JumpCloudFailure } from "../jumpcloud/failures.ts";
import { Problem } from "../problem.ts";
import { KeyOutOfReachError } from "../vault/vault.ts";

/** What an error means for a run: try again later, or end, with what to tell the admin. */
export type Verdict =
  | { kind: "later"; waitMs: number }
  | { kind: "end"; problem: SyncProblem; keyRejected: boolean };

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;
/** About ten minutes of trying in all: then the sync says so, and the next one carries on. */
const mostAttempts = 14;
/** About two minutes: KV shows everywhere within one what was written to it. */
const attemptsToReachKey = 8;

/** Takes what was thrown and how many attempts in a row have failed, this one included. */
export function judge(error: unknown, attempts: number): Verdict {
  const failure = error instanceof JumpCloudFailure ? error.failure : undefined;
  if (failure?.kind === "key_rejected") return end("needs_key", true);
  if (failure?.kind === "not_permitted") return end("not_permitted", false);
  if (failure?.kind === "organization_required" || failure?.kind === "unknown_organization") {
    return end("organization_required", false);
  }
  if (error instanceof Problem) return end(error.code, error.code === "needs_key");
  if (error instanceof KeyOutOfReachError && attempts >= attemptsToReachKey) return end("needs_key", true);
  if (attempts < mostAttempts) {
    const asked = failure && isPassing(failure) ? failure.retryAfterMs : undefined;
    return { kind: "later", waitMs: asked ?? Math.min(firstWaitMs * 2 ** (attempts - 1), longestWaitMs) };
  }
  if (failure === undefined) return end("internal", false);
  return end(failure.kind === "rate_limited" ? "jumpcloud_rate_limited" : "jumpcloud_unavailable", false);
}

/** What a sync that succeeded has to say of itself. */
export function notice(code: SyncNoticeCode, more: Partial<Omit<SyncProblem, "code">> = {}): SyncProblem {
  return { code, detail: syncNotices[code].sentence, ...more };
}

function end(code: ProblemCode, keyRejected: boolean): Verdict {
  return { kind: "end", problem: { code, detail: problems[code].sentence }, keyRejected };
}
