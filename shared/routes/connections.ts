import {
  checkConnectionSchema,
  connectionCheckSchema,
  connectionSchema,
  createConnectionSchema,
  createdConnectionSchema,
  renewKeySchema,
  updateConnectionSchema,
} from "../connections.ts";
import { listQuerySchema, pageOf } from "../lists.ts";
import type { ProblemCode } from "../problems.ts";
import type { Route } from "./route.ts";

const keyProblems = [
  "invalid_key",
  "wrong_region",
  "organization_required",
  "not_permitted",
  "jumpcloud_unavailable",
  "jumpcloud_rate_limited",
] as const satisfies readonly ProblemCode[];

/** Connections to JumpCloud and the custody of their keys. */
export const connectionRoutes = {
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
} as const satisfies Record<string, Route>;
