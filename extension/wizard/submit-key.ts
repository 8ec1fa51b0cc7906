import type { Mode, Region } from "../../shared/connections.ts";
import { callWorker } from "../messages.ts";
import { previewFirst } from "./held-connection.ts";
import type { Step } from "./journey.ts";

/** What the key is for: a new connection, or one that has a key already. */
export type KeyPurpose = { kind: "connect"; mode: Mode } | { kind: "renew"; connectionId: string };

export interface KeyToSubmit {
  apiKey: string;
  region: Region;
  keyExpiresAt: string | null | undefined;
  orgId: string | undefined;
  /** Look before anything is written. */
  preview: boolean;
}

/** Hands the key to the Worker; tells which step that was. Throws `TroubleError`. */
export async function submitKey(purpose: KeyPurpose, key: KeyToSubmit): Promise<Step> {
  const { apiKey, region, keyExpiresAt, orgId } = key;
  const expiry = keyExpiresAt === undefined ? {} : { keyExpiresAt };
  if (purpose.kind === "renew") {
    const { connectionId } = purpose;
    await callWorker("renewKey", { id: connectionId, body: { apiKey, ...expiry } });
    return { is: "renewed", connectionId };
  }
  const organization = orgId === undefined ? {} : { orgId };
  const body = { apiKey, region, mode: purpose.mode, ...expiry, ...organization };
  if (key.preview) return previewFirst(body);
  const { id: connectionId, firstSyncId } = await callWorker("createConnection", { body });
  if (firstSyncId === null) return { is: "overviewWanted" };
  return { is: "started", kind: "sync", connectionId, syncId: firstSyncId, isFirst: true };
}
