/** How many requests may be under way: a number of one's own, or a part of a limit shared with others. */
export interface Places {
  /** Takes how many are under way; gives how many may be. Calls `changed` once it would say something else. */
  now(inFlight: number, changed: () => void): number;
  /** Nobody who shares these places shall send anything for so long. */
  pause?(ms: number): void;
}

/**
 * Lets so many tasks run at a time; the others wait in the order they came. Adapts to who refuses: half as many
 * after a refusal, then one more with every round that passes (FACTS.md, section 2: no number is published).
 */
export class Gate {
  readonly #places: Places;
  #share = 1;
  #lastCut = Number.NEGATIVE_INFINITY;
  #closedUntil = 0;
  #running = 0;
  #reopens = false;
  readonly #waiting: (() => void)[] = [];

  constructor(places: Places | number) {
    this.#places = typeof places === "number" ? { now: () => places } : places;
  }

  /** How many tasks may run now. */
  get places(): number {
    const most = this.#places.now(this.#running, () => this.#admit());
    return most === 0 ? 0 : Math.max(1, Math.floor(most * this.#share));
  }

  /** How many tasks wait for a place. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** `urgent`: goes before those that wait, for what others depend on. */
  async run<T>(task: () => Promise<T>, urgent = false): Promise<T> {
    await new Promise<void>((resolve) => {
      if (urgent) this.#waiting.unshift(resolve);
      else this.#waiting.push(resolve);
      this.#admit();
    });
    try {
      return await task();
    } finally {
      this.#running -= 1;
      this.#admit();
    }
  }

  /** A task was refused: from now on half as many; those that ran beside it do not halve it again. */
  slowDown(startedAt: number): void {
    if (startedAt <= this.#lastCut) return;
    this.#lastCut = Date.now();
    this.#share = Math.max(this.#share / 2, smallestShare);
  }

  /** A task passed; one that began before the last refusal says nothing of now. */
  speedUp(startedAt: number): void {
    if (startedAt <= this.#lastCut) return;
    this.#share = Math.min(1, this.#share + growth / Math.max(this.places, 1));
  }

  /** Nobody passes for so long: `Retry-After` is meant for all, not only for the request that was refused. */
  closeFor(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, Date.now() + ms);
    this.#places.pause?.(ms);
  }

  #admit(): void {
    const closedMs = this.#closedUntil - Date.now();
    if (closedMs > 0) this.#admitIn(closedMs);
    while (closedMs <= 0 && this.#waiting.length > 0 && this.#running < this.places) {
      this.#running += 1;
      this.#waiting.shift()?.();
    }
  }

  #admitIn(ms: number): void {
    if (this.#reopens) return;
    this.#reopens = true;
    setTimeout(() => {
      this.#reopens = false;
      this.#admit();
    }, ms);
  }
}

/** One of six. */
const smallestShare = 1 / 6;
/** A round of requests that all pass gives one place of six back. */
const growth = 1 / 6;
