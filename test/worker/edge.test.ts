import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { createPairing } from "../../worker/access/pairing.ts";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import type { Env } from "../../worker/env.ts";
import worker from "../../worker/index.ts";
import { Register } from "../../worker/register/register.ts";
import { callWorker, paired } from "./worker-call.ts";

const chrome = "chrome-extension://jdpjijcenendlbcbhccgmdnkkgefnjne";
const firefox = "moz-extension://6f1a3c2e-1b7d-4c57-9d7c-2a1f0c5b9e11";
const refusing = { limit: async () => ({ success: false }) };

async function allowedOrigin(origin: string, setting?: string): Promise<string | null> {
  const response = await callWorker("/v1/connections", {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST" },
    changed: setting === undefined ? {} : { EXTENSION_ORIGINS: setting },
  });
  return response.headers.get("access-control-allow-origin");
}

test.each([[chrome], [firefox]])("the shipped extension may call from %s", async (origin) => {
  expect(await allowedOrigin(origin)).toBe(origin);
});

test.each([
  ["a web page", "https://app.dots.example"],
  ["another extension", "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"],
  ["a page that calls itself one", "https://moz-extension.example"],
  ["a file or a sandbox", "null"],
  ["an origin that begins like ours", `${chrome}.evil.example`],
  ["what is no Firefox extension's origin", "moz-extension://x"],
])("%s may not", async (_, origin) => {
  expect(await allowedOrigin(origin)).toBeNull();
});

test("an operator names the origins of an extension of their own, and no other may call then", async () => {
  const own = "chrome-extension://bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
  expect(await allowedOrigin(own, own)).toBe(own);
  expect(await allowedOrigin(chrome, own)).toBeNull();
  expect(await allowedOrigin(firefox, own)).toBeNull();
});

test("an answer to another origin carries nothing that lets it be read, whatever token asks", async () => {
  const headers = { ...(await paired("reading")), origin: "https://evil.example" };
  const response = await callWorker("/v1/connections", { headers });
  expect(response.headers.get("access-control-allow-origin")).toBeNull();
});

test("a refusal can be read by the extension too: it tells the admin why", async () => {
  const read = async (call: Parameters<typeof callWorker>[1]) => {
    const response = await callWorker("/v1/connections", { ...call, headers: { origin: chrome } });
    return [response.status, response.headers.get("access-control-allow-origin")];
  };
  expect(await read({})).toEqual([401, chrome]);
  expect(await read({ changed: { CALLS_BY_ADDRESS: refusing } })).toEqual([429, chrome]);
});

test("a token that a browser redeemed opens nothing from another origin, and everything from its own", async () => {
  const { authorization } = await paired("bound", { origin: firefox });
  const from = async (origin: string | undefined) =>
    (await callWorker("/v1/connections", { headers: { authorization, ...(origin ? { origin } : {}) } }))
      .status;
  expect(await from(firefox)).toBe(200);
  expect(await from(undefined)).toBe(200);
  expect(await from(firefox.replace("6f1a", "7f1a"))).toBe(401);
  expect(await from("https://evil.example")).toBe(401);
});

test("a pairing code sent from a page's origin is refused and keeps its tries", async () => {
  const { code } = await createPairing(env.DB, "lured", "admin", new Date());
  const redeem = async (origin: string) =>
    await callWorker("/v1/pairings/redeem", {
      method: "POST",
      headers: { origin, "content-type": "application/json" },
      body: JSON.stringify({ code, label: "a browser" }),
    });
  for (let guesses = 0; guesses < 6; guesses += 1)
    expect((await redeem("https://evil.example")).status).toBe(401);
  expect((await redeem(chrome)).status).toBe(201);
});

test("the page of a pairing link may have its own style sheet and nothing else", async () => {
  const response = await callWorker("/pair");
  const [, style = ""] = /<style>([\s\S]*)<\/style>/.exec(await response.text()) ?? [];
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
  expect(response.headers.get("content-security-policy")).toBe(
    `default-src 'none'; style-src 'sha256-${Buffer.from(hash).toString("base64")}'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'`,
  );
});

