import { Hono } from "hono";
import { cors } from "hono/cors";
import { secureHeaders } from "hono/secure-headers";
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
import { serveSyncs } from "./syncs.ts";
import { serveVault } from "./vault.ts";

/** The Worker's HTTP API: every resource mounted, every failure answered as problem+json. */
export function createApp(): Hono<{ Bindings: Env }> {
  const app = new Hono<{ Bindings: Env }>();
  app.use(secureHeaders({ referrerPolicy: "no-referrer", xFrameOptions: "DENY" }));
  app.use(
    cors({
      // Tokens travel in a header, so no origin has any power of its own; only extensions need to call at all.
      origin: (origin) => (/^(chrome|moz)-extension:\/\/[\w-]+$/.test(origin) ? origin : null),
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
    await next();
    await drain(context.req.raw);
    context.header("cache-control", "no-store");
  });
  serveHealth(app);
  servePairing(app);
  serveConnectionKeys(app);
  serveConnections(app);
  serveSyncs(app);
  serveAssets(app);
  serveAudit(app);
  serveVault(app);
  app.notFound(() => {
    throw new Problem("not_found");
  });
  app.onError(answerProblem);
  return app;
}
