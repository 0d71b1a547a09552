-- One number for every change, so that another running instance can ask what changed since.
CREATE TABLE counter (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL);
INSERT INTO counter VALUES (1, 0);

-- Folders and files that are followed.
CREATE TABLE sources (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  address NOT NULL UNIQUE,
  title TEXT,
  details TEXT
);

-- The files under them, as they were when they were last read.
CREATE TABLE files (
  number INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  path NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  hash INTEGER NOT NULL
);
CREATE INDEX files_of ON files (source);

-- What the list shows of every announcement. `id` and `grp` are 64 bits with the sign turned, so that their order is kept.
CREATE TABLE announcements (
  number INTEGER PRIMARY KEY,
  id INTEGER NOT NULL UNIQUE,
  grp INTEGER NOT NULL,
  -- 1 for the one that stands for its language versions in the list
  leads INTEGER NOT NULL,
  published TEXT,
  title TEXT NOT NULL,
  source TEXT,
  language TEXT,
  translation INTEGER NOT NULL,
  minutes INTEGER NOT NULL,
  seq INTEGER NOT NULL
);
-- The order of the list; holds all the list needs, so that no table is touched for it.
CREATE INDEX announcements_listed ON announcements
  (leads DESC, published DESC, title, grp, id, source, language, translation, minutes);
CREATE INDEX announcements_groups ON announcements (grp);
CREATE INDEX announcements_changed ON announcements (seq);

-- Which announcement stands where in which file; one may stand in several, and in none once its file is gone.
CREATE TABLE copies (
  file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
  item INTEGER NOT NULL,
  announcement INTEGER NOT NULL REFERENCES announcements ON DELETE CASCADE,
  PRIMARY KEY (file, item)
) WITHOUT ROWID;
CREATE INDEX copies_of ON copies (announcement);

-- The texts: all blocks, a line feed after each, and what they are as JSON.
CREATE TABLE bodies (
  announcement INTEGER PRIMARY KEY REFERENCES announcements ON DELETE CASCADE,
  text TEXT NOT NULL,
  shape TEXT NOT NULL
);

-- Announcements that are no longer known, for whoever still lists them.
CREATE TABLE removals (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL);

-- What the reader marked; kept even while the announcement is not known.
CREATE TABLE marks (
  grp INTEGER PRIMARY KEY,
  read INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  tags TEXT NOT NULL,
  seq INTEGER NOT NULL
);
CREATE INDEX marks_changed ON marks (seq);

-- Every step that can be taken back: the marks before and after.
CREATE TABLE marks_history (
  step INTEGER NOT NULL,
  grp INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (step, grp)
) WITHOUT ROWID;

-- How far each announcement was read: a part of its text and a byte offset in it.
CREATE TABLE places (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, offset INTEGER NOT NULL);

-- How the screen was left.
CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- Searches that were saved, in the order of the list. `news` holds the groups of announcements that came and match, as
-- hexadecimal digits, until they are read.
CREATE TABLE searches (
  place INTEGER PRIMARY KEY,
  query TEXT NOT NULL UNIQUE,
  watched INTEGER NOT NULL,
  news TEXT NOT NULL
);

-- What a reader had in it.
PRAGMA application_id = 1952740453;

UPDATE counter SET seq = 5;
INSERT INTO sources VALUES (1, 'path', '/home/lukija/tiedotteet', NULL, NULL);
INSERT INTO files VALUES (1, 1, '/home/lukija/tiedotteet/silta.md', 120, 1600000000000000000, 77);
INSERT INTO announcements VALUES
  (1, 1001, 2001, 1, '2020-09-11', 'Silta suljetaan', 'Kunta', 'fi', 0, 1, 1),
  (2, 1002, 2002, 1, NULL, 'Kuulutus', NULL, NULL, 0, 1, 1);
INSERT INTO copies VALUES (1, 0, 1), (1, 1, 2);
INSERT INTO bodies VALUES
  (1, 'Silta suljetaan
Silta on poissa käytöstä.
yksi
', '{"blocks":[{"k":"heading","n":15,"depth":1},{"k":"lead","n":28},{"k":"bullet","n":4}],"published":["2020-09-11",0],"format":"Markdown","encoding":"UTF-8"}'),
  (2, 'Teksti.
', '{"blocks":[{"k":"p","n":7}],"format":"Markdown","encoding":"UTF-8"}');
INSERT INTO marks VALUES (2001, 1, 1, 'työ', 3), (2002, 1, 0, '', 4), (2003, 0, 0, '', 5);
INSERT INTO marks_history VALUES (3, 2001, '
', 'rs
työ'), (4, 2002, '
', 'r
');
INSERT INTO places VALUES (1001, 1, 12);
INSERT INTO session VALUES ('text-width', '70');
INSERT INTO searches VALUES (0, 'katu', 0, ''), (1, 'silta', 1, '80000000000007d3');
-- How the text differs from the one that was read: 0 where it does not, else the exclusive or of what both texts are
-- told by, so that a text that was changed back is again the one that was read.
ALTER TABLE marks ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

-- The change an announcement came with; 0 for those of older versions.
ALTER TABLE announcements ADD COLUMN came INTEGER NOT NULL DEFAULT 0;

-- A search that is watched: the last change whose arrivals were looked at; null where watching begins with the next.
ALTER TABLE searches ADD COLUMN looked INTEGER;
UPDATE announcements SET came = seq;
UPDATE searches SET looked = 4 WHERE watched;

-- A hash of every text, as it was written. Texts of older versions have none until one is added.
CREATE TABLE sums (
  announcement INTEGER PRIMARY KEY REFERENCES announcements ON DELETE CASCADE,
  sum INTEGER NOT NULL
);
-- The first text was written by this version, the second by an older one.
INSERT INTO sums VALUES (1, -619322063955866209);
PRAGMA user_version = 4;
