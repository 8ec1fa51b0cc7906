import { hasEnded, type Sync } from "../../shared/syncs.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import { listChanges } from "../register/changes.ts";
import { Connections } from "../register/connections.ts";
import { type SyncRecord, Syncs } from "../register/syncs.ts";
import { nextSyncAt } from "../schedule/due.ts";
import { findConnection } from "./connections.ts";
import { type App, endpoint } from "./endpoint.ts";

/** Syncs: starting one, watching it, and what it did. */
export function serveSyncs(app: App): void {
  endpoint(app, "startSync", async ({ env, actor, id, now }) => {
    const connection = await findConnection(env, actor.workspace, id);
    if (connection.status === "needs_key") throw new Problem("needs_key");
    const { workspace } = actor;
    const run = env.SYNC_RUNS.getByName(id);
    const answer = await run.start({ workspace, connectionId: id, kind: "sync", trigger: "manual" });
    if (answer.kind === "running") throw new Problem("sync_running", { syncId: answer.syncId });
    await new Connections(env.DB, workspace).update(id, { nextSyncAt: nextSyncAt(connection.schedule, now) });
    return await show(env, await findSync(env, workspace, answer.syncId));
  });

  endpoint(app, "listSyncs", async ({ env, actor, id, query }) => {
    await findConnection(env, actor.workspace, id);
    const page = await new Syncs(env.DB, actor.workspace).list(id, query.limit, query.cursor);
    const items = await Promise.all(page.items.map((sync) => show(env, sync)));
    return { items, nextCursor: page.nextCursor };
  });

  endpoint(
    app,
    "getSync",
    async ({ env, actor, id }) => await show(env, await findSync(env, actor.workspace, id)),
  );

  endpoint(app, "listChanges", async ({ env, actor, id, query }) => {
    const sync = await findSync(env, actor.workspace, id);
    return await listChanges(env.DB, sync, query.outcome, query.limit, query.cursor);
  });
}

async function findSync(env: Env, workspace: string, id: string): Promise<SyncRecord> {
  const sync = await new Syncs(env.DB, workspace).find(id);
  if (sync === undefined) throw new Problem("not_found");
  return sync;
}

/** A sync as the API shows it; of a running one, its progress is what the run says this moment. */
async function show(env: Env, record: SyncRecord): Promise<Sync> {
  const { finishedAt, problem, number: _, step: __, checkpoint: ___, ...sync } = record;
  const live = hasEnded(sync.status)
    ? undefined
    : await env.SYNC_RUNS.getByName(sync.connectionId).progress(sync.id);
  return {
    ...sync,
    ...(live === undefined ? {} : { status: "running" as const, progress: live }),
    ...(finishedAt === null ? {} : { finishedAt }),
    ...(problem === null ? {} : { problem }),
  };
}
