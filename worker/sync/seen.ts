import { type Device, type InvalidDevice, lastContactMs, serialKeyOf } from "./device.ts";
import { digest, type Words } from "./digest.ts";
import type { SerialKey } from "./serial.ts";
import { packId, unpackId, WordTable } from "./word-table.ts";

/** A device of the walk, as much of it as later windows need to know. */
export interface Sighting {
  systemId: string;
  /** Its serial's digest. */
  serial: Words | null;
  contactMs: number;
  /** Set aside: its serial is another's too, and the walk's end decides. */
  deferred: boolean;
}

/** Who claims a serial that several devices report. */
export interface Claim {
  /** It has the serial (CONTRACT, sync rule 3). */
  newest: string;
  /** The one that was dealt with at once, if any was: before a newer one came, if one did. */
  first: string | undefined;
}

const none = -1;

/** A device, as far as it matters to who has its serial. */
export type Claimant = Pick<Sighting, "systemId" | "contactMs">;

/** Which of two devices with one serial has it: the one in contact last, ties by the greater id (CONTRACT, sync rule 3). */
export function isNewer(one: Claimant, other: Claimant): boolean {
  return one.contactMs === other.contactMs ? one.systemId > other.systemId : one.contactMs > other.contactMs;
}

/**
 * What a walk has seen so far: which systems, and which of them share a serial. Kept packed, some hundred bytes
 * a device: it is all of the run that grows with the fleet.
 */
export class Seen {
  readonly #ids = new WordTable();
  /** Ids that are not JumpCloud's usual ones, by their number. */
  readonly #otherIds = new Map<number, string>();
  readonly #serials = new WordTable();
  /** By the number of the id: the number of its serial. */
  readonly #serialOf: number[] = [];
  /** By the number of the serial. */
  readonly #newest: number[] = [];
  readonly #newestContact: number[] = [];
  readonly #first: number[] = [];
  /** The numbers of the ids that were set aside, and of those that turned out to be gone again. */
  readonly #deferred = new Set<number>();
  readonly #gone = new Set<number>();

  /** How many there are, but for those that are gone again. */
  get size(): number {
    return this.#ids.size - this.#gone.size;
  }

  has(systemId: string): boolean {
    const id = this.#ids.find(keyOf(systemId));
    return id !== none && !this.#gone.has(id);
  }

  isDeferred(systemId: string): boolean {
    return this.#deferred.has(this.#ids.find(keyOf(systemId)));
  }

  /** Takes back that a system is there: it was deleted after it was seen. */
  forget(systemId: string): void {
    const id = this.#ids.find(keyOf(systemId));
    if (id !== none) this.#gone.add(id);
  }

  /** All ids that are there, in the order of the list. */
  sortedIds(): string[] {
    const ids: string[] = [];
    for (let id = 0; id < this.#ids.size; id += 1) if (!this.#gone.has(id)) ids.push(this.#idAt(id));
    return ids.sort();
  }

  /** Whether a device with this serial was seen before. */
  hasSerial(key: SerialKey): boolean {
    return this.#serials.find(digest(key)) !== none;
  }

  /** Whether the system was seen with this serial. */
  hasSeenWith(systemId: string, key: SerialKey): boolean {
    const id = this.#ids.find(keyOf(systemId));
    return (
      id !== none && this.#serialOf[id] !== none && this.#serialOf[id] === this.#serials.find(digest(key))
    );
  }

  add({ systemId, serial: words, contactMs, deferred }: Sighting): void {
    const packed = packId(systemId);
    const id = this.#ids.add(packed ?? digest(systemId));
    if (packed === undefined) this.#otherIds.set(id, systemId);
    // Back after all.
    this.#gone.delete(id);
    if (deferred) this.#deferred.add(id);
    if (id < this.#serialOf.length) return;
    const serial = words === null ? none : this.#serials.add(words);
    this.#serialOf.push(serial);
    if (serial === none) return;
    if (serial === this.#newest.length) {
      this.#newest.push(id);
      this.#newestContact.push(contactMs);
      this.#first.push(deferred ? none : id);
      return;
    }
    if (!deferred && this.#first[serial] === none) this.#first[serial] = id;
    const newest = {
      systemId: this.#idAt(this.#newest[serial] ?? none),
      contactMs: this.#newestContact[serial] ?? 0,
    };
    if (isNewer({ systemId, contactMs }, newest)) {
      this.#newest[serial] = id;
      this.#newestContact[serial] = contactMs;
    }
  }

  /** Who claims a serial that was seen. */
  claimOn(key: SerialKey): Claim {
    const serial = this.#serials.find(digest(key));
    const first = this.#first[serial] ?? none;
    return {
      newest: this.#idAt(this.#newest[serial] ?? none),
      first: first === none ? undefined : this.#idAt(first),
    };
  }

  #idAt(number: number): string {
    return this.#otherIds.get(number) ?? unpackId(this.#ids.at(number));
  }
}

export function sightingOf(device: Device | InvalidDevice, deferred: boolean): Sighting {
  const key = serialKeyOf(device);
  return {
    systemId: device.systemId,
    serial: key === undefined ? null : digest(key),
    contactMs: device.kind === "device" ? lastContactMs(device) : 0,
    deferred,
  };
}

function keyOf(systemId: string): Words {
  return packId(systemId) ?? digest(systemId);
}
