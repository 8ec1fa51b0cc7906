import { Problem } from "../problem.ts";
import { type EnvelopeRow, findWrappedByOthers, moveEnvelope } from "../register/envelopes.ts";
import { EnvelopeError, rewrap } from "./envelope.ts";
import type { MasterKeys } from "./master-keys.ts";
import { KeyOutOfReachError, nameOf, readEnvelope, type VaultStores } from "./vault.ts";

/** What one portion of a rotation did. */
export interface RotatedPortion {
  /** The master key that wraps them now. */
  master: string;
  /** Whose keys were re-wrapped: one a connection. */
  rewrapped: EnvelopeRow[];
  /** Connections whose key could not be opened, so it stayed as it was. */
  unreadable: string[];
  /** Where the next portion begins; `null` once all are done. */
  nextCursor: string | null;
}

/** Each takes a read and a write of KV and one of D1: well below the 50 sub-requests of a Free plan. */
const envelopesAPortion = 10;

/**
 * Re-wraps a portion of the envelopes under the first master key. The keys themselves stay sealed as they are, and
 * readable at any moment under the old master key or the new one. Killed at any point it can be run again: D1 says
 * which envelopes are still wrapped by another, and says so until KV has taken the new one.
 */
export async function rotate(
  stores: VaultStores,
  keys: MasterKeys,
  afterKeyVersion: string,
): Promise<RotatedPortion> {
  const master = keys.current.id;
  const rows = await findWrappedByOthers(stores.DB, master, afterKeyVersion, envelopesAPortion);
  const rewrapped: EnvelopeRow[] = [];
  const unreadable: string[] = [];
  for (const row of rows) {
    const outcome = await rotateOne(stores, keys, row);
    if (outcome === "rewrapped") rewrapped.push(row);
    if (outcome === "unreadable") unreadable.push(row.connectionId);
  }
  const last = rows.length < envelopesAPortion ? undefined : rows.at(-1);
  return { master, rewrapped, unreadable, nextCursor: last?.keyVersion ?? null };
}

async function rotateOne(
  { VAULT: kv, DB: db }: VaultStores,
  keys: MasterKeys,
  row: EnvelopeRow,
): Promise<"rewrapped" | "unreadable" | "forgotten"> {
  try {
    const envelope = await rewrap(await readEnvelope(kv, row), row, keys);
    await kv.put(nameOf(row), JSON.stringify(envelope));
    if (await moveEnvelope(db, row.keyVersion, envelope.master)) return "rewrapped";
    // Renewed or deleted while this was under way: what was just put back must go again. KV may refuse two writes
    // of one name within a second; then the sweep does it.
    await kv.delete(nameOf(row)).catch(() => {});
    return "forgotten";
  } catch (error) {
    const isUnreadable =
      error instanceof EnvelopeError || error instanceof KeyOutOfReachError || error instanceof Problem;
    if (isUnreadable) return "unreadable";
    throw error;
  }
}
