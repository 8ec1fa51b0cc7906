import type { AuditActor, AuditEntry, AuditEvent } from "../../shared/audit.ts";
import type { Page } from "../../shared/lists.ts";
import { pageFrom } from "./paging.ts";
import type { WorkspaceId } from "./workspace.ts";

/** What is noted of something that happened. Never a secret, nor anything of one but a key's last 4 characters. */
export interface AuditNote {
  event: AuditEvent;
  actor: AuditActor;
  at: string;
  connectionId?: string | undefined;
  syncId?: string | undefined;
  details?: AuditEntry["details"];
}

/** A workspace's audit (table `audit`), append-only by triggers. */
export class Audit {
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;

  constructor(db: D1Database, workspace: WorkspaceId) {
    this.#db = db;
    this.#workspace = workspace;
  }

  /** Notes what no other row tells of. */
  async note(note: AuditNote): Promise<void> {
    await noteAlways(this.#db, this.#workspace, note).run();
  }

  /**
   * Notes that a sync uses a key: once a version of the key, however often its run is taken up again. The id begins
   * with when the sync began: what is noted again has to have the same.
   */
  async noteKeyUse(
    note: Omit<AuditNote, "event"> & { syncId: string },
    sync: { startedAt: string },
    keyVersion: string,
  ): Promise<void> {
    const id = `${sync.startedAt}-key.used-${note.syncId}-${keyVersion}`;
    await noteStatement(this.#db, this.#workspace, { ...note, event: "key.used" }, "true", id).run();
  }

  /** Newest first (index: the primary key). */
  async list(limit: number, cursor: string | undefined): Promise<Page<AuditEntry>> {
    const { results } = await this.#db
      .prepare(
        `SELECT * FROM audit WHERE workspace = ?1 AND (?2 IS NULL OR id < ?2) ORDER BY id DESC LIMIT ?3`,
      )
      .bind(this.#workspace, cursor ?? null, limit + 1)
      .all<AuditRow>();
    return pageFrom(results.map(toEntry), limit, ({ id }) => id);
  }
}

/** Goes into a batch right after the statement it notes: it writes only if that one changed a row. */
export function noteIfChanged(db: D1Database, workspace: WorkspaceId, note: AuditNote): D1PreparedStatement {
  return noteStatement(db, workspace, note, "changes() > 0");
}

/** A wrong secret for a pairing that exists: its five tries bound how often this is written. */
export async function noteFailedPairing(
  db: D1Database,
  workspace: WorkspaceId,
  pairing: string,
  at: string,
): Promise<void> {
  const note = {
    event: "pairing.failed" as const,
    actor: { kind: "anyone" as const },
    at,
    details: { pairing },
  };
  await noteAlways(db, workspace, note).run();
}

/** Goes into the batch of what it notes. */
export function noteAlways(db: D1Database, workspace: WorkspaceId, note: AuditNote): D1PreparedStatement {
  return noteStatement(db, workspace, note, "true");
}

function noteStatement(
  db: D1Database,
  workspace: WorkspaceId,
  note: AuditNote,
  condition: "true" | "changes() > 0",
  id = `${note.at}-${crypto.randomUUID()}`,
): D1PreparedStatement {
  const { event, actor, at, connectionId, syncId, details } = note;
  return db
    .prepare(
      `INSERT INTO audit (workspace, id, at, event, actor_kind, actor_id, actor_label, connection_id, sync_id, details)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 
       WHERE ${condition} AND NOT EXISTS (SELECT 1 FROM audit WHERE workspace = ?1 AND id = ?2)`,
    )
    .bind(
      workspace,
      id,
      at,
      event,
      actor.kind,
      actor.id ?? null,
      actor.label ?? null,
      connectionId ?? null,
      syncId ?? null,
      details === undefined ? null : JSON.stringify(details),
    );
}

interface AuditRow {
  id: string;
  at: string;
  event: AuditEvent;
  actor_kind: AuditActor["kind"];
  actor_id: string | null;
  actor_label: string | null;
  connection_id: string | null;
  sync_id: string | null;
  details: string | null;
}

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    event: row.event,
    actor: {
      kind: row.actor_kind,
      ...(row.actor_id === null ? {} : { id: row.actor_id }),
      ...(row.actor_label === null ? {} : { label: row.actor_label }),
    },
    ...(row.connection_id === null ? {} : { connectionId: row.connection_id }),
    ...(row.sync_id === null ? {} : { syncId: row.sync_id }),
    // Written by this file alone, in this shape.
    ...(row.details === null
      ? {}
      : { details: JSON.parse(row.details) as NonNullable<AuditEntry["details"]> }),
  };
}
