import { dropEnvelope, findOrphans } from "../register/envelopes.ts";
import { nameOf, type VaultStores } from "./vault.ts";

/** Longer than any request that stores a key takes. */
const graceMs = 15 * 60_000;
const orphansASweep = 20;

/**
 * Removes envelopes that belong to no connection's current key: what is left where the Worker was killed, or KV did
 * not answer, between the writes of a connect, a renewal or a deletion. Gives how many it removed.
 */
export async function sweepVault(stores: VaultStores, now: Date): Promise<number> {
  const before = new Date(now.getTime() - graceMs).toISOString();
  const orphans = await findOrphans(stores.DB, before, orphansASweep);
  for (const orphan of orphans) {
    await stores.VAULT.delete(nameOf(orphan));
    await dropEnvelope(stores.DB, orphan.keyVersion);
  }
  return orphans.length;
}
