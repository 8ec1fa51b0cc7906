import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { finishSync } from "../../worker/register/commit.ts";
import { type ConnectionRecord, Connections } from "../../worker/register/connections.ts";
import { MeteredDb } from "../../worker/register/metered-db.ts";
import { Syncs } from "../../worker/register/syncs.ts";

const now = "2026-11-24T09:00:00.000Z";
const workspace = workspaceNamed("rejected");
const by = { kind: "operator" } as const;

/** A connection whose key has that version, with a sync under way. */
async function connectionWith(id: string, keyVersion: string) {
  const connection: ConnectionRecord = {
    id,
    region: "us",
    organization: { id: `o-${id}`, name: "Acme" },
    sendsOrganization: false,
    mode: "sync",
    schedule: null,
    paused: false,
    status: "active",
    statusSince: now,
    keyVersion,
    keyLast4: "last",
    keyExpiresAt: null,
    role: "Administrator",
    insights: false,
    deviceCount: 0,
    createdAt: now,
    lastSyncAt: null,
    lastSyncId: null,
    nextSyncAt: null,
  };
  const connections = new Connections(env.DB, workspace);
  await connections.add(connection, { event: "connection.created", actor: by, at: now, connectionId: id });
  const sync = {
    id: `sync-of-${id}`,
    connectionId: id,
    mode: "sync" as const,
    startedAt: now,
    checkpoint: "{}",
  };
  await new Syncs(env.DB, workspace).add({ ...sync, kind: "sync", trigger: "manual", undoes: null, by });
  return connections;
}

async function endWithRefusalOf(id: string, rejectedKeyVersion: string): Promise<void> {
  const run = { workspace, connectionId: id, syncId: `sync-of-${id}`, number: 1 };
  await finishSync(new MeteredDb(env.DB), run, {
    status: "failed",
    now,
    problem: undefined,
    requests: 0,
    rowsRead: 0,
    rowsWritten: 0,
    deviceCount: undefined,
    rejectedKeyVersion,
    kind: "sync",
  });
}

test("a refusal of the key that counts sets the connection to needs_key", async () => {
  const connections = await connectionWith("current", "v1");
  await endWithRefusalOf("current", "v1");
  expect(await connections.find("current")).toMatchObject({ status: "needs_key" });
});

test("a refusal of a key that was renewed meanwhile does not: the new one was never refused", async () => {
  const connections = await connectionWith("renewed", "v2");
  await endWithRefusalOf("renewed", "v1");
  expect(await connections.find("renewed")).toMatchObject({
    status: "active",
    lastSyncId: "sync-of-renewed",
  });
});

test("a key whose envelope does not open any more sets the connection to needs_key too", async () => {
  const connections = await connectionWith("tampered", "v1");
  const name = `key/${workspace}/tampered/v1`;
  await env.VAULT.put(name, "not an envelope");
  await env.SYNC_RUNS.getByName("tampered").start({
    workspace,
    connectionId: "tampered",
    kind: "sync",
    trigger: "manual",
    by,
  });
  await vi.waitFor(
    async () => expect(await connections.find("tampered")).toMatchObject({ status: "needs_key" }),
    { timeout: 5_000, interval: 50 },
  );
  expect((await new Syncs(env.DB, workspace).list("tampered", 1, undefined)).items[0]).toMatchObject({
    status: "failed",
    problem: { code: "needs_key" },
  });
});
