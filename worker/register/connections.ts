import type { ConnectionStatus, Mode, Organization, Region, Schedule } from "../../shared/connections.ts";
import type { Page } from "../../shared/lists.ts";
import { type AuditNote, noteIfChanged } from "./audit.ts";
import { pageFrom } from "./paging.ts";
import type { WorkspaceId } from "./workspace.ts";

/** A connection as its row holds it: what the API shows, and what only the Worker needs. */
export interface ConnectionRecord {
  id: string;
  region: Region;
  organization: Organization;
  /** Whether requests must name the organization. */
  sendsOrganization: boolean;
  mode: Mode;
  schedule: Schedule;
  paused: boolean;
  status: ConnectionStatus;
  statusSince: string;
  keyVersion: string;
  keyLast4: string;
  /** `null` = no expiration; `undefined` = not known. */
  keyExpiresAt: string | null | undefined;
  role: string;
  insights: boolean;
  deviceCount: number;
  createdAt: string;
  lastSyncAt: string | null;
  lastSyncId: string | null;
  nextSyncAt: string | null;
}

/** A workspace's connections (table `connections`). */
export class Connections {
  readonly #db: D1Database;
  readonly #workspace: WorkspaceId;

  constructor(db: D1Database, workspace: WorkspaceId) {
    this.#db = db;
    this.#workspace = workspace;
  }

  /** Gives false where the workspace has a connection to that organization already. */
  async add(connection: ConnectionRecord, note: AuditNote): Promise<boolean> {
    const row = toRow(connection);
    const columns = ["workspace", ...Object.keys(row)];
    const places = columns.map((_, index) => `?${index + 1}`).join(", ");
    const [added] = await this.#db.batch([
      this.#db
        .prepare(
          `INSERT INTO connections (${columns.join(", ")}) VALUES (${places})
           ON CONFLICT (workspace, organization_id) DO NOTHING`,
        )
        .bind(this.#workspace, ...Object.values(row)),
      noteIfChanged(this.#db, this.#workspace, note),
    ]);
    return added?.meta.changes === 1;
  }

