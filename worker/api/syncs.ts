import { type Change, hasEnded, type Sync } from "../../shared/syncs.ts";
import type { Env } from "../env.ts";
import { Problem } from "../problem.ts";
import type { ConnectionRecord } from "../register/connections.ts";
import type { Register } from "../register/register.ts";
import type { SyncRecord } from "../register/syncs.ts";
import { nextSyncAt } from "../schedule/due.ts";
import { syncDays } from "../schedule/prune.ts";
import { shownSync } from "../sync/shown-sync.ts";
import { findConnection } from "./connections.ts";
import { answerCsv } from "./csv.ts";
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

  endpoint(app, "undoSync", async ({ env, actor, register, id, now }) => {
    const sync = await findSync(register, id);
    if (!hasEnded(sync.status)) throw new Problem("sync_running", { syncId: id });
    await refuseUndo(register, sync, now);
    const { workspace } = actor;
    const answer = await env.SYNC_RUNS.getByName(sync.connectionId).start({
      workspace,
      connectionId: sync.connectionId,
      kind: "undo",
      undoes: id,
      trigger: "manual",
      by: actor.by,
    });
    if (answer.kind === "running") throw new Problem("sync_running", { syncId: answer.syncId });
    return await show(env, await findSync(register, answer.syncId));
  });

  endpoint(app, "watchSync", async ({ env, actor, register, id }) => {
    const sync = await findSync(register, id);
    const stream = await env.SYNC_RUNS.getByName(sync.connectionId).watch(actor.workspace, id);
    return new Response(stream, { headers: { "content-type": "text/event-stream" } });
  });

  endpoint(app, "listChanges", async ({ register, id, query, wantsOther }) => {
    const sync = await findSync(register, id);
    const read = (limit: number, cursor: string | undefined) =>
      register.listChanges(sync, query.outcome, limit, cursor);
    if (wantsOther) return answerCsv(`changes-${id}.csv`, changeColumns, read);
    return await read(query.limit, query.cursor);
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

/** Throws where there is nothing that an undo could put back, and says why. */
async function refuseUndo(register: Register, sync: SyncRecord, now: Date): Promise<void> {
  const refuse = (detail: string) => new Problem("invalid_request", { detail });
  if (sync.kind === "preview") throw refuse("A preview has written nothing, so there is nothing to undo.");
  if (sync.kind === "undo")
    throw refuse("An undo cannot be undone. Start a sync to bring the assets up to date again.");
  if (sync.undoneBy !== null)
    throw refuse("This sync was undone already. Nothing of it is left to put back.");
  // What it wrote may be pruned in part by now.
  if (now.getTime() - Date.parse(sync.startedAt) > syncDays * 86_400_000)
    throw refuse(`A sync can be undone for ${syncDays} days.`);
  if ((await register.connections.find(sync.connectionId)) === undefined) {
    throw refuse(
      "This sync's connection was removed, and its assets are no longer linked: it cannot be undone.",
    );
  }
}

async function findSync(register: Register, id: string): Promise<SyncRecord> {
  const sync = await register.syncs.find(id);
  if (sync === undefined) throw new Problem("not_found");
  return sync;
}

/** A sync as the API shows it; of a running one, its progress is what the run says this moment. */
async function show(env: Pick<Env, "SYNC_RUNS">, record: SyncRecord): Promise<Sync> {
  const live = hasEnded(record.status)
    ? undefined
    : await env.SYNC_RUNS.getByName(record.connectionId).progress(record.id);
  return shownSync(record, live);
}

/** A change as a row of CSV. */
const changeColumns: Record<keyof Change, (change: Change) => string | null | undefined> = {
  systemId: ({ systemId }) => systemId,
  serialNumber: ({ serialNumber }) => serialNumber,
  hostname: ({ hostname }) => hostname,
  outcome: ({ outcome }) => outcome,
  reason: ({ reason }) => reason,
  related: ({ related }) => related?.join("; "),
  assetId: ({ assetId }) => assetId,
  before: ({ before }) => before && JSON.stringify(before),
  after: ({ after }) => after && JSON.stringify(after),
  kept: ({ kept }) => kept && JSON.stringify(kept),
};
