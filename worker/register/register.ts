import type { ImportResult } from "../../shared/assets.ts";
import type { Page } from "../../shared/lists.ts";
import type { Change, ChangeOutcome, HistoryItem } from "../../shared/syncs.ts";
import { Assets } from "./assets.ts";
import { Audit, type AuditNote } from "./audit.ts";
import { Connections } from "./connections.ts";
import { readHistory } from "./history.ts";
import { type ImportRows, importAssets } from "./import.ts";
import { listChanges } from "./listed-changes.ts";
import { ReminderFeeds } from "./reminder-feeds.ts";
import { type SyncRecord, Syncs } from "./syncs.ts";
import { Tokens } from "./tokens.ts";
import type { WorkspaceId } from "./workspace.ts";

/** One workspace's part of the database. A handler gets this and not the database, so it reaches no other's rows. */
export class Register {
  readonly assets: Assets;
  readonly audit: Audit;
  readonly connections: Connections;
  readonly reminderFeeds: ReminderFeeds;
  readonly syncs: Syncs;
  readonly tokens: Tokens;
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;

  constructor(db: D1Database, workspace: WorkspaceId) {
    this.#db = db;
    this.#workspace = workspace;
    this.assets = new Assets(db, workspace);
    this.audit = new Audit(db, workspace);
    this.connections = new Connections(db, workspace);
    this.reminderFeeds = new ReminderFeeds(db, workspace);
    this.syncs = new Syncs(db, workspace);
    this.tokens = new Tokens(db, workspace);
  }

  importAssets(rows: ImportRows, note: AuditNote): Promise<ImportResult> {
    return importAssets(this.#db, this.#workspace, rows, note);
  }

  /** What syncs and undos did to an asset, the newest first. */
  readHistory(assetId: string): Promise<HistoryItem[]> {
    return readHistory(this.#db, this.#workspace, assetId);
  }

  listChanges(
    sync: SyncRecord,
    outcome: ChangeOutcome | undefined,
    limit: number,
    cursor: string | undefined,
  ): Promise<Page<Change>> {
    return listChanges(this.#db, this.#workspace, sync, outcome, limit, cursor);
  }
}
