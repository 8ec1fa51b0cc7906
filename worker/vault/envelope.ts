import type { WorkspaceId } from "../register/workspace.ts";
import type { MasterKeys } from "./master-keys.ts";

/**
 * Envelope encryption of one secret: a fresh data key a secret (AES-256-GCM), wrapped by a master key.
 * Both layers are bound by associated data to where the secret belongs, so a record that was moved to
 * another workspace, connection or organization does not open. No storage and no clock here.
 * AES-GCM with a random 96-bit nonce a key: NIST SP 800-38D, section 8.2.2.
 */
export interface Envelope {
  /** The format's version. */
  v: 1;
  /** The master key that wraps the data key. */
  master: string;
  /** Data key, encrypted: nonce and ciphertext in base64. */
  wrapped: Sealed;
  /** The secret, encrypted under the data key. */
  sealed: Sealed;
}
interface Sealed {
  nonce: string;
  data: string;
}

/** Where a secret belongs. */
export interface SecretPlace {
  workspace: WorkspaceId;
  connectionId: string;
  organizationId: string;
  /** The version of the connection's key. */
  keyVersion: string;
}

/** Says that an envelope does not open: altered, moved, or of an unknown master key. */
export class EnvelopeError extends Error {
  override name = "EnvelopeError";
}
export class UnknownMasterKeyError extends EnvelopeError {
  override name = "UnknownMasterKeyError";
}

/** Takes a secret and its place; gives the envelope to store. */
export async function sealSecret(secret: string, place: SecretPlace, keys: MasterKeys): Promise<Envelope> {
  const dataKey = crypto.getRandomValues(new Uint8Array(32));
  const bound = associatedData(place);
  const sealed = await encrypt(dataKey, encode(secret), bound);
  const wrapped = await encrypt(keys.current.bytes, dataKey, wrapData(keys.current.id, bound));
  dataKey.fill(0);
  return { v: 1, master: keys.current.id, wrapped, sealed };
}

/** Takes an envelope and the place it was found for; gives the secret. Throws `EnvelopeError`. */
export async function openSecret(envelope: Envelope, place: SecretPlace, keys: MasterKeys): Promise<string> {
  const bound = associatedData(place);
  const dataKey = await unwrap(envelope, bound, keys);
  const secret = await decrypt(dataKey, envelope.sealed, bound);
  dataKey.fill(0);
  return new TextDecoder().decode(secret);
}

/** Wraps the data key anew under the first master key; the secret stays sealed as it is. Throws `EnvelopeError`. */
export async function rewrap(envelope: Envelope, place: SecretPlace, keys: MasterKeys): Promise<Envelope> {
  const bound = associatedData(place);
  const dataKey = await unwrap(envelope, bound, keys);
  // An envelope whose secret does not open is not made to look fresh.
  (await decrypt(dataKey, envelope.sealed, bound)).fill(0);
  const wrapped = await encrypt(keys.current.bytes, dataKey, wrapData(keys.current.id, bound));
  dataKey.fill(0);
  return { ...envelope, master: keys.current.id, wrapped };
}

async function unwrap(
  envelope: Envelope,
  bound: Uint8Array,
  keys: MasterKeys,
): Promise<Uint8Array<ArrayBuffer>> {
  const master = keys.byId.get(envelope.master);
  if (master === undefined) throw new UnknownMasterKeyError("The envelope's master key is not known.");
  return await decrypt(master, envelope.wrapped, wrapData(envelope.master, bound));
}

/** JSON of an array: no two places give the same bytes. */
function associatedData(place: SecretPlace): Uint8Array<ArrayBuffer> {
  const { workspace, connectionId, organizationId, keyVersion } = place;
  return encode(
    JSON.stringify(["dots-jumpcloud-connect", 1, workspace, connectionId, organizationId, keyVersion]),
  );
}

function wrapData(masterId: string, bound: Uint8Array): Uint8Array<ArrayBuffer> {
  const prefix = encode(`wrap:${masterId}:`);
  const data = new Uint8Array(prefix.length + bound.length);
  data.set(prefix);
  data.set(bound, prefix.length);
  return data;
}

async function encrypt(
  rawKey: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
  additionalData: Uint8Array<ArrayBuffer>,
): Promise<Sealed> {
  const key = await crypto.subtle.importKey("raw", rawKey, "AES-GCM", false, ["encrypt"]);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const encrypted = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, key, data);
  return { nonce: toBase64(iv), data: toBase64(new Uint8Array(encrypted)) };
}

async function decrypt(
  rawKey: Uint8Array<ArrayBuffer>,
  sealed: Sealed,
  additionalData: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    const key = await crypto.subtle.importKey("raw", rawKey, "AES-GCM", false, ["decrypt"]);
    const iv = fromBase64(sealed.nonce);
    return new Uint8Array(
      await crypto.subtle.decrypt({ name: "AES-GCM", iv, additionalData }, key, fromBase64(sealed.data)),
    );
  } catch {
    throw new EnvelopeError("The envelope does not open: it was altered, or belongs elsewhere.");
  }
}

function encode(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(new TextEncoder().encode(text));
}
function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}
function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
