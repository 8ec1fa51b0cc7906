import { type Answer, badRequest, refusals } from "./answers.ts";
import type { ApiKey, Tenant } from "./tenant.ts";

/** What a request may do: whose key it is and, on routes of one organization, which. */
export interface Access {
  key: ApiKey;
  organizationId: string;
}

export type Entry = { kind: "granted"; access: Access } | { kind: "refused"; answer: Answer };

export interface Credentials {
  apiKey: string | undefined;
  orgId: string | undefined;
  region: string | undefined;
}

/** Whether a route acts inside one organization, or must not be told one (FACTS.md, section 6). */
export type RouteScope = "organization" | "account";

/** Decides on a request as FACTS.md, sections 1, 2 and 6, say. */
export function enter(tenant: Tenant, credentials: Credentials, scope: RouteScope, now = Date.now()): Entry {
  const { apiKey, orgId, region } = credentials;
  if (apiKey === undefined || apiKey === "") return refused(refusals.noKey());
  const key = tenant.keys.find(({ value }) => value === apiKey);
  if (key === undefined || !isUsable(key, region, now)) return refused(refusals.unknownKey());
  if (scope === "account") {
    if (orgId !== undefined) return refused(refusals.forbidden("x-org-id is not supported on this route"));
    return granted(key, key.organizationIds[0] ?? "");
  }
  if (orgId === undefined) {
    const [only, ...more] = key.organizationIds;
    return only === undefined || more.length > 0 ? refused(refusals.noOrganization()) : granted(key, only);
  }
  if (!/^[0-9a-f]{24}$/i.test(orgId)) return refused(badRequest("Bad Request: malformed x-org-id"));
  return key.organizationIds.includes(orgId) ? granted(key, orgId) : refused(refusals.notFound());
}

function isUsable(key: ApiKey, region: string | undefined, now: number): boolean {
  if (key.state !== "valid") return false;
  if (region !== undefined && region !== key.region) return false;
  return key.expiresAt === undefined || Date.parse(key.expiresAt) > now;
}

function granted(key: ApiKey, organizationId: string): Entry {
  return { kind: "granted", access: { key, organizationId } };
}

function refused(answer: Answer): Entry {
  return { kind: "refused", answer };
}
