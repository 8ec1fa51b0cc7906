import type { Device, InvalidDevice } from "./device.ts";
import { digest } from "./digest.ts";
import { Filter } from "./filter.ts";
import { Portion, type Sighting, type Span, type Strike, sightingOf, wordsOfId } from "./portion.ts";
import type { SeenStore } from "./seen-store.ts";
import type { SerialKey } from "./serial.ts";
import { WordTable } from "./word-table.ts";

/** Who claims a serial that several devices report. */
export interface Claim {
  /** It has the serial (CONTRACT, sync rule 3). */
  newest: string;
  /** The one that was dealt with at once, if any was: before a newer one came, if one did. */
  first: string | undefined;
}

/** A device, as far as it matters to who has its serial. */
export type Claimant = Pick<Sighting, "systemId" | "contactMs">;

/** Which of two devices with one serial has it: the one in contact last, ties by the greater id (CONTRACT, sync rule 3). */
export function isNewer(one: Claimant, other: Claimant): boolean {
  return one.contactMs === other.contactMs ? one.systemId > other.systemId : one.contactMs > other.contactMs;
}

/** Where a portion lies in the store, and what it is about. */
interface Entry extends Span {
  step: number;
  length: number;
}

/** A system that was deleted after it was seen; few are. */
interface Struck {
  times: number;
  /** It is among the devices set aside, whole. */
  isAside: boolean;
  /** Seen again since. */
  back: Sighting | undefined;
}

/** Devices are set aside whole: no more of them are kept in memory. */
const mostSetAside = 1000;
/** With a window more, half of what a value may take (ENGINE.md, section 0). */
const mostUnsavedBytes = 900_000;
/** As many as one full portion has, so that no read takes more memory than that. */
const sightingsPerRead = 12_000;
const portionsPerRead = 16;

/**
 * What a walk has seen so far: which systems, and which of them share a serial. In memory are what was seen since
 * the last commit, and filters that tell of nearly every system and serial that it is new; the rest is in the store,
 * and looked up. So memory does not grow with the fleet.
 */
export class Seen {
  readonly #store: SeenStore;
  readonly #ids: Filter;
  readonly #serials: Filter;
  readonly #entries: Entry[] = [];
  #unsaved = new Portion();
  /** Devices that were set aside since the last commit, whole. */
  #aside: Device[] = [];
  /** What was saved last: pages overlap, so it is asked of most. */
  #saved: Portion | undefined;
  /** By their ids. */
  readonly #struck = new Map<string, Struck>();
  #size = 0;

  /** Nothing seen yet. `filterBits`: of each filter, a power of two. */
  constructor(store: SeenStore, filterBits?: number) {
    this.#store = store;
    this.#ids = new Filter(filterBits);
    this.#serials = new Filter(filterBits);
  }

  /** What was seen in the steps before the one that a run stands at. */
  static async load(store: SeenStore, step: number): Promise<Seen> {
    const seen = new Seen(store);
    for (let from = 0; from < step; from += portionsPerRead) {
      const steps = Array.from({ length: Math.min(portionsPerRead, step - from) }, (_, at) => from + at);
      for (const [at, portion] of await store.read(steps)) {
        for (const event of portion.inOrder()) {
          if ("place" in event) seen.#strike(event);
          else seen.#note(event);
        }
        seen.#enter(at, portion);
      }
    }
    return seen;
  }

  /** How many there are, but for those that are gone again. */
  get size(): number {
    return this.#size;
  }

  /** So much waits for the next commit that it should come soon: a value of the store, or the memory, is full. */
  get isFull(): boolean {
    return this.#aside.length >= mostSetAside || this.#unsaved.bytes >= mostUnsavedBytes;
  }

