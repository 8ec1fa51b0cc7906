import { createExecutionContext, createScheduledController } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";

async function ask(changed: Partial<Env>): Promise<{ status: number; code: string }> {
  const quiet = vi.spyOn(console, "error").mockImplementation(() => {});
  const request = new Request("https://worker.test/healthz") as Parameters<typeof worker.fetch>[0];
  const response = await worker.fetch(request, { ...env, ...changed }, createExecutionContext());
  quiet.mockRestore();
  return { status: response.status, code: ((await response.json()) as { code?: string }).code ?? "" };
}

test("a Worker with all its settings serves", async () => {
  expect((await ask({})).status).toBe(200);
});

test.each<[string, Partial<Env>]>([
  ["no operator token", { OPERATOR_TOKEN: "" }],
  ["no master keys", { VAULT_KEYS: "" }],
  ["master keys that are none", { VAULT_KEYS: "a:b" }],
  ["another address for JumpCloud in production", { ENVIRONMENT: "production" }],
])("a Worker with %s refuses to serve", async (_, changed) => {
  expect(await ask(changed)).toEqual({ status: 503, code: "not_configured" });
});

test("a tick with nothing to do does nothing and does not fail", async () => {
  const controller = createScheduledController({ scheduledTime: new Date(0), cron: "*/5 * * * *" });
  await expect(worker.scheduled(controller, env)).resolves.toBeUndefined();
});
