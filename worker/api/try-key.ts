import type { Region } from "../../shared/connections.ts";
import { spendCall } from "../access/limits.ts";
import { type CheckedKey, checkKey } from "../jumpcloud/check-key.ts";
import { Problem } from "../problem.ts";
import { signWith } from "../vault/vault.ts";
import type { Call } from "./endpoint.ts";

/** A key that was just handed in. */
export interface HandedInKey {
  region: Region;
  apiKey: string;
  orgId?: string | undefined;
  /** The connection that it is for, where there is one already. */
  connectionId?: string;
}

type KeyCall = Pick<
  Call<"checkConnection" | "createConnection" | "renewKey">,
  "env" | "settings" | "actor" | "register" | "note"
>;

/**
 * Tries a key at JumpCloud; `accept` throws where it is a good one, but not for this. Each trial counts for the
 * workspace, so that nobody tries heaps of stolen keys through here, and a refusal is noted: without a letter of what
 * was handed in, which may be anything. Throws `Problem`.
 */
export async function tryKey(
  { env, settings, actor, register, note }: KeyCall,
  { region, apiKey, orgId, connectionId }: HandedInKey,
  accept: (found: CheckedKey) => Promise<void>,
): Promise<CheckedKey> {
  await spendCall(env.KEYS_BY_WORKSPACE, actor.workspace);
  try {
    const found = await checkKey({
      region,
      sign: signWith(apiKey, settings.jumpcloudBaseUrl),
      organizationId: orgId,
      localBaseUrl: settings.jumpcloudBaseUrl,
    });
    await accept(found);
    return found;
  } catch (error) {
    if (error instanceof Problem) {
      const details = { code: error.code, region };
      await register.audit.note(note("key.refused", { connectionId, details }));
    }
    throw error;
  }
}
