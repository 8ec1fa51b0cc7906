import { type Answer, json, refusals } from "./answers.ts";
import type { ApiKey, Organization, Tenant } from "./tenant.ts";

/** `GET /organizations`: those the key opens (FACTS.md, section 6). */
export function listOrganizations(tenant: Tenant, key: ApiKey, query: URLSearchParams): Answer {
  if (key.mayListOrganizations === false) return refusals.forbidden();
  const opened = tenant.organizations.filter(({ _id }) => key.organizationIds.includes(_id));
  const skip = Number(query.get("skip") ?? 0);
  const limit = Number(query.get("limit") ?? 10);
  if (limit > 100) return refusals.limitTooBig(100);
  return json({ results: opened.slice(skip, skip + limit).map(summary), totalCount: opened.length });
}

/** `GET /organizations/{id}`, with the settings that tell whether System Insights is bought. */
export function oneOrganization(tenant: Tenant, key: ApiKey, id: string): Answer {
  if (key.mayListOrganizations === false) return refusals.forbidden();
  const found = tenant.organizations.find(({ _id }) => _id === id && key.organizationIds.includes(_id));
  if (found === undefined) return refusals.notFound();
  return json({
    ...summary(found),
    created: "2021-03-08T10:00:00.000Z",
    hasCreditCard: true,
    settings: {
      name: found.displayName,
      features: { systemInsights: { enabled: tenant.insightsEnabled } },
    },
  });
}

/** `GET /users/getSelf`: official but not documented; the shape is the Swagger's `userreturn`. */
export function keyOwner(key: ApiKey): Answer {
  if (key.hasSelf === false) return refusals.notFound();
  const [organization] = key.organizationIds;
  const expiry = key.expiresAt === undefined || key.hidesExpiry ? {} : { expireAt: key.expiresAt };
  return json({
    _id: "60a1b2c3d4e5f60718293a4b",
    email: "dana.admin@example.com",
    firstname: "Dana",
    lastname: "Admin",
    organization: organization ?? "",
    ...(key.organizationIds.length > 1 ? { provider: "61f0c1d2e3a4b5968778695a" } : {}),
    role: key.role,
    roleName: key.role,
    roles: [key.role],
    roleNames: [key.role],
    suspended: false,
    apiKeyAllowed: true,
    apiKeySet: true,
    apiKeyUpdatedAt: "2026-08-30T08:00:00.000Z",
    apiKeyHash: { createdAt: "2026-08-30T08:00:00.000Z", prefix: key.value.slice(0, 8), ...expiry },
    enableMultiFactor: true,
    totpEnrolled: true,
    created: "2022-01-10T08:00:00.000Z",
    usersTimeZone: "Asia/Jerusalem",
    sessionCount: 12,
  });
}

function summary({ _id, displayName, logoUrl }: Organization) {
  return { _id, id: _id, displayName, logoUrl: logoUrl ?? "" };
}
