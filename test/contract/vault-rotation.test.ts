import { spawnSync } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { type Simulator, startSimulator } from "../simulator/simulator.ts";
import { Api } from "../stack/api.ts";
import { type RunningScript, runScript } from "../stack/processes.ts";
import { pairingLink } from "../stack/stack.ts";

const operatorToken = "an-operator-token-for-this-test";
const root = path.dirname(path.dirname(import.meta.dirname));
let simulator: Simulator;
let stateDir: string;
beforeAll(async () => {
  simulator = await startSimulator({ devices: 1000 });
  stateDir = await mkdtemp(path.join(tmpdir(), "dots-connect-"));
});
afterAll(async () => {
  await simulator.close();
  await rm(stateDir, { recursive: true, force: true });
});

function run(script: string, args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync("npm", ["run", "--silent", script, "--", ...args], {
    cwd: root,
    env: { ...process.env, OPERATOR_TOKEN: operatorToken, ...env },
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const newKey = (id: string) => run("vault:rotate", ["--new-key", id]).stdout.trim();

function worker(vaultKeys: string): Promise<RunningScript> {
  return runScript("worker", {
    PORT: "0",
    STATE_DIR: stateDir,
    OPERATOR_TOKEN: operatorToken,
    VAULT_KEYS: vaultKeys,
    JUMPCLOUD_BASE_URL: simulator.url,
  });
}

test("npm run vault:rotate moves every key under a new master key while a sync runs; the old one is then needed no more", async () => {
  const [old, fresh] = [newKey("old"), newKey("fresh")];
  const first = await worker(old);
  const link = await pairingLink({ url: first.url, operatorToken }, "rotating");
  const { token } = await Api.redeem(first.url, link);
  const { id, firstSyncId } = await new Api(first.url, token).call("createConnection", {
    body: { region: "us", apiKey: demoKeyValues.administrator, mode: "download" },
  });
  await new Api(first.url, token).ended(firstSyncId ?? "");
  await first.stop("SIGTERM");

  const second = await worker(`${fresh},${old}`);
  const api = new Api(second.url, token);
  simulator.faults.latencyMs = 100;
  const running = await api.call("startSync", { id });
  const rotated = run("vault:rotate", [], { WORKER_URL: second.url });
  simulator.faults.latencyMs = 0;
  expect(rotated).toMatchObject({ status: 0, stderr: "" });
  expect(rotated.stdout).toContain('1 re-wrapped under "fresh", 0 not readable');
  expect((await api.ended(running.id)).status).toBe("succeeded");
  expect(run("vault:rotate", [], { WORKER_URL: second.url }).stdout).toContain("0 re-wrapped");
  const noted = (await api.call("listAudit")).items.filter(({ event }) => event === "vault.rotated");
  expect(noted).toMatchObject([
    { actor: { kind: "operator" }, details: { master: "fresh", connections: 1 } },
  ]);
  await second.stop("SIGTERM");

  const third = await worker(fresh);
  expect((await new Api(third.url, token).sync(id)).status).toBe("succeeded");
  await third.stop("SIGTERM");
});

test("the operator's token goes nowhere in the clear, and a local Worker's own to no other Worker", async () => {
  const clear = run("vault:rotate", [], { WORKER_URL: "http://worker.invalid" });
  expect(clear).toMatchObject({ status: 1, stderr: expect.stringContaining("https://") });
  // The Workers of these tests have left secrets of their own there.
  const env = { WORKER_URL: "https://worker.invalid", OPERATOR_TOKEN: "", STATE_DIR: stateDir };
  expect(await readFile(path.join(stateDir, "secrets.json"), "utf8")).toContain("operatorToken");
  const elsewhere = run("vault:rotate", [], env);
  expect(elsewhere).toMatchObject({ status: 1, stderr: expect.stringContaining("Set OPERATOR_TOKEN") });
});

test("without the operator's token nothing is rotated, and the command says what to do", async () => {
  const refused = await worker(newKey("any"));
  const answer = run("vault:rotate", [], {
    WORKER_URL: refused.url,
    OPERATOR_TOKEN: "not-the-operators-token",
  });
  await refused.stop("SIGTERM");
  expect(answer.status).toBe(1);
  expect(answer.stderr).toContain("OPERATOR_TOKEN");
});
