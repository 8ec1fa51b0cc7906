/** How much one answer moves what is taken for the usual time. */
const weight = 1 / 32;

/**
 * Tells when no answer is likely to come for a while. Who has work that holds up its thread does it then: an answer
 * that comes in the middle waits, and so does the request that would take its place. Answers that waited together
 * are followed by requests sent together, so the pauses grow until the work fits into them.
 */
export class Lull {
  readonly #underWay = new Set<{ readonly startedAt: number }>();
  /** How long answers take, nearer to the quickest than to the mean; in milliseconds. */
  #usualMs = 0;
  readonly #waiting: (() => void)[] = [];

  /** Notes a request that is sent; gives what to call once its answer is in, or never will be. */
  begin(): () => void {
    const request = { startedAt: Date.now() };
    this.#underWay.add(request);
    return () => {
      this.#underWay.delete(request);
      const tookMs = Date.now() - request.startedAt;
      if (this.#usualMs === 0 || tookMs < this.#usualMs) this.#usualMs = tookMs;
      else this.#usualMs += (tookMs - this.#usualMs) * weight;
      this.#wake();
    };
  }

  /** Waits until no answer is due for so many milliseconds; in vain at most twice as long, then goes on. */
  async last(ms: number): Promise<void> {
    const until = Date.now() + 2 * ms;
    // Where answers are always that near, there is nothing to wait for.
    while (this.#usualMs > ms && this.#isDueWithin(ms) && Date.now() < until) {
      await this.#nextAnswer(until - Date.now());
    }
  }

  /** One that is long overdue says nothing of when it comes. */
  #isDueWithin(ms: number): boolean {
    const now = Date.now();
    return [...this.#underWay].some(({ startedAt }) => {
      const dueInMs = startedAt + this.#usualMs - now;
      return dueInMs < ms && dueInMs > -ms;
    });
  }

  /** Waits so long for the next answer, and for those that come with it. */
  #nextAnswer(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#waiting.push(() => {
        clearTimeout(timer);
        // The requests that follow the answers are sent first.
        setTimeout(resolve, 1);
      });
    });
  }

  #wake(): void {
    for (const goOn of this.#waiting.splice(0)) goOn();
  }
}
