import { afterAll, beforeAll, expect, test } from "vitest";
import { type RouteName, routes } from "../../shared/routes.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { pairingLink, type Stack, startStack } from "../stack/stack.ts";

/** A body that is valid, for every route with an `{id}` that takes one. */
const bodies: Partial<Record<RouteName, object>> = {
  updateConnection: { mode: "download", paused: true },
  renewKey: { apiKey: demoKeyValues.expiring },
};

interface Operation {
  name: RouteName;
  method: string;
  path: string;
  /** Which credential it takes. */
  takes: "nothing" | "operator" | "token";
  hasBody: boolean;
}

let stack: Stack;
let mine: Api;
/** Ids of everything of mine that has one. */
let ids: { connection: string; sync: string; asset: string; token: string };
let operations: Operation[];
beforeAll(async () => {
  stack = await startStack({ devices: 40 });
  mine = await stack.pair("mine");
  await mine.importCsv("id,serialNumber,name\nmine-asset-1,MINE-SERIAL-1,My laptop\n");
  const { id, firstSyncId } = await mine.call("createConnection", {
    body: { region: "us", apiKey: demoKeyValues.administrator, mode: "download" },
  });
  await mine.ended(firstSyncId ?? "");
  const [token] = (await mine.call("listTokens")).items;
  ids = { connection: id, sync: firstSyncId ?? "", asset: "mine-asset-1", token: token?.id ?? "" };
  operations = await describedOperations();
});
afterAll(() => stack.close());

/** What openapi.json tells the world that there is to call. */
async function describedOperations(): Promise<Operation[]> {
  const described = (await (await fetch(new URL("/openapi.json", mine.origin))).json()) as {
    paths: Record<
      string,
      Record<string, { operationId: RouteName; security: object[]; requestBody?: object }>
    >;
  };
  return Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId, security, requestBody }]) => {
      const [scheme] = security.flatMap((one) => Object.keys(one));
      const takes = scheme === undefined ? "nothing" : scheme === "operator" ? "operator" : "token";
      return {
        name: operationId,
        method: method.toUpperCase(),
        path,
        takes,
        hasBody: requestBody !== undefined,
      };
    }),
  );
}

