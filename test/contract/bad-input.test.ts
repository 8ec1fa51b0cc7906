import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { problems } from "../../shared/problems.ts";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";

let stack: Stack;
let api: Api;
beforeAll(async () => {
  stack = await startStack({ devices: 50 });
  api = await stack.pair();
});
afterAll(() => stack.close());

const rows = (count: number, row: (index: number) => string) =>
  ["id,serialNumber,name", ...Array.from({ length: count }, (_, index) => row(index + 1))].join("\n");

describe("a key", () => {
  test.each([
    ["that is wrong", { apiKey: "jca_wrongwrongwrongwrongwrongwrongwrongw" }, 422, "invalid_key"],
    ["that has expired", { apiKey: demoKeyValues.expired }, 422, "invalid_key"],
    ["that a newer one replaced", { apiKey: demoKeyValues.revoked }, 422, "invalid_key"],
    ["whose admin has no API access any more", { apiKey: demoKeyValues.disabled }, 422, "invalid_key"],
    ["of another region", { apiKey: demoKeyValues.europe }, 422, "wrong_region"],
    ["that may not list devices", { apiKey: demoKeyValues.commandRunner }, 422, "not_permitted"],
    ["that opens several organizations", { apiKey: demoKeyValues.multiTenant }, 422, "organization_required"],
    ["that is empty", { apiKey: "" }, 400, "invalid_request"],
    ["that is only white space", { apiKey: " \r\n\t " }, 400, "invalid_request"],
    ["with a space inside", { apiKey: "jca_two words" }, 400, "invalid_request"],
    ["with a line end that would split a header", { apiKey: "jca_a\u0000b" }, 400, "invalid_request"],
    ["longer than any key", { apiKey: "j".repeat(1001) }, 400, "invalid_request"],
    ["that is a number", { apiKey: 7 as unknown as string }, 400, "invalid_request"],
  ])(
    "%s is refused with a code and a sentence, and nothing is stored",
    async (_, { apiKey }, status, code) => {
      for (const route of ["checkConnection", "createConnection"] as const) {
        const body = {
          region: "us" as const,
          apiKey,
          ...(route === "createConnection" ? { mode: "sync" as const } : {}),
        };
        const problem = await api.fail(route, { body: body as never });
        expect(problem).toMatchObject({ status, code, title: problems[problem.code].title });
        expect(problem.detail.length).toBeGreaterThan(20);
        if (apiKey.toString().trim().length > 3) expect(JSON.stringify(problem)).not.toContain(apiKey);
      }
      expect((await api.call("listConnections")).items).toEqual([]);
    },
  );

  test("of another region is answered with the region that takes it", async () => {
    const problem = await api.fail("checkConnection", {
      body: { region: "us", apiKey: demoKeyValues.india },
    });
    expect(problem).toMatchObject({ code: "wrong_region", region: "in" });
  });

  test("that opens several organizations is answered with their list, and takes one of them", async () => {
    const apiKey = demoKeyValues.multiTenant;
    const problem = await api.fail("checkConnection", { body: { region: "us", apiKey } });
    expect(problem.organizations?.map(({ name }) => name)).toEqual(["Acme Ltd", "Beta Inc."]);
    const orgId = problem.organizations?.[1]?.id ?? "";
    const check = await api.call("checkConnection", { body: { region: "us", apiKey, orgId } });
    expect(check.organization).toEqual({ id: orgId, name: "Beta Inc." });
    const foreign = await api.fail("checkConnection", {
      body: { region: "us", apiKey, orgId: "f".repeat(24) },
    });
    expect(foreign.code).toBe("organization_required");
  });

  test("wrapped in what a clipboard adds is taken", async () => {
    const apiKey = `\r\n  ${demoKeyValues.administrator.slice(0, 20)}\n${demoKeyValues.administrator.slice(20)} \t\n`;
    const check = await api.call("checkConnection", { body: { region: "us", apiKey } });
    expect(check).toMatchObject({ organization: { name: "Acme Ltd" }, deviceCount: 50, insights: true });
  });

  test("of the older shape and of a service account are taken", async () => {
    const older = await api.call("checkConnection", { body: { region: "us", apiKey: demoKeyValues.legacy } });
    expect(older.organization.name).toBe("Acme Ltd");
    const service = await api.call("checkConnection", {
      body: { region: "us", apiKey: demoKeyValues.serviceAccount },
    });
    expect(service).toMatchObject({ role: "unknown", deviceCount: 50 });
  });
});

