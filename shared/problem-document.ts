import { z } from "zod";
import { problemCodes } from "./problems.ts";

/**
 * The body of every failed request: RFC 9457 `application/problem+json` with a stable `code`.
 * The members after `code` say more where the code calls for it.
 */
export const problemDocumentSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(problemCodes),
  /** `invalid_request`: where in the request, and what is wrong there. */
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  /** `invalid_import`: the rows (1 is the first row of data) and what is wrong with each. */
  rows: z.array(z.object({ row: z.int(), message: z.string() })).optional(),
  /** `wrong_region`: the region that took the key. */
  region: z.enum(["us", "eu", "in"]).optional(),
  /** `organization_required`: the organizations the key opens. */
  organizations: z.array(z.object({ id: z.string(), name: z.string() })).optional(),
  /** `sync_running`: the sync that is running. */
  syncId: z.string().optional(),
  /** `already_connected`: the connection that has the organization. */
  connectionId: z.string().optional(),
  /** `already_connected`, `other_organization`: the name of the organization that is connected. */
  organization: z.string().optional(),
  /** `other_organization`: the name of the organization whose key it is. */
  keyOrganization: z.string().optional(),
  /** `not_permitted`: the role of the key, as JumpCloud names it. */
  role: z.string().optional(),
});
export type ProblemDocument = z.infer<typeof problemDocumentSchema>;
