-- What a preview lists: its own, and no part of the register.
CREATE TABLE preview_changes (
  sync_id TEXT NOT NULL,
  system_id TEXT NOT NULL,
  -- As in `changes`, and 'skipped'; 'unchanged' where a skip that lasts in the register would end, or where the
  -- preview thought better of what it had listed: such a row is not shown.
  outcome TEXT NOT NULL,
  reason TEXT,
  asset_id TEXT,
  serial_number TEXT,
  hostname TEXT,
  before TEXT,
  after TEXT,
  related TEXT,
  PRIMARY KEY (sync_id, system_id)
) WITHOUT ROWID, STRICT;
CREATE INDEX preview_changes_by_asset ON preview_changes (sync_id, asset_id) WHERE asset_id IS NOT NULL;
