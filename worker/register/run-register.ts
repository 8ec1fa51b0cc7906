import { countLinked, readChanges } from "./changes.ts";
import { type ChangeRow, commitStep, type RunKey, type Standing, type Step } from "./commit.ts";
import {
  type AssetState,
  type Choice,
  type LinkedAsset,
  type Matches,
  Matching,
  type OpenSkip,
} from "./matching.ts";
import type { MeteredDb } from "./metered-db.ts";

/** All that a run asks of the register and tells it: what drives a run needs no database beside this. */
export interface RunRegister {
  /** The assets linked to these systems, those with these serials, and the lasting skips of these systems. */
  read(systems: Choice, serialKeys: readonly string[]): Promise<Matches>;
  readByIds(assetIds: Choice): Promise<AssetState[]>;
  /** The assets linked to the connection, by system id, after one. */
  readLinked(afterSystemId: string, limit: number): Promise<LinkedAsset[]>;
  /** The lasting skips of the connection, by system id, after one. */
  readSkips(afterSystemId: string, limit: number): Promise<OpenSkip[]>;
  /** What this sync did to these systems so far. */
  readChanges(systemIds: string[]): Promise<ChangeRow[]>;
  /**
   * How many assets are linked to the connection and not missing. Nothing where that does not tell what a sync
   * would find: a preview has linked none of its own.
   */
  countPresent(): Promise<number | undefined>;
  /** How many assets this sync linked so far. */
  countLinked(): Promise<number>;
  /** Writes a step whole, once; gives false where it is not the step that comes next. */
  commit(expectedStep: number, now: string, step: Step, standing: Standing): Promise<boolean>;
  /** The rows that were read and written since the last call. */
  takeCost(): { rowsRead: number; rowsWritten: number };
}

/** The register of a run in D1. */
export function openRunRegister(db: MeteredDb, key: RunKey): RunRegister {
  const matching = new Matching(db, key.workspace, key.connectionId);
  return {
    read: (systems, serialKeys) => matching.read(systems, serialKeys),
    readByIds: (assetIds) => matching.readByIds(assetIds),
    readLinked: (after, limit) => matching.readLinked(after, limit),
    readSkips: (after, limit) => matching.readSkips(after, limit),
    readChanges: (systemIds) => readChanges(db, key.syncId, systemIds),
    countPresent: () => matching.countPresent(),
    countLinked: () => countLinked(db, key.syncId),
    commit: (expectedStep, now, step, standing) => commitStep(db, key, expectedStep, now, step, standing),
    takeCost: () => db.take(),
  };
}
