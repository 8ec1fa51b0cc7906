import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { Register } from "../../worker/register/register.ts";
import { callWorker, paired } from "./worker-call.ts";

const at = "2026-11-24T09:00:00.000Z";
const actor = { kind: "operator" } as const;

test("a file that is still being sent breaks off once its reader's token is revoked", async () => {
  const register = new Register(env.DB, workspaceNamed("reading"));
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ id: `A-${index}`, fields: {} }));
  await register.importAssets(rows, { event: "assets.imported", actor, at });
  const headers = { ...(await paired("reading", { role: "viewer" })), accept: "text/csv" };
  const whole = await (await callWorker("/v1/assets", { headers })).text();
  expect(whole.split("\r\n")).toHaveLength(20_002);

  const reader = (await callWorker("/v1/assets", { headers })).body?.getReader();
  expect((await reader?.read())?.done).toBe(false);
  const [token] = (await register.tokens.list(1, undefined)).items;
  await register.tokens.revoke(token?.id ?? "", { event: "token.revoked", actor, at });
  await scheduler.wait(1_100);
  const rest = async () => {
    while (!(await reader?.read())?.done);
  };
  await expect(rest()).rejects.toThrow("revoked");
});
