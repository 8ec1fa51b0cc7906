import type { Device } from "./device.ts";
import { Seen, type Sighting } from "./seen.ts";
import { wordsPerKey } from "./word-table.ts";

/** What was seen since the last commit, and has to be kept with the next one. */
export class UnsavedSightings {
  sightings: Sighting[] = [];
  deferred: Device[] = [];
  /** Seen before, and gone since. */
  gone: string[] = [];
}

/** Keeps what a walk has seen, a step at a time, for a run that was killed and for the walk's end. */
export interface SeenStore {
  /** Before the step is committed: a portion whose commit never came is passed over. */
  save(step: number, unsaved: UnsavedSightings): Promise<void>;
  /** Takes the step the run stands at; gives all that was seen in the steps before it. */
  load(step: number): Promise<Seen>;
  /** The devices set aside in the saved steps, a portion at a time, in the order they came; nothing past the last. */
  deferred(portion: number): Promise<Device[] | undefined>;
}

/** A commit's portion: 24 windows take six hundred kilobytes of the 2 MB a value may have (ENGINE.md, section 0). */
interface Portion {
  systemIds: string[];
  serials: Uint32Array;
  contacts: Float64Array;
  /** Whether a system has a serial, and whether it was set aside. */
  marks: Uint8Array;
  /** How many of the devices that were set aside each of the values holds that they are kept in. */
  deferred: number[];
  gone: string[];
}

const hasSerial = 1;
const isDeferred = 2;
/** As many as one step of the settlement takes. */
const devicesPerStep = 200;
/** Half of what a value may take (ENGINE.md, section 0). */
const largestValueBytes = 1_000_000;
/** More keys are refused at a time. */
const valuesAtATime = 100;
const portionsPerGet = 16;

/** Keeps what a walk has seen in the object's own storage, so that a run that was killed knows it again. */
export class StoredSightings implements SeenStore {
  readonly #storage: DurableObjectStorage;
  /** The values with devices that were set aside, in the order they came. */
  readonly #deferred: { name: string; devices: number }[] = [];

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  async save(step: number, { sightings, deferred, gone }: UnsavedSightings): Promise<void> {
    const values = inValues(deferred).map((value, index) => ({ name: deferredName(step, index), ...value }));
    for (let at = 0; at < values.length; at += valuesAtATime) {
      const some = values.slice(at, at + valuesAtATime);
      await this.#storage.put(Object.fromEntries(some.map(({ name, bytes }) => [name, bytes])));
    }
    // Last, and named after its step: what is left of an attempt that never got here counts for nothing.
    const sizes = values.map(({ devices }) => devices);
    await this.#storage.put(portionName(step), toPortion(sightings, sizes, gone));
    this.#deferred.push(...values.map(({ name, devices }) => ({ name, devices })));
  }

  async load(step: number): Promise<Seen> {
    const seen = new Seen();
    this.#deferred.length = 0;
    for (let from = 0; from < step; from += portionsPerGet) {
      const steps = Array.from({ length: Math.min(portionsPerGet, step - from) }, (_, index) => from + index);
      const portions = await this.#storage.get<Portion>(steps.map(portionName));
      for (const at of steps) {
        const portion = portions.get(portionName(at));
        if (portion === undefined) continue;
        for (const sighting of sightingsOf(portion)) seen.add(sighting);
        for (const systemId of portion.gone) seen.forget(systemId);
        for (const [index, devices] of portion.deferred.entries())
          this.#deferred.push({ name: deferredName(at, index), devices });
      }
    }
    return seen;
  }

  async deferred(portion: number): Promise<Device[] | undefined> {
    const names = this.#steps()[portion];
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
  #steps(): string[][] {
    const steps: string[][] = [];
    let left = 0;
    for (const { name, devices } of this.#deferred) {
      const step = steps.at(-1);
      if (step !== undefined && devices <= left && step.length < valuesAtATime) step.push(name);
      else {
        steps.push([name]);
        left = devicesPerStep;
      }
      left -= devices;
    }
    return steps;
  }
}

function toPortion(sightings: readonly Sighting[], deferred: number[], gone: string[]): Portion {
  const serials = new Uint32Array(sightings.length * wordsPerKey);
  for (const [index, { serial }] of sightings.entries()) if (serial) serials.set(serial, index * wordsPerKey);
  return {
    systemIds: sightings.map(({ systemId }) => systemId),
    serials,
    contacts: Float64Array.from(sightings, ({ contactMs }) => contactMs),
    marks: Uint8Array.from(
      sightings,
      (sighting) => (sighting.serial ? hasSerial : 0) + (sighting.deferred ? isDeferred : 0),
    ),
    deferred,
    gone,
  };
}

function* sightingsOf({ systemIds, serials, contacts, marks }: Portion): Generator<Sighting> {
  for (const [index, systemId] of systemIds.entries()) {
    const mark = marks[index] ?? 0;
    const [a = 0, b = 0, c = 0] = serials.subarray(index * wordsPerKey, (index + 1) * wordsPerKey);
    yield {
      systemId,
      serial: mark & hasSerial ? [a, b, c] : null,
      contactMs: contacts[index] ?? 0,
      deferred: (mark & isDeferred) !== 0,
    };
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
