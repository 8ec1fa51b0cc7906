import { hasEnded, type Sync } from "../../shared/syncs.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import type { ConnectionRecord } from "../register/connections.ts";
import type { Register } from "../register/register.ts";
import type { SyncRecord } from "../register/syncs.ts";
import { nextSyncAt } from "../schedule/due.ts";
import { findConnection } from "./connections.ts";
import { type App, type Call, endpoint } from "./endpoint.ts";

/** Syncs: starting one, watching it, and what it did. */
export function serveSyncs(app: App): void {
  endpoint(app, "startSync", async (call) => {
    const connection = await findConnection(call.register, call.id);
    const sync = await start(call, connection, "sync");
    const next = nextSyncAt(connection.schedule, call.now);
    await call.register.connections.update(call.id, { nextSyncAt: next });
    return sync;
  });

  endpoint(app, "startPreview", async (call) => {
    return await start(call, await findConnection(call.register, call.id), "preview");
  });

  endpoint(app, "listSyncs", async ({ env, register, id, query }) => {
    await findConnection(register, id);
    const page = await register.syncs.list(id, query.limit, query.cursor);
    const items = await Promise.all(page.items.map((sync) => show(env, sync)));
    return { items, nextCursor: page.nextCursor };
  });

  endpoint(app, "getSync", async ({ env, register, id }) => await show(env, await findSync(register, id)));

  endpoint(app, "cancelSync", async ({ env, register, id, note }) => {
    const sync = await findSync(register, id);
    if (!hasEnded(sync.status)) await env.SYNC_RUNS.getByName(sync.connectionId).cancel(id);
    const after = await findSync(register, id);
    if (!hasEnded(sync.status) && after.status === "cancelled") {
      await register.audit.note(note("sync.cancelled", { connectionId: sync.connectionId, syncId: id }));
    }
    return await show(env, after);
  });

  endpoint(app, "listChanges", async ({ register, id, query }) => {
    const sync = await findSync(register, id);
    return await register.listChanges(sync, query.outcome, query.limit, query.cursor);
  });
}

/** Starts a run of a connection that can run; throws where it needs a key or is at work already. */
async function start(
  { env, actor, register }: Pick<Call<"startSync">, "env" | "actor" | "register">,
  connection: ConnectionRecord,
  kind: "sync" | "preview",
): Promise<Sync> {
  if (connection.status === "needs_key") throw new Problem("needs_key");
  const { workspace } = actor;
  const run = env.SYNC_RUNS.getByName(connection.id);
  const answer = await run.start({
    workspace,
    connectionId: connection.id,
    kind,
    trigger: "manual",
    by: actor.by,
  });
  if (answer.kind === "running") throw new Problem("sync_running", { syncId: answer.syncId });
  return await show(env, await findSync(register, answer.syncId));
}

async function findSync(register: Register, id: string): Promise<SyncRecord> {
  const sync = await register.syncs.find(id);
  if (sync === undefined) throw new Problem("not_found");
  return sync;
}

/** A sync as the API shows it; of a running one, its progress is what the run says this moment. */
async function show(env: Pick<Env, "SYNC_RUNS">, record: SyncRecord): Promise<Sync> {
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
