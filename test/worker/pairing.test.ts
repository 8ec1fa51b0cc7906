import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { createPairing, redeemPairing } from "../../worker/access/pairing.ts";
import { crc32 } from "../../worker/access/secrets.ts";
import { identify } from "../../worker/access/tokens.ts";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { Register } from "../../worker/register/register.ts";

const now = new Date("2026-11-24T09:00:00.000Z");
const later = (ms: number) => new Date(now.getTime() + ms);
const home = { label: "a test", origin: null };

const guessOf = (id: string) =>
  `${id}-${[...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;

/** How many of these codes open something, sent side by side. */
async function admitted(codes: string[], at = now): Promise<number> {
  const answers = await Promise.all(
    codes.map((code) =>
      redeemPairing(env.DB, code, home, at).then(
        () => 1,
        () => 0,
      ),
    ),
  );
  return answers.reduce((sum: number, one) => sum + one, 0);
}

test("10,000 guesses at a pairing, a hundred at a time, admit none – and the right code no more after five", async () => {
  const { code } = await createPairing(env.DB, "guessed", "admin", now);
  const [id = ""] = code.split("-");
  let open = 0;
  for (let batch = 0; batch < 100; batch += 1)
    open += await admitted(Array.from({ length: 100 }, () => guessOf(id)));
  expect(open).toBe(0);
  expect(await admitted([code])).toBe(0);
  const register = new Register(env.DB, workspaceNamed("guessed"));
  expect((await register.tokens.list(10, undefined)).items).toEqual([]);
  const noted = (await register.audit.list(500, undefined)).items;
  expect(noted.filter(({ event }) => event === "pairing.failed")).toHaveLength(5);
}, 120_000);

test("four wrong tries leave the fifth to who has the code", async () => {
  const { code } = await createPairing(env.DB, "mistyped", "admin", now);
  const [id = ""] = code.split("-");
  expect(await admitted(Array.from({ length: 4 }, () => guessOf(id)))).toBe(0);
  expect(await admitted([code])).toBe(1);
});

test("a code that is sent many times at once is good once", async () => {
  const { code } = await createPairing(env.DB, "hasty", "admin", now);
  expect(await admitted([code, code, code, code, code])).toBe(1);
  expect((await new Register(env.DB, workspaceNamed("hasty")).tokens.list(10, undefined)).items).toHaveLength(
    1,
  );
  expect(await admitted([code])).toBe(0);
});

test("a code is good for ten minutes and not a moment longer", async () => {
  const early = await createPairing(env.DB, "waiting", "admin", now);
  const late = await createPairing(env.DB, "waiting", "admin", now);
  expect(await admitted([early.code], later(10 * 60_000 - 1))).toBe(1);
  expect(await admitted([late.code], later(10 * 60_000))).toBe(0);
});

test("neither a code's secret nor a token is in the database: only their hashes", async () => {
  const { code } = await createPairing(env.DB, "hashed", "viewer", now);
  const kept = await createPairing(env.DB, "hashed", "viewer", now);
  const { token } = await redeemPairing(env.DB, code, home, now);
  const rows: unknown[] = [];
  for (const table of ["pairings", "tokens", "audit"])
    rows.push((await env.DB.prepare(`SELECT * FROM ${table}`).all()).results);
  const text = JSON.stringify(rows);
  expect(text).toContain(kept.code.split("-")[0]);
  for (const secret of [kept.code.split("-")[1] ?? "", token, token.slice(5, 69)])
    expect(text.includes(secret)).toBe(false);
});

test("a token tells when it was used last, to the hour; one that opens nothing tells of no use", async () => {
  const { code } = await createPairing(env.DB, "used", "admin", now);
  const { token } = await redeemPairing(env.DB, code, { ...home, origin: "moz-extension://one" }, now);
  const register = new Register(env.DB, workspaceNamed("used"));
  const usedAt = async (minutes: number, origin = "moz-extension://one") => {
    await identify(env.DB, `Bearer ${token}`, origin, later(minutes * 60_000));
    return (await register.tokens.list(1, undefined)).items[0]?.lastUsedAt;
  };
  expect(await usedAt(1, "moz-extension://other")).toBeNull();
  expect(await usedAt(2)).toBe(later(2 * 60_000).toISOString());
  expect(await usedAt(60)).toBe(later(2 * 60_000).toISOString());
  expect(await usedAt(63)).toBe(later(63 * 60_000).toISOString());
});

test("a token is 256 random bits behind a prefix and before a checksum, so that secret scanners know it", async () => {
  const { code } = await createPairing(env.DB, "scanned", "admin", now);
  const { token } = await redeemPairing(env.DB, code, home, now);
  expect(token).toMatch(/^dots_[0-9a-f]{64}[0-9a-f]{8}$/);
  expect(token.slice(69)).toBe(crc32(token.slice(5, 69)));
});

test("the checksum is the one every scanner computes: CRC-32 of IEEE 802.3", () => {
  expect(crc32("123456789")).toBe("cbf43926");
});
