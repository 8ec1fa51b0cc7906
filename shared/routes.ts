import { z } from "zod";
import {
  createPairingSchema,
  pairingSchema,
  redeemedPairingSchema,
  redeemPairingSchema,
  tokenSchema,
} from "./access.ts";
import {
  assetSchema,
  assetSourceSchema,
  assetSummarySchema,
  importAssetsSchema,
  importResultSchema,
} from "./assets.ts";
import { auditEntrySchema } from "./audit.ts";
import {
  checkConnectionSchema,
  connectionCheckSchema,
  connectionSchema,
  createConnectionSchema,
  createdConnectionSchema,
  renewKeySchema,
  updateConnectionSchema,
} from "./connections.ts";
import { listQuerySchema, pageOf } from "./lists.ts";
import type { ProblemCode } from "./problems.ts";
import { assetWithHistorySchema, changeOutcomeSchema, changeSchema, syncSchema } from "./syncs.ts";
import { rotatedVaultSchema, rotateVaultSchema } from "./vault.ts";

/** Who may call: nobody in particular, the operator of the Worker, or a token of at least that role. */
export type RouteAuth = "none" | "operator" | "viewer" | "admin";

export interface Route {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With `{name}` for parameters, as in OpenAPI. */
  path: string;
  summary: string;
  auth: RouteAuth;
  query?: z.ZodType;
  body?: z.ZodType;
  /** A content type the body may have besides JSON. */
  alsoTakes?: "text/csv";
  /** A content type the answer has where the request's `Accept` prefers it: the whole list, whatever its length. */
  alsoGives?: "text/csv";
  /** The answer is a stream of server-sent events that each carry this, until there is nothing more to tell. */
  events?: z.ZodType;
  /** The content type of an answer that is not JSON. */
  gives?: "text/calendar";
  status: 200 | 201 | 202 | 204;
  /** Absent where the answer has no body. */
  answer?: z.ZodType;
  /** The codes it can fail with besides those every call has (bad input, no token, unknown id, too many calls). */
  problems?: readonly ProblemCode[];
}

const flag = z.enum(["true", "false"]).transform((text) => text === "true");
const keyProblems = [
  "invalid_key",
  "wrong_region",
  "organization_required",
  "not_permitted",
  "jumpcloud_unavailable",
  "jumpcloud_rate_limited",
] as const satisfies readonly ProblemCode[];

/** The Worker's HTTP API as data: requests are validated from it and `openapi.json` is made from it. */
export const routes = {
  health: {
    method: "GET",
    path: "/healthz",
    summary: "Says that the Worker serves",
    auth: "none",
    status: 200,
    answer: z.object({ status: z.literal("ok"), version: z.string() }),
  },
  createPairing: {
    method: "POST",
    path: "/v1/pairings",
    summary: "Makes a pairing code: one use, 10 minutes",
    auth: "operator",
    body: createPairingSchema,
    status: 201,
    answer: pairingSchema,
  },
  redeemPairing: {
    method: "POST",
    path: "/v1/pairings/redeem",
    summary: "Exchanges a pairing code for a token",
    auth: "none",
    body: redeemPairingSchema,
    status: 201,
    answer: redeemedPairingSchema,
    problems: ["unauthorized"],
  },
  listTokens: {
    method: "GET",
    path: "/v1/tokens",
    summary: "The workspace's tokens, never their secrets",
    auth: "admin",
    query: listQuerySchema,
    status: 200,
    answer: pageOf(tokenSchema),
  },
  revokeToken: {
    method: "DELETE",
    path: "/v1/tokens/{id}",
    summary: "Revokes a token at once",
    auth: "admin",
    status: 204,
  },
  rotateVault: {
    method: "POST",
    path: "/v1/vault/rotate",
    summary:
      "Re-wraps a portion of the keys under the first master key; repeat with `cursor` until it is null",
    auth: "operator",
    body: rotateVaultSchema,
    status: 200,
    answer: rotatedVaultSchema,
  },
  listAudit: {
    method: "GET",
    path: "/v1/audit",
    summary: "Who did what, when; newest first",
    auth: "admin",
    query: listQuerySchema,
    status: 200,
    answer: pageOf(auditEntrySchema),
  },
  checkConnection: {
    method: "POST",
    path: "/v1/connections/check",
    summary: "Checks a key with JumpCloud and stores nothing",
    auth: "admin",
    body: checkConnectionSchema,
    status: 200,
    answer: connectionCheckSchema,
    problems: keyProblems,
  },
  createConnection: {
    method: "POST",
    path: "/v1/connections",
    summary: "Checks and keeps a key, and starts the first sync",
    auth: "admin",
    body: createConnectionSchema,
    status: 201,
    answer: createdConnectionSchema,
    problems: [...keyProblems, "already_connected"],
  },
  listConnections: {
    method: "GET",
    path: "/v1/connections",
    summary: "The workspace's connections",
    auth: "viewer",
    query: listQuerySchema,
    status: 200,
    answer: pageOf(connectionSchema),
  },
  getConnection: {
    method: "GET",
    path: "/v1/connections/{id}",
    summary: "One connection, without its key",
    auth: "viewer",
    status: 200,
    answer: connectionSchema,
  },
  updateConnection: {
    method: "PATCH",
    path: "/v1/connections/{id}",
    summary: "Changes mode, schedule, pause or the key's expiry date",
    auth: "admin",
    body: updateConnectionSchema,
    status: 200,
    answer: connectionSchema,
  },
  renewKey: {
    method: "PUT",
    path: "/v1/connections/{id}/key",
    summary: "Replaces the key by a newer one of the same organization",
    auth: "admin",
    body: renewKeySchema,
    status: 200,
    answer: connectionSchema,
    problems: [...keyProblems, "other_organization"],
  },
  deleteConnection: {
    method: "DELETE",
    path: "/v1/connections/{id}",
    summary: "Forgets the key at once; assets stay, unlinked",
    auth: "admin",
    status: 204,
  },
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
  listAssets: {
    method: "GET",
    path: "/v1/assets",
    summary: "The workspace's assets",
    auth: "viewer",
    query: listQuerySchema.extend({
      q: z.string().max(200).optional(),
      source: assetSourceSchema.optional(),
      missing: flag.optional(),
    }),
    alsoGives: "text/csv",
    status: 200,
    answer: pageOf(assetSchema),
  },
  summarizeAssets: {
    method: "GET",
    path: "/v1/assets/summary",
    summary: "How many assets there are, and of what kind",
    auth: "viewer",
    status: 200,
    answer: assetSummarySchema,
  },
  getAsset: {
    method: "GET",
    path: "/v1/assets/{id}",
    summary: "One asset with what syncs did to it, the newest first",
    auth: "viewer",
    status: 200,
    answer: assetWithHistorySchema,
  },
  importAssets: {
    method: "POST",
    path: "/v1/assets/import",
    summary: "Adds and updates existing Dots assets by id: all of them, or none",
    auth: "admin",
    body: importAssetsSchema,
    alsoTakes: "text/csv",
    status: 200,
    answer: importResultSchema,
    problems: ["invalid_import"],
  },
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
