import { z } from "zod";
import { Problem } from "../problem.ts";
import { announceEnvelope, dropEnvelope, findEnvelopesOf } from "../register/envelopes.ts";
import type { WorkspaceId } from "../register/workspace.ts";
import { mayCarryKey } from "./destinations.ts";
import {
  type Envelope,
  openSecret,
  type SecretPlace,
  sealSecret,
  UnknownMasterKeyError,
} from "./envelope.ts";
import type { MasterKeys } from "./master-keys.ts";

/**
 * Takes a request and gives it with the key on it. What signs never hands the key out, and throws where the request
 * is not one that may carry it.
 */
export type Sign = (request: Request) => Request;

/**
 * The key's envelope is not to be read here and now, though D1 says that there is one: KV takes up to a minute to
 * show everywhere what was written. Worth another try; only one that lasts means that the key is gone.
 */
export class KeyOutOfReachError extends Error {
  override name = "KeyOutOfReachError";
}

/**
 * Keeps connections' keys as envelopes in KV. Every version of a key has a name of its own, written before anybody
 * reads it, and D1 says which version counts: a renewed or forgotten key takes effect at once, though KV lags.
 */
export interface Vault {
  /** Seals a key under its place. */
  keep(key: string, place: SecretPlace, now: Date): Promise<void>;
  /** Opens the key and gives what signs with it. Throws `needs_key` where it does not open, `KeyOutOfReachError`. */
  signer(place: SecretPlace): Promise<Sign>;
  forget(place: SecretPlace): Promise<void>;
  /** Forgets every version of a connection's key that there is. */
  forgetAll(workspace: WorkspaceId, connectionId: string): Promise<void>;
}

/** Where envelopes are kept, and what knows of them. */
export interface VaultStores {
  VAULT: KVNamespace;
  DB: D1Database;
}

export interface VaultSettings {
  masterKeys: MasterKeys;
  /** Stands for JumpCloud's hosts, locally. */
  jumpcloudBaseUrl: string | undefined;
}

export function openVault(stores: VaultStores, settings: VaultSettings): Vault {
  const { VAULT: kv, DB: db } = stores;
  const { masterKeys: keys, jumpcloudBaseUrl } = settings;
  return {
    async keep(key, place, now) {
      const { workspace, connectionId, organizationId, keyVersion } = place;
      const envelope = await sealSecret(key, place, keys);
      const row = { workspace, connectionId, organizationId, keyVersion, master: envelope.master };
      await announceEnvelope(db, row, now.toISOString());
      await kv.put(nameOf(place), JSON.stringify(envelope));
    },
    async signer(place) {
      const key = await openSecret(await readEnvelope(kv, place), place, keys).catch((error: unknown) => {
        // An old wrapping that KV still shows here after a rotation: a later read finds the new one.
        if (error instanceof UnknownMasterKeyError) throw new KeyOutOfReachError();
        throw new Problem("needs_key");
      });
      return signWith(key, jumpcloudBaseUrl);
    },
    async forget(place) {
      await removeEnvelope(stores, place);
    },
    async forgetAll(workspace, connectionId) {
      for (const row of await findEnvelopesOf(db, workspace, connectionId)) await removeEnvelope(stores, row);
    },
  };
}

/**
 * Removes an envelope: D1's row first. Who re-wraps it meanwhile finds the row gone and deletes what it put; the other
 * way round it could put the envelope back between the two and find its row still there. Killed in between, or refused
 * by KV, this leaves an envelope that D1 does not know: the sweep finds it (vault/sweep.ts).
 */
export async function removeEnvelope({ VAULT: kv, DB: db }: VaultStores, place: SecretPlace): Promise<void> {
  await dropEnvelope(db, place.keyVersion);
  await kv.delete(nameOf(place));
}

/** Signs with a key that was just handed in and is not kept yet. */
export function signWith(key: string, localBaseUrl: string | undefined): Sign {
  return (request) => {
    if (!mayCarryKey(request, localBaseUrl)) {
      throw new Error("A key goes to JumpCloud's API alone, by GET, and never along with a redirect.");
    }
    const signed = new Request(request);
    signed.headers.set("x-api-key", key);
    return signed;
  };
}

/** Throws `KeyOutOfReachError` where there is none to be read, `needs_key` where what is there is no envelope. */
export async function readEnvelope(kv: KVNamespace, place: SecretPlace): Promise<Envelope> {
  const text = await kv.get(nameOf(place));
  if (text === null) throw new KeyOutOfReachError();
  const stored = envelopeSchema.safeParse(parsed(text));
  if (!stored.success) throw new Problem("needs_key");
  return stored.data;
}

/** The envelope's name in KV. */
export function nameOf({
  workspace,
  connectionId,
  keyVersion,
}: Pick<SecretPlace, "workspace" | "connectionId" | "keyVersion">): string {
  return `${namesBegin}${workspace}/${connectionId}/${keyVersion}`;
}

/** How the names of all envelopes begin. */
export const namesBegin = "key/";

/** The version of the key that an envelope of that name holds. */
export function versionIn(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

const sealedSchema = z.object({ nonce: z.string(), data: z.string() });
const envelopeSchema = z.object({
  v: z.literal(1),
  master: z.string(),
  wrapped: sealedSchema,
  sealed: sealedSchema,
});

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
