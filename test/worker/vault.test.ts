import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { findWrappedByOthers } from "../../worker/register/envelopes.ts";
import { type MasterKeys, parseMasterKeys } from "../../worker/vault/master-keys.ts";
import { rotate } from "../../worker/vault/rotation.ts";
import { sweepVault } from "../../worker/vault/sweep.ts";
import { nameOf, openVault } from "../../worker/vault/vault.ts";

const now = new Date("2026-11-24T09:00:00.000Z");
const later = new Date(now.getTime() + 3_600_000);
const entry = (id: string, fill: number) => `${id}:${Buffer.alloc(32, fill).toString("base64")}`;
const old = parseMasterKeys(entry("old", 1));
const both = parseMasterKeys(`${entry("new", 2)},${entry("old", 1)}`);
const fresh = parseMasterKeys(entry("new", 2));

let places = 0;
function somewhere() {
  places += 1;
  return {
    workspace: workspaceNamed("vaults"),
    connectionId: `c-${places}`,
    organizationId: `o-${places}`,
    keyVersion: crypto.randomUUID(),
  };
}

async function keyAt(place: ReturnType<typeof somewhere>, keys: MasterKeys): Promise<string | null> {
  const sign = await vaultUnder(keys).signer(place);
  const asked = new Request("https://console.jumpcloud.com/api/systems", { redirect: "manual" });
  return sign(asked).headers.get("x-api-key");
}

function vaultUnder(masterKeys: MasterKeys) {
  return openVault(env, { masterKeys, jumpcloudBaseUrl: undefined });
}

async function rotateAll(keys: MasterKeys) {
  let rewrapped = 0;
  const unreadable: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const portion = await rotate(env, keys, cursor);
    rewrapped += portion.rewrapped.length;
    unreadable.push(...portion.unreadable);
    cursor = portion.nextCursor;
  }
  return { rewrapped, unreadable };
}

test("a rotation re-wraps every envelope in portions, none twice, and the old master key is then needed no more", async () => {
  const kept = Array.from({ length: 23 }, somewhere);
  for (const place of kept) await vaultUnder(old).keep(`key of ${place.connectionId}`, place, now);
  expect(await rotateAll(both)).toEqual({ rewrapped: 23, unreadable: [] });
  for (const place of kept) expect(await keyAt(place, fresh)).toBe(`key of ${place.connectionId}`);
  expect(await rotateAll(both)).toEqual({ rewrapped: 0, unreadable: [] });
});

test("a rotation that died between KV and D1 is finished by the next one", async () => {
  const place = somewhere();
  await vaultUnder(old).keep("jca_secret", place, now);
  // KV has taken the new envelope, D1 was not told: as if the Worker was killed right there.
  const noted = env.DB.prepare("UPDATE envelopes SET master = 'old' WHERE key_version = ?1").bind(
    place.keyVersion,
  );
  await rotateAll(both);
  await noted.run();
  expect(await rotateAll(both)).toEqual({ rewrapped: 1, unreadable: [] });
  expect(await keyAt(place, fresh)).toBe("jca_secret");
});

test("a key that is forgotten while it is re-wrapped does not come back", async () => {
  const place = somewhere();
  await vaultUnder(old).keep("jca_secret", place, now);
  const forgetfulKv = new Proxy(env.VAULT, {
    get(kv, name) {
      if (name !== "put") return Reflect.get(kv, name).bind(kv);
      return async (key: string, value: string) => {
        await vaultUnder(old).forget(place);
        await kv.put(key, value);
      };
    },
  });
  const portion = await rotate({ VAULT: forgetfulKv, DB: env.DB }, both, "");
  expect(portion.rewrapped).toEqual([]);
  expect(await env.VAULT.get(nameOf(place))).toBeNull();
});

