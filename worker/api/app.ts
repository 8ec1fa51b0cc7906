import { Hono } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
import { extensionOrigins } from "../access/extension-origins.ts";
import { addressOf, spendCall } from "../access/limits.ts";
import { type Env, readSettings } from "../env.ts";
import { Problem } from "../problem.ts";
import { serveAssets } from "./assets.ts";
import { serveAudit } from "./audit.ts";
import { drain } from "./body.ts";
import { serveConnectionKeys } from "./connection-keys.ts";
import { serveConnections } from "./connections.ts";
import { serveHealth } from "./health.ts";
import { servePairing } from "./pairing.ts";
import { answerProblem } from "./problem.ts";
import { serveReminders } from "./reminders.ts";
import { serveSyncs } from "./syncs.ts";
import { serveVault } from "./vault.ts";

/** The Worker's HTTP API: every resource mounted, every failure answered as problem+json. */
export function createApp(): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>();
  app.use(
    secureHeaders({
      referrerPolicy: "no-referrer",
      xFrameOptions: "DENY",
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      // The one page there is names its style sheet itself.
      overwrite: false,
    }),
  );
  app.use(async (context, next) => {
    await next();
    context.header("cache-control", "no-store");
  });
  app.use(
    cors({
      // Tokens travel in a header, so no origin has any power of its own; only the extension needs to call at all.
      origin: (origin, context) => (isExtensionOrigin(context.env, origin) ? origin : null),
      allowMethods: ["GET", "POST", "PUT", "PATCH", "DELETE"],
      allowHeaders: ["authorization", "content-type"],
      exposeHeaders: ["retry-after"],
      maxAge: 7200,
    }),
  );
  app.use(async (context, next) => {
    try {
      readSettings(context.env);
    } catch (error) {
      console.error(
        JSON.stringify({ event: "settings.wrong", message: error instanceof Error ? error.message : "" }),
      );
      throw new Problem("not_configured");
    }
    try {
      refusePlainHttp(context.env, context.req.url);
      await spendCall(context.env.CALLS_BY_ADDRESS, addressOf(context.req.raw));
      await next();
    } finally {
      await drain(context.req.raw);
    }
  });
  serveHealth(app);
  servePairing(app);
  serveConnectionKeys(app);
  serveConnections(app);
  serveSyncs(app);
  serveAssets(app);
  serveAudit(app);
  serveVault(app);
  serveReminders(app);
  app.notFound(() => {
    throw new Problem("not_found");
  });
  app.onError(answerProblem);
  return app;
}

/** Cloudflare serves a Worker over plain http too, unless its zone says otherwise; no redirect, or nobody would notice. */
function refusePlainHttp(env: Env, url: string): void {
  if (env.ENVIRONMENT === "local" || new URL(url).protocol === "https:") return;
  const detail =
    "Call this Worker over https. What was sent has travelled in the clear: if a token was with it, revoke it.";
  throw new Problem("invalid_request", { detail });
}

/** A setting that is wrong opens to nobody; the call itself then says that the Worker is not set up. */
function isExtensionOrigin(env: Env, origin: string): boolean {
  try {
    return extensionOrigins(env.EXTENSION_ORIGINS)(origin);
  } catch {
    return false;
  }
}
