import { workspaceSchema } from "../shared/access.ts";
import type { AccessSettings } from "./access/cloudflare-access.ts";
import { extensionOrigins } from "./access/extension-origins.ts";
import type { OrganizationLimit } from "./jumpcloud/organization-limit.ts";
import type { SyncRun } from "./sync/run.ts";
import { type MasterKeys, parseMasterKeys } from "./vault/master-keys.ts";

/** The Worker's bindings and settings, as wrangler.jsonc and the operator's secrets give them. */
export interface Env {
  DB: D1Database;
  VAULT: KVNamespace;
  SYNC_RUNS: DurableObjectNamespace<SyncRun>;
  ORGANIZATION_LIMITS: DurableObjectNamespace<OrganizationLimit>;
  /** How often each may be used is said in wrangler.jsonc. */
  GUESSES_BY_ADDRESS: RateLimit;
  CALLS_BY_TOKEN: RateLimit;
  CALLS_BY_ADDRESS: RateLimit;
  KEYS_BY_WORKSPACE: RateLimit;
  ENVIRONMENT: string;
  /** Secret: may create pairings. */
  OPERATOR_TOKEN?: string;
  /** Secret: master keys, `id:base64` each, comma-separated; the first encrypts, all decrypt. */
  VAULT_KEYS?: string;
  /** Stands for all three regions' hosts; taken only where ENVIRONMENT is `local`. */
  JUMPCLOUD_BASE_URL?: string;
  /** How many requests and statements one invocation may make: 50 on the Free plan; 900 unless said. */
  SUBREQUESTS_PER_STRETCH?: string;
  /** How long one request to JumpCloud may take; taken only where ENVIRONMENT is `local`. */
  JUMPCLOUD_TIMEOUT_MS?: string;
  /** Origins of the extension, comma-separated; the shipped ones where it is not set. */
  EXTENSION_ORIGINS?: string;
  /** `<team>.cloudflareaccess.com`: lets a team's people in by Cloudflare Access, with the three below. */
  CF_ACCESS_TEAM_DOMAIN?: string;
  /** The Access application's audience tag. */
  CF_ACCESS_AUD?: string;
  /** The one workspace they come into. */
  CF_ACCESS_WORKSPACE?: string;
  /** E-mail addresses of its admins, comma-separated; all others only read. */
  CF_ACCESS_ADMINS?: string;
}

export interface Settings {
  operatorToken: string;
  masterKeys: MasterKeys;
  jumpcloudBaseUrl: string | undefined;
  jumpcloudTimeoutMs: number | undefined;
  subrequestsPerStretch: number;
  isExtensionOrigin: (origin: string) => boolean;
  access: AccessSettings | undefined;
}

const shortestOperatorToken = 16;
/** D1 takes 1,000 statements an invocation on the Paid plan (ENGINE.md, section 0). */
const usualSubrequests = 900;
/** The Free plan's; a window takes no more. */
const leastSubrequests = 50;

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
  const subrequestsPerStretch = Number(env.SUBREQUESTS_PER_STRETCH ?? usualSubrequests);
  if (!(subrequestsPerStretch >= leastSubrequests)) {
    throw new Error(`SUBREQUESTS_PER_STRETCH must be a number from ${leastSubrequests}.`);
  }
  return {
    operatorToken: OPERATOR_TOKEN,
    masterKeys: parseMasterKeys(VAULT_KEYS),
    jumpcloudBaseUrl: JUMPCLOUD_BASE_URL ? new URL(JUMPCLOUD_BASE_URL).origin : undefined,
    jumpcloudTimeoutMs: env.ENVIRONMENT === "local" && timeoutMs > 0 ? timeoutMs : undefined,
    subrequestsPerStretch,
    isExtensionOrigin: extensionOrigins(env.EXTENSION_ORIGINS),
    access: readAccess(env),
  };
}

/** A workspace that was half set up for Access would let in nobody, or the wrong people: all of it, or none. */
function readAccess(env: Env): AccessSettings | undefined {
  const { CF_ACCESS_TEAM_DOMAIN: teamDomain, CF_ACCESS_AUD: audience, CF_ACCESS_WORKSPACE: workspace } = env;
  if (!teamDomain && !audience && !workspace) return undefined;
  if (!teamDomain || !audience || !workspace) {
    throw new Error(
      "Set all of CF_ACCESS_TEAM_DOMAIN, CF_ACCESS_AUD and CF_ACCESS_WORKSPACE, or none of them.",
    );
  }
  if (!/^[a-z0-9-]+\.cloudflareaccess\.com$/.test(teamDomain)) {
    throw new Error("CF_ACCESS_TEAM_DOMAIN must be <team>.cloudflareaccess.com, without https://.");
  }
  if (!workspaceSchema.safeParse(workspace).success) {
    throw new Error("CF_ACCESS_WORKSPACE is no workspace's name: 1 to 63 of a-z, 0-9 and -.");
  }
  const admins = (env.CF_ACCESS_ADMINS ?? "").split(",").map((address) => address.trim().toLowerCase());
  return { teamDomain, audience, workspace, admins: admins.filter((address) => address !== "") };
}
