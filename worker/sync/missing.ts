import type { Counts, SyncProblem } from "../../shared/syncs.ts";
import type { JumpCloud } from "../jumpcloud/client.ts";
import { listedAmong } from "../jumpcloud/systems.ts";
import type { Step } from "../register/commit.ts";
import type { LinkedAsset } from "../register/matching.ts";
import type { RunRegister } from "../register/run-register.ts";
import { notice } from "./ending.ts";
import type { Seen } from "./seen.ts";

/** One read, a megabyte at most. */
const rowsPerRead = 4000;

/**
 * What follows from a complete walk for what it did not see: linked assets whose device is gone get `missingSince`,
 * lasting skips of such devices end. Works in pieces, so that neither a read nor a commit grows with the fleet.
 * Begun again after a kill, it finds marked what it has marked.
 */
export class MissingSearch {
  readonly #register: RunRegister;
  readonly #seen: Seen;
  readonly #jumpcloud: JumpCloud;
  #stage: "compare" | "count" | "mark" | "skips" | "over" = "compare";
  #after = "";
  #present = 0;
  #unseen = 0;
  #notice: SyncProblem | undefined;

  constructor(register: RunRegister, seen: Seen, jumpcloud: JumpCloud) {
    this.#register = register;
    this.#seen = seen;
    this.#jumpcloud = jumpcloud;
  }

  get isOver(): boolean {
    return this.#stage === "over";
  }

  /** Why nothing was marked, where something would have been. */
  get notice(): SyncProblem | undefined {
    return this.#notice;
  }

  /** Does the next piece; adds what follows from it to the step and the counts. `now`: ISO 8601. */
  async advance(step: Step, counts: Counts, now: string): Promise<void> {
    if (this.#stage === "compare") await this.#compare(counts);
    else if (this.#stage === "count") await this.#count();
    else if (this.#stage === "mark") await this.#mark(step, counts, now);
    else if (this.#stage === "skips") await this.#endSkips(step);
  }

  /**
   * Every device that was created, updated or found unchanged has an asset of its own. Where no more assets than
   * those are linked and not missing, none of them is without its device, and none need be looked at.
   */
  async #compare({ created, updated, unchanged }: Counts): Promise<void> {
    const present = await this.#register.countPresent();
    this.#go(present === created + updated + unchanged ? "skips" : "count");
  }

  /** Too few seen, and the list is not believed: nothing is marked (CONTRACT, sync rule 7). */
  async #count(): Promise<void> {
    const assets = await this.#read();
    const unseen = await this.#unseenOf(assets);
    this.#present += assets.length - unseen.length;
    this.#unseen += unseen.filter(isNotMissing).length;
    if (assets.length === rowsPerRead) return;
    if (this.#unseen === 0) return this.#go("skips");
    // What this very sync linked was not known before it.
    const seenBefore = Math.max(this.#present - (await this.#register.countLinked()), 0);
    const known = seenBefore + this.#unseen;
    if (seenBefore >= known / 2) return this.#go("mark");
    const detail =
      `JumpCloud listed far fewer devices than last time (${seenBefore} of ${known}), ` +
      "so none was marked as missing.";
    this.#notice = notice("suspicious_walk", { detail, seen: seenBefore, known });
    this.#go("over");
  }

  /** Each is asked for once more by its id: a walk can be complete by its count and yet have passed one over. */
  async #mark(step: Step, counts: Counts, now: string): Promise<void> {
    const assets = await this.#read();
    const candidates = await this.#withoutChanged((await this.#unseenOf(assets)).filter(isNotMissing));
    const listed = await listedAmong(
      this.#jumpcloud,
      candidates.map(({ systemId }) => systemId),
    );
    if (listed === undefined) {
      this.#notice = notice("incomplete_walk", {
        detail:
          "JumpCloud could not say whether the devices that were not listed are gone, so none was marked as missing.",
      });
      return this.#go("skips");
    }
    for (const asset of candidates) if (!listed.has(asset.systemId)) markMissing(step, counts, asset, now);
    if (assets.length < rowsPerRead) this.#go("skips");
  }

  /** A device that this sync wrote before it was deleted: one change a device and sync; the next sync marks it. */
  async #withoutChanged(assets: LinkedAsset[]): Promise<LinkedAsset[]> {
    if (assets.length === 0) return assets;
    const changes = await this.#register.readChanges(assets.map(({ systemId }) => systemId));
    const changed = new Set(changes.map(({ systemId }) => systemId));
    return assets.filter(({ systemId }) => !changed.has(systemId));
  }

  async #endSkips(step: Step): Promise<void> {
    const skips = await this.#register.readSkips(this.#after, rowsPerRead);
    this.#after = skips.at(-1)?.systemId ?? this.#after;
    for (const { systemId } of await this.#unseenOf(skips)) step.skipsEnded.push(systemId);
    if (skips.length < rowsPerRead) this.#go("over");
  }

  async #read(): Promise<LinkedAsset[]> {
    const assets = await this.#register.readLinked(this.#after, rowsPerRead);
    this.#after = assets.at(-1)?.systemId ?? this.#after;
    return assets;
  }

  async #unseenOf<T extends { systemId: string }>(rows: readonly T[]): Promise<T[]> {
    const seen = await this.#seen.among(rows.map(({ systemId }) => systemId));
    return rows.filter(({ systemId }) => !seen.has(systemId));
  }

  #go(stage: "count" | "mark" | "skips" | "over"): void {
    this.#stage = stage;
    this.#after = "";
  }
}

function isNotMissing({ missingSince }: LinkedAsset): boolean {
  return missingSince === null;
}

function markMissing(step: Step, counts: Counts, asset: LinkedAsset, now: string): void {
  step.missing.push(asset.id);
  step.changes.push({
    systemId: asset.systemId,
    outcome: "missing",
    assetId: asset.id,
    serialNumber: asset.serialNumber,
    hostname: asset.hostname,
    before: { missingSince: null },
    after: { missingSince: now },
    beforeAt: asset.updatedAt,
  });
  counts.missing += 1;
}