  async find(id: string): Promise<ConnectionRecord | undefined> {
    const row = await this.#db
      .prepare("SELECT * FROM connections WHERE workspace = ?1 AND id = ?2")
      .bind(this.#workspace, id)
      .first<ConnectionRow>();
    return row ? fromRow(row) : undefined;
  }

  async findByOrganization(organizationId: string): Promise<ConnectionRecord | undefined> {
    const row = await this.#db
      .prepare("SELECT * FROM connections WHERE workspace = ?1 AND organization_id = ?2")
      .bind(this.#workspace, organizationId)
      .first<ConnectionRow>();
    return row ? fromRow(row) : undefined;
  }

  async list(limit: number, cursor: string | undefined): Promise<Page<ConnectionRecord>> {
    const { results } = await this.#db
      .prepare("SELECT * FROM connections WHERE workspace = ?1 AND id > ?2 ORDER BY id LIMIT ?3")
      .bind(this.#workspace, cursor ?? "", limit + 1)
      .all<ConnectionRow>();
    return pageFrom(results.map(fromRow), limit, ({ id }) => id);
  }

  /** Writes the named properties and no other, and notes it where it is somebody's doing. Gives false where it is gone. */
  async update(id: string, patch: Partial<ConnectionRecord>, note?: AuditNote): Promise<boolean> {
    const [updated] = await this.#db.batch([
      this.#updating(id, patch),
      ...(note === undefined ? [] : [noteIfChanged(this.#db, this.#workspace, note)]),
    ]);
    return updated?.meta.changes === 1;
  }

  /**
   * The same where the key is among them; gives the version that counted until then, or nothing where the connection
   * is gone. Of two renewals at once each is told of another version, so that no envelope is left behind.
   */
  async replaceKey(
    id: string,
    patch: Partial<ConnectionRecord>,
    note: AuditNote,
  ): Promise<string | undefined> {
    const [before] = await this.#db.batch<{ keyVersion: string }>([
      this.#db
        .prepare("SELECT key_version AS keyVersion FROM connections WHERE workspace = ?1 AND id = ?2")
        .bind(this.#workspace, id),
      this.#updating(id, patch),
      noteIfChanged(this.#db, this.#workspace, note),
    ]);
    return before?.results[0]?.keyVersion;
  }

  #updating(id: string, patch: Partial<ConnectionRecord>): D1PreparedStatement {
    const row = Object.entries(toRow(patch)).filter(([, value]) => value !== undefined);
    const assignments = row.map(([column], index) => `${column} = ?${index + 3}`).join(", ");
    return this.#db
      .prepare(`UPDATE connections SET ${assignments} WHERE workspace = ?1 AND id = ?2`)
      .bind(this.#workspace, id, ...row.map(([, value]) => value));
  }

  /**
   * Removes the connection and frees its assets of their links; nothing else of them changes. A sync that is under
   * way ends in the same batch, so that none of its commits can come after.
   */
  async remove(id: string, note: AuditNote): Promise<void> {
    await this.#db.batch([
      // Skips bear no workspace: their connection's is asked for, while it is there.
      this.#db
        .prepare(
          `DELETE FROM skips WHERE connection_id = ?2 AND ended IS NULL
             AND EXISTS (SELECT 1 FROM connections WHERE workspace = ?1 AND id = ?2)`,
        )
        .bind(this.#workspace, id),
      this.#db.prepare("DELETE FROM connections WHERE workspace = ?1 AND id = ?2").bind(this.#workspace, id),
      noteIfChanged(this.#db, this.#workspace, note),
      this.#db
        .prepare(
          `UPDATE syncs SET status = 'cancelled', finished_at = ?3, step = step + 1
           WHERE connection_id = ?2 AND workspace = ?1 AND finished_at IS NULL`,
        )
        .bind(this.#workspace, id, note.at),
      this.#db
        .prepare(
          `UPDATE assets SET connection_id = NULL, system_id = NULL, missing_since = NULL
           WHERE connection_id = ?2 AND system_id IS NOT NULL AND workspace = ?1`,
        )
        .bind(this.#workspace, id),
    ]);
  }
}

interface ConnectionRow {
  id: string;
  region: Region;
  organization_id: string;
  organization_name: string;
  sends_organization: number;
  mode: Mode;
  every_hours: number | null;
  paused: number;
  status: ConnectionStatus;
  status_since: string;
  key_version: string;
  key_last4: string;
  key_expires_at: string | null;
  role: string;
  insights: number;
  device_count: number;
  created_at: string;
  last_sync_at: string | null;
  last_sync_id: string | null;
  next_sync_at: string | null;
}

function fromRow(row: ConnectionRow): ConnectionRecord {
  return {
    id: row.id,
    region: row.region,
    organization: { id: row.organization_id, name: row.organization_name },
    sendsOrganization: row.sends_organization === 1,
    mode: row.mode,
    schedule: row.every_hours === null ? null : { everyHours: row.every_hours },
    paused: row.paused === 1,
    status: row.status,
    statusSince: row.status_since,
    keyVersion: row.key_version,
    keyLast4: row.key_last4,
    keyExpiresAt:
      row.key_expires_at === null ? undefined : row.key_expires_at === "never" ? null : row.key_expires_at,
    role: row.role,
    insights: row.insights === 1,
    deviceCount: row.device_count,
    createdAt: row.created_at,
    lastSyncAt: row.last_sync_at,
    lastSyncId: row.last_sync_id,
    nextSyncAt: row.next_sync_at,
  };
}

/** Takes some or all of a connection's properties; gives the columns of those that are there. */
function toRow(record: Partial<ConnectionRecord>): Partial<ConnectionRow> {
  const row: Partial<ConnectionRow> = {};
  if (record.id !== undefined) row.id = record.id;
  if (record.region !== undefined) row.region = record.region;
  if (record.organization !== undefined) {
    row.organization_id = record.organization.id;
    row.organization_name = record.organization.name;
  }
  if (record.sendsOrganization !== undefined) row.sends_organization = Number(record.sendsOrganization);
  if (record.mode !== undefined) row.mode = record.mode;
  if (record.schedule !== undefined) row.every_hours = record.schedule?.everyHours ?? null;
  if (record.paused !== undefined) row.paused = Number(record.paused);
  if (record.status !== undefined) row.status = record.status;
  if (record.statusSince !== undefined) row.status_since = record.statusSince;
  if (record.keyVersion !== undefined) row.key_version = record.keyVersion;
  if (record.keyLast4 !== undefined) row.key_last4 = record.keyLast4;
  if ("keyExpiresAt" in record) {
    row.key_expires_at = record.keyExpiresAt === undefined ? null : (record.keyExpiresAt ?? "never");
  }
  if (record.role !== undefined) row.role = record.role;
  if (record.insights !== undefined) row.insights = Number(record.insights);
  if (record.deviceCount !== undefined) row.device_count = record.deviceCount;
  if (record.createdAt !== undefined) row.created_at = record.createdAt;
  if (record.lastSyncAt !== undefined) row.last_sync_at = record.lastSyncAt;
  if (record.lastSyncId !== undefined) row.last_sync_id = record.lastSyncId;
  if (record.nextSyncAt !== undefined) row.next_sync_at = record.nextSyncAt;
  return row;
}
