-- What each table and column is for, who writes it and when it dies: STORAGE.md.

CREATE TABLE audit (
  workspace TEXT NOT NULL,
  -- Begins with the time, so that the order of ids is the order of events.
  id TEXT NOT NULL,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  actor_kind TEXT NOT NULL,
  actor_id TEXT,
  actor_label TEXT,
  connection_id TEXT,
  sync_id TEXT,
  details TEXT,
  PRIMARY KEY (workspace, id)
) WITHOUT ROWID, STRICT;

-- Append-only: not even a mistake in the Worker's own SQL rewrites what happened.
CREATE TRIGGER audit_is_not_rewritten BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_is_not_deleted BEFORE DELETE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;
-- REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit
WHEN EXISTS (SELECT 1 FROM audit WHERE workspace = NEW.workspace AND id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'audit is append-only');
END;

-- Every envelope that is, or is about to be, in the vault. KV's own list lags; this one does not.
CREATE TABLE envelopes (
  key_version TEXT PRIMARY KEY,
  workspace TEXT NOT NULL,
  connection_id TEXT NOT NULL,
  organization_id TEXT NOT NULL,
  -- The master key that wraps it.
  master TEXT NOT NULL,
  kept_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;

-- Where a token was redeemed from, as the browser said it; NULL for one that no browser redeemed.
ALTER TABLE tokens ADD COLUMN origin TEXT;
