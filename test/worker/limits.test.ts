import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { simulateJumpCloud } from "./simulated-jumpcloud.ts";
import { callWorker, paired } from "./worker-call.ts";

beforeAll(() => {
  simulateJumpCloud();
});
afterAll(() => {
  vi.restoreAllMocks();
});

interface Limited {
  path: string;
  method?: string;
  headers: Record<string, string>;
  body?: string;
}

/** Asks until it is told to wait. Counts begin anew with the clock's minute, so it may take up to twice the limit. */
async function callsUntilRefused({ path, ...call }: Limited, limit: number): Promise<number> {
  let answered = 0;
  const atATime = 50;
  while (answered <= 2 * limit) {
    const statuses = await Promise.all(
      Array.from({ length: atATime }, async () => {
        const response = await callWorker(path, call);
        const problem = response.ok ? {} : ((await response.json()) as object);
        if (response.status === 429) {
          expect(problem).toMatchObject({ code: "rate_limited" });
          expect(response.headers.get("retry-after")).toBe("60");
        }
        return response.status;
      }),
    );
    answered += statuses.filter((status) => status !== 429).length;
    if (statuses.includes(429)) return answered;
  }
  return answered;
}

test.each<[string, number, () => Promise<Limited>]>([
  ["calls of one token", 600, async () => ({ path: "/v1/connections", headers: await paired("many") })],
  [
    "calls from one address, whoever makes them",
    3000,
    async () => ({ path: "/nothing", headers: { "cf-connecting-ip": "192.0.2.8" } }),
  ],
  [
    "guesses at the operator's token from one address",
    10,
    async () => ({
      path: "/v1/pairings",
      method: "POST",
      headers: { authorization: "Bearer a-guess", "cf-connecting-ip": "192.0.2.9" },
    }),
  ],
  [
    "keys that are tried in one workspace",
    20,
    async () => ({
      path: "/v1/connections/check",
      method: "POST",
      headers: { ...(await paired("trying")), "content-type": "application/json" },
      body: JSON.stringify({ region: "us", apiKey: "jca_a-guess" }),
    }),
  ],
])(
  "the platform's own limit bounds %s: %i a minute",
  async (_, limit, limited) => {
    const call = await limited();
    const answered = await callsUntilRefused(call, limit);
    expect(answered).toBeGreaterThanOrEqual(limit);
    expect(answered).toBeLessThanOrEqual(2 * limit);
    const { path, ...rest } = call;
    const elsewhere = { ...call.headers, "cf-connecting-ip": "192.0.2.10", ...(await paired("calm")) };
    expect((await callWorker(path, { ...rest, headers: elsewhere })).status).not.toBe(429);
  },
  60_000,
);

test("the operator is not held up by who guesses at the token from the same address", async () => {
  const headers = { "cf-connecting-ip": "192.0.2.11", "content-type": "application/json" };
  const as = (token: string) =>
    callWorker("/v1/pairings", {
      method: "POST",
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: JSON.stringify({ workspace: "made" }),
    });
  const guesses = await Promise.all(Array.from({ length: 30 }, () => as("operator-token-of-the-testt")));
  expect(guesses.map(({ status }) => status)).toContain(429);
  expect((await as("operator-token-of-the-tests")).status).toBe(201);
});

test("calls are counted by token and by address", async () => {
  const keys: string[] = [];
  const counting = {
    limit: async ({ key }: { key: string }) => {
      keys.push(key);
      return { success: true };
    },
  };
  const headers = { ...(await paired("counted")), "cf-connecting-ip": "192.0.2.7" };
  await callWorker("/v1/connections", {
    headers,
    changed: { CALLS_BY_TOKEN: counting, CALLS_BY_ADDRESS: counting },
  });
  expect(keys).toEqual(["192.0.2.7", expect.stringMatching(/^token:[0-9a-f-]{36}$/)]);
});
