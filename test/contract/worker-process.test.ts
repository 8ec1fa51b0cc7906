import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { type Simulator, startSimulator } from "../simulator/simulator.ts";
import { Api } from "../stack/api.ts";
import { runScript } from "../stack/processes.ts";
import { existingAssets, pairingLink } from "../stack/stack.ts";

let simulator: Simulator;
let stateDir: string;
const operatorToken = "an-operator-token-for-this-test";
const settings = () => ({
  PORT: "0",
  STATE_DIR: stateDir,
  OPERATOR_TOKEN: operatorToken,
  JUMPCLOUD_BASE_URL: simulator.url,
});

beforeAll(async () => {
  simulator = await startSimulator({ devices: 1500 });
  stateDir = await mkdtemp(path.join(tmpdir(), "dots-connect-"));
});
afterAll(async () => {
  await simulator.close();
  await rm(stateDir, { recursive: true, force: true });
});

test("SIGTERM and a start with the same STATE_DIR: connections, assets, pairing and a running sync are all still there", async () => {
  const first = await runScript("worker", settings());
  const api = await Api.redeem(first.url, await pairingLink({ url: first.url, operatorToken }, "kept"));
  await api.importCsv(existingAssets(simulator, 100));
  simulator.faults.latencyMs = 300;
  const created = await api.call("createConnection", {
    body: { region: "us", apiKey: demoKeyValues.administrator, mode: "download" },
  });
  await first.stop("SIGTERM");
  simulator.faults.latencyMs = 0;

  const second = await runScript("worker", settings());
  const later = new Api(second.url, api.token);
  expect((await later.call("listConnections")).items.map(({ id }) => id)).toEqual([created.id]);
  const sync = await later.ended(created.firstSyncId ?? "");
  expect(sync).toMatchObject({ status: "succeeded", counts: { devices: 1500 } });
  expect((await later.call("summarizeAssets")).total).toBe(100 + sync.counts.created);

  // The event's own time is the handler's clock: the sync that is due in six hours starts at a tick of then.
  const tick = (time: number, headers: Record<string, string> = {}) =>
    fetch(`${second.url}/cdn-cgi/handler/scheduled?cron=*/5+*+*+*+*&time=${time}`, { headers });
  const next = Date.parse((await later.call("getConnection", { id: created.id })).nextSyncAt ?? "");
  expect((await tick(next - 1000)).status).toBe(200);
  expect((await later.call("listSyncs", { id: created.id })).items).toHaveLength(1);
  // A page that a browser on this machine shows fires no cron.
  for (const site of ["cross-site", "same-site", "same-origin"])
    expect((await tick(next, { "sec-fetch-site": site })).status).toBe(403);
  expect((await later.call("listSyncs", { id: created.id })).items).toHaveLength(1);
  await tick(next, { "sec-fetch-site": "none" });
  const [scheduled] = (await later.call("listSyncs", { id: created.id })).items;
  expect(scheduled).toMatchObject({ trigger: "schedule" });
  expect((await later.ended(scheduled?.id ?? "")).status).toBe("succeeded");
  const after = await later.call("getConnection", { id: created.id });
  expect(Date.parse(after.nextSyncAt ?? "")).toBe(next + 6 * 3_600_000);

  await later.call("updateConnection", { id: created.id, body: { paused: true } });
  await tick(next + 12 * 3_600_000);
  expect((await later.call("listSyncs", { id: created.id })).items).toHaveLength(2);
  await second.stop("SIGTERM");
  expect(second.output()).not.toContain(demoKeyValues.administrator);
  expect(await readdir(stateDir)).toContain("d1");
});

test("a port that is no port is refused with a sentence", async () => {
  await expect(runScript("worker", { ...settings(), PORT: "many" })).rejects.toThrow(
    "PORT must be a whole number",
  );
});
