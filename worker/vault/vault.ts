import { z } from "zod";
import { Problem } from "../problem.ts";
import { openSecret, type SecretPlace, sealSecret } from "./envelope.ts";
import type { MasterKeys } from "./master-keys.ts";

/** Puts the key on a request's headers. What signs never hands the key out. */
export type Sign = (headers: Headers) => void;

/**
 * Keeps connections' keys as envelopes in KV. Every version of a key has a name of its own, and D1 says
 * which version counts: a renewed or forgotten key takes effect at once, though KV may lag for 60 seconds.
 */
export interface Vault {
  /** Seals a key under its place. */
  keep(key: string, place: SecretPlace): Promise<void>;
  /** Opens the key and gives what signs with it. Throws `needs_key` where it is gone or does not open. */
  signer(place: SecretPlace): Promise<Sign>;
  forget(place: SecretPlace): Promise<void>;
}

export function openVault(kv: KVNamespace, keys: MasterKeys): Vault {
  return {
    async keep(key, place) {
      await kv.put(name(place), JSON.stringify(await sealSecret(key, place, keys)));
    },
    async signer(place) {
      const stored = envelopeSchema.safeParse(await kv.get(name(place), "json").catch(() => null));
      if (!stored.success) throw new Problem("needs_key");
      const key = await openSecret(stored.data, place, keys).catch(() => {
        throw new Problem("needs_key");
      });
      return signWith(key);
    },
    async forget(place) {
      await kv.delete(name(place));
    },
  };
}

/** Signs with a key that was just handed in and is not kept yet. */
export function signWith(key: string): Sign {
  return (headers) => headers.set("x-api-key", key);
}

const sealedSchema = z.object({ nonce: z.string(), data: z.string() });
const envelopeSchema = z.object({
  v: z.literal(1),
  master: z.string(),
  wrapped: sealedSchema,
  sealed: sealedSchema,
});

function name({ workspace, connectionId, keyVersion }: SecretPlace): string {
  return `key/${workspace}/${connectionId}/${keyVersion}`;
}
