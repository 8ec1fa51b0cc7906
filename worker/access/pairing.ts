import type { Role } from "../../shared/access.ts";
import { Problem } from "../problem.ts";
import { addPairing, spendTry, usePairing } from "../register/pairings.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { isSameSecret, randomHex, sha256 } from "./secrets.ts";
import { workspaceNamed } from "./workspaces.ts";

const minutesToLive = 10;
const triesPerPairing = 5;

/** Makes a one-use pairing code, `<id>-<secret>`; only the secret's hash is kept. */
export async function createPairing(
  db: D1Database,
  workspace: string,
  role: Role,
  now: Date,
): Promise<{ code: string; expiresAt: string }> {
  const id = randomHex(6);
  const secret = randomHex(16);
  const expiresAt = new Date(now.getTime() + minutesToLive * 60_000).toISOString();
  await addPairing(db, {
    id,
    secretHash: await sha256(secret),
    workspace: workspaceNamed(workspace),
    role,
    expiresAt,
    triesLeft: triesPerPairing,
    now: now.toISOString(),
  });
  return { code: `${id}-${secret}`, expiresAt };
}

/**
 * Takes a pairing code; gives what it opens, once. Throws `unauthorized`, always in the same words:
 * whether a code is unknown, used, expired or out of tries is nobody's business.
 */
export async function redeemPairing(
  db: D1Database,
  code: string,
  now: Date,
): Promise<{ workspace: WorkspaceId; role: Role }> {
  const [, id = "", secret = ""] = /^([0-9a-f]{12})-([0-9a-f]{32})$/.exec(code.trim().toLowerCase()) ?? [];
  // The try is spent before the secret is looked at, so that guesses sent side by side all count.
  const pairing = id === "" ? null : await spendTry(db, id, now.toISOString());
  const fits = await isSameSecret(await sha256(secret), pairing?.secretHash ?? "");
  if (pairing === null || !fits || !(await usePairing(db, id))) {
    throw new Problem("unauthorized", {
      detail: "This pairing link does not work: it was used, has expired, or is mistyped. Ask for a new one.",
    });
  }
  return { workspace: pairing.workspace, role: pairing.role };
}
