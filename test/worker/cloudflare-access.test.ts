import { env } from "cloudflare:workers";
import { exportJWK, exportPKCS8, exportSPKI, generateKeyPair, importPKCS8, SignJWT } from "jose";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { Register } from "../../worker/register/register.ts";
import { callWorker, paired } from "./worker-call.ts";

const team = "acme.cloudflareaccess.com";
const audience = "f".repeat(64);
const settings = {
  CF_ACCESS_TEAM_DOMAIN: team,
  CF_ACCESS_AUD: audience,
  CF_ACCESS_WORKSPACE: "acme",
  CF_ACCESS_ADMINS: "Dana@Acme.example, root@acme.example",
};
const ours = await generateKeyPair("RS256", { extractable: true });
const theirs = await generateKeyPair("RS256");

const published: object[] = [];

beforeAll(async () => {
  published.push({ ...(await exportJWK(ours.publicKey)), kid: "k1", use: "sig" });
  // Access' certificates are the one thing here that is far away.
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    if (String(input) !== `https://${team}/cdn-cgi/access/certs`)
      throw new Error("Not the team's certificates.");
    return Response.json({ keys: published });
  });
});
afterAll(() => {
  vi.restoreAllMocks();
});

interface Assertion {
  email?: string | undefined;
  type?: string;
  issuer?: string;
  audience?: string;
  /** In seconds since 1970. */
  validFrom?: number;
  /** Absent: an hour from now; `null`: never. */
  expires?: string | null;
  kid?: string;
  key?: CryptoKey;
  algorithm?: string;
}
async function assertion(claims: Assertion = {}): Promise<string> {
  const { email = "dana@acme.example", type = "app", issuer = `https://${team}`, expires = "1h" } = claims;
  const person = "email" in claims && claims.email === undefined ? {} : { email };
  const jwt = new SignJWT({ type, ...person, ...(claims.validFrom ? { nbf: claims.validFrom } : {}) })
    .setProtectedHeader({ alg: claims.algorithm ?? "RS256", kid: claims.kid ?? "k1" })
    .setSubject("person-1")
    .setIssuedAt()
    .setIssuer(issuer)
    .setAudience(claims.audience ?? audience);
  if (expires !== null) jwt.setExpirationTime(expires);
  return await jwt.sign(claims.key ?? ours.privateKey);
}

async function status(
  jwt: string,
  call: Parameters<typeof callWorker>[1] = {},
  path = "/v1/tokens",
): Promise<number> {
  const headers = { "cf-access-jwt-assertion": jwt, ...call.headers };
  return (await callWorker(path, { ...call, headers, changed: { ...settings, ...call.changed } })).status;
}

test("a person that Access let in comes into the one workspace, as an admin if named as one, else as a viewer", async () => {
  expect(await status(await assertion())).toBe(200);
  const viewer = await assertion({ email: "sam@acme.example" });
  expect(await status(viewer, {}, "/v1/connections")).toBe(200);
  expect(await status(viewer)).toBe(403);
});

test("what such a person does is noted with their name", async () => {
  await callWorker("/v1/assets/import", {
    method: "POST",
    headers: { "cf-access-jwt-assertion": await assertion(), "content-type": "application/json" },
    body: JSON.stringify({ items: [{ id: "A-1" }] }),
    changed: settings,
  });
  const [noted] = (await new Register(env.DB, workspaceNamed("acme")).audit.list(1, undefined)).items;
  expect(noted).toMatchObject({
    event: "assets.imported",
    actor: { kind: "access", id: "person-1", label: "dana@acme.example" },
  });
});

test.each<[string, Assertion]>([
  ["signed by somebody else", { key: theirs.privateKey }],
  ["of another team", { issuer: "https://evil.cloudflareaccess.com" }],
  ["for another application", { audience: "e".repeat(64) }],
  ["that has expired", { expires: "-1 minute" }],
  ["that never expires", { expires: null }],
  ["that is not valid yet", { validFrom: Date.now() / 1000 + 3_600 }],
  ["of a key that Access does not publish", { kid: "k9" }],
  ["of a service that names no person", { email: undefined }],
  ["of another kind", { type: "org" }],
])("an assertion %s lets nobody in", async (_, claims) => {
  expect(await status(await assertion(claims))).toBe(401);
});

test("an assertion that is unsigned, or signed with the public key as a secret, lets nobody in", async () => {
  const [header, body] = (await assertion()).split(".");
  expect(header).toBeDefined();
  const unsigned = Buffer.from(JSON.stringify({ alg: "none" })).toString("base64url");
  expect(await status(`${unsigned}.${body}.`)).toBe(401);
  const claims = JSON.parse(Buffer.from(body ?? "", "base64url").toString()) as object;
  const publicKey = new TextEncoder().encode(await exportSPKI(ours.publicKey));
  const confused = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: "HS256", kid: "k1" })
    .sign(publicKey);
  expect(await status(confused)).toBe(401);
});

test("a key that Access has changed to is taken within half a minute, and an unknown one asked for no more often", async () => {
  const next = await generateKeyPair("RS256");
  published.push({ ...(await exportJWK(next.publicKey)), kid: "k2", use: "sig" });
  const fresh = { kid: "k2", key: next.privateKey };
  await status(await assertion());
  const asked = vi.mocked(fetch).mock.calls.length;
  expect(await status(await assertion(fresh))).toBe(401);
  expect(await status(await assertion(fresh))).toBe(401);
  expect(vi.mocked(fetch).mock.calls).toHaveLength(asked);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31_000 });
  expect(await status(await assertion(fresh))).toBe(200);
  expect(vi.mocked(fetch).mock.calls).toHaveLength(asked + 1);
  vi.useRealTimers();
});

test("an assertion signed in another way than Access signs lets nobody in, though the key is right", async () => {
  const key = await importPKCS8(await exportPKCS8(ours.privateKey), "PS256");
  expect(await status(await assertion({ key, algorithm: "PS256" }))).toBe(401);
});

test("without the settings an assertion means nothing", async () => {
  const headers = { "cf-access-jwt-assertion": await assertion() };
  expect((await callWorker("/v1/tokens", { headers })).status).toBe(401);
});

test("a page elsewhere cannot ride on the cookie of somebody who is signed in", async () => {
  const post = { method: "POST", headers: { origin: "https://evil.example" } };
  expect(await status(await assertion(), post, "/v1/connections/x/syncs")).toBe(401);
  const own = { method: "POST", headers: { origin: "https://worker.test" } };
  expect(await status(await assertion(), own, "/v1/connections/x/syncs")).toBe(404);
});

test("a token that does not count is not made good by an assertion beside it", async () => {
  const { authorization } = await paired("other");
  const wrong = {
    headers: { authorization: authorization.replace(/.$/, (last) => (last === "0" ? "1" : "0")) },
  };
  expect(await status(await assertion(), wrong)).toBe(401);
});
