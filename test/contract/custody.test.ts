import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { System } from "../simulator/tenant.ts";
import type { Api } from "../stack/api.ts";
import { existingAssets, pairingLink, type Stack, startStack } from "../stack/stack.ts";

const key = demoKeyValues.administrator;
const marker = "PERSONAL-MARKER";
let stack: Stack;
let api: Api;
let log = "";

beforeAll(async () => {
  for (const method of ["log", "info", "warn", "error"] as const) {
    vi.spyOn(console, method).mockImplementation((...args: unknown[]) => {
      log += `${args.join(" ")}\n`;
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    vi.spyOn(stream, "write").mockImplementation((...args: unknown[]) => {
      const [chunk] = args;
      log += typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk as Uint8Array);
      return write(...args);
    });
  }
  stack = await startStack({ devices: 300 });
  for (const system of stack.simulator.tenant.systems) plantMarkers(system);
  api = await stack.pair();
  await api.importCsv(existingAssets(stack.simulator, 100));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await stack.close();
});

/** What the sync is allowed to ask for (CONTRACT, sync rule 6); every other field gets a marker. */
const allowed = new Set(
  "_id id serialNumber hostname displayName os osFamily version hwVendor agentVersion lastContact fde organization".split(
    " ",
  ),
);

function plantMarkers(system: System): void {
  const people = { email: `${marker}@example.com`, id: marker, userName: marker, name: marker };
  for (const field of Object.keys(system))
    if (!allowed.has(field)) system[field] = typeof system[field] === "string" ? marker : people;
  Object.assign(system, {
    primarySystemUser: people,
    userMetrics: [people],
    description: marker,
    remoteIP: marker,
    attributes: [{ name: marker, value: marker }],
    tags: [marker],
    connectionHistory: [people],
    mdm: { internal: { deviceId: marker }, windows: { upn: marker } },
    networkInterfaces: [{ address: marker, name: marker }],
    usernameHashes: [marker],
    fde: { ...system.fde, keyPresent: marker, recoveryUser: marker },
  });
}

/** Everything below the state's folder: KV, D1 and the runs' own storage, as bytes on the disk. */
async function everythingStored(): Promise<string> {
  const files = await readdir(stack.stateDir, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile())
    .map((file) => readFile(path.join(file.parentPath, file.name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

test("no employee field and no key reaches D1, KV, the runs, the log or an answer, in either mode", async () => {
  const answers: unknown[] = [];
  const body = { region: "us" as const, apiKey: key };
  answers.push(await api.call("checkConnection", { body }));
  const created = await api.call("createConnection", { body: { ...body, mode: "sync" } });
  answers.push(created, await api.ended(created.firstSyncId ?? ""));
  await api.call("updateConnection", { id: created.id, body: { mode: "download" } });
  const second = await api.sync(created.id);
  expect(second.counts.created).toBeGreaterThan(100);
  answers.push(second, await api.allChanges(second.id), await api.allAssets());
  answers.push(await api.call("listConnections"), await api.call("listTokens"));
  answers.push(await api.fail("createConnection", { body: { ...body, mode: "sync" } }));
  answers.push(await api.fail("checkConnection", { body: { ...body, orgId: key } as never }));

  const link = new URL(await pairingLink(stack.worker, "searched"));
  const [pairingId = "", pairingSecret = ""] = link.hash.slice(1).split("-");

  const stored = await everythingStored();
  // What the search would find if it were there: it does find what belongs there.
  expect(stored).toContain("Acme Ltd");
  expect(stored).toContain(created.id);
  expect(stored).toContain(pairingId);
  expect(stored).toMatch(/"wrapped":\{"nonce"/);
  for (const [place, text] of [
    ["storage", stored],
    ["log", log],
    ["answers", JSON.stringify(answers)],
  ] as const) {
    expect(text.includes(marker), `an employee field in the ${place}`).toBe(false);
    expect(text.includes(key), `the key in the ${place}`).toBe(false);
    for (const [secret, name] of [
      [key, "key"],
      [api.token, "token"],
      [api.token.slice(5, 69), "token without its frame"],
      [pairingSecret, "pairing code"],
    ] as const) {
      for (const encoding of ["utf8", "base64", "base64url", "hex", "utf16le"] as const) {
        // Without its end, which depends on what follows.
        const coded = encoding.startsWith("utf")
          ? Buffer.from(secret, encoding).toString("latin1")
          : Buffer.from(secret).toString(encoding).slice(0, 32);
        expect(text.includes(coded), `the ${name} in the ${place}, as ${encoding}`).toBe(false);
      }
    }
  }
});

test("the connection shows the last 4 characters of its key and no more", async () => {
  const [connection] = (await api.call("listConnections")).items;
  expect(connection?.keyLast4).toBe(key.slice(-4));
  expect(JSON.stringify(connection)).not.toContain(key.slice(-6));
});

test("a key that JumpCloud no longer takes sets the connection to needs_key and leaves the assets alone", async () => {
  const [connection] = (await api.call("listConnections")).items;
  const id = connection?.id ?? "";
  const before = await api.allAssets();
  const owner = stack.simulator.tenant.keys.find(({ value }) => value === key);
  if (owner) owner.state = "revoked";
  const sync = await api.sync(id);
  expect(sync).toMatchObject({ status: "failed", problem: { code: "needs_key" } });
  expect(await api.call("getConnection", { id })).toMatchObject({ status: "needs_key", nextSyncAt: null });
  expect((await api.fail("startSync", { id })).code).toBe("needs_key");
  expect(await api.allAssets()).toEqual(before);

  // What the search of the log looks through is really the Worker's log.
  expect(log).toContain("run.attempt_failed");
  expect(log).not.toContain(key);

  const other = await api.fail("renewKey", { id, body: { apiKey: demoKeyValues.beta } });
  expect(other).toMatchObject({ status: 409, code: "other_organization", organization: "Acme Ltd" });
  const renewed = await api.call("renewKey", {
    id,
    body: { apiKey: demoKeyValues.expiring, keyExpiresAt: null },
  });
  expect(renewed).toMatchObject({
    status: "active",
    keyLast4: demoKeyValues.expiring.slice(-4),
    keyExpiresAt: null,
  });
  expect((await api.sync(id)).status).toBe("succeeded");
});

test("deleting a connection forgets the key at once; its assets stay, unlinked", async () => {
  const [connection] = (await api.call("listConnections")).items;
  const id = connection?.id ?? "";
  const before = await api.allAssets();
  await api.call("deleteConnection", { id });
  expect((await api.fail("getConnection", { id })).code).toBe("not_found");
  expect((await api.fail("startSync", { id })).code).toBe("not_found");
  const after = await api.allAssets();
  expect(after).toEqual(before.map(({ systemId: _, missingSince: __, ...asset }) => asset));
  const again = await api.call("createConnection", {
    body: { region: "us", apiKey: demoKeyValues.expiring, mode: "download" },
  });
  const sync = await api.ended(again.firstSyncId ?? "");
  expect(sync.counts.created).toBe(0);
  expect(await api.allAssets()).toHaveLength(before.length);
});
