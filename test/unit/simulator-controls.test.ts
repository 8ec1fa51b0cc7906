import { afterEach, beforeEach, expect, test } from "vitest";
import { ask, type Question } from "../simulator/ask.ts";
import { demoKeyValues as keys } from "../simulator/demo-keys.ts";
import { type Simulator, startSimulator } from "../simulator/simulator.ts";
import { enroll } from "../simulator/tenant.ts";

let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ devices: 240, seed: 7 });
});
afterEach(() => simulator.close());

test.each(["PUT", "POST", "PATCH", "DELETE"])("%s on a system is refused and recorded", async (method) => {
  const id = simulator.tenant.systems[0]?._id;
  const answer = await get(`/api/systems/${id}`, { method });
  expect(answer.status).toBe(405);
  expect(simulator.requests).toMatchObject([{ method, path: `/api/systems/${id}`, status: 405 }]);
  expect(simulator.tenant.systems).toHaveLength(390);
});

test("a request is recorded without its key", async () => {
  await get("/api/systems?limit=3", { headers: { "x-org-id": "5f1a2b3c4d5e6f7081920a01" } });
  expect(simulator.requests).toMatchObject([
    {
      method: "GET",
      path: "/api/systems",
      query: { limit: "3" },
      status: 200,
      headers: { hasApiKey: true, orgId: "5f1a2b3c4d5e6f7081920a01" },
    },
  ]);
  expect(JSON.stringify(simulator.requests)).not.toContain(keys.administrator);
});

test("the most requests served at once are counted, until the statistics are reset", async () => {
  simulator.faults.latencyMs = 300;
  await Promise.all([1, 2, 3, 4].map(() => get("/api/systems")));
  expect(simulator.inFlightMax).toBe(4);
  simulator.resetStats();
  expect([simulator.inFlightMax, simulator.requests.length]).toEqual([0, 0]);
});

test.each([
  ["rate_limited", 429],
  ["rate_limited_retry_after", 429],
  ["internal_error", 500],
  ["bad_gateway", 502],
  ["unavailable", 503],
  ["blocked", 403],
  ["html", 200],
  ["login_redirect", 302],
] as const)("the fault %s answers %i once and only on its path", async (fault, status) => {
  simulator.faults.next("/api/systems", fault);
  expect((await get("/api/organizations")).status).toBe(200);
  const answer = await get("/api/systems");
  expect(answer.status).toBe(status);
  expect(answer.headers.get("retry-after")).toBe(fault === "rate_limited_retry_after" ? "1" : null);
  expect((await get("/api/systems")).status).toBe(200);
  expect(simulator.requests[1]).toMatchObject({ fault, status });
});

test("a cut connection, half a JSON and a hung answer cannot be read", async () => {
  simulator.faults.next("/api/systems", "cut");
  await expect(get("/api/systems")).rejects.toThrow();
  simulator.faults.next("/api/systems", "half_json");
  const { text } = await get("/api/systems");
  expect(() => JSON.parse(text)).toThrow();
  simulator.faults.next("/api/systems", "hung");
  await expect(get("/api/systems", { signal: AbortSignal.timeout(80) })).rejects.toThrow();
});

test("faults by rate come in the share asked for, and the same seed brings the same ones", async () => {
  simulator.faults.rates = { unavailable: 0.2, rate_limited: 0.1 };
  const draw = async (): Promise<number[]> => {
    simulator.faults.seed(5);
    const statuses: number[] = [];
    for (let n = 0; n < 200; n += 1) statuses.push((await get("/api/systems?limit=1")).status);
    return statuses;
  };
  const statuses = await draw();
  expect(statuses.filter((status) => status === 503).length).toBeGreaterThan(20);
  expect(statuses.filter((status) => status === 503).length).toBeLessThan(60);
  expect(statuses).toContain(429);
  expect(await draw()).toEqual(statuses);
});

test("devices come and go in the middle of a walk", async () => {
  simulator.faults.onRequest(2, (tenant) => {
    tenant.systems = tenant.systems.slice(5);
    enroll(tenant, 2, 9);
  });
  const first = await get("/api/systems?limit=100&sort=_id");
  const second = await get("/api/systems?limit=100&sort=_id&skip=100");
  expect([first.body, second.body]).toMatchObject([{ totalCount: 240 }, { totalCount: 237 }]);
  expect(new Set(simulator.tenant.systems.map(({ _id }) => _id)).size).toBe(387);
});

test("the control surface changes devices and faults, and is not recorded itself", async () => {
  const post = (path: string, body: unknown) => get(`/__sim/${path}`, { method: "POST", key: null, body });
  await post("devices", { count: 20, seed: 3 });
  await post("faults", { next: [{ path: "/api/systems", fault: "unavailable", times: 2 }] });
  expect((await get("/api/systems")).status).toBe(503);
  expect((await get("/api/systems")).status).toBe(503);
  expect((await get("/api/systems")).body).toMatchObject({ totalCount: 20 });
  expect((await post("faults", { rates: { nonsense: 1 } })).status).toBe(400);
  const { body } = await get("/__sim/state", { key: null });
  expect(body).toMatchObject({ devices: 170, requests: 3, byStatus: { 200: 1, 503: 2 } });
  expect((await get("/__sim/assets.csv?count=5")).text).toMatch(
    /^id,serialNumber,name,type,manufacturer,model,status,location,notes\r\nA-00001,/,
  );
});

function get(path: string, question: Question = {}) {
  return ask(simulator.url, path, question);
}
