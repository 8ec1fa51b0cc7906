import { type Device, type InvalidDevice, lastContactMs } from "./device.ts";
import type { SerialKey } from "./serial.ts";

/** A device of the walk, as much of it as later windows need to know. */
export interface Sighting {
  systemId: string;
  key: SerialKey | null;
  contactMs: number;
  /** Set aside: its serial is another's too, and the walk's end decides. */
  deferred: boolean;
}

/** The devices with one serial, of which one at most was dealt with already. */
export interface Contest {
  key: SerialKey;
  first: Sighting | undefined;
  deferred: Device[];
}

/** What a walk has seen so far: which systems, and which of them share a serial. */
export class Seen {
  readonly #ids = new Set<string>();
  readonly #firstBySerial = new Map<SerialKey, Sighting>();
  readonly #deferred = new Map<SerialKey, Device[]>();

  get size(): number {
    return this.#ids.size;
  }

  has(systemId: string): boolean {
    return this.#ids.has(systemId);
  }

  /** Whether a device with this serial was seen before. */
  hasSerial(key: SerialKey): boolean {
    return this.#firstBySerial.has(key);
  }

  add(sighting: Sighting): void {
    this.#ids.add(sighting.systemId);
    if (sighting.key !== null && !this.#firstBySerial.has(sighting.key)) {
      this.#firstBySerial.set(sighting.key, sighting);
    }
  }

  defer(key: SerialKey, device: Device): void {
    const devices = this.#deferred.get(key);
    if (devices) devices.push(device);
    else this.#deferred.set(key, [device]);
  }

  /** The contests to settle, in an order that does not depend on the walk. */
  contests(): Contest[] {
    return [...this.#deferred]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, deferred]) => {
        const first = this.#firstBySerial.get(key);
        return { key, first: first?.deferred === false ? first : undefined, deferred };
      });
  }
}

export function sightingOf(device: Device | InvalidDevice, deferred: boolean): Sighting {
  const isDevice = device.kind === "device";
  return {
    systemId: device.systemId,
    key: isDevice && device.serial.kind === "usable" ? device.serial.key : null,
    contactMs: isDevice ? lastContactMs(device) : 0,
    deferred,
  };
}
