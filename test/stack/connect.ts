import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "./api.ts";
import type { Stack } from "./stack.ts";

/** Connects with the demo's administrator key, in Download and sync mode; nothing is synced yet. Gives the connection's id. */
export async function connect(api: Api): Promise<string> {
  const body = { region: "us", apiKey: demoKeyValues.administrator, mode: "download", start: false } as const;
  return (await api.call("createConnection", { body })).id;
}

/**
 * Connects and starts a sync while JumpCloud takes its time for each request: there is time to do something meanwhile.
 * It takes it until `stack.simulator.faults.latencyMs` is set back.
 */
export async function startSlowSync(
  stack: Stack,
  api: Api,
  latencyMs: number,
): Promise<{ connectionId: string; syncId: string }> {
  const connectionId = await connect(api);
  stack.simulator.faults.latencyMs = latencyMs;
  const { id: syncId } = await api.call("startSync", { id: connectionId });
  return { connectionId, syncId };
}