test("every answer, a refusal too, says that it is not to be framed, sniffed, cached or referred from", async () => {
  for (const path of ["/healthz", "/openapi.json", "/pair", "/v1/connections", "/nothing"]) {
    const { headers } = await callWorker(path);
    for (const directive of ["default-src", "frame-ancestors", "base-uri", "form-action"])
      expect(headers.get("content-security-policy"), path).toContain(`${directive} 'none'`);
    expect(headers.get("x-content-type-options"), path).toBe("nosniff");
    expect(headers.get("x-frame-options"), path).toBe("DENY");
    expect(headers.get("referrer-policy"), path).toBe("no-referrer");
    expect(headers.get("cache-control"), path).toBe("no-store");
    expect(headers.get("strict-transport-security"), path).toContain("max-age=");
    expect(headers.get("x-powered-by"), path).toBeNull();
    expect(headers.get("server"), path).toBeNull();
  }
});

test("a deployed Worker answers nothing over plain http, whatever token asks", async () => {
  const deployed: Partial<Env> = { ENVIRONMENT: "production" };
  const { JUMPCLOUD_BASE_URL: _, ...rest } = env as Env;
  const ask = async (origin: string) => {
    const headers = await paired("clear");
    const request = new Request(`${origin}/v1/connections`, { headers }) as Parameters<
      typeof worker.fetch
    >[0];
    return await worker.fetch(request, { ...rest, ...deployed } as Env, createExecutionContext());
  };
  expect((await ask("https://worker.test")).status).toBe(200);
  const refused = await ask("http://worker.test");
  expect(refused.status).toBe(400);
  expect(((await refused.json()) as { detail: string }).detail).toContain("https");
});

test("a file that is still being sent breaks off once its reader's token is revoked", async () => {
  const register = new Register(env.DB, workspaceNamed("downloading"));
  const [at, actor] = ["2026-11-24T09:00:00.000Z", { kind: "operator" } as const];
  const rows = Array.from({ length: 20_000 }, (_, index) => ({ id: `A-${index}`, fields: {} }));
  await register.importAssets(rows, { event: "assets.imported", actor, at });
  const headers = { ...(await paired("downloading", { role: "viewer" })), accept: "text/csv" };
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

test("what breaks inside is answered without its message or stack, and logged without the request's content", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const broken = {
    prepare: () => {
      throw new Error("secret of the inside");
    },
  } as unknown as D1Database;
  const response = await callWorker("/v1/connections", {
    headers: await paired("broken"),
    changed: { DB: broken },
  });
  const text = await response.text();
  expect(response.status).toBe(500);
  expect(text).not.toMatch(/secret of the inside|\bat \w+|\.ts|stack/);
  expect(JSON.parse(text)).toMatchObject({ code: "internal" });
  expect(JSON.stringify(log.mock.calls)).not.toContain("Bearer");
  log.mockRestore();
});

test.each([
  ["origins that are none", { EXTENSION_ORIGINS: "chrome-extension://x y" }],
  ["Access half set up", { CF_ACCESS_TEAM_DOMAIN: "acme.cloudflareaccess.com" }],
  [
    "Access of a foreign issuer",
    { CF_ACCESS_TEAM_DOMAIN: "evil.example", CF_ACCESS_AUD: "a", CF_ACCESS_WORKSPACE: "acme" },
  ],
  [
    "Access for no workspace",
    { CF_ACCESS_TEAM_DOMAIN: "acme.cloudflareaccess.com", CF_ACCESS_AUD: "a", CF_ACCESS_WORKSPACE: "A!" },
  ],
])("a Worker with %s refuses to serve", async (_, changed) => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  expect((await callWorker("/healthz", { changed })).status).toBe(503);
  log.mockRestore();
});
