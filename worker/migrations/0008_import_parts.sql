-- The rows of an import that is still being read: an isolate's memory does not hold them all.
CREATE TABLE import_parts (
  workspace TEXT NOT NULL,
  import_id TEXT NOT NULL,
  -- 0, 1, 2 … within the import.
  number INTEGER NOT NULL,
  -- Before the rows, so that its age is read without them.
  at TEXT NOT NULL,
  -- A JSON array of rows (register/import.ts), a megabyte at most.
  rows TEXT NOT NULL,
  PRIMARY KEY (workspace, import_id, number)
) STRICT;
