import type { JumpCloud } from "../jumpcloud/client.ts";
import { type Failure, JumpCloudFailure } from "../jumpcloud/failures.ts";
import { countSystems } from "../jumpcloud/systems.ts";

/** Failures that end a sync, and stop a connection, once they are sure. */
const endings: readonly Failure["kind"][] = [
  "key_rejected",
  "not_permitted",
  "organization_required",
  "unknown_organization",
];
const waitsMs = [200, 500, 1000];

/**
 * Asks again before a refusal is believed: one odd 401, 403, 404 or redirect to the login page among a thousand
 * answers must not stop an integration. Gives the error where it holds, else a passing failure in its place.
 */
export async function confirmRefusal(error: unknown, jumpcloud: JumpCloud): Promise<unknown> {
  if (!(error instanceof JumpCloudFailure) || !endings.includes(error.failure.kind)) return error;
  for (const ms of waitsMs) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    const again = await countSystems(jumpcloud).then(
      () => undefined,
      (failed: unknown) => failed,
    );
    const holds = again instanceof JumpCloudFailure && again.failure.kind === error.failure.kind;
    if (!holds) return new JumpCloudFailure({ kind: "unavailable", retryAfterMs: undefined });
  }
  return error;
}
