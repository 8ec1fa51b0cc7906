import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { mostInFlight } from "./client.ts";
import { deal, type Grant, type Shares } from "./shares.ts";

/**
 * One object for each JumpCloud organization: all connections that read it, of whatever workspace, share its six
 * requests at a time. What was dealt out lies in storage, so that it still counts when this object was killed.
 */
export class OrganizationLimit extends DurableObject<Env> {
  /** Takes who asks and how many requests it has under way; gives how many it may have. */
  async ask(reader: string, inFlight: number): Promise<Grant> {
    const known = (await this.ctx.storage.get<Shares>("shares")) ?? {};
    const { grant, shares } = deal(known, reader, inFlight, mostInFlight, Date.now());
    await this.ctx.storage.put("shares", shares);
    return grant;
  }

  /** The reader is done: its places are free at once. */
  async leave(reader: string): Promise<void> {
    const { [reader]: _, ...shares } = (await this.ctx.storage.get<Shares>("shares")) ?? {};
    if (Object.keys(shares).length > 0) await this.ctx.storage.put("shares", shares);
    else await this.ctx.storage.deleteAll();
  }
}
