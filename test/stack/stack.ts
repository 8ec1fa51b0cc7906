import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type LocalWorker, startLocalWorker } from "../../worker/cli/local-worker.ts";
import { assetsFor, toCsv } from "../simulator/dots-assets.ts";
import { type Simulator, type SimulatorOptions, startSimulator } from "../simulator/simulator.ts";
import { Api } from "./api.ts";

/** The real Worker in workerd with real KV and D1, and a JumpCloud that answers like JumpCloud. */
export interface Stack {
  simulator: Simulator;
  worker: LocalWorker;
  /** Where KV, D1 and the runs lie on disk. */
  stateDir: string;
  /** Pairs as a client of a workspace of its own, or of the one named. */
  pair(workspace?: string, role?: "admin" | "viewer"): Promise<Api>;
  close(): Promise<void>;
}

export interface StackOptions extends SimulatorOptions {
  workerPort?: number;
  jumpcloudTimeoutMs?: number;
  /** The Worker talks to JumpCloud's own hosts instead of the simulator. */
  realJumpCloud?: boolean;
  /** V8's inspector listens, for whoever measures. */
  inspector?: boolean;
}

/** Starts both on free ports, with a state of their own. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const stateDir = await mkdtemp(path.join(tmpdir(), "dots-connect-"));
  const simulator = await startSimulator(options);
  const worker = await startLocalWorker({
    port: options.workerPort ?? 0,
    stateDir,
    jumpcloudBaseUrl: options.realJumpCloud ? undefined : simulator.url,
    jumpcloudTimeoutMs: options.jumpcloudTimeoutMs,
    inspector: options.inspector,
  });
  let workspaces = 0;
  return {
    simulator,
    worker,
    stateDir,
    async pair(workspace = `workspace-${++workspaces}`, role = "admin") {
      const link = await pairingLink(worker, workspace, role);
      return await Api.redeem(worker.url, link);
    },
    async close() {
      await worker.close();
      await simulator.close();
      await rm(stateDir, { recursive: true, force: true });
    },
  };
}

/** Makes a pairing as the operator does; gives its link. */
export async function pairingLink(
  worker: Pick<LocalWorker, "url" | "operatorToken">,
  workspace: string,
  role: "admin" | "viewer" = "admin",
): Promise<string> {
  const operator = new Api(worker.url, worker.operatorToken);
  return (await operator.call("createPairing", { body: { workspace, role } })).link;
}

/** The assets a company with the simulator's first organization would have in Dots, as an import. */
export function existingAssets(simulator: Simulator, count: number): string {
  const acme = simulator.tenant.organizations[0]?._id;
  return toCsv(
    assetsFor(
      simulator.tenant.systems.filter(({ organization }) => organization === acme),
      count,
    ),
  );
}
