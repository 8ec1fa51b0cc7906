import type { Context } from "hono";
import type { Route } from "../../shared/routes/route.ts";
import type { Actor } from "../access/actor.ts";
import { identifyByAccess } from "../access/cloudflare-access.ts";
import { addressOf, spendCall } from "../access/limits.ts";
import { isSameSecret } from "../access/secrets.ts";
import { bearerToken, identify } from "../access/tokens.ts";
import type { Env, Settings } from "../env.ts";
import { Problem } from "../problem.ts";

/**
 * Lets a call of a route in, or throws `unauthorized`, `forbidden` or `rate_limited`. Gives who acts for a workspace;
 * nobody where the route asks for no token, or for the operator's.
 */
export async function authorize(
  route: Route,
  context: Context<{ Bindings: Env }>,
  settings: Settings,
  now: Date,
): Promise<Actor | undefined> {
  const authorization = context.req.header("authorization");
  if (route.auth === "none") return undefined;
  if (route.auth === "operator") {
    if (await isSameSecret(bearerToken(authorization), settings.operatorToken)) return undefined;
    // The operator's token may be a person's choice, not 256 random bits.
    await spendCall(context.env.GUESSES_BY_ADDRESS, addressOf(context.req.raw));
    throw new Problem("unauthorized", {
      detail: "This call takes the operator's token: send OPERATOR_TOKEN as Bearer.",
    });
  }
  const actor = await identifyCaller(context, settings, now);
  if (actor === undefined) throw new Problem("unauthorized");
  await spendCall(context.env.CALLS_BY_TOKEN, `${actor.by.kind}:${actor.by.id ?? actor.by.label}`);
  if (route.auth === "admin" && actor.role !== "admin") throw new Problem("forbidden");
  return actor;
}

/** A token speaks for itself; without one, Cloudflare Access may. */
async function identifyCaller(
  context: Context<{ Bindings: Env }>,
  settings: Settings,
  now: Date,
): Promise<Actor | undefined> {
  const authorization = context.req.header("authorization");
  const origin = context.req.header("origin");
  if (authorization !== undefined) return await identify(context.env.DB, authorization, origin, now);
  const assertion = context.req.header("cf-access-jwt-assertion");
  if (settings.access === undefined || assertion === undefined) return undefined;
  // The browser sends Access' cookie by itself, on behalf of whatever page asks: only our own may.
  const isOurs = origin === undefined || origin === new URL(context.req.url).origin;
  if (!isOurs && !settings.isExtensionOrigin(origin)) return undefined;
  return await identifyByAccess(settings.access, assertion, now);
}
