import { z } from "zod";
import { rotatedVaultSchema, rotateVaultSchema } from "../vault.ts";
import type { Route } from "./route.ts";

/** The Worker itself. */
export const workerRoutes = {
  health: {
    method: "GET",
    path: "/healthz",
    summary: "Says that the Worker serves",
    auth: "none",
    status: 200,
    answer: z.object({ status: z.literal("ok"), version: z.string() }),
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
} as const satisfies Record<string, Route>;
