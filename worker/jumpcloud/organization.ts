import { z } from "zod";
import type { Organization } from "../../shared/connections.ts";
import type { JumpCloud } from "./client.ts";
import { JumpCloudFailure } from "./failures.ts";

const organizationsSchema = z.object({
  results: z.array(
    z.object({ _id: z.string().nullish(), id: z.string().nullish(), displayName: z.string().nullish() }),
  ),
});

/**
 * `GET /users/getSelf` is official but undocumented; all of it is optional (FACTS.md, section 6).
 */
const selfSchema = z.object({
  organization: z.string().nullish(),
  role: z.string().nullish(),
  roleName: z.string().nullish(),
  apiKeyHash: z.object({ expireAt: z.string().nullish() }).nullish(),
});

/** The organizations a key opens. Service accounts may be refused: then none is known. */
export async function listOrganizations(jumpcloud: JumpCloud): Promise<Organization[]> {
  const answer = await jumpcloud.get("/organizations", { limit: "100", skip: "0" }).catch(unlessKeyRejected);
  const list = organizationsSchema.safeParse(answer);
  if (!list.success) return [];
  return list.data.results.flatMap((row) => {
    const id = row._id ?? row.id;
    return id ? [{ id, name: row.displayName?.trim() || id }] : [];
  });
}

/** Whose key it is, as far as JumpCloud says. */
export interface KeyOwner {
  role: string | undefined;
  organizationId: string | undefined;
  /** Absent where JumpCloud does not say. */
  keyExpiresAt?: string;
}

export async function readKeyOwner(jumpcloud: JumpCloud): Promise<KeyOwner> {
  const answer = await jumpcloud.get("/users/getSelf").catch(unlessKeyRejected);
  const self = selfSchema.safeParse(answer);
  if (!self.success) return { role: undefined, organizationId: undefined };
  const { role, roleName, organization, apiKeyHash } = self.data;
  const expires = Date.parse(apiKeyHash?.expireAt ?? "");
  return {
    role: roleName || role || undefined,
    organizationId: organization || undefined,
    ...(Number.isNaN(expires) ? {} : { keyExpiresAt: new Date(expires).toISOString() }),
  };
}

/** These calls only describe the key: whatever refuses them but the key itself leaves the answer open. */
function unlessKeyRejected(error: unknown): undefined {
  if (error instanceof JumpCloudFailure) {
    const { kind } = error.failure;
    if (kind === "not_permitted" || kind === "refused" || kind === "unknown_organization") return undefined;
    if (kind === "organization_required") return undefined;
  }
  throw error;
}
