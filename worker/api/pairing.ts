import { addressOf, spendCall } from "../access/limits.ts";
import { createPairing, redeemPairing } from "../access/pairing.ts";
import { Problem } from "../problem.ts";
import { type App, endpoint } from "./endpoint.ts";
import { pairPage } from "./pair-page.ts";

/** Pairing codes and the tokens they are exchanged for. */
export function servePairing(app: App): void {
  endpoint(app, "createPairing", async ({ env, body, request, now }) => {
    const { code, expiresAt } = await createPairing(env.DB, body.workspace, body.role, now);
    return { code, link: `${new URL(request.url).origin}/pair#${code}`, expiresAt };
  });

  endpoint(app, "redeemPairing", async ({ env, settings, body, request, now }) => {
    try {
      const origin = request.headers.get("origin");
      if (origin !== null && !settings.isExtensionOrigin(origin)) throw new Problem("unauthorized");
      return await redeemPairing(env.DB, body.code, { label: body.label, origin }, now);
    } catch (error) {
      // Only failures count against an address: whoever holds a good code is never held up.
      await spendCall(env.GUESSES_BY_ADDRESS, addressOf(request));
      throw error;
    }
  });

  endpoint(app, "listTokens", async ({ register, query }) => {
    return await register.tokens.list(query.limit, query.cursor);
  });

  endpoint(app, "revokeToken", async ({ register, actor, id, note }) => {
    const own = actor.by.kind === "token" ? actor.by.id : undefined;
    const token = id === "self" && own !== undefined ? own : id;
    if (token !== own && actor.role !== "admin") throw new Problem("forbidden");
    const revoked = note("token.revoked", { details: { token } });
    if (!(await register.tokens.revoke(token, revoked))) throw new Problem("not_found");
    return undefined;
  });

  app.get("/pair", async (context) => {
    const { html, policy } = await pairPage(context.req.header("accept-language"));
    return context.html(html, 200, { "content-security-policy": policy });
  });
}
