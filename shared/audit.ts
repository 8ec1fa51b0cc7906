import { z } from "zod";

/** What the audit tells of. A preview and an undo start as syncs do; `details.kind` says which it was. */
export const auditEventSchema = z.enum([
  "pairing.created",
  "pairing.redeemed",
  "pairing.failed",
  "token.revoked",
  "key.checked",
  "key.refused",
  "key.renewed",
  "key.used",
  "connection.created",
  "connection.updated",
  "connection.deleted",
  "sync.started",
  "sync.cancelled",
  "assets.imported",
  "reminders.opened",
  "reminders.closed",
  "vault.rotated",
]);
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** Who did it: a token, a person let in by Cloudflare Access, the Worker's operator, its cron, or nobody known. */
export const auditActorSchema = z.object({
  kind: z.enum(["token", "access", "operator", "schedule", "anyone"]),
  /** The token's id, or the person's at Cloudflare Access. */
  id: z.string().optional(),
  /** The token's label, or the person's address. */
  label: z.string().optional(),
});
export type AuditActor = z.infer<typeof auditActorSchema>;

const detailSchema = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const auditEntrySchema = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  event: auditEventSchema,
  actor: auditActorSchema,
  connectionId: z.string().optional(),
  syncId: z.string().optional(),
  details: z.record(z.string(), detailSchema).optional(),
});
export type AuditEntry = z.infer<typeof auditEntrySchema>;
