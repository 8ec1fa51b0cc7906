import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { vi } from "vitest";
import worker from "../../worker/index.ts";
import type { Call } from "../simulator/routes.ts";
import { createApi } from "../simulator/routes.ts";
import { apiKey, buildTenant, type System } from "../simulator/tenant.ts";

/** A row as JumpCloud's list gives it, in whatever order and however often. */
export type ListedRow = Record<string, unknown> & { _id: string };

export interface SimulatedJumpCloud {
  /** The key of the n-th organization. */
  keys: readonly [string, string];
  /** What the n-th organization's list gives from now on, row by row. */
  list(organization: 0 | 1, rows: readonly ListedRow[]): void;
}

const organizations = [
  { _id: "5f1a2b3c4d5e6f7081920a01", displayName: "Acme Ltd" },
  { _id: "5f1a2b3c4d5e6f7081920a02", displayName: "Beta Inc." },
] as const;
const keys = ["jca_KeyOfAcme".padEnd(40, "7"), "jca_KeyOfBeta".padEnd(40, "7")] as const;
export const workerOrigin = "http://worker.test";

/**
 * Puts the simulator's JumpCloud where the Worker's requests leave, and the Worker where a test's arrive: all
 * between is real. The list of systems answers in the order a test says, whatever sort is asked for.
 */
export function simulateJumpCloud(): SimulatedJumpCloud {
  const lists: [readonly ListedRow[], readonly ListedRow[]] = [[], []];
  const tenant = buildTenant({
    systems: [],
    insightsEnabled: false,
    organizations: structuredClone([...organizations]),
    keys: organizations.map(({ _id }, index) => apiKey({ value: keys[index] ?? "", organizationIds: [_id] })),
  });
  const api = createApi(tenant);
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (url.origin === workerOrigin)
      return await worker.fetch(request as Parameters<typeof worker.fetch>[0], env, createExecutionContext());
    const call = await readCall(request, url);
    const organization = keys.indexOf(call.apiKey ?? "");
    const rows = lists[organization];
    const isList = rows !== undefined && url.pathname === "/api/systems" && !url.searchParams.has("filter");
    if (isList) return Response.json(pageOf(rows, url.searchParams));
    const { status, body, headers } = api(call);
    return new Response(body, { status, headers });
  });
  return {
    keys,
    list(organization, rows) {
      lists[organization] = rows;
      tenant.systems = lists.flatMap((listed, index) => systemsOf(listed, organizations[index]?._id ?? ""));
    },
  };
}

/** Rows that come twice take no place of their own: the total counts devices. */
function pageOf(rows: readonly ListedRow[], query: URLSearchParams) {
  const [skip, limit] = [Number(query.get("skip")), Number(query.get("limit"))];
  const totalCount = new Set(rows.map(({ _id }) => _id)).size;
  const isLast = skip + limit >= totalCount;
  return { results: rows.slice(skip, isLast ? undefined : skip + limit), totalCount };
}

function systemsOf(rows: readonly ListedRow[], organization: string): System[] {
  return [...new Map(rows.map((row) => [row._id, row])).values()].map((row) => ({
    ...row,
    id: row._id,
    organization,
  }));
}

async function readCall(request: Request, url: URL): Promise<Call> {
  const header = (name: string) => request.headers.get(name) ?? undefined;
  return {
    method: request.method,
    url,
    apiKey: header("x-api-key"),
    orgId: header("x-org-id"),
    region: header("x-simulated-region"),
    body: await request.text(),
  };
}
