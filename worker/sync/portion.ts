import { type Device, type InvalidDevice, lastContactMs, serialKeyOf } from "./device.ts";
import { digest, hexOf, type Words } from "./digest.ts";
import { type WordTable, wordsAt, wordsPerKey } from "./word-table.ts";

/** A device of the walk, as much of it as the rest of the sync needs to know. */
export interface Sighting {
  systemId: string;
  /** The words its id is known by. */
  id: Words;
  /** Its serial's digest. */
  serial: Words | null;
  contactMs: number;
  /** Set aside: its serial is another's too, and the walk's end decides. */
  deferred: boolean;
}

/** A device as the rest of the sync knows it. */
export function sightingOf(device: Device | InvalidDevice, deferred: boolean): Sighting {
  const key = serialKeyOf(device);
  return {
    systemId: device.systemId,
    id: wordsOfId(device.systemId),
    serial: key === undefined ? null : digest(key),
    contactMs: device.kind === "device" ? lastContactMs(device) : 0,
    deferred,
  };
}

/** Two ids of a portion that all others lie between. */
export interface Span {
  least: string;
  greatest: string;
}

/** A system that is gone again, and after how many of the portion's sightings that was found. */
export interface Strike {
  systemId: string;
  /** Whether it had been set aside. */
  deferred: boolean;
  place: number;
}

/** As a portion is kept in storage. */
export interface StoredPortion extends Span {
  ids: Uint32Array<ArrayBuffer>;
  serials: Uint32Array<ArrayBuffer>;
  contacts: Float64Array<ArrayBuffer>;
  marks: Uint8Array<ArrayBuffer>;
  otherIds: Map<number, string>;
  gone: Strike[];
}

const hasSerial = 1;
const isDeferred = 2;
const firstPlaces = 512;
/** An id that is no digest alone: its text and its place. */
const bytesPerOtherId = 24;
/** Ids, serials, contacts and marks. */
const bytesPerSighting = 33;

/** What a walk has seen between two commits, packed: 33 bytes a device. */
export class Portion implements Span {
  /** Seen before, and gone since. */
  readonly gone: Strike[];
  least: string;
  greatest: string;
  #ids: Uint32Array<ArrayBuffer>;
  #serials: Uint32Array<ArrayBuffer>;
  #contacts: Float64Array<ArrayBuffer>;
  #marks: Uint8Array<ArrayBuffer>;
  /** Ids that are not JumpCloud's usual ones, by their place. */
  readonly #otherIds: Map<number, string>;
  #otherLetters = 0;
  #length: number;

  /** Nothing seen yet; or what was kept, to be read. */
  constructor(stored?: StoredPortion) {
    this.gone = stored?.gone ?? [];
    this.least = stored?.least ?? "";
    this.greatest = stored?.greatest ?? "";
    this.#ids = stored?.ids ?? new Uint32Array(firstPlaces * wordsPerKey);
    this.#serials = stored?.serials ?? new Uint32Array(firstPlaces * wordsPerKey);
    this.#contacts = stored?.contacts ?? new Float64Array(firstPlaces);
    this.#marks = stored?.marks ?? new Uint8Array(firstPlaces);
    this.#otherIds = stored?.otherIds ?? new Map();
    this.#length = stored?.marks.length ?? 0;
  }

  /** What is kept of it, but for the devices that were set aside. */
  stored(): StoredPortion {
    const words = this.#length * wordsPerKey;
    return {
      least: this.least,
      greatest: this.greatest,
      ids: this.#ids.slice(0, words),
      serials: this.#serials.slice(0, words),
      contacts: this.#contacts.slice(0, this.#length),
      marks: this.#marks.slice(0, this.#length),
      otherIds: this.#otherIds,
      gone: this.gone,
    };
  }

  get length(): number {
    return this.#length;
  }

  /** How much of storage it takes, roughly, and rather too much. */
  get bytes(): number {
    const places = this.#length * bytesPerSighting;
    return places + this.#otherIds.size * bytesPerOtherId + this.#otherLetters * 2;
  }

  add({ systemId, id, serial, contactMs, deferred }: Sighting): void {
    if (this.#length === this.#marks.length) this.#grow();
    const place = this.#length;
    this.#ids.set(id, place * wordsPerKey);
    if (!isObjectId.test(systemId)) {
      this.#otherIds.set(place, systemId);
      this.#otherLetters += systemId.length;
    }
    if (serial !== null) this.#serials.set(serial, place * wordsPerKey);
    this.#contacts[place] = contactMs;
    this.#marks[place] = (serial === null ? 0 : hasSerial) + (deferred ? isDeferred : 0);
    if (place === 0 || systemId < this.least) this.least = systemId;
    if (systemId > this.greatest) this.greatest = systemId;
    this.#length += 1;
  }

  /** All that were seen, and those that were gone again, in the order it was found. */
  *inOrder(): Generator<Sighting | Strike> {
    let place = 0;
    for (const strike of this.gone) {
      for (; place < strike.place; place += 1) yield this.#at(place);
      yield strike;
    }
    for (; place < this.#length; place += 1) yield this.#at(place);
  }

  /** Those whose id is among the table's keys, with the key's number, the last one first. */
  *withIds(ids: WordTable): Generator<[number, Sighting]> {
    for (let place = this.#length - 1; place >= 0; place -= 1) {
      const number = ids.find(wordsAt(this.#ids, place));
      if (number >= 0) yield [number, this.#at(place)];
    }
  }

  /** Those whose serial is among the table's keys, with the key's number. */
  *withSerials(serials: WordTable): Generator<[number, Sighting]> {
    for (let place = 0; place < this.#length; place += 1) {
      if (((this.#marks[place] ?? 0) & hasSerial) === 0) continue;
      const number = serials.find(wordsAt(this.#serials, place));
      if (number >= 0) yield [number, this.#at(place)];
    }
  }

  /** The ids, in the order they came. */
  *ids(): Generator<string> {
    for (let place = 0; place < this.#length; place += 1) yield this.#idAt(place);
  }

  #at(place: number): Sighting {
    const mark = this.#marks[place] ?? 0;
    return {
      systemId: this.#idAt(place),
      id: wordsAt(this.#ids, place),
      serial: mark & hasSerial ? wordsAt(this.#serials, place) : null,
      contactMs: this.#contacts[place] ?? 0,
      deferred: (mark & isDeferred) !== 0,
    };
  }

  #idAt(place: number): string {
    return this.#otherIds.get(place) ?? hexOf(wordsAt(this.#ids, place));
  }

  #grow(): void {
    const places = this.#marks.length * 2;
    this.#ids = grown(this.#ids, new Uint32Array(places * wordsPerKey));
    this.#serials = grown(this.#serials, new Uint32Array(places * wordsPerKey));
    this.#contacts = grown(this.#contacts, new Float64Array(places));
    this.#marks = grown(this.#marks, new Uint8Array(places));
  }
}

const isObjectId = /^[0-9a-f]{24}$/;

/** Takes a system's id; gives the words it is known by: JumpCloud's usual 24 hex digits themselves, a digest of any other. */
export function wordsOfId(systemId: string): Words {
  if (!isObjectId.test(systemId)) return digest(systemId);
  return [
    Number.parseInt(systemId.slice(0, 8), 16),
    Number.parseInt(systemId.slice(8, 16), 16),
    Number.parseInt(systemId.slice(16), 16),
  ];
}

function grown<T extends Uint32Array | Float64Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
