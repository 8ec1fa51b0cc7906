import { z } from "zod";
import type { Route } from "./route.ts";

/** The calendar of key expiries. */
export const reminderRoutes = {
  openReminders: {
    method: "POST",
    path: "/v1/reminders",
    summary: "The address of the calendar of key expiries, made where there is none; who has it can read it",
    auth: "admin",
    status: 200,
    answer: z.object({ address: z.url() }),
  },
  closeReminders: {
    method: "DELETE",
    path: "/v1/reminders",
    summary: "Ends the calendar's address; the next one is another",
    auth: "admin",
    status: 204,
  },
  readReminders: {
    method: "GET",
    path: "/v1/reminders.ics",
    summary: "When the keys end, as a calendar: 14, 7, 1 and 0 days before",
    auth: "none",
    query: z.strictObject({ key: z.string().min(1).max(200) }),
    gives: "text/calendar",
    status: 200,
    answer: z.string(),
    problems: ["not_found"],
  },
} as const satisfies Record<string, Route>;
