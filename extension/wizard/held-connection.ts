import type { Connection, CreatedConnection } from "../../shared/connections.ts";
import type { RouteBody } from "../../shared/routes.ts";
import type { Sync } from "../../shared/syncs.ts";
import { callWorker } from "../messages.ts";
import type { Step, Watch } from "./journey.ts";

/**
 * A preview needs a connection. One that was made for it is held: paused, so that no schedule writes before the
 * admin has said so, and gone again when they turn back.
 */
export async function previewFirst(body: RouteBody<"createConnection">): Promise<Step> {
  const connection: CreatedConnection = await callWorker("createConnection", {
    body: { ...body, start: false },
  });
  const { id } = connection;
  try {
    await callWorker("updateConnection", { id, body: { paused: true } });
    return await previewAgain(id);
  } catch (error) {
    await dropHeld(id);
    throw error;
  }
}

/** Looks anew at what a sync would do. */
export async function previewAgain(connectionId: string): Promise<Step> {
  const { id: syncId } = await callWorker("startPreview", { id: connectionId });
  return { is: "started", kind: "preview", connectionId, syncId, isFirst: true };
}

/** Sets the connection free and starts its first sync. */
export async function startHeld(connectionId: string): Promise<Step> {
  await callWorker("updateConnection", { id: connectionId, body: { paused: false } });
  const { id: syncId } = await callWorker("startSync", { id: connectionId });
  return { is: "started", kind: "sync", connectionId, syncId, isFirst: true };
}

/** Leaves nothing behind, the key included. */
export async function dropHeld(connectionId: string): Promise<void> {
  await callWorker("deleteConnection", { id: connectionId });
}

/** Takes a connection and its syncs, newest first; gives the one that runs, or the preview that waits for an answer. */
export function openSync(
  connection: Pick<Connection, "id" | "paused">,
  syncs: readonly Pick<Sync, "id" | "kind" | "status" | "finishedAt">[],
): { kind: Sync["kind"]; isRunning: boolean; watch: Watch } | null {
  const [latest, ...earlier] = syncs;
  if (latest === undefined) return null;
  const isFirst = !earlier.some(({ kind }) => kind !== "preview");
  const watch = { connectionId: connection.id, syncId: latest.id, isFirst };
  const isRunning = latest.finishedAt === undefined;
  const isHeld = connection.paused && latest.kind === "preview" && isFirst;
  return isRunning || isHeld ? { kind: latest.kind, isRunning, watch } : null;
}
