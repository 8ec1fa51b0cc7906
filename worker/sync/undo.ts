import { z } from "zod";
import type { Counts, SyncProblem } from "../../shared/syncs.ts";
import type { Standing } from "../register/commit.ts";
import {
  RegisterMovedError,
  type UndoableChange,
  type UndoRegister,
  type UndoRow,
  type UndoStep,
  type WholeAsset,
} from "../register/undo-register.ts";
import { type RunStart, StaleRunError, type StretchEnd } from "./drive.ts";
import { notice } from "./ending.ts";
import { planUndo, type UndoDecision, type UndoSurroundings } from "./undo-plan.ts";

const changesPerStep = 500;

/** Where an undo goes on: after the change of this system; and how many assets it kept something of so far. */
const undoCheckpointSchema = z.object({ after: z.string(), kept: z.int() });
type UndoCheckpoint = z.infer<typeof undoCheckpointSchema>;
export const firstUndoCheckpoint: UndoCheckpoint = { after: "", kept: 0 };

export interface UndoParts {
  register: UndoRegister;
  connectionId: string;
  /** What the sync that is taken back counted. */
  undone: Counts;
  now: () => Date;
}

/**
 * Takes a sync back, a step of its changes at a time, from where its row stands. An undo that was cut short and
 * started again finds what it did already, so that both together take back each change once.
 */
export class UndoDrive {
  readonly #parts: UndoParts;
  readonly #counts: Counts;
  #at: UndoCheckpoint;
  #stepNumber: number;

  constructor(parts: UndoParts, start: RunStart) {
    this.#parts = parts;
    this.#at = undoCheckpointSchema.parse(JSON.parse(start.checkpoint));
    this.#stepNumber = start.step;
    this.#counts = structuredClone(start.counts);
  }

  get progress(): { done: number; total: number } {
    const { created, updated, missing } = this.#parts.undone;
    const done = this.#counts.devices;
    return { done, total: Math.max(created + updated + missing, done) };
  }

  async work(shouldStop: () => boolean): Promise<StretchEnd> {
    while (!shouldStop()) {
      const changes = await this.#parts.register.readChanges(this.#at.after, changesPerStep);
      if (changes.length === 0) return { kind: "done", deviceCount: undefined, ...this.#notice() };
      await this.#takeBack(changes);
    }
    return { kind: "more" };
  }

  /** An undo asks JumpCloud nothing. */
  takeCost(): { requests: number; rowsRead: number; rowsWritten: number } {
    return { requests: 0, ...this.#parts.register.takeCost() };
  }

  /** Looks again where somebody wrote one of the assets in between. */
  async #takeBack(changes: UndoableChange[]): Promise<void> {
    for (let tries = 5; ; tries -= 1) {
      try {
        return await this.#tryToTakeBack(changes);
      } catch (error) {
        if (!(error instanceof RegisterMovedError) || tries === 1) throw error;
      }
    }
  }

  async #tryToTakeBack(changes: UndoableChange[]): Promise<void> {
    const { register, now } = this.#parts;
    const assets = await register.readAssets(changes.map(({ assetId }) => assetId));
    const byId = new Map(assets.map((asset) => [asset.id, asset]));
    const time = now().toISOString();
    const surroundings = await this.#lookAround(changes, time);
    const step: UndoStep = { seen: [], removed: [], restored: [], rows: [] };
    const counts = structuredClone(this.#counts);
    let kept = this.#at.kept;
    for (const change of changes) {
      const asset = byId.get(change.assetId);
      const decision = planUndo(change, asset, surroundings);
      addDecision(step, counts, change, asset, decision);
      if ("kept" in decision && Object.keys(decision.kept).length > 0) kept += 1;
    }
    const after = changes.at(-1)?.systemId ?? this.#at.after;
    await this.#commit(step, time, counts, { after, kept });
  }

  async #commit(step: UndoStep, time: string, counts: Counts, at: UndoCheckpoint): Promise<void> {
    const standing: Standing = {
      checkpoint: JSON.stringify(at),
      done: counts.devices,
      total: Math.max(this.progress.total, counts.devices),
      counts,
      ...this.takeCost(),
    };
    if (!(await this.#parts.register.commit(this.#stepNumber, step, time, standing)))
      throw new StaleRunError();
    this.#stepNumber += 1;
    this.#at = at;
    Object.assign(this.#counts, counts);
  }

  /** What the old links of these changes meet today. */
  async #lookAround(changes: readonly UndoableChange[], now: string): Promise<UndoSurroundings> {
    const { register, connectionId } = this.#parts;
    const links = changes.flatMap(({ before }) => {
      const link = linkSchema.safeParse(before);
      return link.success ? [[link.data.connectionId, link.data.systemId] as [string, string]] : [];
    });
    const [connections, holders] =
      links.length === 0
        ? [[], []]
        : await Promise.all([
            register.readConnections([...new Set(links.map(([connection]) => connection))]),
            register.readLinks(links),
          ]);
    const connected = new Set(connections);
    const taken = new Set(holders.map((asset) => JSON.stringify([asset.connectionId, asset.systemId])));
    return {
      connectionId,
      now,
      isConnected: (connection) => connected.has(connection),
      isTaken: (connection, systemId) => taken.has(JSON.stringify([connection, systemId])),
    };
  }

  #notice(): { notice?: SyncProblem } {
    const { kept } = this.#at;
    if (kept === 0) return {};
    const detail =
      kept === 1
        ? "1 asset was changed since that sync; what was changed stays as it is."
        : `${kept} assets were changed since that sync; what was changed stays as it is.`;
    return { notice: notice("changed_since", { detail }) };
  }
}

const linkSchema = z.object({ connectionId: z.string(), systemId: z.string() });

function addDecision(
  step: UndoStep,
  counts: Counts,
  { systemId, assetId, serialNumber, hostname }: UndoableChange,
  asset: WholeAsset | undefined,
  decision: UndoDecision,
): void {
  counts.devices += 1;
  if (asset === undefined || decision.kind === "nothing") {
    counts.unchanged += 1;
    return;
  }
  const row = listedAs(decision);
  step.rows.push({ systemId, assetId, serialNumber, hostname, beforeAt: null, ...row });
  step.seen.push(asset);
  counts[row.outcome] += 1;
  if (decision.kind === "remove") step.removed.push(assetId);
  if (decision.kind === "restore") step.restored.push(decision.asset);
}

function listedAs(
  decision: Exclude<UndoDecision, { kind: "nothing" }>,
): Pick<UndoRow, "outcome" | "before" | "after" | "kept"> {
  switch (decision.kind) {
    case "remove":
      return { outcome: "updated", before: decision.before, after: null, kept: null };
    case "restore": {
      const { before, after, kept } = decision;
      return { outcome: "updated", before, after, kept: Object.keys(kept).length === 0 ? null : kept };
    }
    case "keep":
      return { outcome: "skipped", before: null, after: null, kept: decision.kept };
  }
}
