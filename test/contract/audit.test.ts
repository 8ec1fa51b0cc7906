import { afterAll, beforeAll, expect, test } from "vitest";
import type { AuditEvent } from "../../shared/audit.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { Api } from "../stack/api.ts";
import { pairingLink, type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ devices: 30 });
});
afterAll(() => stack.close());

/** What was noted since, oldest first. */
async function notedSince(api: Api, before: number) {
  return (await api.call("listAudit", { query: { limit: "500" } })).items.toReversed().slice(before);
}

test("every step of a connection's life is noted once, with who did it and when, and nothing of a secret", async () => {
  const started = Date.now();
  const api = await stack.pair("audited");
  const noted: string[] = [];
  const expectNoted = async (...events: AuditEvent[]) => {
    const entries = await notedSince(api, noted.length);
    expect(entries.map(({ event }) => event).sort()).toEqual([...events].sort());
    noted.push(...entries.map(({ event }) => event));
    return entries;
  };

  const paired = await expectNoted("pairing.created", "pairing.redeemed");
  expect(paired.map(({ actor }) => actor.kind)).toEqual(["operator", "token"]);
  const [me] = (await api.call("listTokens")).items;
  expect(paired[1]?.actor).toEqual({ kind: "token", id: me?.id, label: "a test" });

  const key = { region: "us" as const, apiKey: demoKeyValues.administrator };
  await api.call("checkConnection", { body: key });
  const [checked] = await expectNoted("key.checked");
  expect(checked?.details).toEqual({
    organization: "Acme Ltd",
    keyLast4: key.apiKey.slice(-4),
    region: "us",
  });

  const wrongKey = { ...key, apiKey: "jca_nobodysKeyAtAll777777777777777777Zq9x" };
  await api.fail("checkConnection", { body: wrongKey });
  await api.fail("createConnection", { body: { ...wrongKey, mode: "sync" } });
  for (const refused of await expectNoted("key.refused", "key.refused"))
    expect(refused).toMatchObject({ actor: { id: me?.id }, details: { code: "invalid_key", region: "us" } });

  const { id, firstSyncId } = await api.call("createConnection", { body: { ...key, mode: "sync" } });
  await api.ended(firstSyncId ?? "");
  const connected = await expectNoted("connection.created", "sync.started", "key.used");
  expect(connected.find(({ event }) => event === "sync.started")).toMatchObject({
    actor: { id: me?.id },
    connectionId: id,
    syncId: firstSyncId,
    details: { kind: "sync", trigger: "connect", mode: "sync" },
  });

  await api.call("updateConnection", { id, body: { mode: "download", schedule: { everyHours: 1 } } });
  const [changed] = await expectNoted("connection.updated");
  expect(changed?.details).toEqual({
    modeBefore: "sync",
    mode: "download",
    everyHoursBefore: 6,
    everyHours: 1,
  });
  await api.call("updateConnection", { id, body: { paused: false } });
  await expectNoted();
  await api.call("updateConnection", { id, body: { paused: true } });
  await expectNoted("connection.updated");
  await api.call("updateConnection", { id, body: { paused: false } });
  await expectNoted("connection.updated");

  await api.sync(id);
  await expectNoted("sync.started", "key.used");

  const due = (await api.call("getConnection", { id })).nextSyncAt ?? "";
  await fetch(`${stack.worker.url}/cdn-cgi/handler/scheduled?cron=x&time=${Date.parse(due)}`);
  const [scheduled] = (await api.call("listSyncs", { id })).items;
  await api.ended(scheduled?.id ?? "");
  for (const entry of await expectNoted("sync.started", "key.used"))
    expect(entry).toMatchObject({ actor: { kind: "schedule" }, syncId: scheduled?.id });

  await api.call("renewKey", { id, body: { apiKey: demoKeyValues.expiring } });
  await expectNoted("key.renewed");
  await api.fail("renewKey", { id, body: { apiKey: demoKeyValues.beta } });
  await api.fail("createConnection", { body: { ...key, mode: "sync" } });
  const [foreign, again] = await expectNoted("key.refused", "key.refused");
  expect(foreign).toMatchObject({ connectionId: id, details: { code: "other_organization" } });
  expect(again?.details).toEqual({ code: "already_connected", region: "us" });
  await api.call("importAssets", { body: { items: [{ id: "A-1", name: "Laptop" }] } });
  const [imported] = await expectNoted("assets.imported");
  expect(imported?.details).toEqual({ rows: 1 });

  await api.call("openReminders");
  await api.call("openReminders");
  await expectNoted("reminders.opened");
  await api.call("closeReminders");
  await api.call("closeReminders");
  await expectNoted("reminders.closed");

  const other = await stack.pair("audited");
  await expectNoted("pairing.created", "pairing.redeemed");
  const theirs = (await api.call("listTokens")).items.find((token) => token.id !== me?.id);
  await api.call("revokeToken", { id: theirs?.id ?? "" });
  const [revoked] = await expectNoted("token.revoked");
  expect(revoked).toMatchObject({ actor: { id: me?.id }, details: { token: theirs?.id } });
  expect((await other.fail("listAudit")).code).toBe("unauthorized");

  const link = await pairingLink(stack.worker, "audited");
  const wrong = new URL(link).hash.slice(1).replace(/.$/, (last) => (last === "0" ? "1" : "0"));
  await new Api(api.origin, "").fail("redeemPairing", { body: { code: wrong, label: "a guess" } });
  const [, failed] = await expectNoted("pairing.created", "pairing.failed");
  expect(failed?.actor).toEqual({ kind: "anyone" });

  await api.call("deleteConnection", { id });
  await expectNoted("connection.deleted");

  const everything = (await api.call("listAudit", { query: { limit: "500" } })).items;
  for (const { at } of everything) {
    expect(Date.parse(at)).toBeGreaterThanOrEqual(started - 5);
    // A tick's clock is its event's: all else is of today.
    expect(Date.parse(at)).toBeLessThan(started + 3_600_000);
  }
  const text = JSON.stringify(everything);
  for (const secret of [
    key.apiKey,
    wrongKey.apiKey,
    wrongKey.apiKey.slice(-4),
    demoKeyValues.expiring,
    api.token,
    new URL(link).hash.slice(1),
  ])
    expect(text.includes(secret)).toBe(false);
});

test("a cancelled sync is noted with who cancelled it", async () => {
  const api = await stack.pair("cancelling");
  stack.simulator.faults.latencyMs = 500;
  const { firstSyncId } = await api.call("createConnection", {
    body: { region: "us", apiKey: demoKeyValues.administrator, mode: "sync" },
  });
  await api.call("cancelSync", { id: firstSyncId ?? "" });
  stack.simulator.faults.latencyMs = 0;
  const [latest] = (await api.call("listAudit")).items;
  expect(latest).toMatchObject({ event: "sync.cancelled", syncId: firstSyncId, actor: { kind: "token" } });
});

test("only an admin reads it", async () => {
  const viewer = await stack.pair("audited", "viewer");
  expect((await viewer.fail("listAudit")).code).toBe("forbidden");
});
