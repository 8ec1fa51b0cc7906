import { z } from "zod";
import { cleanKey } from "./key-shape.ts";

/** JumpCloud's regions. A key works in one of them only (FACTS.md, section 1). */
export const regionSchema = z.enum(["us", "eu", "in"]);
export type Region = z.infer<typeof regionSchema>;

/** `sync` updates assets that exist and have a serial number; `download` also creates assets. */
export const modeSchema = z.enum(["sync", "download"]);
export type Mode = z.infer<typeof modeSchema>;

/** How often a connection syncs by itself; `null` = only when asked to. */
export const scheduleSchema = z.strictObject({ everyHours: z.int().min(1).max(168) }).nullable();
export type Schedule = z.infer<typeof scheduleSchema>;

/**
 * A pasted key: white space around and line ends within are the clipboard's, not the key's.
 * Neither length nor alphabet is judged, JumpCloud decides (FACTS.md, section 7) – but a key is one word
 * of visible ASCII, or it cannot be sent in a header at all.
 */
export const apiKeySchema = z
  .string()
  .max(1000)
  .transform(cleanKey)
  .pipe(
    z.string().regex(/^[\x21-\x7e]{1,512}$/, "paste the API key as JumpCloud shows it: one word, no spaces"),
  );

const organizationIdSchema = z
  .string()
  .regex(/^[0-9a-f]{24}$/i, "an organization id has 24 hexadecimal digits");

/** When the key ends; `null` = no expiration. */
const keyExpiresAtSchema = z.iso.datetime().nullable();

export const checkConnectionSchema = z.strictObject({
  region: regionSchema,
  apiKey: apiKeySchema,
  orgId: organizationIdSchema.optional(),
});

export const organizationSchema = z.object({ id: z.string(), name: z.string() });
export type Organization = z.infer<typeof organizationSchema>;

/** What a check of a key found; nothing of it is stored. */
export const connectionCheckSchema = z.object({
  organization: organizationSchema,
  /** The role's name as JumpCloud gives it, "unknown" where it does not. */
  role: z.string(),
  /** Present where JumpCloud says it; `null` = no expiration. */
  keyExpiresAt: z.iso.datetime().nullable().optional(),
  deviceCount: z.int(),
  /** Whether the organization has System Insights (model, processor, memory, storage). */
  insights: z.boolean(),
});
export type ConnectionCheck = z.infer<typeof connectionCheckSchema>;

export const createConnectionSchema = checkConnectionSchema.extend({
  mode: modeSchema,
  keyExpiresAt: keyExpiresAtSchema.optional(),
  start: z.boolean().default(true),
});

export const updateConnectionSchema = z
  .strictObject({
    mode: modeSchema.optional(),
    schedule: scheduleSchema.optional(),
    paused: z.boolean().optional(),
    keyExpiresAt: keyExpiresAtSchema.optional(),
  })
  .refine(
    (patch) => Object.keys(patch).length > 0,
    "name at least one of mode, schedule, paused, keyExpiresAt",
  );
export type UpdateConnection = z.infer<typeof updateConnectionSchema>;

export const renewKeySchema = z.strictObject({
  apiKey: apiKeySchema,
  keyExpiresAt: keyExpiresAtSchema.optional(),
});

/** `needs_key`: JumpCloud no longer takes the key; nothing runs until it is renewed. */
export const connectionStatusSchema = z.enum(["active", "needs_key"]);
export type ConnectionStatus = z.infer<typeof connectionStatusSchema>;

export const connectionSchema = z.object({
  id: z.string(),
  region: regionSchema,
  organization: organizationSchema,
  mode: modeSchema,
  schedule: scheduleSchema,
  paused: z.boolean(),
  status: connectionStatusSchema,
  /** Since when the status is what it is. */
  statusSince: z.iso.datetime(),
  /** The last 4 characters of the key, for people to tell keys apart. */
  keyLast4: z.string(),
  /** `null` = no expiration; absent = not known. */
  keyExpiresAt: z.iso.datetime().nullable().optional(),
  role: z.string(),
  insights: z.boolean(),
  /** Devices at the last check or the last complete sync. */
  deviceCount: z.int(),
  createdAt: z.iso.datetime(),
  lastSyncAt: z.iso.datetime().nullable(),
  lastSyncId: z.string().nullable(),
  nextSyncAt: z.iso.datetime().nullable(),
});
export type Connection = z.infer<typeof connectionSchema>;

export const createdConnectionSchema = connectionSchema.extend({
  /** `null` when the request said `start: false`. */
  firstSyncId: z.string().nullable(),
});
export type CreatedConnection = z.infer<typeof createdConnectionSchema>;