describe("a request", () => {
  const post = (body: string, type = "application/json") =>
    api.send("createConnection", undefined, undefined, body, type);

  test.each([
    ["that is no JSON", "{", "application/json", 400, "invalid_request"],
    ["of another content type", "{}", "text/plain", 400, "invalid_request"],
    [
      "with a field that is not known",
      '{"region":"us","apiKey":"jca_x","mode":"sync","admin":true}',
      "application/json",
      400,
      "invalid_request",
    ],
    [
      "with a mode that is not known",
      '{"region":"us","apiKey":"jca_x","mode":"mirror"}',
      "application/json",
      400,
      "invalid_request",
    ],
    [
      "with a region that is not known",
      '{"region":"mars","apiKey":"jca_x","mode":"sync"}',
      "application/json",
      400,
      "invalid_request",
    ],
    ["that is not UTF-8", "\ud800", "application/json", 400, "invalid_request"],
    [
      "of 10 MiB",
      `{"apiKey":"${"x".repeat(10 * 1024 * 1024)}"}`,
      "application/json",
      413,
      "payload_too_large",
    ],
  ])("%s is refused with a code that says what to do", async (_, body, type, status, code) => {
    const response = await post(body, type);
    expect(response.status).toBe(status);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    const problem = await response.json();
    expect(problem).toMatchObject({ status, code });
    expect(JSON.stringify(problem)).not.toContain("xxxx");
  });

  test("of 10 MiB that does not say its length is refused too", async () => {
    const chunk = new TextEncoder().encode("x".repeat(64 * 1024));
    let left = 160;
    const body = new ReadableStream({
      pull: (controller) => (left-- > 0 ? controller.enqueue(chunk) : controller.close()),
    });
    const response = await fetch(new URL("/v1/connections", api.origin), {
      method: "POST",
      headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json" },
      body,
      duplex: "half",
    } as RequestInit);
    expect(response.status).toBe(413);
  });

  test("of 10 MiB without a token is read to its end and refused", async () => {
    const response = await new Api(api.origin, "").send(
      "importAssets",
      undefined,
      undefined,
      "x".repeat(10 * 1024 * 1024),
      "text/csv",
    );
    expect(response.status).toBe(401);
  });

  test("names the field that is wrong", async () => {
    const problem = await api.fail("createConnection", { body: { region: "us", apiKey: "jca_x" } as never });
    expect(problem.errors?.map(({ field }) => field)).toEqual(["mode"]);
  });

  test.each([["0"], ["501"], ["ten"], ["-1"]])("with limit %s is refused", async (limit) => {
    expect((await api.fail("listAssets", { query: { limit } })).code).toBe("invalid_request");
  });

  test("without a token, with a mistyped one and with a revoked one is not answered", async () => {
    for (const token of [
      "",
      "nonsense",
      api.token.replace(/.$/, (last) => (last === "0" ? "1" : "0")),
      api.token.toUpperCase(),
    ]) {
      const problem = await new Api(api.origin, token).fail("listConnections");
      expect(problem).toMatchObject({ status: 401, code: "unauthorized" });
    }
    const other = await stack.pair("revoking");
    const [token] = (await other.call("listTokens")).items;
    await other.call("revokeToken", { id: token?.id ?? "" });
    expect((await other.fail("listConnections")).code).toBe("unauthorized");
  });

  test("of a viewer may read but not write", async () => {
    const viewer = await stack.pair("readers", "viewer");
    expect((await viewer.call("listAssets")).items).toEqual([]);
    const body = { region: "us" as const, apiKey: demoKeyValues.administrator, mode: "sync" as const };
    expect(await viewer.fail("createConnection", { body })).toMatchObject({ status: 403, code: "forbidden" });
  });

  test("for something of another workspace finds nothing", async () => {
    const mine = await stack.pair("mine");
    const body = { region: "us" as const, apiKey: demoKeyValues.beta, mode: "sync" as const };
    const { id, firstSyncId } = await mine.call("createConnection", { body });
    await mine.ended(firstSyncId ?? "");
    const theirs = await stack.pair("theirs");
    expect((await theirs.fail("getConnection", { id })).code).toBe("not_found");
    expect((await theirs.fail("startSync", { id })).code).toBe("not_found");
    expect((await theirs.fail("deleteConnection", { id })).code).toBe("not_found");
    expect((await theirs.fail("getSync", { id: firstSyncId ?? "" })).code).toBe("not_found");
    expect((await theirs.fail("listChanges", { id: firstSyncId ?? "" })).code).toBe("not_found");
    expect((await mine.call("getConnection", { id })).id).toBe(id);
  });

  test("to an address that is not there finds nothing", async () => {
    const response = await fetch(new URL("/v1/nothing", api.origin), {
      headers: { authorization: `Bearer ${api.token}` },
    });
    expect(await response.json()).toMatchObject({ status: 404, code: "not_found" });
  });
});

