import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import type { ConnectionRecord } from "../../worker/register/connections.ts";
import { Register } from "../../worker/register/register.ts";

/** The API asks for a thing before it does something with it; these ask the register itself, with what they should not have. */
const at = "2026-11-24T09:00:00.000Z";
const by = { kind: "operator" } as const;
const mine = new Register(env.DB, workspaceNamed("mine"));
const theirs = new Register(env.DB, workspaceNamed("theirs"));
const connection: ConnectionRecord = {
  id: "my-connection",
  region: "us",
  organization: { id: "my-organization", name: "Acme" },
  sendsOrganization: false,
  mode: "sync",
  schedule: null,
  paused: false,
  status: "active",
  statusSince: at,
  keyVersion: "v1",
  keyLast4: "last",
  keyExpiresAt: null,
  role: "Administrator",
  insights: false,
  deviceCount: 0,
  createdAt: at,
  lastSyncAt: null,
  lastSyncId: null,
  nextSyncAt: null,
};

beforeEach(async () => {
  await mine.connections.add(connection, { event: "connection.created", actor: by, at });
  await mine.syncs.add({
    id: "my-sync",
    connectionId: connection.id,
    kind: "sync",
    trigger: "manual",
    mode: "sync",
    startedAt: at,
    checkpoint: "{}",
    undoes: null,
    by,
  });
  await env.DB.prepare(
    `INSERT INTO skips (connection_id, system_id, began, reason) VALUES (?1, 'my-device', 1, 'no_serial')
     ON CONFLICT DO NOTHING`,
  )
    .bind(connection.id)
    .run();
});

async function skippedOf(register: Register): Promise<string[]> {
  const sync = await mine.syncs.find("my-sync");
  if (sync === undefined) throw new Error("The sync is gone.");
  const { items } = await register.listChanges(sync, undefined, 10, undefined);
  return items.map(({ systemId }) => systemId);
}

test("a workspace is told of no device that another's sync skipped", async () => {
  expect(await skippedOf(mine)).toEqual(["my-device"]);
  expect(await skippedOf(theirs)).toEqual([]);
});

test("a workspace removes nothing of another's connection: not the connection, its syncs or its skips", async () => {
  await theirs.connections.remove(connection.id, { event: "connection.deleted", actor: by, at });
  expect(await mine.connections.find(connection.id)).toEqual(connection);
  expect((await mine.syncs.find("my-sync"))?.status).toBe("queued");
  expect(await skippedOf(mine)).toEqual(["my-device"]);
  expect((await theirs.audit.list(10, undefined)).items).toEqual([]);
});

test("a workspace changes nothing of another's connection, and no key of it", async () => {
  const note = { event: "key.renewed", actor: by, at } as const;
  expect(await theirs.connections.update(connection.id, { paused: true })).toBe(false);
  expect(await theirs.connections.replaceKey(connection.id, { keyVersion: "v2" }, note)).toBeUndefined();
  expect(await mine.connections.find(connection.id)).toEqual(connection);
  expect((await theirs.audit.list(10, undefined)).items).toEqual([]);
});
