import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { Role } from "../../shared/access.ts";
import { createPairing, redeemPairing } from "../../worker/access/pairing.ts";
import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";

export interface WorkerCall {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  /** Settings and bindings that differ from the tests' own. */
  changed?: Partial<Env>;
}

/** Sends one request through the Worker's own door. */
export async function callWorker(path: string, call: WorkerCall = {}): Promise<Response> {
  const { method = "GET", headers = {}, body, changed = {} } = call;
  const request = new Request(`https://worker.test${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  }) as Parameters<typeof worker.fetch>[0];
  return await worker.fetch(request, { ...env, ...changed }, createExecutionContext());
}

/** Pairs as the operator and a browser (or a program, where there is no origin) would; gives the header to send. */
export async function paired(
  workspace: string,
  { role = "admin", origin = null }: { role?: Role; origin?: string | null } = {},
): Promise<{ authorization: string }> {
  const now = new Date();
  const { code } = await createPairing(env.DB, workspace, role, now);
  const { token } = await redeemPairing(env.DB, code, { label: "a test", origin }, now);
  return { authorization: `Bearer ${token}` };
}
