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
import { type RunningScript, runWorker } from "../stack/processes.ts";
import { storedRows } from "../stack/register-rows.ts";
import { existingAssets, pairingLink } from "../stack/stack.ts";

const killsInAll = 20;
/** Kills a workspace, by round: the first sync, then resyncs of a fleet that has changed, until all are spent. */
const killsByRound = [6, 4];
const modes: Mode[] = ["download", "sync"];
/** However slow the machine: what hangs is told apart from what is slow. */
const longestMs = 300_000;
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
  return await runWorker({
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
  const { id } = await apiOf(subject).call("startSync", { id: subject.connectionId });
  expect((await apiOf(subject).ended(id, longestMs)).status).toBe("succeeded");
  return performance.now() - begun;
}

/** Kills the Worker at random moments of one sync, up to so many times; gives how many of them hit it running. */
async function syncWithKills(subject: Subject, lastsMs: number, mostKills: number): Promise<number> {
  const { id } = await apiOf(subject).call("startSync", { id: subject.connectionId });
  let kills = 0;
  while (kills < mostKills) {
    await wait(Math.random() * (lastsMs / 3));
    const { finishedAt } = await apiOf(subject).call("getSync", { id });
    if (finishedAt !== undefined) return kills;
    await worker.kill();
    worker = await startWorker();
    kills += 1;
  }
  expect((await apiOf(subject).ended(id, longestMs)).status).toBe("succeeded");
  return kills;
}

/** Devices leave, come, are renamed, and one takes another's serial over. */
function changeFleet(round: number): void {
  const { tenant } = simulator;
  tenant.systems = tenant.systems.slice(150);
  for (let place = 0; place < 500; place += 1) {
    const system = tenant.systems[place * 7];
    if (system) system.hostname = `renamed-${round}-${place}`;
  }
  const [twin] = enroll(tenant, 80, 9 + round);
  const holder = tenant.systems[1000];
  if (!twin || !holder) throw new Error("The fleet is too small.");
  twin.serialNumber = holder.serialNumber ?? null;
  twin.lastContact = "2026-11-24T10:00:00.000Z";
}

test("SIGKILL at 20 random moments: each sync completes by itself, and the register equals an undisturbed one row for row", async () => {
  const calm = await Promise.all(modes.map((mode) => connect(`calm-${mode}`, mode)));
  const killed = await Promise.all(modes.map((mode) => connect(`killed-${mode}`, mode)));
  let kills = 0;
  for (let round = 0; kills < killsInAll; round += 1) {
    if (round > 0) changeFleet(round);
    for (const [index, subject] of killed.entries()) {
      const peer = calm[index];
      if (!peer) throw new Error("Each has an undisturbed peer.");
      const lastsMs = await syncInPeace(peer);
      const share = killsByRound[round] ?? killsInAll;
      kills += await syncWithKills(subject, lastsMs, Math.min(share, killsInAll - kills));
    }
  }
  await worker.stop("SIGTERM");

  for (const mode of modes) {
    const undisturbed = storedRows(stateDir, `calm-${mode}`);
    expect(undisturbed.assets.length).toBeGreaterThanOrEqual(2500);
    expect(undisturbed.assets.filter(({ missing_since }) => missing_since === 1).length).toBeGreaterThan(50);
    expect(undisturbed.skips.length).toBeGreaterThan(50);
    expect(storedRows(stateDir, `killed-${mode}`), mode).toEqual(undisturbed);
  }
}, 1_200_000);
