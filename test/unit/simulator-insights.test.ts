import { afterEach, beforeEach, expect, test } from "vitest";
import { ask, list, type Question } from "../simulator/ask.ts";
import { demoKeyValues as keys } from "../simulator/demo-keys.ts";
import { type Simulator, startSimulator } from "../simulator/simulator.ts";

/** System Insights as FACTS, section 5, has it. */
let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ devices: 240, seed: 7 });
});
afterEach(() => simulator.close());

test("a table is a bare array of 10 unless a limit says otherwise, up to 10,000", async () => {
  expect(list((await get("/api/v2/systeminsights/system_info")).body)).toHaveLength(10);
  expect((await get("/api/v2/systeminsights/system_info?limit=10001")).status).toBe(400);
});

test("x-total-count is not on every table", async () => {
  expect((await get("/api/v2/systeminsights/system_info")).headers.get("x-total-count")).toMatch(/^\d+$/);
  expect((await get("/api/v2/systeminsights/mounts")).headers.get("x-total-count")).toBeNull();
});

test("rows are filtered by field:in without $, and only by the fields that can be", async () => {
  const [a, b] = simulator.tenant.systemInsights.system_info;
  const { body } = await get(
    `/api/v2/systeminsights/system_info?sort=-system_id&filter=system_id:in:${a?.system_id}|${b?.system_id}`,
  );
  expect(list(body).map(({ system_id }) => system_id)).toEqual([b?.system_id, a?.system_id]);
  expect((await get("/api/v2/systeminsights/system_info?filter=hostname:eq:x")).status).toBe(400);
});

test("an organization sees no rows of another", async () => {
  const { body } = await get("/api/v2/systeminsights/system_info?limit=1000", { key: keys.beta });
  const own = new Set(
    simulator.tenant.systems.filter(({ organization }) => organization.endsWith("02")).map(({ _id }) => _id),
  );
  expect(list(body).length).toBeGreaterThan(10);
  expect(list(body).every(({ system_id }) => own.has(String(system_id)))).toBe(true);
});

test.each([402, 403] as const)("an organization without the feature can answer %i", async (status) => {
  Object.assign(simulator.tenant, { insightsEnabled: false, insightsRefusal: status });
  expect((await get("/api/v2/systeminsights/system_info")).status).toBe(status);
});

function get(path: string, question: Question = {}) {
  return ask(simulator.url, path, question);
}
