import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { demoKeyValues } from "../simulator/demo-keys.ts";
import type { Api } from "../stack/api.ts";
import { type Stack, startStack } from "../stack/stack.ts";

const requests = 5_200;
const atATime = 20;
/** Comes along in every field that takes text: an answer that repeats input would show it. */
const echo = "echo-of-the-fuzz";

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
interface Schema {
  type?: string;
  enum?: Json[];
  const?: Json;
  anyOf?: Schema[];
  oneOf?: Schema[];
  properties?: Record<string, Schema>;
  items?: Schema;
}
interface Operation {
  method: string;
  path: string;
  query: string[];
  body: Schema | undefined;
  isOperators: boolean;
}
interface FuzzedRequest {
  method: string;
  path: string;
  query: [string, string][];
  headers: Record<string, string>;
  body: string | undefined;
}

let stack: Stack;
let mine: Api[];
let theirs: Api;
let ids: string[];
let operations: Operation[];
beforeAll(async () => {
  stack = await startStack({ devices: 30 });
  theirs = await stack.pair("theirs");
  await theirs.importCsv("id,serialNumber,name\ntheir-asset-1,THEIR-SERIAL-1,Their laptop\n");
  const connection = await theirs.call("createConnection", {
    body: { region: "us", apiKey: demoKeyValues.administrator, mode: "download" },
  });
  await theirs.ended(connection.firstSyncId ?? "");
  // Several tokens: one alone would be told to slow down.
  mine = await Promise.all(["mine", "mine", "mine", "mine"].map((workspace) => stack.pair(workspace)));
  await mine[0]?.importCsv("id,name\nmy-asset-1,My laptop\n");
  const [token] = (await theirs.call("listTokens")).items;
  ids = ["my-asset-1", "their-asset-1", connection.id, connection.firstSyncId ?? "", token?.id ?? ""];
  operations = await describedOperations(theirs.origin);
});
afterAll(() => stack.close());

async function describedOperations(origin: string): Promise<Operation[]> {
  const { paths } = (await (await fetch(new URL("/openapi.json", origin))).json()) as {
    paths: Record<
      string,
      Record<
        string,
        {
          parameters: { name: string; in: string }[];
          security: object[];
          requestBody?: { content: { "application/json": { schema: Schema } } };
        }
      >
    >;
  };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { parameters, security, requestBody }]) => ({
      method: method.toUpperCase(),
      path,
      query: parameters.filter((one) => one.in === "query").map(({ name }) => name),
      body: requestBody?.content["application/json"].schema,
      isOperators: security.some((scheme) => "operator" in scheme),
    })),
  );
}

const nasty = [
  "",
  " ",
  "\u0000",
  `${echo}\u0000`,
  "' OR 1=1 --",
  `'; DROP TABLE assets; -- ${echo}`,
  "{{7*7}}",
  `\${7*7}${echo}`,
  "<script>alert(1)</script>",
  "../../etc/passwd",
  "%00%2e%2e%2f",
  "\ud800",
  "\u202e\u{1f4a9}e\u0301",
  "A".repeat(5_000),
  "__proto__",
  "constructor",
  "9".repeat(400),
  "-1",
  "NaN",
  "1e999",
];
const text = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...nasty) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.constant(echo) },
);

/** Any JSON at all, now and then very deep or very wide. */
const anything: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json> },
  { weight: 4, arbitrary: text },
  { weight: 2, arbitrary: fc.constantFrom<Json>(0, -1, 1e308, 2 ** 53, 0.1, true, false, null) },
  { weight: 1, arbitrary: fc.constant(nested(2_000)) },
  {
    weight: 1,
    arbitrary: fc.constant<Json>(Object.fromEntries(nasty.map((name, at) => [`${name}${at}`, name]))),
  },
);

function nested(depth: number): Json {
  let value: Json = echo;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Mostly what the schema asks for, so that requests come past the first check; else anything. */
function fitting(schema: Schema): fc.Arbitrary<Json> {
  const exact = exactly(schema);
  return fc.oneof({ weight: 7, arbitrary: exact }, { weight: 2, arbitrary: anything });
}

function exactly(schema: Schema): fc.Arbitrary<Json> {
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(fitting));
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case "object": {
      const fields = Object.entries(schema.properties ?? {}).map(
        ([name, one]) => [name, fitting(one)] as const,
      );
      const known = fc.record(Object.fromEntries(fields), { requiredKeys: [] }) as fc.Arbitrary<
        Record<string, Json>
      >;
      return fc.oneof(
        { weight: 5, arbitrary: known },
        {
          weight: 1,
          arbitrary: fc
            .tuple(known, fc.dictionary(text, anything, { maxKeys: 3 }))
            .map(([a, b]) => ({ ...a, ...b })),
        },
      );
    }
    case "array":
      return fc.array(fitting(schema.items ?? {}), { maxLength: 4 });
    case "integer":
    case "number":
      return fc.integer();
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    case "string":
      return fc.oneof(
        text,
        fc.constantFrom<Json>(demoKeyValues.administrator, "2027-01-01T00:00:00.000Z", "f".repeat(24)),
      );
    default:
      return anything;
  }
}

