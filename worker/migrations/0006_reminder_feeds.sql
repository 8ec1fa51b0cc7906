-- The secret half of a calendar's address: it opens the days on which keys end, and nothing else.
CREATE TABLE reminder_feeds (
  workspace TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  secret TEXT NOT NULL,
  created_at TEXT NOT NULL
) WITHOUT ROWID, STRICT;
