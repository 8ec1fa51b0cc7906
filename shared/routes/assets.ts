import { z } from "zod";
import {
  assetSchema,
  assetSourceSchema,
  assetSummarySchema,
  importAssetsSchema,
  importResultSchema,
} from "../assets.ts";
import { listQuerySchema, pageOf } from "../lists.ts";
import { assetWithHistorySchema } from "../syncs.ts";
import type { Route } from "./route.ts";

const flag = z.enum(["true", "false"]).transform((text) => text === "true");

/** The register. */
export const assetRoutes = {
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
} as const satisfies Record<string, Route>;
