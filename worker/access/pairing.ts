import type { Role } from "../../shared/access.ts";
import type { AuditActor } from "../../shared/audit.ts";
import { Problem } from "../problem.ts";
import { noteFailedPairing } from "../register/audit.ts";
import { addPairing, exchangePairing, spendTry } from "../register/pairings.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { isSameSecret, randomHex, sha256 } from "./secrets.ts";
import { makeToken } from "./tokens.ts";
import { workspaceNamed } from "./workspaces.ts";

const minutesToLive = 10;
const triesPerPairing = 5;
const operator: AuditActor = { kind: "operator" };

/** Makes a one-use pairing code, `<id>-<secret>`; only the secret's hash is kept. The operator's doing. */
export async function createPairing(
  db: D1Database,
  workspace: string,
  role: Role,
  now: Date,
): Promise<{ code: string; expiresAt: string }> {
  const id = randomHex(6);
  const secret = randomHex(16);
  const expiresAt = new Date(now.getTime() + minutesToLive * 60_000).toISOString();
  const pairing = {
    id,
    secretHash: await sha256(secret),
    workspace: workspaceNamed(workspace),
    role,
    expiresAt,
    triesLeft: triesPerPairing,
  };
  const details = { pairing: id, role };
  await addPairing(db, pairing, {
    event: "pairing.created",
    actor: operator,
    at: now.toISOString(),
    details,
  });
  return { code: `${id}-${secret}`, expiresAt };
}

/**
 * Takes a pairing code and where its token will live; gives the token, once. Throws `unauthorized`, always in the
 * same words: whether a code is unknown, used, expired or out of tries is nobody's business.
 */
export async function redeemPairing(
  db: D1Database,
  code: string,
  home: { label: string; origin: string | null },
  now: Date,
): Promise<{ token: string; workspace: WorkspaceId }> {
  const at = now.toISOString();
  const [, id = "", secret = ""] = /^([0-9a-f]{12})-([0-9a-f]{32})$/.exec(code.trim().toLowerCase()) ?? [];
  // The try is spent before the secret is looked at, so that guesses sent side by side all count.
  const pairing = id === "" ? null : await spendTry(db, id, at);
  const fits = await isSameSecret(await sha256(secret), pairing?.secretHash ?? "");
  if (pairing !== null && fits) {
    const { token, secretHash } = await makeToken();
    const tokenId = crypto.randomUUID();
    const note = {
      event: "pairing.redeemed" as const,
      actor: { kind: "token" as const, id: tokenId, label: home.label },
      at,
      details: { pairing: id, role: pairing.role, origin: home.origin },
    };
    if (await exchangePairing(db, pairing, { id: tokenId, secretHash, ...home }, note)) {
      return { token, workspace: pairing.workspace };
    }
  }
  if (pairing !== null) await noteFailedPairing(db, pairing.workspace, id, at);
  throw new Problem("unauthorized", {
    detail: "This pairing link does not work: it was used, has expired, or is mistyped. Ask for a new one.",
  });
}
