import { mix, type Words } from "./digest.ts";

/** A mebibyte: of 100,000 keys one in a million that never came is taken for one that did, of a million one in fifty. */
const bitsOfFilter = 2 ** 23;
const bitsPerKey = 5;
const bitsPerWord = 32;

/**
 * Tells of most keys that they never came, in the same memory however many did (B. Bloom, "Space/time trade-offs in
 * hash coding with allowable errors", 1970). Who is told that one may have come has to look.
 */
export class Filter {
  readonly #bits: Uint32Array;

  /** `bits`: a power of two. */
  constructor(bits = bitsOfFilter) {
    this.#bits = new Uint32Array(Math.max(bits / bitsPerWord, 1));
  }

  add(key: Words): void {
    const step = stepOf(key);
    for (let place = mix(...key), left = bitsPerKey; left > 0; place += step, left -= 1) {
      const word = this.#wordOf(place);
      this.#bits[word] = (this.#bits[word] ?? 0) | (1 << (place & 31));
    }
  }

  /** False is certain. */
  mayHave(key: Words): boolean {
    const step = stepOf(key);
    for (let place = mix(...key), left = bitsPerKey; left > 0; place += step, left -= 1) {
      if (((this.#bits[this.#wordOf(place)] ?? 0) & (1 << (place & 31))) === 0) return false;
    }
    return true;
  }

  #wordOf(place: number): number {
    return (place >>> 5) & (this.#bits.length - 1);
  }
}

/** How far apart the bits of a key are: odd, so that they differ. */
function stepOf([a, b, c]: Words): number {
  return mix(c, a, b) | 1;
}
