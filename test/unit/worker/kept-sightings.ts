import type { Device } from "../../../worker/sync/device.ts";
import { Portion, type StoredPortion } from "../../../worker/sync/portion.ts";
import type { SeenStore } from "../../../worker/sync/seen-store.ts";

/** A store that keeps things in memory, each step as it was saved last. */
export class KeptSightings implements SeenStore {
  readonly saved: { step: number; portion: Portion; stored: StoredPortion; deferred: readonly Device[] }[] =
    [];
  /** The steps that were read, in order. */
  readonly asked: number[] = [];

  async save(step: number, portion: Portion, deferred: readonly Device[]): Promise<void> {
    this.saved.push({ step, portion, stored: structuredClone(portion.stored()), deferred });
  }

  async read(steps: readonly number[]): Promise<[number, Portion][]> {
    this.asked.push(...steps);
    return steps.flatMap((step): [number, Portion][] => {
      const kept = this.saved.findLast((one) => one.step === step);
      return kept === undefined ? [] : [[step, new Portion(structuredClone(kept.stored))]];
    });
  }

  async deferred(piece: number): Promise<Device[] | undefined> {
    const some = this.saved.filter(({ deferred }) => deferred.length > 0)[piece];
    return some && [...some.deferred];
  }
}
