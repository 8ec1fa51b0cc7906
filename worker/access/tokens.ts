import type { Role } from "../../shared/access.ts";
import { addToken, findToken, markUsed } from "../register/tokens.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { crc32, randomHex, sha256 } from "./secrets.ts";

/** Who makes a request, as far as the Worker knows. */
export interface Actor {
  workspace: WorkspaceId;
  role: Role;
  tokenId: string;
}

const prefix = "dots_";
const tokenPattern = /^dots_([0-9a-f]{64})([0-9a-f]{8})$/;
/** Last use is kept to the hour: an exact one would cost a written row a request. */
const useResolutionMs = 3_600_000;

/** Makes a token: prefix, 256 random bits, checksum. It is given out once; only its hash is kept. */
export async function issueToken(
  db: D1Database,
  owner: { workspace: WorkspaceId; role: Role; label: string },
  now: Date,
): Promise<string> {
  const random = randomHex(32);
  const token = `${prefix}${random}${crc32(random)}`;
  const secretHash = await sha256(token);
  await addToken(db, { ...owner, id: crypto.randomUUID(), secretHash, createdAt: now.toISOString() });
  return token;
}

/** Takes the `Authorization` header; gives the actor, or nothing where it opens nothing. */
export async function identify(
  db: D1Database,
  authorization: string | undefined,
  now: Date,
): Promise<Actor | undefined> {
  const token = bearerToken(authorization);
  const match = tokenPattern.exec(token);
  if (!match || crc32(match[1] ?? "") !== match[2]) return undefined;
  // The look-up is by hash: its time depends on the hash, which a guesser cannot steer.
  const found = await findToken(db, await sha256(token));
  if (found === null) return undefined;
  if (found.lastUsedAt === null || now.getTime() - Date.parse(found.lastUsedAt) > useResolutionMs) {
    await markUsed(db, found.id, now.toISOString());
  }
  return { workspace: found.workspace, role: found.role, tokenId: found.id };
}

/** RFC 6750, section 2.1. Gives an empty text where there is none. */
export function bearerToken(authorization: string | undefined): string {
  return /^Bearer ([\x21-\x7e]{1,1000})$/i.exec(authorization ?? "")?.[1] ?? "";
}
