import type { AuditActor } from "../../shared/audit.ts";
import type { Mode } from "../../shared/connections.ts";
import type { Page } from "../../shared/lists.ts";
import type { Counts, Sync, SyncKind, SyncProblem, SyncStatus, SyncTrigger } from "../../shared/syncs.ts";
import { noteIfChanged } from "./audit.ts";
import { pageFrom } from "./paging.ts";
import type { WorkspaceId } from "./workspace.ts";

/** A sync as its row holds it: what the API shows, and where the run goes on. */
export interface SyncRecord extends Omit<Sync, "finishedAt" | "problem" | "undoes" | "undoneBy"> {
  finishedAt: string | null;
  problem: SyncProblem | null;
  undoes: string | null;
  undoneBy: string | null;
  number: number;
  /** The fence: every commit of the run expects this number and adds one. */
  step: number;
  /** Where the run goes on, in its own words (sync/checkpoint.ts). */
  checkpoint: string;
}

export const noCounts: Counts = {
  devices: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  skipped: 0,
  missing: 0,
  reasons: {},
};

/** An undo that was cancelled or failed took back only a part: it may be tried again. */
const undoneBy = `(SELECT id FROM syncs u WHERE u.undoes = s.id AND u.status = 'succeeded' LIMIT 1) AS undone_by`;

/** A workspace's syncs (table `syncs`). */
export class Syncs {
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;

  constructor(db: D1Database, workspace: WorkspaceId) {
    this.#db = db;
    this.#workspace = workspace;
  }

  /** Adds a queued sync, numbered after the connection's last one. A repeated call for one id adds nothing. */
  async add(sync: {
    id: string;
    connectionId: string;
    kind: SyncKind;
    trigger: SyncTrigger;
    mode: Mode;
    startedAt: string;
    checkpoint: string;
    undoes: string | null;
    /** Who started it. */
    by: AuditActor;
  }): Promise<void> {
    await this.#db.batch([
      this.#db
        .prepare(
          `INSERT INTO syncs (id, workspace, connection_id, number, kind, trigger, mode, status, started_at, step,
             checkpoint, done, total, counts, requests, rows_read, rows_written, undoes)
           SELECT ?1, ?2, ?3, coalesce((SELECT max(number) FROM syncs WHERE connection_id = ?3), 0) + 1,
             ?4, ?5, ?6, 'queued', ?7, 0, ?8, 0, 0, ?9, 0, 0, 0, ?10
           WHERE true ON CONFLICT (id) DO NOTHING`,
        )
        .bind(
          sync.id,
          this.#workspace,
          sync.connectionId,
          sync.kind,
          sync.trigger,
          sync.mode,
          sync.startedAt,
          sync.checkpoint,
          JSON.stringify(noCounts),
          sync.undoes,
        ),
      noteIfChanged(this.#db, this.#workspace, {
        event: "sync.started",
        actor: sync.by,
        at: sync.startedAt,
        connectionId: sync.connectionId,
        syncId: sync.id,
        details: { kind: sync.kind, trigger: sync.trigger, mode: sync.mode },
      }),
    ]);
  }

  async find(id: string): Promise<SyncRecord | undefined> {
    const row = await this.#db
      .prepare(`SELECT *, ${undoneBy} FROM syncs s WHERE workspace = ?1 AND id = ?2`)
      .bind(this.#workspace, id)
      .first<SyncRow>();
    return row ? fromRow(row) : undefined;
  }

  /** Newest first; the cursor is the number of the last one shown. */
  async list(connectionId: string, limit: number, cursor: string | undefined): Promise<Page<SyncRecord>> {
    const before = cursor === undefined ? Number.MAX_SAFE_INTEGER : Number.parseInt(cursor, 10) || 0;
    const { results } = await this.#db
      .prepare(
        `SELECT *, ${undoneBy} FROM syncs s WHERE connection_id = ?2 AND number < ?3 AND workspace = ?1
         ORDER BY number DESC LIMIT ?4`,
      )
      .bind(this.#workspace, connectionId, before, limit + 1)
      .all<SyncRow>();
    return pageFrom(results.map(fromRow), limit, ({ number }) => String(number));
  }
}

interface SyncRow {
  id: string;
  connection_id: string;
  number: number;
  kind: SyncKind;
  trigger: SyncTrigger;
  mode: Mode;
  status: SyncStatus;
  started_at: string;
  finished_at: string | null;
  step: number;
  checkpoint: string;
  done: number;
  total: number;
  counts: string;
  requests: number;
  rows_read: number;
  rows_written: number;
  problem: string | null;
  undoes: string | null;
  undone_by: string | null;
}

function fromRow(row: SyncRow): SyncRecord {
  return {
    id: row.id,
    connectionId: row.connection_id,
    number: row.number,
    kind: row.kind,
    trigger: row.trigger,
    mode: row.mode,
    status: row.status,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    step: row.step,
    checkpoint: row.checkpoint,
    progress: { done: row.done, total: row.total },
    // Written by the run alone, in this shape.
    counts: JSON.parse(row.counts) as Counts,
    cost: { jumpcloudRequests: row.requests, rowsRead: row.rows_read, rowsWritten: row.rows_written },
    undoes: row.undoes,
    undoneBy: row.undone_by,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as SyncProblem),
  };
}
