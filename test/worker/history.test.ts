import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { workspaceNamed } from "../../worker/access/workspaces.ts";
import { CountedD1 } from "../../worker/register/counted-d1.ts";
import { readHistory } from "../../worker/register/history.ts";
import { Syncs } from "../../worker/register/syncs.ts";
import { callWorker, paired } from "./worker-call.ts";

const workspace = workspaceNamed("with-history");

async function addSync(id: string, startedAt: string): Promise<void> {
  await new Syncs(env.DB, workspace).add({
    id,
    connectionId: "a-connection",
    kind: "sync",
    trigger: "schedule",
    mode: "sync",
    startedAt,
    checkpoint: "{}",
    undoes: null,
    by: { kind: "schedule" },
  });
}

test("an asset's history is its newest hundred changes, and reads no more than that", async () => {
  await addSync("the-sync", "2026-11-24T09:00:00.000Z");
  // Of this asset 500 changes, and of many others one each.
  const numbers = JSON.stringify(Array.from({ length: 1500 }, (_, index) => index));
  await env.DB.prepare(
    `INSERT INTO changes (sync_id, workspace, system_id, outcome, asset_id, at, after)
     SELECT 'the-sync', ?1, 's-' || value, 'updated', iif(value < 500, 'A-1', 'A-' || value),
       printf('2026-11-24T09:00:00.%03dZ', value % 1000), json_object('os', value) FROM json_each(?2)`,
  )
    .bind(workspace, numbers)
    .run();
  const counted = new CountedD1(env.DB);
  const history = await readHistory(counted.db, workspace, "A-1");
  expect(history.map(({ after }) => after?.os)).toEqual(
    Array.from({ length: 100 }, (_, index) => 499 - index),
  );
  expect(counted.take().rowsRead).toBeLessThan(100 * 5);
  expect(await readHistory(env.DB, workspaceNamed("another"), "A-1")).toEqual([]);
});

test("a sync whose changes may be pruned by now is not undone, and the refusal says why", async () => {
  const headers = await paired("with-history");
  const old = new Date(Date.now() - 401 * 86_400_000).toISOString();
  await addSync("an-old-sync", old);
  await env.DB.prepare("UPDATE syncs SET status = 'succeeded', finished_at = started_at WHERE id = ?1")
    .bind("an-old-sync")
    .run();
  const response = await callWorker("/v1/syncs/an-old-sync/undo", { method: "POST", headers });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ detail: "A sync can be undone for 400 days." });
});
