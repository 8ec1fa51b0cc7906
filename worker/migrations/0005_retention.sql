-- The oldest first: what a tick of the cron prunes (schedule/prune.ts).
CREATE INDEX syncs_by_start ON syncs (started_at);
CREATE INDEX previews_by_start ON syncs (started_at) WHERE kind = 'preview';
