import type { ConnectionCheck, Region } from "../../shared/connections.ts";
import { Problem } from "../problem.ts";
import { regions } from "../vault/destinations.ts";
import type { Sign } from "../vault/vault.ts";
import { createClient, type JumpCloud } from "./client.ts";
import { JumpCloudFailure } from "./failures.ts";
import { hasInsights } from "./insights.ts";
import { listOrganizations, readKeyOwner } from "./organization.ts";
import { countSystems } from "./systems.ts";

export interface KeyToCheck {
  region: Region;
  sign: Sign;
  organizationId?: string | undefined;
  localBaseUrl?: string | undefined;
}

/** What a check found, and whether requests must name the organization from now on. */
export interface CheckedKey extends ConnectionCheck {
  sendsOrganization: boolean;
}

/** Somebody waits for the answer: a passing failure is tried again, but not for long. */
const triesWhileWaiting = 3;

/**
 * Asks JumpCloud what a key opens. What `GET /systems` answers decides; names and role are for people.
 * Throws `Problem`: invalid_key, wrong_region, organization_required, not_permitted, jumpcloud_unavailable,
 * jumpcloud_rate_limited.
 */
export async function checkKey(key: KeyToCheck): Promise<CheckedKey> {
  const unnamed = clientFor(key, key.region);
  try {
    const [organizations, owner] = await Promise.all([listOrganizations(unnamed), readKeyOwner(unnamed)]);
    const role = owner.role ?? "unknown";
    const sendsOrganization = organizations.length > 1;
    const chosen = sendsOrganization
      ? organizations.find(({ id }) => id === key.organizationId)
      : (organizations[0] ?? { id: owner.organizationId ?? "unknown", name: "JumpCloud" });
    if (chosen === undefined) throw new Problem("organization_required", { organizations });
    if (!sendsOrganization && key.organizationId !== undefined && key.organizationId !== chosen.id) {
      throw new Problem("organization_required", { organizations: [chosen] });
    }
    const client = sendsOrganization ? clientFor(key, key.region, chosen.id) : unnamed;
    const [deviceCount, insights] = await Promise.all([countDevices(client, role), hasInsights(client)]);
    const expiry = owner.keyExpiresAt === undefined ? {} : { keyExpiresAt: owner.keyExpiresAt };
    return { organization: chosen, role, deviceCount, insights, sendsOrganization, ...expiry };
  } catch (error) {
    if (!(error instanceof JumpCloudFailure)) throw error;
    if (error.failure.kind === "key_rejected") throw await explainRejection(key);
    throw problemOf(error);
  }
}

/** Turns what JumpCloud refused into the word the API has for it. */
export function problemOf({ failure }: JumpCloudFailure): Problem {
  switch (failure.kind) {
    case "key_rejected":
      return new Problem("invalid_key");
    case "organization_required":
    case "unknown_organization":
      return new Problem("organization_required");
    case "not_permitted":
      return new Problem("not_permitted");
    case "rate_limited":
      return new Problem("jumpcloud_rate_limited", { retryAfterSeconds: seconds(failure.retryAfterMs) });
    case "unavailable":
    case "refused":
      return new Problem("jumpcloud_unavailable");
  }
}

function clientFor(key: KeyToCheck, region: Region, organizationId?: string): JumpCloud {
  const { sign, localBaseUrl } = key;
  return createClient({ region, sign, organizationId, localBaseUrl, tries: triesWhileWaiting });
}

async function countDevices(client: JumpCloud, role: string): Promise<number> {
  try {
    return await countSystems(client);
  } catch (error) {
    if (error instanceof JumpCloudFailure && error.failure.kind === "not_permitted") {
      throw new Problem("not_permitted", {
        role,
        detail: `This key may not list devices (role: ${role}). Use the key of an Administrator.`,
      });
    }
    throw error;
  }
}

/** A key of another region is an ordinary 401 (FACTS.md, section 1): ask the other two before saying no. */
async function explainRejection(key: KeyToCheck): Promise<Problem> {
  const others = regions.filter((region) => region !== key.region);
  const taken = await Promise.all(others.map((region) => isTaken(clientFor(key, region))));
  const region = others[taken.indexOf(true)];
  return region === undefined ? new Problem("invalid_key") : new Problem("wrong_region", { region });
}

async function isTaken(client: JumpCloud): Promise<boolean> {
  try {
    await countSystems(client);
    return true;
  } catch (error) {
    if (!(error instanceof JumpCloudFailure)) throw error;
    return error.failure.kind === "not_permitted" || error.failure.kind === "organization_required";
  }
}

function seconds(ms: number | undefined): number {
  return Math.ceil((ms ?? 30_000) / 1000);
}
