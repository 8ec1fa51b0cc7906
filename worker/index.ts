import { createApp } from "./api/app.ts";
import type { Env } from "./env.ts";
import { tick } from "./schedule/tick.ts";

export { OrganizationLimit } from "./jumpcloud/organization-limit.ts";
export { SyncRun } from "./sync/run.ts";

const app = createApp();

/** The Worker's doors: requests, the cron, and the run's class. */
export default {
  fetch: app.fetch,
  async scheduled(event, env) {
    await tick(env, new Date(event.scheduledTime));
  },
} satisfies ExportedHandler<Env>;
