import type { Change, ChangeOutcome } from "../../shared/syncs.ts";
import { callWorker } from "../messages.ts";

/** The most the API gives at once. */
const page = 500;

/** Reads a sync's devices page by page, and gives those that fit a search. */
export class ChangeReader {
  readonly #syncId: string;
  readonly #outcome: ChangeOutcome | undefined;
  readonly #text: string;
  /** Fitting ones that were read and not yet given away. */
  #waiting: Change[] = [];
  #cursor: string | null | undefined;
  #isStopped = false;

  constructor(syncId: string, outcome: ChangeOutcome | undefined, text: string) {
    this.#syncId = syncId;
    this.#outcome = outcome;
    this.#text = text;
  }

  /** Whether there is nothing more to be had. */
  get isAtEnd(): boolean {
    return this.#cursor === null && this.#waiting.length === 0;
  }

  /** Gives up to `most` more devices; fewer only at the end. Throws `TroubleError`; it can then be asked again. */
  async next(most: number): Promise<Change[]> {
    while (this.#waiting.length < most && this.#cursor !== null && !this.#isStopped) {
      const outcome = this.#outcome === undefined ? {} : { outcome: this.#outcome };
      const cursor = this.#cursor === undefined ? {} : { cursor: this.#cursor };
      const query = { limit: String(page), ...outcome, ...cursor };
      const { items, nextCursor } = await callWorker("listChanges", { id: this.#syncId, query });
      this.#waiting.push(...items.filter((change) => fits(change, this.#text)));
      this.#cursor = nextCursor;
    }
    return this.#waiting.splice(0, most);
  }

  /** Nobody waits any more. */
  stop(): void {
    this.#isStopped = true;
  }
}

/** Whether a device's name, serial number or asset has the text in it, whatever the case. */
export function fits(change: Pick<Change, "hostname" | "serialNumber" | "assetId">, text: string): boolean {
  const wanted = text.toLowerCase();
  return [change.hostname, change.serialNumber, change.assetId].some((value) =>
    (value ?? "").toLowerCase().includes(wanted),
  );
}
