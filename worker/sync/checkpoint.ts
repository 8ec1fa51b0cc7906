import { z } from "zod";
import { firstInsightsPages, insightsPagesSchema } from "../jumpcloud/insights.ts";
import { firstWalkState } from "./walk.ts";

/** Where a run goes on; kept in the sync's row, moved on by every commit. */
const checkpointSchema = z.object({
  /** Reading the list; settling who has a shared serial; looking for devices that are gone. */
  phase: z.enum(["walk", "settle", "missing"]),
  /** How often the list was looked at: again where other devices came than JumpCloud counts. */
  pass: z.int(),
  walk: z.object({ skip: z.int(), reached: z.string(), doubtful: z.boolean() }),
  /** How many devices JumpCloud said last; absent until it has said it. */
  total: z.int().optional(),
  /** Where the hardware tables are, beside the walk. */
  insights: insightsPagesSchema,
  /** Why some hardware was not read; absent where all was. */
  hardwareMissed: z.enum(["refused", "failed"]).optional(),
  /** How many portions of the devices set aside are settled. */
  settled: z.int(),
  /** Whether every device that JumpCloud counts was seen. */
  complete: z.boolean(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const firstCheckpoint: Checkpoint = {
  phase: "walk",
  pass: 1,
  walk: firstWalkState,
  insights: firstInsightsPages,
  settled: 0,
  complete: false,
};

/** Takes the text of a sync's row; throws where it is not a checkpoint's. */
export function parseCheckpoint(text: string): Checkpoint {
  return checkpointSchema.parse(JSON.parse(text));
}
