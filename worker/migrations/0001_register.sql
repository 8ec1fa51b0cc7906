-- What each table and column is for, who writes it and when it dies: STORAGE.md.

CREATE TABLE pairings (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL,
  workspace TEXT NOT NULL,
  role TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  tries_left INTEGER NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE tokens (
  id TEXT PRIMARY KEY,
  secret_hash TEXT NOT NULL UNIQUE,
  workspace TEXT NOT NULL,
  role TEXT NOT NULL,
  label TEXT NOT NULL,
  created_at TEXT NOT NULL,
  last_used_at TEXT
) WITHOUT ROWID, STRICT;
CREATE INDEX tokens_by_workspace ON tokens (workspace, id);

CREATE TABLE connections (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL UNIQUE,
  region TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  organization_name TEXT NOT NULL,
  -- Whether requests must name the organization: a key that opens several.
  sends_organization INTEGER NOT NULL,
  mode TEXT NOT NULL,
  every_hours INTEGER,
  paused INTEGER NOT NULL,
  status TEXT NOT NULL,
  status_since TEXT NOT NULL,
  -- Which envelope in the vault is the connection's key: KV may lag, this does not.
  key_version TEXT NOT NULL,
  key_last4 TEXT NOT NULL,
  -- An ISO time, 'never', or NULL where nobody said.
  key_expires_at TEXT,
  role TEXT NOT NULL,
  insights INTEGER NOT NULL,
  device_count INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  last_sync_at TEXT,
  last_sync_id TEXT,
  next_sync_at TEXT,
  PRIMARY KEY (workspace, id),
  UNIQUE (workspace, organization_id)
) WITHOUT ROWID, STRICT;

CREATE TABLE syncs (
  id TEXT PRIMARY KEY,
  workspace TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  -- 1, 2, 3 … within the connection: the order in which skips begin and end.
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  trigger TEXT NOT NULL,
  mode TEXT NOT NULL,
  status TEXT NOT NULL,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  -- The fence: every commit of the run expects this number and adds one.
  step INTEGER NOT NULL,
  -- Where the run goes on: JSON, sync/checkpoint.ts.
  checkpoint TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  counts TEXT NOT NULL,
  requests INTEGER NOT NULL,
  rows_read INTEGER NOT NULL,
  rows_written INTEGER NOT NULL,
  problem TEXT,
  UNIQUE (connection_id, number)
) WITHOUT ROWID, STRICT;

CREATE TABLE assets (
  workspace TEXT NOT NULL,
  id TEXT NOT NULL,
  serial_number TEXT,
  -- The serial as it is compared (sync/serial.ts); NULL where it is missing or a placeholder.
  serial_key TEXT,
  name TEXT,
  type TEXT,
  manufacturer TEXT,
  model TEXT,
  os TEXT,
  os_version TEXT,
  cpu TEXT,
  memory_bytes INTEGER,
  storage_bytes INTEGER,
  encrypted INTEGER,
  hostname TEXT,
  agent_version TEXT,
  last_contact_at TEXT,
  status TEXT,
  location TEXT,
  notes TEXT,
  custom TEXT,
  source TEXT NOT NULL,
  connection_id TEXT,
  system_id TEXT,
  missing_since TEXT,
  updated_at TEXT NOT NULL,
  PRIMARY KEY (workspace, id)
) WITHOUT ROWID, STRICT;
CREATE INDEX assets_by_serial ON assets (workspace, serial_key) WHERE serial_key IS NOT NULL;
CREATE INDEX assets_by_link ON assets (connection_id, system_id) WHERE system_id IS NOT NULL;

CREATE TABLE changes (
  sync_id TEXT NOT NULL,
  system_id TEXT NOT NULL,
  workspace TEXT NOT NULL,
  outcome TEXT NOT NULL,
  asset_id TEXT NOT NULL,
  serial_number TEXT,
  hostname TEXT,
  before TEXT,
  after TEXT,
  PRIMARY KEY (sync_id, system_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX changes_by_asset ON changes (workspace, asset_id);

-- A skip lasts from the sync at which it began up to, not including, the one at which it ended.
CREATE TABLE skips (
  connection_id TEXT NOT NULL,
  system_id TEXT NOT NULL,
  began INTEGER NOT NULL,
  ended INTEGER,
  reason TEXT NOT NULL,
  serial_number TEXT,
  hostname TEXT,
  related TEXT,
  PRIMARY KEY (connection_id, system_id, began)
) WITHOUT ROWID, STRICT;