function requestFor({ method, path, query, body, isOperators }: Operation): fc.Arbitrary<FuzzedRequest> {
  const otherwise = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD");
  return fc.record({
    method: fc.oneof({ weight: 9, arbitrary: fc.constant(method) }, { weight: 1, arbitrary: otherwise }),
    path: fc.oneof(fc.constantFrom(...ids), text).map((id) => path.replace("{id}", encodable(id))),
    query: fc.array(fc.tuple(fc.oneof(fc.constantFrom("limit", "cursor", ...query), text), text), {
      maxLength: 3,
    }),
    headers: fc.record({
      "content-type": fc.oneof(
        { weight: 8, arbitrary: fc.constant("application/json") },
        {
          weight: 2,
          arbitrary: fc.constantFrom(
            "text/csv",
            "text/plain",
            "",
            "application/json; charset=latin1",
            "multipart/form-data",
          ),
        },
      ),
      accept: fc.constantFrom("*/*", "text/csv", "text/csv;q=0.1", "text/html", ";;;,,"),
      origin: fc.oneof(
        { weight: 8, arbitrary: fc.constant("") },
        { weight: 1, arbitrary: fc.constantFrom("null", "https://evil.example") },
      ),
      // Production sets this itself; here every request is of another caller, so that none is told to slow down.
      "cf-connecting-ip": fc.ipV4(),
      "x-forwarded-for": fc.constantFrom("", "127.0.0.1", "' OR 1=1"),
      authorization: fc.oneof(
        { weight: 12, arbitrary: fc.constant(isOperators ? `Bearer ${stack.worker.operatorToken}` : "") },
        {
          weight: 1,
          arbitrary: fc.constantFrom("Bearer", "Bearer dots_", "Basic YTpi", `Bearer dots_${"0".repeat(72)}`),
        },
      ),
    }),
    body: body === undefined ? fc.option(fc.constant("{}"), { nil: undefined }) : rawBody(body),
  });
}

function rawBody(schema: Schema): fc.Arbitrary<string | undefined> {
  return fc.oneof(
    { weight: 12, arbitrary: fitting(schema).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: text },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        "{",
        '{"a":',
        "[".repeat(20_000),
        `{"apiKey":"${"x".repeat(70_000)}"}`,
        '{"__proto__":{"role":"admin"}}',
      ),
    },
    { weight: 1, arbitrary: fc.constant(undefined) },
  );
}

/** A lone surrogate cannot be part of an address. */
function encodable(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}

async function send(
  request: FuzzedRequest,
  at: number,
): Promise<{ status: number; text: string; type: string }> {
  const url = new URL(request.path, theirs.origin);
  for (const [name, value] of request.query)
    url.searchParams.append(name.toWellFormed(), value.toWellFormed());
  const headers = new Headers({ authorization: `Bearer ${mine[at % mine.length]?.token}` });
  for (const [name, value] of Object.entries(request.headers)) if (value !== "") headers.set(name, value);
  const takesBody = !["GET", "HEAD"].includes(request.method) && request.body !== undefined;
  const response = await fetch(url, {
    method: request.method,
    headers,
    ...(takesBody ? { body: request.body ?? "" } : {}),
    // A stream of events ends when the sync does; none of mine runs for long.
    signal: AbortSignal.timeout(20_000),
  });
  return {
    status: response.status,
    text: await response.text(),
    type: response.headers.get("content-type") ?? "",
  };
}

const insides = /\bat \w+[^\n]*\(|\.ts:\d|D1_ERROR|SQLITE|sqlite|TypeError|ZodError|node_modules|stack/;

test(`${requests} generated requests: none breaks the Worker, none makes it tell of its inside, of what it was sent, or of another workspace`, async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  const before = JSON.stringify([await theirs.allAssets(), (await theirs.call("listConnections")).items]);
  const perOperation = Math.ceil(requests / operations.length);
  const all = operations.flatMap((operation, at) =>
    fc.sample(requestFor(operation), { numRuns: perOperation, seed: seed + at }),
  );
  const statuses = new Map<number, number>();
  for (let at = 0; at < all.length; at += atATime) {
    const some = all.slice(at, at + atATime);
    await Promise.all(
      some.map(async (request, index) => {
        const { status, text, type } = await send(request, at + index);
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        const what = `FUZZ_SEED=${seed}: ${JSON.stringify(request).slice(0, 2_000)}\nanswered ${status}: ${text.slice(0, 2_000)}`;
        expect(status, what).toBeLessThan(500);
        expect(/their-asset-1|THEIR-SERIAL-1|Their laptop/.test(text), `another workspace's: ${what}`).toBe(
          false,
        );
        if (status < 400) return;
        if (text !== "") expect(type, what).toBe("application/problem+json");
        expect(text.includes(echo), `an echo: ${what}`).toBe(false);
        expect(insides.test(text), `its inside: ${what}`).toBe(false);
        for (const secret of [
          demoKeyValues.administrator,
          stack.worker.operatorToken,
          ...mine.map(({ token }) => token),
        ])
          expect(text.includes(secret), `a secret: ${what}`).toBe(false);
      }),
    );
  }
  expect(all.length).toBeGreaterThanOrEqual(requests);
  // The requests are not all stopped at the door: some do their work, some are refused for what they hold.
  expect(statuses.get(200) ?? 0, JSON.stringify([...statuses])).toBeGreaterThan(100);
  expect(statuses.get(400) ?? 0).toBeGreaterThan(500);
  expect(statuses.get(429) ?? 0).toBeLessThan(50);
  expect(JSON.stringify([await theirs.allAssets(), (await theirs.call("listConnections")).items])).toBe(
    before,
  );
  expect((await fetch(new URL("/healthz", theirs.origin))).status).toBe(200);
}, 400_000);
