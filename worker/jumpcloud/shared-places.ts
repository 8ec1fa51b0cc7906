import type { Places } from "./gate.ts";
import type { Grant } from "./shares.ts";

/** Who deals the places out. */
export type AskForPlaces = (inFlight: number) => Promise<Grant>;

/** Nobody answered: one request at a time disturbs nobody much. */
const unanswered: Grant = { places: 1, askAgainMs: 1_000, lastsMs: 5_000 };

/** A part of an organization's places, asked for again now and then while requests are made: not for each. */
export class SharedPlaces implements Places {
  readonly #ask: AskForPlaces;
  #places = 0;
  #askAt = 0;
  #until = 0;
  #asking = false;

  constructor(ask: AskForPlaces) {
    this.#ask = ask;
  }

  now(inFlight: number, changed: () => void): number {
    const now = Date.now();
    if (!this.#asking && now >= this.#askAt) void this.#renew(inFlight, changed);
    return now < this.#until ? this.#places : 0;
  }

  async #renew(inFlight: number, changed: () => void): Promise<void> {
    this.#asking = true;
    const grant = await this.#ask(inFlight).catch(() => unanswered);
    const now = Date.now();
    this.#places = grant.places;
    this.#askAt = now + grant.askAgainMs;
    this.#until = now + grant.lastsMs;
    this.#asking = false;
    changed();
    // Without places nothing is under way whose end would ask again.
    if (grant.places === 0) setTimeout(changed, grant.askAgainMs);
  }
}
