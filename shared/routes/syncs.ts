import { listQuerySchema, pageOf } from "../lists.ts";
import { changeOutcomeSchema, changeSchema, syncSchema } from "../syncs.ts";
import type { Route } from "./route.ts";

/** Syncs, previews and undos: starting them, following them, and what they did. */
export const syncRoutes = {
  startPreview: {
    method: "POST",
    path: "/v1/connections/{id}/preview",
    summary: "Shows what a sync would do now, device by device, and writes nothing to the register",
    auth: "admin",
    status: 202,
    answer: syncSchema,
    problems: ["sync_running", "needs_key"],
  },
  startSync: {
    method: "POST",
    path: "/v1/connections/{id}/syncs",
    summary: "Starts a sync",
    auth: "admin",
    status: 202,
    answer: syncSchema,
    problems: ["sync_running", "needs_key"],
  },
  listSyncs: {
    method: "GET",
    path: "/v1/connections/{id}/syncs",
    summary: "A connection's syncs, newest first",
    auth: "viewer",
    query: listQuerySchema,
    status: 200,
    answer: pageOf(syncSchema),
  },
  getSync: {
    method: "GET",
    path: "/v1/syncs/{id}",
    summary: "One sync with its progress and counts",
    auth: "viewer",
    status: 200,
    answer: syncSchema,
  },
  watchSync: {
    method: "GET",
    path: "/v1/syncs/{id}/events",
    summary:
      "Tells how a sync goes: events named sync, the first at once, the last when it has ended. Ask again where the stream breaks",
    auth: "viewer",
    events: syncSchema,
    status: 200,
  },
  cancelSync: {
    method: "POST",
    path: "/v1/syncs/{id}/cancel",
    summary: "Stops a sync; what it wrote stays as it is, whole assets only. An ended sync stays as it ended",
    auth: "admin",
    status: 200,
    answer: syncSchema,
  },
  undoSync: {
    method: "POST",
    path: "/v1/syncs/{id}/undo",
    summary:
      "Puts back what a sync wrote, except fields changed since, which it lists. The connection's next sync would write it again: pause the connection or change its mode first",
    auth: "admin",
    status: 202,
    answer: syncSchema,
    problems: ["sync_running", "invalid_request"],
  },
  listChanges: {
    method: "GET",
    path: "/v1/syncs/{id}/changes",
    summary: "What a sync did, device by device",
    auth: "viewer",
    query: listQuerySchema.extend({ outcome: changeOutcomeSchema.optional() }),
    alsoGives: "text/csv",
    status: 200,
    answer: pageOf(changeSchema),
  },
} as const satisfies Record<string, Route>;
