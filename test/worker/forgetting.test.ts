import { env } from "cloudflare:workers";
import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import type { Env } from "../../worker/env.ts";
import { findEnvelopesOf } from "../../worker/register/envelopes.ts";
import { Register } from "../../worker/register/register.ts";
import { parseMasterKeys } from "../../worker/vault/master-keys.ts";
import { sweepVault } from "../../worker/vault/sweep.ts";
import { nameOf, openVault, type VaultStores } from "../../worker/vault/vault.ts";
import { type SimulatedJumpCloud, simulateJumpCloud } from "./simulated-jumpcloud.ts";
import { callWorker, paired } from "./worker-call.ts";

const masterKeys = parseMasterKeys(env.VAULT_KEYS ?? "");
const vaultIn = (stores: VaultStores) => openVault(stores, { masterKeys, jumpcloudBaseUrl: undefined });
let jumpcloud: SimulatedJumpCloud;
let workspace: ReturnType<typeof workspaceNamed>;
let headers: Record<string, string>;
let tests = 0;
beforeAll(() => {
  jumpcloud = simulateJumpCloud();
});
afterAll(() => {
  vi.restoreAllMocks();
});
beforeEach(async () => {
  tests += 1;
  workspace = workspaceNamed(`forgetting-${tests}`);
  headers = { ...(await paired(workspace)), "content-type": "application/json" };
});

async function call(method: string, path: string, body?: object, changed: Partial<Env> = {}) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  return await callWorker(path, { method, headers, changed, ...sent });
}

const connectBody = (organization: 0 | 1 = 0) => ({
  region: "us",
  apiKey: jumpcloud.keys[organization],
  mode: "sync",
  start: false,
});

async function connect(organization: 0 | 1 = 0): Promise<string> {
  const response = await call("POST", "/v1/connections", connectBody(organization));
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

/** What KV holds of the workspace, and what D1 believes that it holds. */
async function kept(): Promise<{ kv: string[]; d1: number }> {
  const { keys } = await env.VAULT.list({ prefix: `key/${workspace}/` });
  const d1 = await env.DB.prepare("SELECT count(*) AS n FROM envelopes WHERE workspace = ?1")
    .bind(workspace)
    .first<{ n: number }>();
  return { kv: keys.map(({ name }) => name), d1: d1?.n ?? -1 };
}

/** The real KV, but for one method. */
function kvWith(changed: Partial<Pick<KVNamespace, "delete" | "put">>): KVNamespace {
  return new Proxy(env.VAULT, {
    get: (kv, name) =>
      name in changed ? changed[name as keyof typeof changed] : Reflect.get(kv, name).bind(kv),
  });
}
const stubborn = kvWith({
  delete: async () => {
    throw new Error("KV DELETE failed: 429 Too Many Requests");
  },
});

test("of renewals at once, each forgets the key that it replaced: one envelope is left, that of the key that counts", async () => {
  const id = await connect();
  const renewals = await Promise.all(
    [1, 2, 3].map(() => call("PUT", `/v1/connections/${id}/key`, { apiKey: jumpcloud.keys[0] })),
  );
  expect(renewals.map(({ status }) => status)).toEqual([200, 200, 200]);
  const { keyVersion = "" } = (await new Register(env.DB, workspace).connections.find(id)) ?? {};
  expect(await kept()).toEqual({ kv: [nameOf({ workspace, connectionId: id, keyVersion })], d1: 1 });
});

test("of connects at once, those that come too late keep no key", async () => {
  const answers = await Promise.all([1, 2, 3].map(() => call("POST", "/v1/connections", connectBody())));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  const { kv, d1 } = await kept();
  expect([kv.length, d1]).toEqual([1, 1]);
});

test("a deleted connection leaves no key, not even one that a renewal under way had put there", async () => {
  const id = await connect();
  const [row] = await findEnvelopesOf(env.DB, workspace, id);
  if (!row) throw new Error("There is no envelope.");
  await vaultIn(env).keep("jca_underway", { ...row, keyVersion: crypto.randomUUID() }, new Date());
  expect((await kept()).kv).toHaveLength(2);
  expect((await call("DELETE", `/v1/connections/${id}`)).status).toBe(204);
  expect(await kept()).toEqual({ kv: [], d1: 0 });
});

test("where KV refuses to delete, the answer is what it is without, and the next sweep deletes", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const id = await connect();
  const renewed = { apiKey: jumpcloud.keys[0] };
  expect((await call("PUT", `/v1/connections/${id}/key`, renewed, { VAULT: stubborn })).status).toBe(200);
  expect((await call("DELETE", `/v1/connections/${id}`, undefined, { VAULT: stubborn })).status).toBe(204);
  // A connect that finds another one there, just after it has put its key.
  let others = 0;
  const overtaken = kvWith({
    put: async (name: string, value: string) => {
      await env.VAULT.put(name, value);
      if (++others === 1) await connect();
    },
    delete: stubborn.delete,
  });
  expect((await call("POST", "/v1/connections", connectBody(), { VAULT: overtaken })).status).toBe(409);
  expect((await kept()).kv).toHaveLength(4);
  await sweepVault(env, new Date());
  expect((await kept()).kv).toHaveLength(1);
  expect(JSON.stringify(log.mock.calls)).toContain("vault.forget_failed");
  log.mockRestore();
});

test("the sweep leaves alone what a connection needs, and an envelope that is just being put", async () => {
  const accountedFor = await connect();
  const forgottenByD1 = await connect(1);
  await env.DB.prepare("DELETE FROM envelopes WHERE connection_id = ?1").bind(forgottenByD1).run();
  const before = await kept();
  expect(before.kv.map((name) => name.split("/")[2]).sort()).toEqual([accountedFor, forgottenByD1].sort());
  await vaultIn(env).keep(
    "jca_young",
    { workspace, connectionId: "c", organizationId: "o", keyVersion: "young" },
    new Date(),
  );
  await sweepVault(env, new Date());
  expect((await kept()).kv.sort()).toEqual([...before.kv, `key/${workspace}/c/young`].sort());
});
