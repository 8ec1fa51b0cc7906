import type { Device } from "./device.ts";
import { Seen, type Sighting } from "./seen.ts";
import type { SerialKey } from "./serial.ts";

interface Portion {
  sightings: [systemId: string, key: SerialKey | null, contactMs: number, deferred: boolean][];
  deferred: [key: SerialKey, device: Device][];
}

/** What was seen since the last commit, and has to be kept with the next one. */
export class UnsavedSightings {
  sightings: Sighting[] = [];
  deferred: { key: SerialKey; device: Device }[] = [];
}

/** Keeps what a walk has seen, a step at a time, for a run that was killed. */
export interface SeenStore {
  /** Before the step is committed: a portion whose commit never came is passed over. */
  save(step: number, unsaved: UnsavedSightings): Promise<void>;
  /** Takes the step the run stands at; gives all that was seen in the steps before it. */
  load(step: number): Promise<Seen>;
}

/**
 * Keeps what a walk has seen in the object's own storage, a few rows a commit, so that a run that was killed
 * knows it again.
 */
export class StoredSightings implements SeenStore {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  async save(step: number, unsaved: UnsavedSightings): Promise<void> {
    const portion: Portion = {
      sightings: unsaved.sightings.map((one) => [one.systemId, one.key, one.contactMs, one.deferred]),
      deferred: unsaved.deferred.map(({ key, device }) => [key, device]),
    };
    await this.#storage.put(portionName(step), portion);
  }

  async load(step: number): Promise<Seen> {
    const seen = new Seen();
    for (let at = 0; at < step; at += 1) {
      const portion = await this.#storage.get<Portion>(portionName(at));
      for (const [systemId, key, contactMs, deferred] of portion?.sightings ?? []) {
        seen.add({ systemId, key, contactMs, deferred });
      }
      for (const [key, device] of portion?.deferred ?? []) seen.defer(key, device);
    }
    return seen;
  }
}

function portionName(step: number): string {
  return `seen/${String(step).padStart(8, "0")}`;
}
