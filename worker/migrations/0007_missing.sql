-- How many of a connection's assets are missing, without a look at all of them.
CREATE INDEX assets_by_missing ON assets (connection_id) WHERE missing_since IS NOT NULL;
