import { type PairingState, TroubleError } from "../messages.ts";
import { readPairingLink } from "../pairing-link.ts";
import { callRoute, type Worker } from "../worker-client.ts";
import { browserLabel } from "./browser-label.ts";
import { pairing } from "./pairing-store.ts";

/** Who this browser is paired with; never the token. */
export async function pairingState(): Promise<PairingState> {
  const kept = await pairing.get();
  if (kept === null) return { paired: false };
  return { paired: true, workspace: kept.workspace, workerOrigin: kept.workerOrigin };
}

/** The Worker to call, and what opens it. Throws `TroubleError` where this browser is not paired. */
export async function pairedWorker(): Promise<Worker> {
  const kept = await pairing.get();
  if (kept === null) throw new TroubleError({ code: "unauthorized" });
  return { origin: kept.workerOrigin, token: kept.token };
}

/**
 * Ends the pairing, at the Worker too: a token that was forgotten here only would go on opening the workspace. Where
 * the Worker cannot be asked, an admin finds the token in its list.
 */
export async function forgetPairing(): Promise<PairingState> {
  const kept = await pairing.get();
  await pairing.set(null);
  if (kept !== null) {
    const worker = { origin: kept.workerOrigin, token: kept.token };
    await callRoute(worker, "revokeToken", { id: "self" }).catch(() => undefined);
  }
  return pairingState();
}

/** Exchanges a pairing link for a token and keeps it. */
export async function pair(text: string): Promise<PairingState> {
  const link = readPairingLink(text);
  if (link === undefined) throw new TroubleError({ code: "invalid_request" });
  const body = { code: link.code, label: browserLabel(navigator.userAgent) };
  const { token, workspace } = await callRoute({ origin: link.workerOrigin }, "redeemPairing", { body });
  await pairing.set({ token, workspace, workerOrigin: link.workerOrigin });
  return pairingState();
}
