import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { Syncs } from "../../worker/register/syncs.ts";
import { prune } from "../../worker/schedule/prune.ts";

const now = new Date("2026-11-24T09:00:00.000Z");
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();
const workspace = workspaceNamed("pruned");

interface Row {
  id: string;
  kind?: "sync" | "preview" | "undo";
  days: number;
  connectionId?: string;
  changes?: number;
  running?: boolean;
}

async function addSync({ id, kind = "sync", days, connectionId = "c", changes = 0, running }: Row) {
  await new Syncs(env.DB, workspace).add({
    id,
    connectionId,
    kind,
    trigger: "manual",
    mode: "sync",
    startedAt: daysAgo(days),
    checkpoint: "{}",
    undoes: null,
    by: { kind: "operator" },
  });
  if (!running)
    await env.DB.prepare("UPDATE syncs SET finished_at = started_at WHERE id = ?1").bind(id).run();
  const table = kind === "preview" ? "preview_changes" : "changes";
  const more = kind === "preview" ? "" : ", workspace, asset_id";
  await env.DB.prepare(
    `INSERT INTO ${table} (sync_id, system_id, outcome${more})
     SELECT ?1, 's' || value, 'updated'${more === "" ? "" : ", 'pruned', 'A-' || value"}
     FROM json_each(?2)`,
  )
    .bind(id, JSON.stringify(Array.from({ length: changes }, (_, index) => index)))
    .run();
}

async function left(): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT id FROM syncs ORDER BY id").all<{ id: string }>();
  return results.map(({ id }) => id);
}

async function count(sql: string): Promise<number> {
  return (await env.DB.prepare(sql).first<number>("n")) ?? -1;
}

/** The connection is there: only then its newest sync is needed. */
async function addConnection(id: string) {
  await env.DB.prepare(
    `INSERT INTO connections (workspace, id, region, organization_id, organization_name, sends_organization, mode,
       paused, status, status_since, key_version, key_last4, role, insights, device_count, created_at)
     VALUES ('pruned', ?1, 'us', ?1, '', 0, 'sync', 0, 'active', '', '', '', '', 0, 0, '')`,
  )
    .bind(id)
    .run();
}

beforeEach(async () => {
  for (const table of ["syncs", "changes", "preview_changes", "skips", "connections", "import_parts"]) {
    await env.DB.prepare(`DELETE FROM ${table}`).run();
  }
  await addConnection("c");
});

test("a preview goes with its list after a week, a sync after 400 days, the oldest first, one a tick", async () => {
  await addSync({ id: "old-sync", days: 401, changes: 3 });
  await addSync({ id: "old-preview", kind: "preview", days: 8, changes: 3 });
  await addSync({ id: "young-preview", kind: "preview", days: 6, changes: 3 });
  await addSync({ id: "young-sync", days: 399, changes: 3 });
  await prune(env.DB, now);
  expect(await left()).toEqual(["old-sync", "young-preview", "young-sync"]);
  await prune(env.DB, now);
  await prune(env.DB, now);
  expect(await left()).toEqual(["young-preview", "young-sync"]);
  expect(await count("SELECT count(*) AS n FROM changes")).toBe(3);
  expect(await count("SELECT count(*) AS n FROM preview_changes")).toBe(3);
});

test("a tick removes a bounded piece, and the sync itself only with the last of it", async () => {
  await addSync({ id: "large", days: 500, changes: 2300 });
  await addSync({ id: "newest", days: 1 });
  for (const [expected, syncs] of [
    [1300, ["large", "newest"]],
    [300, ["large", "newest"]],
    [0, ["newest"]],
  ] as const) {
    await prune(env.DB, now);
    expect(await count("SELECT count(*) AS n FROM changes")).toBe(expected);
    expect(await left()).toEqual(syncs);
  }
});

test("a connection's newest sync and a running one stay: what comes is numbered after them", async () => {
  await addSync({ id: "newest", days: 500 });
  await addSync({ id: "other", days: 500, connectionId: "gone" });
  for (let tick = 0; tick < 3; tick += 1) await prune(env.DB, now);
  expect(await left()).toEqual(["newest"]);
  await addSync({ id: "later", days: 499, running: true });
  await addSync({ id: "latest", days: 1 });
  for (let tick = 0; tick < 3; tick += 1) await prune(env.DB, now);
  expect(await left()).toEqual(["later", "latest"]);
});

test("a skip goes with the last sync that lists it", async () => {
  await addSync({ id: "first", days: 500 });
  await addSync({ id: "second", days: 450 });
  await addSync({ id: "third", days: 10 });
  const add = (systemId: string, began: number, ended: number | null) =>
    env.DB.prepare(
      "INSERT INTO skips (connection_id, system_id, began, ended, reason) VALUES ('c', ?1, ?2, ?3, '')",
    )
      .bind(systemId, began, ended)
      .run();
  await add("of-first", 1, 2);
  await add("of-both", 1, 3);
  await add("of-all", 1, null);
  await prune(env.DB, now);
  expect(await count("SELECT count(*) AS n FROM skips")).toBe(2);
  await prune(env.DB, now);
  expect(await count("SELECT count(*) AS n FROM skips")).toBe(1);
});

test("what an import that was cut off put aside goes an hour after it began", async () => {
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000).toISOString();
  for (const [id, minutes] of [
    ["old", 61],
    ["young", 59],
  ] as const) {
    await env.DB.prepare(
      "INSERT INTO import_parts (workspace, import_id, number, at, rows) VALUES ('w', ?1, 0, ?2, '')",
    )
      .bind(id, minutesAgo(minutes))
      .run();
  }
  await prune(env.DB, now);
  expect(await env.DB.prepare("SELECT import_id FROM import_parts").first("import_id")).toBe("young");
  expect(await count("SELECT count(*) AS n FROM import_parts")).toBe(1);
});

test("a tick with nothing to prune reads next to nothing, however many syncs there are", async () => {
  await addSync({ id: "one", days: 300 });
  await env.DB.prepare(
    `INSERT INTO syncs SELECT s.id || value, workspace, connection_id, number + value, kind, "trigger", mode, status,
       started_at, finished_at, step, checkpoint, done, total, counts, requests, rows_read, rows_written, problem,
       undoes
     FROM syncs s, json_each(?1)`,
  )
    .bind(JSON.stringify(Array.from({ length: 200 }, (_, index) => index + 1)))
    .run();
  let rowsRead = 0;
  const db = {
    prepare: (sql: string) => {
      const statement = env.DB.prepare(sql);
      const run = async (values: unknown[]) => {
        const { results, meta } = await statement.bind(...values).all();
        rowsRead += meta.rows_read;
        return results[0] ?? null;
      };
      return {
        bind: (...values: unknown[]) => ({ first: () => run(values), run: () => run(values) }),
      };
    },
  } as unknown as D1Database;
  await prune(db, now);
  expect(rowsRead).toBeLessThan(5);
});
