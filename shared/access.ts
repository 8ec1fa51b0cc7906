import { z } from "zod";

/** What a token may do: an admin everything, a viewer only read. */
export const roleSchema = z.enum(["admin", "viewer"]);
export type Role = z.infer<typeof roleSchema>;

/** A workspace's name: what an operator types into `npm run pair -- <workspace>`. */
export const workspaceSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "use 1 to 63 of a-z, 0-9 and -, not - at an end");

export const createPairingSchema = z.strictObject({
  workspace: workspaceSchema,
  role: roleSchema.default("admin"),
});

export const pairingSchema = z.object({ code: z.string(), link: z.string(), expiresAt: z.iso.datetime() });
export type Pairing = z.infer<typeof pairingSchema>;

export const redeemPairingSchema = z.strictObject({
  code: z.string().min(1).max(100),
  /** Where the token will live, in words an admin recognises in a list: "Chrome on Dana's laptop". */
  label: z.string().trim().min(1).max(100),
});

export const redeemedPairingSchema = z.object({ token: z.string(), workspace: z.string() });
export type RedeemedPairing = z.infer<typeof redeemedPairingSchema>;

export const tokenSchema = z.object({
  id: z.string(),
  label: z.string(),
  role: roleSchema,
  createdAt: z.iso.datetime(),
  lastUsedAt: z.iso.datetime().nullable(),
});
export type Token = z.infer<typeof tokenSchema>;
