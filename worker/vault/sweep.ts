import { findKnown, findOrphans } from "../register/envelopes.ts";
import { namesBegin, removeEnvelope, type VaultStores, versionIn } from "./vault.ts";

/** Longer than any request that stores a key takes. */
const graceMs = 15 * 60_000;
const orphansASweep = 20;

/**
 * Removes envelopes that are no connection's current key. What D1 knows of: left where the Worker was killed between
 * the writes of a connect or a renewal. What it does not: left where it was killed, or KV refused, in the middle of
 * forgetting. Gives how many it removed.
 */
export async function sweepVault(stores: VaultStores, now: Date): Promise<number> {
  const before = new Date(now.getTime() - graceMs).toISOString();
  const orphans = await findOrphans(stores.DB, before, orphansASweep);
  for (const orphan of orphans) await removeEnvelope(stores, orphan);
  return orphans.length + (await sweepUnknown(stores));
}

/**
 * An envelope is announced in D1 before it is put: one that KV lists and D1 does not know was forgotten. That KV's
 * list lags only means that it is found later; that it lists what is gone already does no harm.
 */
async function sweepUnknown({ VAULT: kv, DB: db }: VaultStores): Promise<number> {
  let removed = 0;
  for (let cursor: string | undefined; removed < orphansASweep; ) {
    const page: KVNamespaceListResult<unknown> = await kv.list({
      prefix: namesBegin,
      ...(cursor ? { cursor } : {}),
    });
    const names = page.keys.map(({ name }) => name);
    const known = await findKnown(db, names.map(versionIn));
    const unknown = names.filter((name) => !known.has(versionIn(name))).slice(0, orphansASweep - removed);
    for (const name of unknown) await kv.delete(name);
    removed += unknown.length;
    if (page.list_complete) break;
    cursor = page.cursor;
  }
  return removed;
}
