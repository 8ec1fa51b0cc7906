import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { Audit, type AuditNote } from "../../worker/register/audit.ts";
import { Register } from "../../worker/register/register.ts";

const note = (at: string): AuditNote => ({ event: "key.checked", actor: { kind: "operator" }, at });

test("what was noted can be neither rewritten nor deleted, not even by the Worker's own SQL", async () => {
  const workspace = workspaceNamed("appending");
  await new Audit(env.DB, workspace).note(note("2026-11-24T09:00:00.000Z"));
  for (const sql of [
    "UPDATE audit SET actor_label = 'x'",
    "DELETE FROM audit",
    "REPLACE INTO audit SELECT * FROM audit",
  ]) {
    await expect(env.DB.prepare(sql).run()).rejects.toThrow("append-only");
  }
  expect((await new Audit(env.DB, workspace).list(10, undefined)).items).toHaveLength(1);
});

test("it is read newest first, page by page, and never another workspace's", async () => {
  const audit = new Audit(env.DB, workspaceNamed("reading"));
  const hours = ["07", "08", "09", "10", "11"];
  for (const hour of hours) await audit.note(note(`2026-11-24T${hour}:00:00.000Z`));
  await new Audit(env.DB, workspaceNamed("reading-b")).note(note("2026-11-24T12:00:00.000Z"));
  const read: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const page = await audit.list(2, cursor);
    read.push(...page.items.map(({ at }) => at.slice(11, 13)));
    cursor = page.nextCursor;
  }
  expect(read).toEqual(hours.toReversed());
});

test("what did not happen is not noted: a token that is not there, a connection of another workspace", async () => {
  const register = new Register(env.DB, workspaceNamed("nothing"));
  expect(await register.tokens.revoke("none", note("2026-11-24T09:00:00.000Z"))).toBe(false);
  expect(await register.connections.update("none", { paused: true }, note("2026-11-24T09:00:00.000Z"))).toBe(
    false,
  );
  expect((await register.audit.list(10, undefined)).items).toEqual([]);
});

test("a sync's use of a key is noted once, however often its run is taken up, and that of a renewed key beside it", async () => {
  const audit = new Audit(env.DB, workspaceNamed("once"));
  const sync = { startedAt: "2026-11-24T09:00:00.000Z" };
  const usedAt = (minute: string) => ({
    actor: { kind: "operator" } as const,
    at: `2026-11-24T09:${minute}:00.000Z`,
    syncId: "s",
  });
  await audit.noteKeyUse(usedAt("01"), sync, "v1");
  await audit.noteKeyUse(usedAt("02"), sync, "v1");
  await audit.noteKeyUse(usedAt("03"), sync, "v2");
  const { items } = await audit.list(10, undefined);
  expect(items.map(({ event, at }) => [event, at.slice(14, 16)])).toEqual([
    ["key.used", "03"],
    ["key.used", "01"],
  ]);
});
