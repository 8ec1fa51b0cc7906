-- When the change was written, and when its asset had been written before: so that an undo knows whether
-- anybody has written the asset since, and puts that time back too.
ALTER TABLE changes ADD COLUMN at TEXT;
ALTER TABLE changes ADD COLUMN before_at TEXT;
-- Of an undo: the fields that were changed since and therefore stay, with their values. JSON.
ALTER TABLE changes ADD COLUMN kept TEXT;
-- Of an undo: the sync it takes back.
ALTER TABLE syncs ADD COLUMN undoes TEXT;
CREATE INDEX syncs_by_undone ON syncs (undoes) WHERE undoes IS NOT NULL;
-- An asset's history is read from its newest end.
DROP INDEX changes_by_asset;
CREATE INDEX changes_by_asset ON changes (workspace, asset_id, at);