test("a key that is re-wrapped in the middle of being forgotten does not come back either", async () => {
  const place = somewhere();
  await vaultUnder(old).keep("jca_secret", place, now);
  const gone = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const kvWith = (changed: Partial<Pick<KVNamespace, "put" | "delete">>) =>
    new Proxy(env.VAULT, {
      get: (kv, name) =>
        name in changed ? changed[name as keyof typeof changed] : Reflect.get(kv, name).bind(kv),
    });
  const deleting = kvWith({
    delete: async (name) => {
      await env.VAULT.delete(name);
      gone.resolve();
      await goOn.promise;
    },
  });
  const forgetful = openVault(
    { VAULT: deleting, DB: env.DB },
    { masterKeys: old, jumpcloudBaseUrl: undefined },
  );
  let forgetting = Promise.resolve();
  // The rotation has read the envelope: what it puts comes after the deletion, and before that has come to its end.
  const late = kvWith({
    put: async (name: string, value: string) => {
      forgetting = forgetful.forget(place);
      await gone.promise;
      await env.VAULT.put(name, value);
    },
  });
  await rotate({ VAULT: late, DB: env.DB }, both, "");
  goOn.resolve();
  await forgetting;
  expect(await env.VAULT.get(nameOf(place))).toBeNull();
});

test("an envelope that no master key opens is reported, left as it is, and does not stop the others", async () => {
  const [lost, fine] = [somewhere(), somewhere()];
  await vaultUnder(parseMasterKeys(entry("gone", 9))).keep("jca_lost", lost, now);
  await vaultUnder(old).keep("jca_fine", fine, now);
  const before = await env.VAULT.get(nameOf(lost));
  expect(await rotateAll(both)).toEqual({ rewrapped: 1, unreadable: [lost.connectionId] });
  expect(await env.VAULT.get(nameOf(lost))).toBe(before);
  expect(await keyAt(fine, fresh)).toBe("jca_fine");
  await vaultUnder(old).forget(lost);
});

test("an envelope that was moved, in KV, under another connection's name is not re-wrapped and does not open", async () => {
  const [one, other] = [somewhere(), somewhere()];
  await vaultUnder(old).keep("jca_one", one, now);
  await vaultUnder(old).keep("jca_other", other, now);
  await env.VAULT.put(nameOf(other), (await env.VAULT.get(nameOf(one))) ?? "");
  await expect(keyAt(other, both)).rejects.toMatchObject({ code: "needs_key" });
  expect((await rotateAll(both)).unreadable).toEqual([other.connectionId]);
  await vaultUnder(old).forget(other);
});

test("an envelope that KV does not show yet is out of reach, not lost", async () => {
  await expect(keyAt(somewhere(), both)).rejects.toMatchObject({ name: "KeyOutOfReachError" });
});

test("an envelope under a master key that is not known here is out of reach, not lost: KV may show an old wrapping", async () => {
  const place = somewhere();
  await vaultUnder(old).keep("jca_secret", place, now);
  await expect(keyAt(place, fresh)).rejects.toMatchObject({ name: "KeyOutOfReachError" });
  await vaultUnder(old).forget(place);
});

test.each([
  ["no JSON", "{"],
  ["no envelope", "{}"],
  ["of another format", '{"v":2}'],
])("what lies in KV in an envelope's place and is %s needs a new key", async (_, text) => {
  const place = somewhere();
  await env.VAULT.put(nameOf(place), text);
  await expect(keyAt(place, both)).rejects.toMatchObject({ code: "needs_key" });
});

test("an envelope that a killed connect left behind is swept after a quarter of an hour, and no other", async () => {
  const [orphan, young] = [somewhere(), somewhere()];
  await vaultUnder(old).keep("jca_orphan", orphan, now);
  await vaultUnder(old).keep("jca_young", young, later);
  const used = somewhere();
  await vaultUnder(old).keep("jca_used", used, now);
  await env.DB.prepare(
    `INSERT INTO connections (workspace, id, region, organization_id, organization_name, sends_organization, mode,
       paused, status, status_since, key_version, key_last4, role, insights, device_count, created_at)
     VALUES (?1, ?2, 'us', ?3, 'Acme', 0, 'sync', 0, 'active', ?4, ?5, 'used', 'Administrator', 0, 0, ?4)`,
  )
    .bind(used.workspace, used.connectionId, used.organizationId, now.toISOString(), used.keyVersion)
    .run();
  while ((await sweepVault(env, later)) > 0);
  expect(await env.VAULT.get(nameOf(orphan))).toBeNull();
  expect(await keyAt(young, both)).toBe("jca_young");
  expect(await keyAt(used, both)).toBe("jca_used");
  const left = (await findWrappedByOthers(env.DB, "none", "", 100)).map(({ keyVersion }) => keyVersion);
  expect(left.sort()).toEqual([young.keyVersion, used.keyVersion].sort());
});