  /** A device that is dealt with at once, or set aside until the walk's end decides who has its serial. */
  add(device: Device | InvalidDevice, deferred: boolean): void {
    const sighting = sightingOf(device, deferred);
    this.#note(sighting);
    this.#unsaved.add(sighting);
    if (deferred && device.kind === "device" && !this.#struck.get(device.systemId)?.isAside)
      this.#aside.push(device);
  }

  /** Takes back that systems are there: they were deleted after they were seen. Gives how each was seen. */
  async forget(systemIds: readonly string[]): Promise<ReadonlyMap<string, Sighting>> {
    const seen = await this.among(systemIds);
    for (const [systemId, { deferred }] of seen) {
      const strike = { systemId, deferred, place: this.#unsaved.length };
      this.#strike(strike);
      this.#unsaved.gone.push(strike);
    }
    return seen;
  }

  /** Keeps what was seen since the last time; before the step is committed. */
  async save(step: number): Promise<void> {
    await this.#store.save(step, this.#unsaved, this.#aside);
    this.#enter(step, this.#unsaved);
    if (this.#unsaved.length > 0) this.#saved = this.#unsaved;
    this.#unsaved = new Portion();
    this.#aside = [];
  }

  /** Whether a system that was seen is gone again. */
  isGone(systemId: string): boolean {
    const struck = this.#struck.get(systemId);
    return struck !== undefined && struck.back === undefined;
  }

  /** Whether a system that was set aside still is: it is not when it is gone, or came back to be dealt with at once. */
  isSetAside(systemId: string): boolean {
    const struck = this.#struck.get(systemId);
    return struck === undefined || struck.back?.deferred === true;
  }

  /** Whether a device with this serial may have been seen before; a "no" is certain. */
  mayHaveSerial(key: SerialKey): boolean {
    return this.#serials.mayHave(digest(key));
  }

  /** Those of the systems that were seen and are not gone, by their ids. */
  async among(systemIds: readonly string[]): Promise<ReadonlyMap<string, Sighting>> {
    const found = new Map<string, Sighting>();
    const asked = systemIds.filter((id) => !this.isGone(id) && this.#ids.mayHave(wordsOfId(id)));
    if (asked.length === 0) return found;
    const table = new WordTable();
    const idOf = new Map(asked.map((id) => [table.add(wordsOfId(id)), id]));
    const mayHold = ({ least, greatest }: Span) => asked.some((id) => least <= id && id <= greatest);
    for await (const portion of this.#portions(mayHold)) {
      for (const [number, sighting] of portion.withIds(table)) {
        const id = idOf.get(number);
        if (id !== undefined && !found.has(id)) found.set(id, sighting);
        if (found.size === idOf.size) return found;
      }
    }
    return found;
  }

  /** Who claims these serials, of which each was seen. Devices that were set aside and are gone claim nothing. */
  async claimsOn(keys: readonly SerialKey[]): Promise<ReadonlyMap<SerialKey, Claim>> {
    const table = new WordTable();
    const keyOf = new Map(keys.map((key) => [table.add(digest(key)), key]));
    const newest = new Map<SerialKey, Claimant>();
    const firsts = new Map<SerialKey, string>();
    const claim = (key: SerialKey | undefined, sighting: Sighting) => {
      if (key === undefined) return;
      if (!sighting.deferred) firsts.set(key, sighting.systemId);
      const other = newest.get(key);
      if (other === undefined || isNewer(sighting, other)) newest.set(key, sighting);
    };
    for await (const portion of this.#portions(() => true)) {
      for (const [number, sighting] of portion.withSerials(table)) {
        const struck = this.#struck.get(sighting.systemId);
        if (struck === undefined || (struck.back === undefined && !sighting.deferred))
          claim(keyOf.get(number), sighting);
      }
    }
    for (const { back } of this.#struck.values())
      if (back?.serial) claim(keyOf.get(table.find(back.serial)), back);
    return new Map(
      Array.from(newest, ([key, { systemId }]) => [key, { newest: systemId, first: firsts.get(key) }]),
    );
  }

  /** How many of those that are there come before this id, in the order of the list. */
  async rankOf(systemId: string): Promise<number> {
    let rank = 0;
    for (const { length, greatest } of [...this.#entries, this.#unsaved])
      if (greatest < systemId) rank += length;
    const isAcross = ({ least, greatest }: Span) => least < systemId && systemId <= greatest;
    for await (const portion of this.#portions(isAcross)) {
      for (const id of portion.ids()) if (id < systemId) rank += 1;
    }
    for (const [id, { times }] of this.#struck) if (id < systemId) rank -= times;
    return rank;
  }

  /** Those that are there from one id to another, both among them, in the order of the list. */
  async between(from: string, to: string): Promise<ReadonlySet<string>> {
    const ids: string[] = [];
    for await (const portion of this.#portions(({ least, greatest }) => least <= to && from <= greatest)) {
      for (const id of portion.ids()) if (from <= id && id <= to && !this.isGone(id)) ids.push(id);
    }
    return new Set(ids.sort());
  }

  /** The portions whose span is asked for, the newest first. */
  async *#portions(isAskedFor: (span: Span) => boolean): AsyncGenerator<Portion> {
    if (this.#unsaved.length > 0 && isAskedFor(this.#unsaved)) yield this.#unsaved;
    const kept = this.#entries.filter(isAskedFor).reverse();
    if (this.#saved !== undefined && kept[0] !== undefined && kept[0] === this.#entries.at(-1)) {
      kept.shift();
      yield this.#saved;
    }
    while (kept.length > 0) {
      const steps: number[] = [];
      let sightings = 0;
      for (const { step, length } of kept) {
        sightings += length;
        if (steps.length > 0 && (sightings > sightingsPerRead || steps.length === portionsPerRead)) break;
        steps.push(step);
      }
      kept.splice(0, steps.length);
      for (const [, portion] of await this.#store.read(steps)) yield portion;
    }
  }

  #note(sighting: Sighting): void {
    this.#ids.add(sighting.id);
    if (sighting.serial !== null) this.#serials.add(sighting.serial);
    const struck = this.#struck.get(sighting.systemId);
    if (struck !== undefined) struck.back = sighting;
    this.#size += 1;
  }

  #strike({ systemId, deferred }: Strike): void {
    const { times = 0, isAside = false } = this.#struck.get(systemId) ?? {};
    this.#struck.set(systemId, { times: times + 1, isAside: isAside || deferred, back: undefined });
    this.#size -= 1;
  }

  #enter(step: number, { least, greatest, length }: Portion): void {
    if (length > 0) this.#entries.push({ step, least, greatest, length });
  }
}
