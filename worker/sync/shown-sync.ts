import { hasEnded, type Sync } from "../../shared/syncs.ts";
import type { SyncRecord } from "../register/syncs.ts";

/** A sync as the API shows it. `live`: how far its run is this moment, where it is at work. */
export function shownSync(record: SyncRecord, live: Sync["progress"] | undefined): Sync {
  const { finishedAt, problem, undoes, undoneBy, number: _, step: __, checkpoint: ___, ...sync } = record;
  return {
    ...sync,
    ...(live === undefined || hasEnded(sync.status) ? {} : { status: "running" as const, progress: live }),
    ...(finishedAt === null ? {} : { finishedAt }),
    ...(problem === null ? {} : { problem }),
    ...(undoes === null ? {} : { undoes }),
    ...(undoneBy === null ? {} : { undoneBy }),
  };
}