async function call(operation: Operation, token: string, id: string): Promise<Response> {
  const body = operation.hasBody ? (bodies[operation.name] ?? {}) : undefined;
  return await fetch(new URL(operation.path.replace("{id}", encodeURIComponent(id)), mine.origin), {
    method: operation.method,
    headers: {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body && { "content-type": "application/json" }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** All that mine shows, as text; what somebody else does must not change a letter of it. */
async function everythingOfMine(): Promise<string> {
  const shown: unknown[] = [await mine.allAssets(), await mine.allChanges(ids.sync)];
  for (const name of ["listConnections", "listAudit", "summarizeAssets"] as const)
    shown.push(await mine.call(name));
  shown.push(await mine.call("listSyncs", { id: ids.connection }));
  shown.push((await mine.call("listTokens")).items.map(({ lastUsedAt: _, ...token }) => token));
  return JSON.stringify(shown);
}

test("openapi.json describes every route that there is", () => {
  const described = operations.map(({ name }) => name).sort();
  expect(described).toEqual(Object.keys(routes).sort());
});

test("another workspace's ids lead nowhere: every route answers 404, and nothing of theirs changes", async () => {
  const theirs = await stack.pair("theirs");
  const before = await everythingOfMine();
  const withId = operations.filter(({ path, takes }) => path.includes("{") && takes === "token");
  expect(withId.length).toBeGreaterThan(10);
  for (const operation of withId) {
    expect(operation.hasBody && !bodies[operation.name], `no valid body for ${operation.name} here`).toBe(
      false,
    );
    for (const [what, id] of Object.entries(ids)) {
      const response = await call(operation, theirs.token, id);
      const text = await response.text();
      expect(response.status, `${operation.method} ${operation.path} of a ${what}: ${text}`).toBe(404);
      expect(JSON.parse(text)).toMatchObject({ code: "not_found" });
    }
  }
  expect(await everythingOfMine()).toBe(before);
});

test("what another workspace lists holds nothing of mine", async () => {
  const theirs = await stack.pair("listing");
  const lists = operations.filter(
    ({ method, path, takes }) => method === "GET" && !path.includes("{") && takes === "token",
  );
  expect(lists.length).toBeGreaterThan(4);
  const hostnames = (await mine.allAssets()).flatMap(({ hostname }) => hostname ?? []);
  for (const operation of lists) {
    const text = await (await call(operation, theirs.token, "")).text();
    for (const trace of [...Object.values(ids), "MINE-SERIAL-1", "Acme Ltd", ...hostnames])
      expect(text.includes(trace), `${operation.path} shows ${trace}`).toBe(false);
  }
});

test("a viewer reads and changes nothing: every route that is not a GET answers 403", async () => {
  const viewer = await stack.pair("mine", "viewer");
  const before = await everythingOfMine();
  const writing = operations.filter(({ method, takes }) => method !== "GET" && takes === "token");
  expect(writing.length).toBeGreaterThan(6);
  for (const operation of writing) {
    for (const id of Object.values(ids)) {
      const response = await call(operation, viewer.token, id);
      expect(response.status, `${operation.method} ${operation.path}`).toBe(403);
      await response.body?.cancel();
    }
  }
  expect(await everythingOfMine()).toBe(before);
  const reading = await viewer.call("getConnection", { id: ids.connection });
  expect(reading.id).toBe(ids.connection);
});

test("whoever has a token may give it up, and a viewer no other", async () => {
  const [viewer, admin] = [await stack.pair("leaving", "viewer"), await stack.pair("leaving")];
  const tokens = (await admin.call("listTokens")).items;
  const idOf = (role: string) => tokens.find((token) => token.role === role)?.id ?? "";
  expect((await viewer.fail("revokeToken", { id: idOf("admin") })).code).toBe("forbidden");
  await viewer.call("revokeToken", { id: "self" });
  expect((await viewer.fail("listConnections")).code).toBe("unauthorized");
  const [left, ...others] = (await admin.call("listTokens")).items;
  expect([left?.id, others]).toEqual([idOf("admin"), []]);
  const [noted] = (await admin.call("listAudit")).items;
  const token = idOf("viewer");
  expect(noted).toMatchObject({ event: "token.revoked", actor: { id: token }, details: { token } });
  await admin.call("revokeToken", { id: "self" });
  expect((await admin.fail("listTokens")).code).toBe("unauthorized");
});

test("without a token, or with one of the wrong kind, every route but the open ones answers 401", async () => {
  for (const operation of operations.filter(({ takes }) => takes !== "nothing")) {
    const wrong =
      operation.takes === "token" ? ["", "nonsense", stack.worker.operatorToken] : ["", mine.token];
    for (const token of wrong) {
      const response = await call(operation, token, ids.connection);
      expect(response.status, `${operation.method} ${operation.path}`).toBe(401);
      expect(response.headers.get("www-authenticate")).toBe("Bearer");
      await response.body?.cancel();
    }
  }
});

test("a revoked token is refused by every route from that moment on", async () => {
  const revoked = await stack.pair("mine");
  const others = (await mine.call("listTokens")).items.filter(({ id }) => id !== ids.token);
  for (const { id } of others) await mine.call("revokeToken", { id });
  for (const operation of operations.filter(({ takes }) => takes === "token")) {
    const response = await call(operation, revoked.token, ids.connection);
    expect(response.status, `${operation.method} ${operation.path}`).toBe(401);
    await response.body?.cancel();
  }
});

test("an address that guesses at pairings is told to wait; another one, and who has a good code, is not", async () => {
  const redeem = (code: string, address: string) =>
    fetch(new URL("/v1/pairings/redeem", mine.origin), {
      method: "POST",
      headers: { "content-type": "application/json", "cf-connecting-ip": address },
      body: JSON.stringify({ code, label: "a guess" }),
    });
  const statuses: number[] = [];
  let told: string | null = null;
  for (let guess = 0; guess < 25; guess += 1) {
    const response = await redeem(`${"0".repeat(12)}-${"0".repeat(32)}`, "192.0.2.1");
    statuses.push(response.status);
    told ??= response.headers.get("retry-after");
  }
  expect(statuses.slice(0, 10)).toEqual(Array(10).fill(401));
  expect(statuses).toContain(429);
  expect(told).toBe("60");
  expect((await redeem("nonsense", "192.0.2.2")).status).toBe(401);
  const link = await pairingLink(stack.worker, "mine");
  expect((await redeem(new URL(link).hash.slice(1), "192.0.2.1")).status).toBe(201);
});
