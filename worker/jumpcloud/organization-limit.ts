import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { mostInFlight } from "./client.ts";
import { deal, type Grant, type Shares } from "./shares.ts";

/** What is asked for in seconds may come in hours by mistake: then the readers find out by themselves. */
const longestPauseMs = 15 * 60_000;
const longestBetweenAskingsMs = 5_000;

/**
 * One object for each JumpCloud organization: all connections that read it, of whatever workspace, share its six
 * requests at a time. What was dealt out lies in storage, so that it still counts when this object was killed.
 */
export class OrganizationLimit extends DurableObject<Env> {
  /** Takes who asks and how many requests it has under way; gives how many it may have. */
  async ask(reader: string, inFlight: number): Promise<Grant> {
    const known = (await this.ctx.storage.get<Shares>("shares")) ?? {};
    const now = Date.now();
    const pausedMs = (await this.#pausedUntil()) - now;
    const { grant, shares } = deal(known, reader, inFlight, pausedMs > 0 ? 0 : mostInFlight, now);
    await this.ctx.storage.put("shares", shares);
    return pausedMs > 0 ? { ...grant, askAgainMs: Math.min(pausedMs, longestBetweenAskingsMs) } : grant;
  }

  /** Deals nothing out for so long; who has places keeps them until it asks again, within a second or so. */
  async pause(ms: number): Promise<void> {
    const until = Date.now() + Math.min(ms, longestPauseMs);
    await this.ctx.storage.put("pausedUntil", Math.max(await this.#pausedUntil(), until));
  }

  /** The reader is done: its places are free at once. */
  async leave(reader: string): Promise<void> {
    const { [reader]: _, ...shares } = (await this.ctx.storage.get<Shares>("shares")) ?? {};
    if (Object.keys(shares).length > 0) await this.ctx.storage.put("shares", shares);
    else await this.#forget();
  }

  async #pausedUntil(): Promise<number> {
    return (await this.ctx.storage.get<number>("pausedUntil")) ?? 0;
  }

  /** A pause outlives the reader that was asked for it: the next one keeps it too. */
  async #forget(): Promise<void> {
    if ((await this.#pausedUntil()) > Date.now()) await this.ctx.storage.delete("shares");
    else await this.ctx.storage.deleteAll();
  }
}
