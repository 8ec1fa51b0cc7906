import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { Register } from "../../worker/register/register.ts";
import { tick } from "../../worker/schedule/tick.ts";
import { simulateJumpCloud } from "./simulated-jumpcloud.ts";
import { callWorker, paired } from "./worker-call.ts";

let key: string;
beforeAll(() => {
  key = simulateJumpCloud().keys[0];
});
afterAll(() => {
  vi.restoreAllMocks();
});

async function connect(workspace: string): Promise<string> {
  const response = await callWorker("/v1/connections", {
    method: "POST",
    headers: { ...(await paired(workspace)), "content-type": "application/json" },
    body: JSON.stringify({ region: "us", apiKey: key, mode: "sync", start: false }),
  });
  return ((await response.json()) as { id: string }).id;
}

test("a run that cannot be woken, and a vault that cannot be swept, keep no other connection from its sync", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const [stuck, due] = [await connect("stuck"), await connect("due")];
  await new Register(env.DB, workspaceNamed("stuck")).syncs.add({
    id: "a-sync-that-stands-still",
    connectionId: stuck,
    kind: "sync",
    trigger: "manual",
    mode: "sync",
    startedAt: new Date().toISOString(),
    checkpoint: "{}",
    undoes: null,
    by: { kind: "operator" },
  });
  const refuse = async () => {
    throw new Error("The object does not answer.");
  };
  const runs = new Proxy(env.SYNC_RUNS, {
    get: (real, name) =>
      name === "getByName"
        ? (id: string) => (id === stuck ? { wake: refuse, start: refuse } : real.getByName(id))
        : Reflect.get(real, name),
  });
  const vault = new Proxy(env.VAULT, { get: () => refuse });
  const inSevenHours = new Date(Math.ceil(Date.now() / 3_600_000) * 3_600_000 + 7 * 3_600_000);
  await tick({ ...env, SYNC_RUNS: runs, VAULT: vault }, inSevenHours);
  const { syncs } = new Register(env.DB, workspaceNamed("due"));
  await vi.waitFor(
    async () =>
      expect((await syncs.list(due, 10, undefined)).items).toMatchObject([
        { trigger: "schedule", status: "succeeded" },
      ]),
    { timeout: 5_000, interval: 50 },
  );
  const noted = log.mock.calls.map(([line]) => (JSON.parse(String(line)) as { event: string }).event);
  expect(noted.sort()).toEqual(["tick.start_failed", "tick.sweep_failed", "tick.wake_failed"]);
  log.mockRestore();
});
