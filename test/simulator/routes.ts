import { type Access, enter, type RouteScope } from "./access.ts";
import { keyOwner, listOrganizations, oneOrganization } from "./account.ts";
import { type Answer, loginPage, refusals } from "./answers.ts";
import { SystemLists } from "./list-systems.ts";
import { searchSystems } from "./search-systems.ts";
import { SystemInsightsTables } from "./system-insights.ts";
import type { Tenant } from "./tenant.ts";

/** A request, read. */
export interface Call {
  method: string;
  url: URL;
  apiKey: string | undefined;
  orgId: string | undefined;
  region: string | undefined;
  body: string;
}

interface Route {
  pattern: RegExp;
  method: "GET" | "POST";
  scope: RouteScope;
  answer(access: Access, parameter: string, call: Call): Answer;
}

/** JumpCloud's API over a tenant: gives the answer to a call. Anything that could change something is 405. */
export function createApi(tenant: Tenant): (call: Call) => Answer {
  const lists = new SystemLists(tenant);
  const insights = new SystemInsightsTables(tenant);
  const devices = (answer: Route["answer"]): Route["answer"] => {
    return (access, parameter, call) =>
      access.key.mayListDevices ? answer(access, parameter, call) : refusals.forbidden();
  };
  const routes: Route[] = [
    {
      pattern: /^\/api\/systems$/,
      method: "GET",
      scope: "organization",
      answer: devices(({ organizationId }, _, { url }) => lists.list(organizationId, url.searchParams)),
    },
    {
      pattern: /^\/api\/systems\/([^/]+)$/,
      method: "GET",
      scope: "organization",
      answer: devices(({ organizationId }, id, { url }) => lists.one(organizationId, id, url.searchParams)),
    },
    {
      pattern: /^\/api\/search\/systems$/,
      method: "POST",
      scope: "organization",
      answer: ({ organizationId }, _, { body }) => searchSystems(lists, organizationId, body),
    },
    {
      pattern: /^\/api\/v2\/systeminsights\/([^/]+)$/,
      method: "GET",
      scope: "organization",
      answer: devices(({ organizationId }, table, { url }) =>
        insights.rows(organizationId, table, url.searchParams),
      ),
    },
    {
      pattern: /^\/api\/organizations$/,
      method: "GET",
      scope: "account",
      answer: ({ key }, _, { url }) => listOrganizations(tenant, key, url.searchParams),
    },
    {
      pattern: /^\/api\/organizations\/([^/]+)$/,
      method: "GET",
      scope: "account",
      answer: ({ key }, id) => oneOrganization(tenant, key, id),
    },
    {
      pattern: /^\/api\/users\/getSelf$/,
      method: "GET",
      scope: "account",
      answer: ({ key }) => keyOwner(key),
    },
  ];
  return (call) => {
    const path = call.url.pathname;
    if (path === "/login") return loginPage;
    if (!path.startsWith("/api/")) return refusals.notFound();
    const matching = routes.filter(({ pattern }) => pattern.test(path));
    const entry = enter(tenant, call, matching[0]?.scope ?? "organization");
    if (entry.kind === "refused") return entry.answer;
    const route = matching.find(({ method }) => method === call.method);
    if (route === undefined) return matching.length > 0 ? refusals.notAllowed() : unknownPath(call.method);
    return route.answer(entry.access, route.pattern.exec(path)?.[1] ?? "", call);
  };
}

function unknownPath(method: string): Answer {
  return method === "GET" || method === "HEAD" ? refusals.notFound() : refusals.notAllowed();
}
