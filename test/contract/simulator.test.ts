import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ask, list, type Question, type Row, results } from "../simulator/ask.ts";
import { demoKeyValues as keys } from "../simulator/demo-keys.ts";
import { insightTables } from "../simulator/insights.ts";
import { type Simulator, startSimulator } from "../simulator/simulator.ts";
import { swagger } from "../simulator/swagger.ts";
import { apiKey, system } from "../simulator/tenant.ts";

/** FACTS.md sections are cited by number. */
let simulator: Simulator;
beforeEach(async () => {
  simulator = await startSimulator({ devices: 240, seed: 7 });
});
afterEach(() => simulator.close());

describe("answers have the shape of JumpCloud's own Swagger", () => {
  const v1 = swagger("v1");
  const v2 = swagger("v2");

  test.each([
    ["GET /systems", "/api/systems?limit=100&sort=_id", "systemslist"],
    ["GET /organizations", "/api/organizations", "organizationslist"],
    ["GET /organizations/{id}", "/api/organizations/5f1a2b3c4d5e6f7081920a01", "organization"],
    ["GET /users/getSelf", "/api/users/getSelf", "userreturn"],
  ])("%s", async (_name, path, definition) => {
    const { body } = await get(path, { key: keys.expiring });
    expect(v1.faultsOf(definition, knownNullsRemoved(body))).toEqual([]);
  });

  test("GET /systems/{id}", async () => {
    const id = simulator.tenant.systems[0]?._id ?? "";
    const { body } = await get(`/api/systems/${id}`);
    expect(v1.faultsOf("JcSystem", body)).toEqual([]);
    expect(body).toMatchObject({ _id: id, id });
  });

  test("POST /search/systems", async () => {
    const { body } = await search({ limit: 100, sort: "_id" });
    expect(v1.faultsOf("systemsSearchlist", knownNullsRemoved(body))).toEqual([]);
  });

  test.each(insightTables)("GET /v2/systeminsights/%s", async (table) => {
    const { body } = await get(`/api/v2/systeminsights/${table}?limit=500`);
    expect(list(body).length).toBeGreaterThan(10);
    const definition = `system-insights-${table.replaceAll("_", "-")}`;
    expect(list(body).flatMap((row) => v2.faultsOf(definition, withoutNulls(row)))).toEqual([]);
  });

  test("no system has a field that neither the Swagger nor FACTS, section 3, knows", async () => {
    const { body } = await get("/api/systems?limit=100&sort=_id");
    const known = [...v1.fieldsOf("JcSystem"), "id", "tags", "usernameHashes", "acknowledged"];
    for (const row of results(body)) expect(known).toEqual(expect.arrayContaining(Object.keys(row)));
  });
});

