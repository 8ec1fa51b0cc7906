import type { SyncRun } from "./sync/run.ts";
import { type MasterKeys, parseMasterKeys } from "./vault/master-keys.ts";

/** The Worker's bindings and settings, as wrangler.jsonc and the operator's secrets give them. */
export interface Env {
  DB: D1Database;
  VAULT: KVNamespace;
  SYNC_RUNS: DurableObjectNamespace<SyncRun>;
  FAILED_PAIRINGS: RateLimit;
  ENVIRONMENT: string;
  /** Secret: may create pairings. */
  OPERATOR_TOKEN?: string;
  /** Secret: master keys, `id:base64` each, comma-separated; the first encrypts, all decrypt. */
  VAULT_KEYS?: string;
  /** Stands for all three regions' hosts; taken only where ENVIRONMENT is `local`. */
  JUMPCLOUD_BASE_URL?: string;
  /** How long one request to JumpCloud may take; taken only where ENVIRONMENT is `local`. */
  JUMPCLOUD_TIMEOUT_MS?: string;
}

export interface Settings {
  operatorToken: string;
  masterKeys: MasterKeys;
  jumpcloudBaseUrl: string | undefined;
  jumpcloudTimeoutMs: number | undefined;
}

const shortestOperatorToken = 16;

/**
 * Takes the bindings; gives the settings, checked. Throws an `Error` that names the setting and what to do
 * with it; the Worker then answers every call with `not_configured`.
 */
export function readSettings(env: Env): Settings {
  const { OPERATOR_TOKEN, VAULT_KEYS, JUMPCLOUD_BASE_URL } = env;
  if (OPERATOR_TOKEN === undefined || OPERATOR_TOKEN.length < shortestOperatorToken) {
    throw new Error(
      `OPERATOR_TOKEN is missing or shorter than ${shortestOperatorToken} characters: set the secret.`,
    );
  }
  if (VAULT_KEYS === undefined)
    throw new Error("VAULT_KEYS is missing: set it to id:base64 of 32 random bytes.");
  if (JUMPCLOUD_BASE_URL !== undefined && env.ENVIRONMENT !== "local") {
    throw new Error(
      "JUMPCLOUD_BASE_URL is only for ENVIRONMENT=local: remove it, or keys would leave for it.",
    );
  }
  const timeoutMs = Number(env.JUMPCLOUD_TIMEOUT_MS);
  return {
    operatorToken: OPERATOR_TOKEN,
    masterKeys: parseMasterKeys(VAULT_KEYS),
    jumpcloudBaseUrl: JUMPCLOUD_BASE_URL ? new URL(JUMPCLOUD_BASE_URL).origin : undefined,
    jumpcloudTimeoutMs: env.ENVIRONMENT === "local" && timeoutMs > 0 ? timeoutMs : undefined,
  };
}
