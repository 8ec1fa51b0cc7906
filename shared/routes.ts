import type { z } from "zod";
import { accessRoutes } from "./routes/access.ts";
import { assetRoutes } from "./routes/assets.ts";
import { connectionRoutes } from "./routes/connections.ts";
import { reminderRoutes } from "./routes/reminders.ts";
import { syncRoutes } from "./routes/syncs.ts";
import { workerRoutes } from "./routes/worker.ts";

/** The Worker's HTTP API as data: requests are validated from it and `openapi.json` is made from it. */
export const routes = {
  ...workerRoutes,
  ...accessRoutes,
  ...connectionRoutes,
  ...syncRoutes,
  ...assetRoutes,
  ...reminderRoutes,
} as const;

export type RouteName = keyof typeof routes;

/** What a call sends and gets, as TypeScript types. */
export type RouteBody<N extends RouteName> = (typeof routes)[N] extends { body: infer S extends z.ZodType }
  ? z.input<S>
  : undefined;
export type RouteAnswer<N extends RouteName> = (typeof routes)[N] extends {
  answer: infer S extends z.ZodType;
}
  ? z.output<S>
  : undefined;
