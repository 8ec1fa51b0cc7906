import { z } from "zod";

export const rotateVaultSchema = z.strictObject({
  /** Where the portion before this one ended. */
  cursor: z.string().min(1).max(100).optional(),
});

/** What one portion of a rotation did. */
export const rotatedVaultSchema = z.object({
  /** The id of the master key that wraps every key of this portion now. */
  master: z.string(),
  rewrapped: z.int(),
  /** Connections whose key could not be opened under any master key known: it stayed as it was. */
  unreadable: z.array(z.string()),
  nextCursor: z.string().nullable(),
});
export type RotatedVault = z.infer<typeof rotatedVaultSchema>;
