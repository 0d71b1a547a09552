-- Language versions that do not lead their group. They are few: what asks for those of every row of the list finds them
-- in one page.
CREATE INDEX announcements_versions ON announcements (grp) WHERE leads IS NOT 1;

-- How each feed stands. Times are seconds since 1970. `fault` is what went wrong, as JSON, since `fault_since`, `faults`
-- times in a row. The validators are kept byte for byte, for the address that gave them.
CREATE TABLE feeds (
  source INTEGER PRIMARY KEY REFERENCES sources ON DELETE CASCADE,
  asked INTEGER,
  answered INTEGER,
  came INTEGER,
  status INTEGER,
  fault TEXT,
  fault_since INTEGER,
  faults INTEGER NOT NULL DEFAULT 0,
  etag BLOB,
  modified BLOB,
  validators_for TEXT,
  validated INTEGER,
  hash INTEGER,
  fresh_until INTEGER,
  retry_at INTEGER,
  moved_to TEXT,
  moved_since INTEGER,
  reader INTEGER NOT NULL DEFAULT 0,
  notes TEXT,
  hint_until INTEGER,
  skip_hours INTEGER NOT NULL DEFAULT 0,
  skip_days INTEGER NOT NULL DEFAULT 0
);

-- Which announcement an item of a feed is, by hashes of all it was ever called. A key outlives its announcement, so that
-- what the reader forgot does not come back.
CREATE TABLE feed_items (
  source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  key INTEGER NOT NULL,
  announcement INTEGER REFERENCES announcements ON DELETE SET NULL,
  first INTEGER NOT NULL,
  last INTEGER NOT NULL,
  form INTEGER NOT NULL,
  PRIMARY KEY (source, key)
) WITHOUT ROWID;
CREATE INDEX feed_items_of ON feed_items (announcement);

-- Hosts that asked to be left alone for a time, and those that want nothing but https.
CREATE TABLE hosts (host TEXT PRIMARY KEY, not_before INTEGER, https_until INTEGER) WITHOUT ROWID;

-- Earlier texts of announcements, each whole and deflated. `kind`: 0 words, 1 only small signs, 2 a withdrawal.
CREATE TABLE revisions (
  announcement INTEGER NOT NULL REFERENCES announcements ON DELETE CASCADE,
  number INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  modified TEXT,
  title TEXT NOT NULL,
  body BLOB NOT NULL,
  shape BLOB NOT NULL,
  print INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  note TEXT,
  PRIMARY KEY (announcement, number)
) WITHOUT ROWID;

-- The revision that was read, and whether revisions of a source are kept.
ALTER TABLE marks ADD COLUMN revision INTEGER;
ALTER TABLE sources ADD COLUMN keeps INTEGER NOT NULL DEFAULT 1;

-- The text of the page an announcement of a feed leads to, where the reader asked for it.
CREATE TABLE fulltexts (
  announcement INTEGER PRIMARY KEY REFERENCES announcements ON DELETE CASCADE,
  at INTEGER NOT NULL,
  text TEXT NOT NULL,
  shape TEXT NOT NULL
);
