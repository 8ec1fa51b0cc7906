import type { AuditEntry } from "../../shared/audit.ts";
import type { Connection } from "../../shared/connections.ts";
import { Problem } from "../problem.ts";
import type { ConnectionRecord } from "../register/connections.ts";
import type { Register } from "../register/register.ts";
import { nextSyncAt } from "../schedule/due.ts";
import { type App, endpoint } from "./endpoint.ts";

/** Connections to JumpCloud organizations: what they are, and how they are set. */
export function serveConnections(app: App): void {
  endpoint(app, "listConnections", async ({ register, query }) => {
    const page = await register.connections.list(query.limit, query.cursor);
    return { items: page.items.map(shown), nextCursor: page.nextCursor };
  });

  endpoint(app, "getConnection", async ({ register, id }) => shown(await findConnection(register, id)));

  endpoint(app, "updateConnection", async ({ register, id, body, note, now }) => {
    const connection = await findConnection(register, id);
    const patch: Partial<ConnectionRecord> = {};
    if (body.mode !== undefined) patch.mode = body.mode;
    if (body.paused !== undefined) patch.paused = body.paused;
    if (body.keyExpiresAt !== undefined) patch.keyExpiresAt = body.keyExpiresAt;
    if (body.schedule !== undefined) {
      patch.schedule = body.schedule;
      patch.nextSyncAt = nextSyncAt(body.schedule, now);
    }
    const details = changedSettings(connection, patch);
    const updated = details && note("connection.updated", { connectionId: id, details });
    if (!(await register.connections.update(id, patch, updated))) throw new Problem("not_found");
    return shown({ ...connection, ...patch });
  });
}

/** A connection as the API shows it: nothing of the key but its last 4 characters. */
export function shown(connection: ConnectionRecord): Connection {
  const { sendsOrganization: _, keyVersion: __, keyExpiresAt, ...rest } = connection;
  const runs = !connection.paused && connection.status === "active";
  return {
    ...rest,
    ...(keyExpiresAt === undefined ? {} : { keyExpiresAt }),
    nextSyncAt: runs ? connection.nextSyncAt : null,
  };
}

/** Throws `not_found` where the workspace has no such connection. */
export async function findConnection(register: Register, id: string): Promise<ConnectionRecord> {
  const connection = await register.connections.find(id);
  if (connection === undefined) throw new Problem("not_found");
  return connection;
}

/** The settings that a patch changes, before and after, for the audit; nothing where it changes none. */
function changedSettings(before: ConnectionRecord, patch: Partial<ConnectionRecord>): AuditEntry["details"] {
  const details: NonNullable<AuditEntry["details"]> = {};
  for (const name of ["mode", "paused", "keyExpiresAt"] as const) {
    if (name in patch && patch[name] !== before[name]) {
      details[`${name}Before`] = before[name] ?? null;
      details[name] = patch[name] ?? null;
    }
  }
  if (patch.schedule !== undefined && patch.schedule?.everyHours !== before.schedule?.everyHours) {
    details.everyHoursBefore = before.schedule?.everyHours ?? null;
    details.everyHours = patch.schedule?.everyHours ?? null;
  }
  return Object.keys(details).length === 0 ? undefined : details;
}
