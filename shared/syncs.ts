import { z } from "zod";
import { assetSchema } from "./assets.ts";
import { modeSchema } from "./connections.ts";
import { problemCodes, syncNoticeCodes } from "./problems.ts";

/** What became of a device; one outcome a device (CONTRACT, sync rule 1). */
export const outcomeSchema = z.enum(["created", "updated", "unchanged", "skipped"]);
export type Outcome = z.infer<typeof outcomeSchema>;

export const skipReasonSchema = z.enum([
  "not_in_dots",
  "no_serial",
  "placeholder_serial",
  "duplicate_device",
  "duplicate_asset",
  "invalid_record",
]);
export type SkipReason = z.infer<typeof skipReasonSchema>;

/** What a sync can be: its rows in `syncs` say which. */
export const syncKindSchema = z.enum(["sync", "preview", "undo"]);
export type SyncKind = z.infer<typeof syncKindSchema>;

export const syncTriggerSchema = z.enum(["connect", "manual", "schedule"]);
export type SyncTrigger = z.infer<typeof syncTriggerSchema>;

export const syncStatusSchema = z.enum(["queued", "running", "succeeded", "failed", "cancelled"]);
export type SyncStatus = z.infer<typeof syncStatusSchema>;

/**
 * `devices = created + updated + unchanged + skipped`; `missing` counts assets, apart. Of an undo, `devices` are
 * the changes it looked at: `updated` where something was put back or an asset removed, `skipped` where all of it
 * was changed since, `unchanged` where nothing was left to put back.
 */
export const countsSchema = z.object({
  devices: z.int(),
  created: z.int(),
  updated: z.int(),
  unchanged: z.int(),
  skipped: z.int(),
  missing: z.int(),
  reasons: z.partialRecord(skipReasonSchema, z.int()),
});
export type Counts = z.infer<typeof countsSchema>;

/** What a sync used; rows as D1 itself reports them. */
export const costSchema = z.object({ jumpcloudRequests: z.int(), rowsRead: z.int(), rowsWritten: z.int() });
export type Cost = z.infer<typeof costSchema>;

/** Why a sync failed, or what an admin should know of one that succeeded. */
export const syncProblemSchema = z.object({
  code: z.enum([...problemCodes, ...syncNoticeCodes]),
  detail: z.string(),
  /** `suspicious_walk`: how many of the devices known before were seen, and how many those are. */
  seen: z.int().optional(),
  known: z.int().optional(),
});
export type SyncProblem = z.infer<typeof syncProblemSchema>;

export const syncSchema = z.object({
  id: z.string(),
  connectionId: z.string(),
  kind: syncKindSchema,
  /** Of an undo: the sync it takes back. */
  undoes: z.string().optional(),
  /** Of a sync: the undo that took it back. */
  undoneBy: z.string().optional(),
  trigger: syncTriggerSchema,
  mode: modeSchema,
  status: syncStatusSchema,
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime().optional(),
  /** In devices. `total` is what JumpCloud said last, 0 until it has said it. */
  progress: z.object({
    done: z.int(),
    total: z.int(),
    /** An estimate, while the run is at work and knows its own pace. */
    secondsLeft: z.int().optional(),
  }),
  counts: countsSchema,
  cost: costSchema,
  problem: syncProblemSchema.optional(),
});
export type Sync = z.infer<typeof syncSchema>;

/** Whether a sync has ended, one way or another. */
export function hasEnded(status: SyncStatus): boolean {
  return status === "succeeded" || status === "failed" || status === "cancelled";
}

/** A device that is not simply unchanged. Unchanged devices are counted, not listed. */
export const changeOutcomeSchema = z.enum(["created", "updated", "skipped", "missing"]);
export type ChangeOutcome = z.infer<typeof changeOutcomeSchema>;

const fieldsSchema = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));
export type ChangeFields = z.infer<typeof fieldsSchema>;

export const changeSchema = z.object({
  systemId: z.string(),
  serialNumber: z.string().nullable(),
  hostname: z.string().nullable(),
  outcome: changeOutcomeSchema,
  reason: skipReasonSchema.optional(),
  /** `duplicate_device`: the device that was in contact later; `duplicate_asset`: the assets' ids. */
  related: z.array(z.string()).optional(),
  assetId: z.string().optional(),
  /**
   * The fields that changed, before and after. A created asset has no `before`; of an undo, an asset that it
   * removed again has no `after`.
   */
  before: fieldsSchema.optional(),
  after: fieldsSchema.optional(),
  /** Of an undo: the fields that were changed since and therefore stay, with their present values. */
  kept: fieldsSchema.optional(),
});
export type Change = z.infer<typeof changeSchema>;

/** What a sync, or an undo, did to an asset. */
export const historyItemSchema = changeSchema
  .pick({ systemId: true, outcome: true, before: true, after: true, kept: true })
  .extend({ at: z.iso.datetime(), syncId: z.string(), kind: syncKindSchema, trigger: syncTriggerSchema });
export type HistoryItem = z.infer<typeof historyItemSchema>;

/** The newest first, the newest hundred. */
export const assetWithHistorySchema = assetSchema.extend({ history: z.array(historyItemSchema) });
export type AssetWithHistory = z.infer<typeof assetWithHistorySchema>;
