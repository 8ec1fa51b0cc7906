import type { Context, Hono } from "hono";
import { accepts } from "hono/accepts";
import type { z } from "zod";
import type { AuditEvent } from "../../shared/audit.ts";
import type { Route } from "../../shared/routes/route.ts";
import { type RouteName, routes } from "../../shared/routes.ts";
import type { Actor } from "../access/actor.ts";
import { type Env, readSettings, type Settings } from "../env.ts";
import { Problem } from "../problem.ts";
import type { AuditNote } from "../register/audit.ts";
import { Register } from "../register/register.ts";
import { openVault, type Vault } from "../vault/vault.ts";
import { authorize } from "./authorize.ts";
import { largestJsonBytes, mediaType, parseJson, readText } from "./body.ts";
import { untilRevoked } from "./until-revoked.ts";

export type App = Hono<{ Bindings: Env }>;

type RouteOf<N extends RouteName> = (typeof routes)[N];
type Parsed<N extends RouteName, Part extends "body" | "query"> =
  RouteOf<N> extends {
    [P in Part]: infer S extends z.ZodType;
  }
    ? z.output<S>
    : undefined;
type Answer<N extends RouteName> =
  | (RouteOf<N> extends { answer: infer S extends z.ZodType } ? z.input<S> : undefined)
  | (RouteOf<N> extends { alsoGives: string } | { events: z.ZodType } ? Response : never);

type ActsForWorkspace<N extends RouteName> = RouteOf<N>["auth"] extends "viewer" | "admin" ? true : false;

/** What a handler gets: everything checked, nothing raw but the request itself. */
export interface Call<N extends RouteName> {
  /**
   * Without database, KV and secrets where somebody acts for a workspace: `register` and `vault` are the only way in.
   */
  env: ActsForWorkspace<N> extends true ? Omit<Env, "DB" | "VAULT" | "VAULT_KEYS" | "OPERATOR_TOKEN"> : Env;
  settings: ActsForWorkspace<N> extends true ? Omit<Settings, "masterKeys" | "operatorToken"> : Settings;
  actor: ActsForWorkspace<N> extends true ? Actor : undefined;
  register: ActsForWorkspace<N> extends true ? Register : undefined;
  vault: Vault;
  /** What the audit is told of this call, with the actor and the time filled in. */
  note: (event: AuditEvent, rest?: Omit<AuditNote, "event" | "actor" | "at">) => AuditNote;
  /** The `{id}` of the path; empty where the path has none. */
  id: string;
  query: Parsed<N, "query">;
  body: Parsed<N, "body">;
  /** Whether the request would rather have the type that the route gives besides JSON. */
  wantsOther: boolean;
  request: Request;
  now: Date;
}

/**
 * Serves one route of `shared/routes.ts`: who may call, what may come in and what status goes out are read
 * from there; the handler only does the work. A route that takes another type besides JSON reads its own body.
 */
export function endpoint<N extends RouteName>(
  app: App,
  name: N,
  handle: (call: Call<N>) => Promise<Answer<N>>,
): void {
  const route: Route = routes[name];
  const path = route.path.replace(/\{(\w+)\}/g, ":$1");
  app.on(route.method, path, async (context) => {
    const settings = readSettings(context.env);
    const now = new Date();
    const actor = await authorize(route, context, settings, now);
    const query = route.query === undefined ? undefined : check(route.query, readQuery(context), "query");
    const body =
      route.body === undefined || route.alsoTakes
        ? undefined
        : check(route.body, await readJson(context), "");
    // The types above are those of the schemas just checked; a table of routes cannot say so to the compiler.
    const call = {
      env: context.env,
      settings,
      actor,
      vault: openVault(context.env, settings),
      note: (event: AuditEvent, rest = {}) => ({
        event,
        actor: actor?.by ?? { kind: "operator" },
        at: now.toISOString(),
        ...rest,
      }),
      register: actor && new Register(context.env.DB, actor.workspace),
      id: context.req.param("id") ?? "",
      query,
      body,
      wantsOther: route.alsoGives !== undefined && prefers(context, route.alsoGives),
      request: context.req.raw,
      now,
    };
    const answer = await handle(call as unknown as Call<N>);
    if (answer instanceof Response)
      return call.actor && call.register ? untilRevoked(answer, call.actor, call.register) : answer;
    if (route.answer === undefined) return context.body(null, route.status as 204);
    if (route.gives !== undefined)
      return context.body(String(answer), route.status as 200, {
        "content-type": `${route.gives}; charset=utf-8`,
      });
    return context.json(answer as object, route.status as 200);
  });
}

/** Whether `Accept` puts this type above JSON (RFC 9110, section 12.5.1); a mere "anything" does not. */
function prefers(context: Context, type: string): boolean {
  const json = "application/json";
  const match = (ranges: { type: string; q: number }[]) => {
    const rangeOf = (name: string) => ranges.find((range) => range.type.toLowerCase() === name);
    const weigh = (name: string) =>
      (rangeOf(name) ?? rangeOf(name.replace(/\/.*/, "/*")) ?? rangeOf("*/*"))?.q ?? 0;
    const isNamed = (rangeOf(type)?.q ?? 0) > 0 && rangeOf(json) === undefined;
    return weigh(type) > weigh(json) || (isNamed && weigh(type) === weigh(json)) ? type : json;
  };
  return accepts(context, { header: "Accept", supports: [json, type], default: json, match }) === type;
}

/** Throws `invalid_request` that names each field and what is wrong with it, never what was sent. */
export function check<S extends z.ZodType>(schema: S, value: unknown, where: string): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.slice(0, 20).map((issue) => ({
    field: [where, ...issue.path.map(String)]
      .filter((part) => part !== "")
      .join(".")
      .slice(0, 100),
    message:
      issue.code === "unrecognized_keys" ? "This field is not known here. Leave it out." : issue.message,
  }));
  const [first] = errors;
  const place = first?.field ? `"${first.field}": ` : "";
  throw new Problem("invalid_request", {
    detail: `The request is not valid. ${place}${first?.message ?? ""}`,
    errors,
  });
}

async function readJson(context: Context): Promise<unknown> {
  const request = context.req.raw;
  const text = await readText(request, largestJsonBytes);
  if (mediaType(request) !== "application/json") {
    throw new Problem("invalid_request", {
      detail: "Send the body as JSON, with content-type: application/json.",
    });
  }
  return parseJson(text);
}

/** A parameter that comes twice would mean one thing here and another there. */
function readQuery(context: Context): Record<string, string> {
  const all = context.req.queries();
  const query: Record<string, string> = {};
  for (const [name, values] of Object.entries(all)) {
    const [value, second] = values;
    if (second !== undefined)
      throw new Problem("invalid_request", { detail: "A query parameter is given twice." });
    if (value !== undefined) query[name] = value;
  }
  return query;
}