describe("who may come in (FACTS, sections 1, 2 and 6)", () => {
  test("no key at all is a redirect to the login page, which is HTML and 200", async () => {
    const answer = await get("/api/systems", { key: null });
    expect([answer.status, answer.headers.get("location")]).toEqual([302, "/login"]);
    const followed = await fetch(`${simulator.url}/api/systems`);
    expect([followed.status, followed.headers.get("content-type")]).toEqual([
      200,
      "text/html; charset=utf-8",
    ]);
  });

  test.each([
    ["unknown", "jca_nobody"],
    ["expired", keys.expired],
    ["revoked", keys.revoked],
    ["disabled", keys.disabled],
  ])("a key that is %s is 401 with JumpCloud's words", async (_state, key) => {
    const { status, body } = await get("/api/systems", { key });
    expect(status).toBe(401);
    expect(body).toEqual({ error: "Unauthorized", message: "Unauthorized: api key user not found" });
  });

  test("a key past its expiry is 401", async () => {
    simulator.tenant.keys.push(
      apiKey({ value: "jca_late", expiresAt: new Date(Date.now() - 1).toISOString() }),
    );
    expect((await get("/api/systems", { key: "jca_late" })).status).toBe(401);
  });

  test.each([
    [undefined, 200],
    ["eu", 200],
    ["us", 401],
    ["in", 401],
  ])("an EU key in region %s is %i", async (region, status) => {
    const headers = region === undefined ? {} : { "x-simulated-region": region };
    expect((await get("/api/systems", { key: keys.europe, headers })).status).toBe(status);
  });

  test.each([
    ["no organization named", 401, undefined, { message: "Unauthorized: no organization selected" }],
    ["one of its own", 200, "5f1a2b3c4d5e6f7081920a02", { totalCount: 40 }],
    ["a malformed id", 400, "acme", {}],
    ["an unknown one", 404, "5f1a2b3c4d5e6f7081920aff", {}],
  ])("a key of several organizations with %s is %i", async (_name, status, orgId, part) => {
    const headers: Record<string, string> = orgId === undefined ? {} : { "x-org-id": orgId };
    const answer = await get("/api/systems", { key: keys.multiTenant, headers });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject(part);
  });

  test("a key of one organization may name it", async () => {
    const headers = { "x-org-id": "5f1a2b3c4d5e6f7081920a01" };
    expect((await get("/api/systems", { headers })).body).toMatchObject({ totalCount: 240 });
  });

  test.each(["/api/organizations", "/api/organizations/5f1a2b3c4d5e6f7081920a01", "/api/users/getSelf"])(
    "%s is 403 when x-org-id is sent",
    async (path) => {
      const headers = { "x-org-id": "5f1a2b3c4d5e6f7081920a01" };
      expect([(await get(path)).status, (await get(path, { headers })).status]).toEqual([200, 403]);
    },
  );

  test("a key sees the organizations it opens, and no other", async () => {
    const names = async (key: string) =>
      results((await get("/api/organizations", { key })).body).map(({ displayName }) => displayName);
    expect(await names(keys.administrator)).toEqual(["Acme Ltd"]);
    expect(await names(keys.multiTenant)).toEqual(["Acme Ltd", "Beta Inc."]);
    expect((await get("/api/organizations/5f1a2b3c4d5e6f7081920a02")).status).toBe(404);
  });

  test("a Command Runner may search and see organizations, but not list", async () => {
    const key = keys.commandRunner;
    expect((await get("/api/systems", { key })).status).toBe(403);
    expect((await get("/api/organizations", { key })).status).toBe(200);
    expect((await search({}, key)).status).toBe(200);
  });

  test("getSelf tells the key's expiry, and leaves it out where told to", async () => {
    expect((await get("/api/users/getSelf", { key: keys.expiring })).body).toMatchObject({
      apiKeyHash: { expireAt: expect.stringMatching(/Z$/) },
    });
    const known = simulator.tenant.keys.find(({ value }) => value === keys.expiring);
    if (known) known.hidesExpiry = true;
    expect(JSON.stringify((await get("/api/users/getSelf", { key: keys.expiring })).body)).not.toContain(
      "expireAt",
    );
  });
});

