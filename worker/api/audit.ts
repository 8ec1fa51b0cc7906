import { type App, endpoint } from "./endpoint.ts";

/** Who did what in the workspace, when. */
export function serveAudit(app: App): void {
  endpoint(app, "listAudit", async ({ register, query }) => {
    return await register.audit.list(query.limit, query.cursor);
  });
}
