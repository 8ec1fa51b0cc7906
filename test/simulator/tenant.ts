import { demoKeys, demoOrganizations } from "./demo-keys.ts";
import { fleet } from "./fleet.ts";
import { insightsOf, type SystemInsights } from "./insights.ts";

export type Region = "us" | "eu" | "in";

export interface Organization {
  _id: string;
  displayName: string;
  logoUrl?: string;
}

/** An API key and what JumpCloud lets its owner do. */
export interface ApiKey {
  value: string;
  /** A key works in one region only; elsewhere it is an ordinary 401 (FACTS.md, section 1). */
  region: Region;
  role: string;
  /** More than one makes it a multi-tenant key, which must name the organization in `x-org-id`. */
  organizationIds: string[];
  /** Past this moment the key is refused. `/users/getSelf` tells it unless `hidesExpiry` is set. */
  expiresAt?: string;
  hidesExpiry?: boolean;
  state: "valid" | "expired" | "revoked" | "disabled";
  /** False: `GET /systems` is 403 although search and organizations answer, as for a Command Runner. */
  mayListDevices: boolean;
  /** False: `GET /organizations` is 403, as for some service accounts. */
  mayListOrganizations?: boolean;
  /** False: `GET /users/getSelf` is 404; it is not documented (FACTS.md, section 6). */
  hasSelf?: boolean;
}

/** A JumpCloud system. Nothing but its identity is required (FACTS.md, section 3). */
export interface System {
  _id: string;
  id: string;
  organization: string;
  serialNumber?: string | null;
  hostname?: string | null;
  displayName?: string | null;
  os?: string | null;
  osFamily?: string | null;
  version?: string | null;
  hwVendor?: string | null;
  agentVersion?: string | null;
  active?: boolean | null;
  lastContact?: string | null;
  created?: string | null;
  description?: string | null;
  fde?: { active?: boolean | null; keyPresent?: boolean | null } | null;
  primarySystemUser?: Record<string, unknown> | null;
  [field: string]: unknown;
}

/** All that the simulated JumpCloud knows: plain data, to be changed at will while it is being served. */
export interface Tenant {
  organizations: Organization[];
  keys: ApiKey[];
  systems: System[];
  systemInsights: SystemInsights;
  /** What an unlicensed organization answers is not documented; `insightsRefusal` is its status. */
  insightsEnabled: boolean;
  insightsRefusal: 402 | 403;
}

export interface TenantOptions {
  devices?: number;
  seed?: number;
  systems?: System[];
  keys?: ApiKey[];
  organizations?: Organization[];
  insightsEnabled?: boolean;
}

/** Gives a tenant: the demo organizations and keys with a generated fleet, each replaced by what is handed in. */
export function buildTenant(options: TenantOptions = {}): Tenant {
  const { devices = 1000, seed = 1, insightsEnabled = true } = options;
  const systems = options.systems ?? demoSystems(devices, seed);
  return {
    organizations: options.organizations ?? structuredClone(demoOrganizations),
    keys: options.keys ?? demoKeys(),
    systems,
    systemInsights: insightsOf(systems, seed),
    insightsEnabled,
    insightsRefusal: 403,
  };
}

/** Replaces the fleet and its hardware rows; keys and organizations stay. */
export function replaceFleet(tenant: Tenant, devices: number, seed: number): void {
  tenant.systems = demoSystems(devices, seed);
  tenant.systemInsights = insightsOf(tenant.systems, seed);
}

/** Adds freshly enrolled devices to the first organization; gives them back. */
export function enroll(tenant: Tenant, count: number, seed: number): System[] {
  const organization = tenant.organizations[0]?._id ?? "";
  const enrolled = fleet({ count, seed, organization, firstIndex: 500_000 + tenant.systems.length });
  tenant.systems = tenant.systems.concat(enrolled);
  for (const [table, rows] of Object.entries(insightsOf(enrolled, seed))) {
    const known = tenant.systemInsights[table as keyof SystemInsights];
    for (const row of rows) known.push(row);
  }
  return enrolled;
}

/** One system of a test's own; `id` follows `_id`. */
export function system(fields: Partial<System> & { _id: string }): System {
  const organization = demoOrganizations[0]?._id ?? "";
  return { id: fields._id, organization, os: "Windows", osFamily: "windows", active: true, ...fields };
}

/** One key of a test's own: a valid Administrator's key of the first organization unless said otherwise. */
export function apiKey(fields: Partial<ApiKey> & { value: string }): ApiKey {
  const organizationIds = demoOrganizations.slice(0, 1).map(({ _id }) => _id);
  return {
    region: "us",
    role: "Administrator",
    organizationIds,
    state: "valid",
    mayListDevices: true,
    ...fields,
  };
}

/** Most devices belong to the first organization; each of the others has a small fleet of its own. */
function demoSystems(devices: number, seed: number): System[] {
  return demoOrganizations.flatMap(({ _id }, index) => {
    const count = index === 0 ? devices : 30 + 10 * index;
    return fleet({ count, seed: seed + index, organization: _id, firstIndex: index * 1_000_000 });
  });
}