describe("listing systems (FACTS, section 4)", () => {
  test("a page has 10 unless a limit says otherwise, and the total beside it", async () => {
    const { body } = await get("/api/systems?sort=_id");
    expect(results(body)).toHaveLength(10);
    expect(body).toMatchObject({ totalCount: 240 });
  });

  test("more than 100 is refused in JumpCloud's words", async () => {
    const { status, body } = await get("/api/systems?limit=101");
    expect(status).toBe(400);
    expect(body).toEqual({
      message: 'Bad Request: request parameter "limit" exceeds maximum value of 100',
    });
  });

  test("a walk sorted by _id meets every system once, in order", async () => {
    const ids = await walk("sort=_id");
    expect(ids).toEqual(ids.toSorted());
    expect(new Set(ids).size).toBe(240);
    expect(await walk("sort=-_id")).toEqual(ids.toReversed());
  });

  test.each(["", "sort=_id,hostname", "sort=os"])(
    "a walk with '%s' repeats and misses systems",
    async (sort) => {
      const ids = await walk(sort);
      expect(ids).toHaveLength(240);
      expect(new Set(ids).size).toBeLessThan(240);
    },
  );

  test.each([
    ["names separated by spaces", "os version", ["_id", "id", "os", "version"]],
    ["names separated by a comma, which are one unknown name", "os,version", ["_id", "id"]],
    ["a name inside another", "osVersionDetail.osName", ["_id", "id", "osVersionDetail"]],
  ])("fields: %s", async (_name, fields, expected) => {
    const { body } = await get(`/api/systems?limit=1&sort=_id&fields=${encodeURIComponent(fields)}`);
    expect(Object.keys(results(body)[0] ?? {}).sort()).toEqual(expected);
  });

  test.each([
    ["filter=os:$eq:Windows", (row: Row) => row.os === "Windows"],
    ["filter=os:$ne:Windows", (row: Row) => row.os !== "Windows"],
    [
      "filter[0]=osFamily:$eq:darwin&filter[1]=active:$eq:true",
      (row: Row) => row.osFamily === "darwin" && row.active === true,
    ],
    [
      "filter[or][0]=os:$eq:Ubuntu&filter[or][1]=os:$eq:Android",
      (row: Row) => ["Ubuntu", "Android"].includes(String(row.os)),
    ],
    ["filter=os:$in:Ubuntu|iOS", (row: Row) => ["Ubuntu", "iOS"].includes(String(row.os))],
    ["filter=os:$nin:Ubuntu|iOS", (row: Row) => !["Ubuntu", "iOS"].includes(String(row.os))],
    ["filter=hostname:$sw:MAC-", (row: Row) => String(row.hostname).startsWith("MAC-")],
    ["filter=lastContact:$gt:2026-11-24", (row: Row) => String(row.lastContact ?? "") > "2026-11-24"],
    [
      "filter=lastContact:$lte:2026-11-01",
      (row: Row) => row.lastContact != null && String(row.lastContact) <= "2026-11-01",
    ],
  ])("%s", async (filter, holds) => {
    const { body } = await get(`/api/systems?limit=100&sort=_id&${filter}`);
    const matching = acme().filter(holds);
    expect(matching.length).toBeGreaterThan(0);
    expect(body).toMatchObject({ totalCount: matching.length });
    expect(results(body).map(({ _id }) => _id)).toEqual(matching.slice(0, 100).map(({ _id }) => _id));
  });

  test("$in takes up to a page of _ids", async () => {
    const wanted = acme()
      .slice(40, 140)
      .map(({ _id }) => _id);
    const { body } = await get(
      `/api/systems?limit=100&sort=_id&filter=${encodeURIComponent(`_id:$in:${wanted.join("|")}`)}`,
    );
    expect(results(body).map(({ _id }) => _id)).toEqual(wanted);
  });

  test("a filter without $ is refused", async () => {
    expect((await get("/api/systems?filter=os:eq:Windows")).status).toBe(400);
  });

  test("a field edited in place shows in what is sorted by it", async () => {
    const firstByName = async () => results((await get("/api/systems?limit=1&sort=-hostname")).body)[0]?._id;
    const edited = acme()[30];
    expect(await firstByName()).not.toBe(edited?._id);
    if (edited) edited.hostname = "zzz";
    expect([await firstByName(), await firstByName()]).toEqual([edited?._id, edited?._id]);
  });

  test("a system that is gone is 404", async () => {
    expect((await get("/api/systems/5f00000000000000000000ff")).status).toBe(404);
  });

  test("search takes filter, searchFilter and terms, and pages of 1000", async () => {
    const windows = acme().filter(({ os }) => os === "Windows").length;
    for (const filter of [
      { and: [{ os: "Windows" }] },
      { or: [{ os: { $eq: "Windows" } }] },
      ["os:$eq:Windows"],
    ]) {
      expect((await search({ filter })).body).toMatchObject({ totalCount: windows });
    }
    expect((await search({ filter: [{}], limit: 1000 })).body).toMatchObject({ totalCount: 240 });
    const some = await search({ searchFilter: { searchTerm: "mac-", fields: ["hostname"] }, limit: 1000 });
    expect(results(some.body).every(({ hostname }) => String(hostname).startsWith("MAC-"))).toBe(true);
  });

  test("what a test does to the tenant shows on the next page", async () => {
    const before = acme();
    const [first] = before;
    await get("/api/systems?limit=2&sort=_id");
    simulator.tenant.systems = simulator.tenant.systems.filter((known) => known !== first);
    simulator.tenant.systems.push(system({ _id: "000000000000000000000001", serialNumber: "MINE" }));
    const { body } = await get("/api/systems?limit=2&sort=_id");
    expect(results(body).map(({ _id }) => _id)).toEqual(["000000000000000000000001", before[1]?._id]);
    expect(body).toMatchObject({ totalCount: 240 });
  });
});

function get(path: string, question: Question = {}) {
  return ask(simulator.url, path, question);
}

function search(body: unknown, key: string = keys.administrator) {
  return ask(simulator.url, "/api/search/systems", { method: "POST", key, body });
}

async function walk(query: string): Promise<string[]> {
  const ids: string[] = [];
  for (let skip = 0; skip < 240; skip += 60) {
    const { body } = await get(`/api/systems?limit=60&skip=${skip}&${query}`);
    ids.push(...results(body).map(({ _id }) => String(_id)));
  }
  return ids;
}

function acme() {
  return simulator.tenant.systems.filter(({ organization }) => organization.endsWith("01"));
}

function withoutNulls(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}

/** Nearly all fields can really be null, which the Swagger says of three only (FACTS, section 3). */
function knownNullsRemoved(body: unknown): unknown {
  if (typeof body !== "object" || body === null || !("results" in body)) return body;
  return { ...body, results: results(body).map(withoutNulls) };
}
