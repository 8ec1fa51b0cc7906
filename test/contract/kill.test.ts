import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Mode } from "../../shared/connections.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { type Simulator, startSimulator } from "../simulator/simulator.ts";
import { enroll } from "../simulator/tenant.ts";
import { Api } from "../stack/api.ts";
import { type RunningScript, runScript } from "../stack/processes.ts";
import { storedRows } from "../stack/register-rows.ts";
import { existingAssets, pairingLink } from "../stack/stack.ts";

const killsInAll = 20;
/** Kills while the first syncs run; the others fall on a resync of a fleet that has changed. */
const killsOfFirstSyncs = 12;
const operatorToken = "an-operator-token-for-this-test";

/** A workspace of its own, whose syncs are disturbed or not. */
interface Subject {
  workspace: string;
  mode: Mode;
  token: string;
  connectionId: string;
}

let simulator: Simulator;
let stateDir: string;
let worker: RunningScript;

beforeAll(async () => {
  simulator = await startSimulator({ devices: 5000, latencyMs: 10 });
  stateDir = await mkdtemp(path.join(tmpdir(), "dots-connect-"));
  worker = await startWorker();
});
afterAll(async () => {
  await worker.kill().catch(() => {});
  await simulator.close();
  await rm(stateDir, { recursive: true, force: true });
});

async function startWorker(): Promise<RunningScript> {
  return await runScript("worker", {
    PORT: "0",
    STATE_DIR: stateDir,
    OPERATOR_TOKEN: operatorToken,
    JUMPCLOUD_BASE_URL: simulator.url,
  });
}

async function connect(workspace: string, mode: Mode): Promise<Subject> {
  const api = await Api.redeem(worker.url, await pairingLink({ url: worker.url, operatorToken }, workspace));
  await api.importCsv(existingAssets(simulator, 2500));
  const body = { region: "us" as const, apiKey: demoKeyValues.administrator, mode, start: false };
  const { id } = await api.call("createConnection", { body });
  return { workspace, mode, token: api.token, connectionId: id };
}

function apiOf({ token }: Subject): Api {
  return new Api(worker.url, token);
}

/** Gives how long a sync takes that nobody disturbs, in milliseconds. */
async function syncInPeace(subject: Subject): Promise<number> {
  const begun = performance.now();
  expect((await apiOf(subject).sync(subject.connectionId)).status).toBe("succeeded");
  return performance.now() - begun;
}

/** Kills the Worker at random moments of one sync, up to so many times; gives how many of them hit it running. */
async function syncWithKills(subject: Subject, lastsMs: number, mostKills: number): Promise<number> {
  const { id } = await apiOf(subject).call("startSync", { id: subject.connectionId });
  let kills = 0;
  while (kills < mostKills) {
    await wait(Math.random() * lastsMs);
    const { finishedAt } = await apiOf(subject).call("getSync", { id });
    await worker.kill();
    worker = await startWorker();
    if (finishedAt !== undefined) break;
    kills += 1;
  }
  expect((await apiOf(subject).ended(id)).status).toBe("succeeded");
  return kills;
}

/** Devices leave, come, are renamed, and one takes another's serial over. */
function changeFleet(): void {
  const { tenant } = simulator;
  tenant.systems = tenant.systems.slice(150);
  for (let place = 0; place < 500; place += 1) {
    const system = tenant.systems[place * 7];
    if (system) system.hostname = `renamed-${place}`;
  }
  const [twin, ...others] = enroll(tenant, 80, 9);
  const holder = tenant.systems[1000];
  if (!twin || !holder || others.length === 0) throw new Error("The fleet is too small.");
  twin.serialNumber = holder.serialNumber ?? null;
  twin.lastContact = "2026-11-24T10:00:00.000Z";
}

test("SIGKILL at 20 random moments: each sync completes by itself, and the register equals an undisturbed one row for row", async () => {
  const modes: Mode[] = ["download", "sync"];
  const calm = await Promise.all(modes.map((mode) => connect(`calm-${mode}`, mode)));
  const lasted: number[] = [];
  for (const subject of calm) lasted.push(await syncInPeace(subject));
  const lastsMs = Math.max(...lasted);

  const killed: Subject[] = [];
  let kills = 0;
  while (kills < killsOfFirstSyncs) {
    const subject = await connect(`killed-${killed.length}`, modes[killed.length % 2] ?? "download");
    killed.push(subject);
    kills += await syncWithKills(subject, lastsMs, killsOfFirstSyncs - kills);
  }
  changeFleet();
  for (const subject of calm) await syncInPeace(subject);
  for (const [index, subject] of killed.entries()) {
    const share = Math.ceil((killsInAll - kills) / (killed.length - index));
    kills += await syncWithKills(subject, lastsMs / 4, share);
  }
  expect(kills).toBe(killsInAll);
  await worker.stop("SIGTERM");

  for (const { workspace, mode } of killed) {
    const undisturbed = storedRows(stateDir, `calm-${mode}`);
    expect(undisturbed.assets.length).toBeGreaterThanOrEqual(2500);
    expect(undisturbed.assets.filter(({ missing_since }) => missing_since === 1).length).toBeGreaterThan(50);
    expect(undisturbed.skips.length).toBeGreaterThan(50);
    expect(storedRows(stateDir, workspace), workspace).toEqual(undisturbed);
  }
}, 400_000);
