import { z } from "zod";

/**
 * The fields a sync may write; all else on an asset is never read from JumpCloud nor written by a sync
 * (CONTRACT, sync rules). A new technical field starts here.
 */
export const technicalFields = [
  "serialNumber",
  "manufacturer",
  "model",
  "os",
  "osVersion",
  "cpu",
  "memoryBytes",
  "storageBytes",
  "encrypted",
  "hostname",
  "agentVersion",
  "lastContactAt",
] as const;
export type TechnicalField = (typeof technicalFields)[number];

export const assetSourceSchema = z.enum(["import", "jumpcloud"]);
export type AssetSource = z.infer<typeof assetSourceSchema>;

export const assetSchema = z.object({
  id: z.string(),
  serialNumber: z.string().nullable(),
  name: z.string().nullable(),
  type: z.string().nullable(),
  manufacturer: z.string().nullable(),
  model: z.string().nullable(),
  os: z.string().nullable(),
  osVersion: z.string().nullable(),
  cpu: z.string().nullable(),
  memoryBytes: z.int().nullable(),
  storageBytes: z.int().nullable(),
  encrypted: z.boolean().nullable(),
  hostname: z.string().nullable(),
  agentVersion: z.string().nullable(),
  lastContactAt: z.iso.datetime().nullable(),
  status: z.string().nullable(),
  location: z.string().nullable(),
  notes: z.string().nullable(),
  /** Columns of an import that Dots has no field for. */
  custom: z.record(z.string(), z.string()).optional(),
  source: assetSourceSchema,
  /** The JumpCloud device, while the asset is linked to one. */
  systemId: z.string().optional(),
  /** Since when JumpCloud no longer lists the device. */
  missingSince: z.iso.datetime().optional(),
  updatedAt: z.iso.datetime(),
});
export type Asset = z.infer<typeof assetSchema>;

/** `unknown` stands for assets whose system or type is not known. */
export const assetSummarySchema = z.object({
  total: z.int(),
  withSerial: z.int(),
  missing: z.int(),
  bySource: z.record(z.string(), z.int()),
  byOs: z.record(z.string(), z.int()),
  byType: z.record(z.string(), z.int()),
});
export type AssetSummary = z.infer<typeof assetSummarySchema>;

/** The columns an import can set besides `id`; any other column is kept as a custom field. */
export const importFields = [
  "serialNumber",
  "name",
  "type",
  "manufacturer",
  "model",
  "status",
  "location",
  "notes",
] as const;
export type ImportField = (typeof importFields)[number];

/**
 * A row's characters count names and values: custom columns may be many, but a row of D1 holds 2 MB at most, and a page
 * of 500 has to fit into a Worker's memory several times over.
 */
export const importLimits = {
  rows: 100_000,
  bytes: 32 * 1024 * 1024,
  cellCharacters: 4000,
  rowCharacters: 20_000,
} as const;

/** The JSON form of an import: the rows are judged one by one, so that every bad one can be named. */
export const importAssetsSchema = z.strictObject({ items: z.array(z.unknown()).max(importLimits.rows) });

export const importResultSchema = z.object({ added: z.int(), updated: z.int(), unchanged: z.int() });
export type ImportResult = z.infer<typeof importResultSchema>;
