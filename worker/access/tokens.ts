import { findToken, markUsed } from "../register/tokens.ts";
import type { Actor } from "./actor.ts";
import { crc32, randomHex, sha256 } from "./secrets.ts";

const prefix = "dots_";
const tokenPattern = /^dots_([0-9a-f]{64})([0-9a-f]{8})$/;
/** Last use is kept to the hour: an exact one would cost a written row a request. */
const useResolutionMs = 3_600_000;

/** Makes a token: prefix, 256 random bits, checksum. It is given out once; only its hash may be kept. */
export async function makeToken(): Promise<{ token: string; secretHash: string }> {
  const random = randomHex(32);
  const token = `${prefix}${random}${crc32(random)}`;
  return { token, secretHash: await sha256(token) };
}

/**
 * Takes the `Authorization` header and the `Origin` the browser names, if one does; gives the actor, or nothing
 * where the token opens nothing. A token that a browser redeemed is good in no other origin: stolen, it cannot be
 * used from a page or from another extension.
 */
export async function identify(
  db: D1Database,
  authorization: string | undefined,
  origin: string | undefined,
  now: Date,
): Promise<Actor | undefined> {
  const token = bearerToken(authorization);
  const match = tokenPattern.exec(token);
  if (!match || crc32(match[1] ?? "") !== match[2]) return undefined;
  // The look-up is by hash: its time depends on the hash, which a guesser cannot steer.
  const found = await findToken(db, await sha256(token));
  if (found === null) return undefined;
  if (origin !== undefined && found.origin !== null && origin !== found.origin) return undefined;
  if (found.lastUsedAt === null || now.getTime() - Date.parse(found.lastUsedAt) > useResolutionMs) {
    await markUsed(db, found.id, now.toISOString());
  }
  const { id, label, workspace, role } = found;
  return { workspace, role, by: { kind: "token", id, label } };
}

/** RFC 6750, section 2.1. Gives an empty text where there is none. */
export function bearerToken(authorization: string | undefined): string {
  return /^Bearer ([\x21-\x7e]{1,1000})$/i.exec(authorization ?? "")?.[1] ?? "";
}
