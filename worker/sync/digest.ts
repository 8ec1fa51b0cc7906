/** Hashes for tables in memory: quick, not secret. Pure. */

/** Three words of 32 bits. Plain numbers: a typed array of three takes many times its twelve bytes, and not of the heap alone. */
export type Words = readonly [number, number, number];

/** Takes any text; gives 96 bits of it. Of a million texts, two give the same once in 10^17 times. */
export function digest(text: string): Words {
  let [a, b, c] = [0x9e3779b9, 0x85ebca6b, 0xc2b2ae35];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    a = turn(Math.imul(a ^ code, 0x01000193));
    b = turn(Math.imul(b ^ code, 0x5bd1e995));
    c = turn(Math.imul(c ^ code, 0x1b873593));
  }
  return [mix(a, b, text.length), mix(b, c, text.length), mix(c, a, text.length)];
}

/** The words as hex digits, eight each. */
export function hexOf(words: Words): string {
  return words.map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** Whether two keys, or digests, are the same. */
export function isSame(one: Words, other: Words): boolean {
  return one.every((word, index) => word === other[index]);
}

/** The finish of MurmurHash3 over three words. */
export function mix(a: number, b: number, c: number): number {
  let hash = a ^ Math.imul(b, 0x85ebca6b) ^ Math.imul(c, 0xc2b2ae35);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

function turn(word: number): number {
  return (word << 13) | (word >>> 19);
}
