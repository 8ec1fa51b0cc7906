import { keyOfFeed, newFeed, workspaceOfFeed } from "../access/reminder-feed.ts";
import { keyCalendar } from "../notify/calendar.ts";
import { Problem } from "../problem.ts";
import { Register } from "../register/register.ts";
import { type App, endpoint } from "./endpoint.ts";

/** The most connections a calendar tells of; a workspace has a handful. */
const mostConnections = 500;

/** The calendar of key expiries, and the address it has. */
export function serveReminders(app: App): void {
  endpoint(app, "openReminders", async ({ register, request, note, now }) => {
    const address = new URL("/v1/reminders.ics", request.url);
    const feed = await register.reminderFeeds.open(newFeed(now), note("reminders.opened"));
    address.searchParams.set("key", keyOfFeed(feed));
    return { address: address.href };
  });

  endpoint(app, "closeReminders", async ({ register, note }) => {
    await register.reminderFeeds.close(note("reminders.closed"));
    return undefined;
  });

  endpoint(app, "readReminders", async ({ env, query, now }) => {
    const workspace = await workspaceOfFeed(env.DB, query.key);
    if (workspace === undefined)
      throw new Problem("not_found", {
        detail: "This calendar address opens nothing. It may have been replaced: copy it anew in Dots.",
      });
    const { items } = await new Register(env.DB, workspace).connections.list(mostConnections, undefined);
    return keyCalendar(items, now);
  });
}
