import type { Device } from "./device.ts";
import { Portion, type StoredPortion } from "./portion.ts";

/** Keeps what a walk has seen, a step at a time, for a run that was killed and for the walk's end. */
export interface SeenStore {
  /** Before the step is committed: a portion whose commit never came is passed over. `deferred`: set aside, whole. */
  save(step: number, portion: Portion, deferred: readonly Device[]): Promise<void>;
  /** Takes steps, a few at a time; gives what was saved in each, in their order; nothing of those that saved none. */
  read(steps: readonly number[]): Promise<[number, Portion][]>;
  /** The devices set aside in the steps saved or read, some at a time, in the order they came; nothing past the last. */
  deferred(piece: number): Promise<Device[] | undefined>;
}

/** A commit's portion, with the values that hold the devices it set aside. */
interface StoredStep extends StoredPortion {
  /** How many devices each of them holds. */
  deferred: number[];
}

/** As many as one step of the settlement takes. */
const devicesPerStep = 200;
/** Half of what a value may take (ENGINE.md, section 0). */
const largestValueBytes = 1_000_000;
/** More keys are refused at a time. */
const valuesAtATime = 100;

/** Keeps what a walk has seen in the object's own storage, so that a run that was killed knows it again. */
export class StoredSightings implements SeenStore {
  readonly #storage: DurableObjectStorage;
  /** By step: how many devices that were set aside each value holds. */
  readonly #deferred = new Map<number, readonly number[]>();

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  async save(step: number, portion: Portion, deferred: readonly Device[]): Promise<void> {
    const values = inValues(deferred);
    for (let at = 0; at < values.length; at += valuesAtATime) {
      const some = values.slice(at, at + valuesAtATime);
      await this.#storage.put(
        Object.fromEntries(some.map(({ bytes }, index) => [deferredName(step, at + index), bytes])),
      );
    }
    // Last, and named after its step: what is left of an attempt that never got here counts for nothing.
    const sizes = values.map(({ devices }) => devices);
    const stored: StoredStep = { ...portion.stored(), deferred: sizes };
    await this.#storage.put(portionName(step), stored);
    this.#deferred.set(step, sizes);
  }

  async read(steps: readonly number[]): Promise<[number, Portion][]> {
    const stored = await this.#storage.get<StoredStep>(steps.map(portionName));
    const portions: [number, Portion][] = [];
    for (const step of steps) {
      const portion = stored.get(portionName(step));
      if (portion === undefined) continue;
      this.#deferred.set(step, portion.deferred);
      portions.push([step, new Portion(portion)]);
    }
    return portions;
  }

  async deferred(piece: number): Promise<Device[] | undefined> {
    const names = this.#pieces()[piece];
    if (names === undefined) return undefined;
    const values = await this.#storage.get<Uint8Array>(names);
    return names.flatMap((name) => {
      const value = values.get(name);
      if (value === undefined) throw new Error(`What was set aside as ${name} is gone.`);
      // Written above, in this shape.
      return JSON.parse(new TextDecoder().decode(value)) as Device[];
    });
  }

  /** A window sets a handful aside: those of several are settled together, whole values each. */
  #pieces(): string[][] {
    const pieces: string[][] = [];
    let left = 0;
    for (const [step, sizes] of this.#deferred) {
      for (const [index, devices] of sizes.entries()) {
        const piece = pieces.at(-1);
        if (piece !== undefined && devices <= left && piece.length < valuesAtATime)
          piece.push(deferredName(step, index));
        else {
          pieces.push([deferredName(step, index)]);
          left = devicesPerStep;
        }
        left -= devices;
      }
    }
    return pieces;
  }
}

/** As bytes: a text may take twice as many in storage as it has letters. */
function inValues(devices: readonly Device[]): { bytes: Uint8Array; devices: number }[] {
  if (devices.length === 0) return [];
  const half = Math.ceil(devices.length / 2);
  const inHalves = () => [...inValues(devices.slice(0, half)), ...inValues(devices.slice(half))];
  if (devices.length > devicesPerStep) return inHalves();
  const bytes = new TextEncoder().encode(JSON.stringify(devices));
  return bytes.length > largestValueBytes && half < devices.length
    ? inHalves()
    : [{ bytes, devices: devices.length }];
}

function portionName(step: number): string {
  return `seen/${String(step).padStart(8, "0")}`;
}

function deferredName(step: number, index: number): string {
  return `deferred/${String(step).padStart(8, "0")}/${index}`;
}
