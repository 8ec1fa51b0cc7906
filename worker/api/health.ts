import { version } from "../../package.json";
import { type App, endpoint } from "./endpoint.ts";
import { describeApi } from "./openapi.ts";

/** `/healthz` and `/openapi.json`: what anybody may know. */
export function serveHealth(app: App): void {
  endpoint(app, "health", async () => ({ status: "ok" as const, version }));
  app.get("/openapi.json", (context) => context.json(describeApi(version)));
}
