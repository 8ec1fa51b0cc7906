import { z } from "zod";

/** Where a run goes on; kept in the sync's row, moved on by every commit. */
const checkpointSchema = z.object({
  /** Reading the list; settling who has a shared serial; looking for devices that are gone. */
  phase: z.enum(["walk", "settle", "missing"]),
  /** How often the list was begun: again where it changed while it was read. */
  pass: z.int(),
  /** In the walk: the offset of the next page. */
  skip: z.int(),
  /** How many contests are settled. */
  settled: z.int(),
  /** Whether every device that JumpCloud counts was seen. */
  complete: z.boolean(),
});
export type Checkpoint = z.infer<typeof checkpointSchema>;

export const firstCheckpoint: Checkpoint = { phase: "walk", pass: 1, skip: 0, settled: 0, complete: false };

/** Takes the text of a sync's row; throws where it is not a checkpoint's. */
export function parseCheckpoint(text: string): Checkpoint {
  return checkpointSchema.parse(JSON.parse(text));
}
