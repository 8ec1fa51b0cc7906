import { inTime } from "../in-time.ts";
import type { Places } from "./gate.ts";
import type { Grant } from "./shares.ts";

/** Who deals the places out. */
export interface Dealer {
  ask(inFlight: number): Promise<Grant>;
  /** JumpCloud asked for a pause of so many milliseconds: all who read the organization shall keep it. */
  pause(ms: number): Promise<void>;
}

const patienceMs = 5_000;
/** Nobody answered: one request at a time disturbs nobody much. */
const unanswered: Grant = { places: 1, askAgainMs: 1_000, lastsMs: 5_000 };

/** A part of an organization's places, asked for again now and then while requests are made: not for each. */
export class SharedPlaces implements Places {
  readonly #dealer: Dealer;
  #places = 0;
  #askAt = 0;
  #until = 0;
  #asking = false;

  constructor(dealer: Dealer) {
    this.#dealer = dealer;
  }

  now(inFlight: number, changed: () => void): number {
    const now = Date.now();
    if (!this.#asking && now >= this.#askAt) void this.#renew(inFlight, changed);
    return now < this.#until ? this.#places : 0;
  }

  pause(ms: number): void {
    // The gate that asks for it keeps the pause itself; that the others hear of it is a courtesy.
    this.#dealer.pause(ms).catch(() => {});
  }

  async #renew(inFlight: number, changed: () => void): Promise<void> {
    this.#asking = true;
    const asked = inTime(this.#dealer.ask(inFlight), patienceMs, "Asking for places");
    const grant = await asked.catch(() => unanswered);
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
