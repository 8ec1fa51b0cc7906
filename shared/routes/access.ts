import {
  createPairingSchema,
  pairingSchema,
  redeemedPairingSchema,
  redeemPairingSchema,
  tokenSchema,
} from "../access.ts";
import { auditEntrySchema } from "../audit.ts";
import { listQuerySchema, pageOf } from "../lists.ts";
import type { Route } from "./route.ts";

/** Who gets in, and who did what. */
export const accessRoutes = {
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
    summary: "Revokes a token at once; `self` is the one that asks. A viewer may revoke no other",
    auth: "viewer",
    status: 204,
    problems: ["forbidden"],
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
} as const satisfies Record<string, Route>;
