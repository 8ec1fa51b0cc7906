/** The master keys that wrap data keys: the first wraps new ones, all unwrap. Pure. */
export interface MasterKeys {
  readonly current: { id: string; bytes: Uint8Array<ArrayBuffer> };
  readonly byId: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

const keyBytes = 32;

/**
 * Takes the text of the secret `VAULT_KEYS`: `id:base64[,id:base64…]`, 32 bytes each.
 * Throws an `Error` that says which entry is wrong, never showing a key.
 */
export function parseMasterKeys(text: string): MasterKeys {
  const entries = text
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .map(parseEntry);
  const [current] = entries;
  if (current === undefined) throw new Error("VAULT_KEYS is empty: set it to id:base64 of 32 random bytes.");
  const byId = new Map(entries.map(({ id, bytes }) => [id, bytes]));
  if (byId.size < entries.length) throw new Error("VAULT_KEYS names one id twice: give every key its own.");
  return { current, byId };
}

function parseEntry(entry: string, index: number): { id: string; bytes: Uint8Array<ArrayBuffer> } {
  const colon = entry.indexOf(":");
  const id = entry.slice(0, colon);
  if (colon < 1 || !/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
    throw new Error(
      `VAULT_KEYS, entry ${index + 1}: write id:base64, the id of 1 to 32 letters, digits, _ or -.`,
    );
  }
  const bytes = decodeBase64(entry.slice(colon + 1));
  if (bytes?.length !== keyBytes) {
    throw new Error(`VAULT_KEYS, entry ${index + 1}: the key must be the base64 of ${keyBytes} bytes.`);
  }
  return { id, bytes };
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}
