import { spawn } from "node:child_process";
import { readdir, readFile, rm, stat } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parseMasterKeys } from "../../worker/vault/master-keys.ts";
import { type CloudflareAccount, startCloudflare } from "../stack/cloudflare.ts";

const root = path.dirname(path.dirname(import.meta.dirname));
const worker = "dots-connect-under-test";
const secretsFile = path.join(root, `.wrangler/deploy/secrets-of-${worker}.json`);

let account: CloudflareAccount;
beforeAll(async () => {
  account = await startCloudflare();
});
afterAll(async () => {
  await account.close();
  await rm(secretsFile, { force: true });
});

/** Runs `npm run deploy` as an operator with no terminal would. */
async function deploy(args: string[], env: Record<string, string> = {}) {
  const child = spawn("npm", ["run", "--silent", "deploy", "--", "--name", worker, ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, CLOUDFLARE_API_BASE_URL: account.url, CLOUDFLARE_API_TOKEN: "a-token", ...env },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => (output += data));
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output };
}

test("a dry run needs no account and no network, and says what a deployment would do", async () => {
  const nowhere = { CLOUDFLARE_API_TOKEN: "", CLOUDFLARE_API_BASE_URL: "http://127.0.0.1:9/client/v4" };
  const { code, output } = await deploy(["--dry-run"], nowhere);
  expect(output).toContain("A dry run: nothing was sent.");
  expect(output).toContain(`${worker}-vault`);
  expect(output).toContain("0001_register.sql");
  for (const binding of ["SYNC_RUNS", "VAULT", "DB"]) expect(output).toContain(`env.${binding}`);
  expect(code).toBe(0);
}, 120_000);

test("without a terminal to ask at, and without --yes, nothing is changed", async () => {
  const { code, output } = await deploy([]);
  expect(output).toContain("Add --yes to go ahead");
  expect(code).toBe(1);
  expect(account.changes).toEqual([]);
}, 120_000);

test("a deployment makes what is missing, migrates first, and tells no secret to the terminal; a second one makes nothing", async () => {
  const first = await deploy(["--yes"]);
  expect(first.output).toContain(`Deployed ${worker}.`);
  expect(first.code).toBe(0);
  const [namespace] = account.namespaces;
  const [database] = account.databases;
  expect(namespace?.title).toBe(`${worker}-vault`);
  expect(database?.name).toBe(worker);
  const migrated = database?.content.prepare("SELECT name FROM d1_migrations ORDER BY name").all();
  const files = (await readdir(path.join(root, "worker/migrations"))).sort();
  expect(migrated?.map(({ name }) => name)).toEqual(files);
  expect(() => database?.content.prepare("SELECT * FROM assets").all()).not.toThrow();
  // The database is whole before any code meets it.
  const order = account.changes.map((change) => change.replace(/[0-9a-f-]{36}/, "id"));
  expect(order.indexOf("POST /d1/database")).toBeLessThan(order.indexOf(`PUT /workers/scripts/${worker}`));
  const deployed = account.workers.get(worker);
  expect(deployed?.bindings).toContainEqual(
    expect.objectContaining({ name: "VAULT", type: "kv_namespace", namespace_id: namespace?.id }),
  );
  expect(deployed?.bindings).toContainEqual(
    expect.objectContaining({ name: "DB", type: "d1", id: database?.uuid }),
  );
  const secrets = Object.fromEntries(deployed?.secrets ?? []);
  expect(Object.keys(secrets).sort()).toEqual(["OPERATOR_TOKEN", "VAULT_KEYS"]);
  expect(() => parseMasterKeys(secrets.VAULT_KEYS ?? "")).not.toThrow();
  expect(secrets.OPERATOR_TOKEN).toMatch(/^[0-9a-f]{64}$/);
  expect(JSON.parse(await readFile(secretsFile, "utf8"))).toEqual(secrets);
  expect((await stat(secretsFile)).mode & 0o077).toBe(0);
  for (const secret of Object.values(secrets)) expect(first.output).not.toContain(secret);

  account.changes.length = 0;
  const second = await deploy(["--yes"]);
  expect(second.code).toBe(0);
  expect(second.output).toContain("there already");
  expect(account.changes.filter((change) => /namespaces|POST \/d1\/database$/.test(change))).toEqual([]);
  expect(Object.fromEntries(account.workers.get(worker)?.secrets ?? [])).toEqual(secrets);
}, 240_000);

test("a failure to list the secrets stops the deployment: new master keys would lock the vault for good", async () => {
  account.failSecrets = true;
  account.changes.length = 0;
  const { code, output } = await deploy(["--yes"]);
  account.failSecrets = false;
  expect(code).toBe(1);
  expect(output).toContain("wrangler said something unexpected");
  expect(account.changes).toEqual([]);
}, 120_000);

test("who is not logged in, or asks for what is not there, is told what to do", async () => {
  const loggedOut = await deploy(["--yes"], { CLOUDFLARE_API_TOKEN: "" });
  expect(loggedOut.output).toContain("Run npx wrangler login, or set CLOUDFLARE_API_TOKEN.");
  expect(loggedOut.code).toBe(1);
  const wrong = await deploy(["--everything"]);
  expect(wrong.output).toContain("Usage: npm run deploy");
  expect(wrong.code).toBe(1);
}, 120_000);