describe("an import", () => {
  test.each([
    ["without an id column", "serial,name\nS1,a", 'column "id"'],
    ["with an id twice", "id,name\nA-1,a\nA-2,b\nA-1,c", "Row 3"],
    ["with a row without an id", "id,name\nA-1,a\n,b", "Row 2"],
    ["with a row of too many cells", "id,name\nA-1,a\nA-2,b,c,d", "Row 2"],
    ["with a quote that never closes", 'id,name\nA-1,"a', "Row 1"],
    ["with a null character in a column's name", "id,na\u0000me\nA-1,a", "Row 1"],
    ["with a cell longer than any", `id,name\nA-1,a\nA-2,${"x".repeat(4001)}`, "Row 2"],
    [
      "with more in one row than a row of the database holds",
      `id,${Array.from({ length: 100_000 }, (_, n) => `c${n}`)}\nA-1,${Array(100_000).fill("x")}`,
      "Row 1",
    ],
    [
      "with one bad row in 5,000",
      rows(5000, (n) => (n === 4321 ? `,S${n},x` : `A-${n},SN-${n},Laptop ${n}`)),
      "Row 4321",
    ],
  ])("%s is refused whole, and the row is named", async (_, csv, place) => {
    const response = await api.send("importAssets", undefined, undefined, csv, "text/csv");
    const problem = (await response.json()) as { code: string; detail: string };
    expect(problem.code).toBe("invalid_import");
    expect(problem.detail).toContain(place);
    expect((await api.call("summarizeAssets")).total).toBe(0);
  });

  test("of another content type is refused", async () => {
    const response = await api.send("importAssets", undefined, undefined, "<xml/>", "application/xml");
    expect(await response.json()).toMatchObject({ code: "invalid_request" });
  });

  test("counts what it added, updated and left as it was; an empty cell leaves a value, null clears it", async () => {
    const own = await stack.pair("importing");
    expect(await own.importCsv("id,name,location,shelf\nA-1,Laptop,Berlin,7\nA-2,Phone,,\n")).toEqual({
      added: 2,
      updated: 0,
      unchanged: 0,
    });
    expect(await own.importCsv("id,name,location,shelf\nA-1,,Austin,7\nA-2,Phone,,\nA-3,Mac,,\n")).toEqual({
      added: 1,
      updated: 1,
      unchanged: 1,
    });
    expect(await own.call("getAsset", { id: "A-1" })).toMatchObject({
      name: "Laptop",
      location: "Austin",
      custom: { shelf: "7" },
    });
    const cleared = await own.call("importAssets", { body: { items: [{ id: "A-1", location: null }] } });
    expect(cleared).toEqual({ added: 0, updated: 1, unchanged: 0 });
    expect(await own.call("getAsset", { id: "A-1" })).toMatchObject({ name: "Laptop", location: null });
  });

  test("may call a type whatever it likes: the summary counts it", async () => {
    const own = await stack.pair("naming");
    await own.importCsv("id,type\nA-1,constructor\nA-2,constructor\nA-3,toString\nA-4,\n");
    const { byType } = await own.call("summarizeAssets");
    expect(Object.entries(byType).sort()).toEqual([
      ["constructor", 2],
      ["toString", 1],
      ["unknown", 1],
    ]);
  });
});
