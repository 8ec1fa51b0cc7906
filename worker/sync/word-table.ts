import { mix, type Words } from "./digest.ts";

/** So many 32-bit words a key: a JumpCloud id is 24 hex digits, just that many. */
export const wordsPerKey = 3;

/** A set of 96-bit keys, each numbered in the order it came. */
export class WordTable {
  #words = new Uint32Array(64 * wordsPerKey);
  /** Open addressing: a key's number plus one, 0 where nothing is. */
  #slots = new Int32Array(128);
  #size = 0;

  /** Gives a key's number, -1 where it is not there. */
  find(key: Words): number {
    return (this.#slots[this.#slotOf(key)] ?? 0) - 1;
  }

  /** Adds a key, once; gives its number. */
  add(key: Words): number {
    const slot = this.#slotOf(key);
    const known = (this.#slots[slot] ?? 0) - 1;
    if (known >= 0) return known;
    if ((this.#size + 1) * wordsPerKey > this.#words.length) {
      this.#grow();
      return this.add(key);
    }
    this.#words.set(key, this.#size * wordsPerKey);
    this.#size += 1;
    this.#slots[slot] = this.#size;
    return this.#size - 1;
  }

  #slotOf([a, b, c]: Words): number {
    const mask = this.#slots.length - 1;
    for (let slot = mix(a, b, c) & mask; ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] ?? 0;
      if (number === 0) return slot;
      const at = (number - 1) * wordsPerKey;
      if (this.#words[at] === a && this.#words[at + 1] === b && this.#words[at + 2] === c) return slot;
    }
  }

  #grow(): void {
    const words = new Uint32Array(this.#words.length * 2);
    words.set(this.#words);
    this.#words = words;
    this.#slots = new Int32Array(this.#slots.length * 2);
    for (let number = 0; number < this.#size; number += 1) {
      this.#slots[this.#slotOf(wordsAt(words, number))] = number + 1;
    }
  }
}

/** The key that is so many places into an array of keys. */
export function wordsAt(words: Uint32Array, place: number): Words {
  const at = place * wordsPerKey;
  return [words[at] ?? 0, words[at + 1] ?? 0, words[at + 2] ?? 0];
}
