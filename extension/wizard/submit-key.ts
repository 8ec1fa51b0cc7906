import type { Mode, Region } from "../../shared/connections.ts";
import { callWorker } from "../messages.ts";
import type { Step } from "./journey.ts";

/** What the key is for: a new connection, or one that has a key already. */
export type KeyPurpose = { kind: "connect"; mode: Mode } | { kind: "renew"; connectionId: string };

export interface KeyToSubmit {
  apiKey: string;
  region: Region;
  keyExpiresAt: string | null | undefined;
  orgId: string | undefined;
}

/** Hands the key to the Worker; tells which step that was. Throws `TroubleError`. */
export async function submitKey(purpose: KeyPurpose, key: KeyToSubmit): Promise<Step> {
  const { apiKey, region, keyExpiresAt, orgId } = key;
  const expiry = keyExpiresAt === undefined ? {} : { keyExpiresAt };
  if (purpose.kind === "renew") {
    await callWorker("renewKey", { id: purpose.connectionId, body: { apiKey, ...expiry } });
    return { is: "overviewWanted" };
  }
  const organization = orgId === undefined ? {} : { orgId };
  const body = { apiKey, region, mode: purpose.mode, ...expiry, ...organization };
  const created = await callWorker("createConnection", { body });
  return { is: "connected", connectionId: created.id, syncId: created.firstSyncId };
}
