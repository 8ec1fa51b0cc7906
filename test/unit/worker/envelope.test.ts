import { expect, test } from "vitest";
import { workspaceNamed } from "../../../worker/access/workspaces.ts";
import {
  EnvelopeError,
  openSecret,
  rewrap,
  type SecretPlace,
  sealSecret,
} from "../../../worker/vault/envelope.ts";
import { parseMasterKeys } from "../../../worker/vault/master-keys.ts";

const entry = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString("base64")}`;
const keys = parseMasterKeys(`${entry("new", 2)}, ${entry("old", 1)}`);
const place: SecretPlace = {
  workspace: workspaceNamed("acme"),
  connectionId: "c1",
  organizationId: "o1",
  keyVersion: "v1",
};

test("what is sealed under the first master key opens, and shows nothing of the secret", async () => {
  const envelope = await sealSecret("jca_secret", place, keys);
  expect(envelope.master).toBe("new");
  expect(JSON.stringify(envelope)).not.toContain("jca_secret");
  expect(await openSecret(envelope, place, keys)).toBe("jca_secret");
});

test("what an older master key sealed still opens", async () => {
  const envelope = await sealSecret("jca_secret", place, parseMasterKeys(entry("old", 1)));
  expect(await openSecret(envelope, place, keys)).toBe("jca_secret");
});

test("every secret has a data key and nonces of its own", async () => {
  const [one, other] = await Promise.all([sealSecret("same", place, keys), sealSecret("same", place, keys)]);
  expect(one?.sealed.data).not.toBe(other?.sealed.data);
  expect(one?.wrapped.nonce).not.toBe(other?.wrapped.nonce);
});

test.each([["workspace"], ["connectionId"], ["organizationId"], ["keyVersion"]] as const)(
  "an envelope that was moved to another %s does not open",
  async (part) => {
    const envelope = await sealSecret("jca_secret", place, keys);
    await expect(openSecret(envelope, { ...place, [part]: "other" }, keys)).rejects.toThrow(EnvelopeError);
  },
);

test("an envelope that was altered, truncated, swapped or re-tagged does not open", async () => {
  const envelope = await sealSecret("jca_secret", place, keys);
  const other = await sealSecret("jca_other", { ...place, connectionId: "c2" }, keys);
  const flip = (text: string) => (text.startsWith("A") ? `B${text.slice(1)}` : `A${text.slice(1)}`);
  const broken = [
    { ...envelope, sealed: { ...envelope.sealed, data: flip(envelope.sealed.data) } },
    { ...envelope, sealed: { ...envelope.sealed, data: envelope.sealed.data.slice(0, 8) } },
    { ...envelope, sealed: { ...envelope.sealed, nonce: flip(envelope.sealed.nonce) } },
    { ...envelope, wrapped: { ...envelope.wrapped, data: flip(envelope.wrapped.data) } },
    { ...envelope, wrapped: other.wrapped },
    { ...envelope, sealed: other.sealed },
    { ...envelope, master: "old" },
    { ...envelope, master: "unknown" },
  ];
  for (const one of broken) await expect(openSecret(one, place, keys)).rejects.toThrow(EnvelopeError);
});

test("an envelope whose secret was altered is not re-wrapped: it would look fresh", async () => {
  const envelope = await sealSecret("jca_secret", place, parseMasterKeys(entry("old", 1)));
  const altered = { ...envelope, sealed: { ...envelope.sealed, data: envelope.sealed.data.slice(4) } };
  await expect(rewrap(altered, place, keys)).rejects.toThrow(EnvelopeError);
  const rewrapped = await rewrap(envelope, place, keys);
  expect(rewrapped).toMatchObject({ master: "new", sealed: envelope.sealed });
  expect(await openSecret(rewrapped, place, parseMasterKeys(entry("new", 2)))).toBe("jca_secret");
});

test.each([
  ["", "VAULT_KEYS is empty"],
  ["nocolon", "entry 1"],
  ["a:short", "32 bytes"],
  [`${entry("a", 1)},b:!!!`, "entry 2"],
  [`${entry("a", 1)},${entry("a", 2)}`, "one id twice"],
])("master keys written as %j are refused with a sentence", (text, sentence) => {
  expect(() => parseMasterKeys(text)).toThrow(sentence);
});
