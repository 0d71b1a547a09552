BEGIN TRANSACTION;
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
, came INTEGER NOT NULL DEFAULT 0);
INSERT INTO "announcements" VALUES(1,1001,2001,1,'2020-09-11','Silta suljetaan','Kunta','fi',0,1,1,1);
INSERT INTO "announcements" VALUES(2,1002,2002,1,NULL,'Kuulutus',NULL,NULL,0,1,1,1);
CREATE TABLE bodies (
  announcement INTEGER PRIMARY KEY REFERENCES announcements ON DELETE CASCADE,
  text TEXT NOT NULL,
  shape TEXT NOT NULL
);
INSERT INTO "bodies" VALUES(1,'Silta suljetaan
Silta on poissa käytöstä.
yksi
','{"blocks":[{"k":"heading","n":15,"depth":1},{"k":"lead","n":28},{"k":"bullet","n":4}],"published":["2020-09-11",0],"format":"Markdown","encoding":"UTF-8"}');
INSERT INTO "bodies" VALUES(2,'Teksti.
','{"blocks":[{"k":"p","n":7}],"format":"Markdown","encoding":"UTF-8"}');
CREATE TABLE copies (
  file INTEGER NOT NULL REFERENCES files ON DELETE CASCADE,
  item INTEGER NOT NULL,
  announcement INTEGER NOT NULL REFERENCES announcements ON DELETE CASCADE,
  PRIMARY KEY (file, item)
) WITHOUT ROWID;
INSERT INTO "copies" VALUES(1,0,1);
INSERT INTO "copies" VALUES(1,1,2);
CREATE TABLE counter (only INTEGER PRIMARY KEY CHECK (only = 1), seq INTEGER NOT NULL);
INSERT INTO "counter" VALUES(1,5);
CREATE TABLE files (
  number INTEGER PRIMARY KEY,
  source INTEGER NOT NULL REFERENCES sources ON DELETE CASCADE,
  path NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  modified INTEGER NOT NULL,
  hash INTEGER NOT NULL
);
INSERT INTO "files" VALUES(1,1,'/home/lukija/tiedotteet/silta.md',120,1600000000000000000,77);
CREATE TABLE marks (
  grp INTEGER PRIMARY KEY,
  read INTEGER NOT NULL,
  starred INTEGER NOT NULL,
  tags TEXT NOT NULL,
  seq INTEGER NOT NULL
, changed INTEGER NOT NULL DEFAULT 0);
INSERT INTO "marks" VALUES(2001,1,1,'työ',3,0);
INSERT INTO "marks" VALUES(2002,1,0,'',4,0);
INSERT INTO "marks" VALUES(2003,0,0,'',5,0);
CREATE TABLE marks_history (
  step INTEGER NOT NULL,
  grp INTEGER NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  PRIMARY KEY (step, grp)
) WITHOUT ROWID;
INSERT INTO "marks_history" VALUES(3,2001,'
','rs
työ');
INSERT INTO "marks_history" VALUES(4,2002,'
','r
');
CREATE TABLE places (id INTEGER PRIMARY KEY, part INTEGER NOT NULL, offset INTEGER NOT NULL);
INSERT INTO "places" VALUES(1001,1,12);
CREATE TABLE removals (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL);
CREATE TABLE searches (
  place INTEGER PRIMARY KEY,
  query TEXT NOT NULL UNIQUE,
  watched INTEGER NOT NULL,
  news TEXT NOT NULL
, looked INTEGER);
INSERT INTO "searches" VALUES(0,'katu',0,'',NULL);
INSERT INTO "searches" VALUES(1,'silta',1,'80000000000007d3',NULL);
CREATE TABLE session (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO "session" VALUES('text-width','70');
CREATE TABLE sources (
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  address NOT NULL UNIQUE,
  title TEXT,
  details TEXT
);
INSERT INTO "sources" VALUES(1,'path','/home/lukija/tiedotteet',NULL,NULL);
CREATE INDEX files_of ON files (source);
CREATE INDEX announcements_listed ON announcements
  (leads DESC, published DESC, title, grp, id, source, language, translation, minutes);
CREATE INDEX announcements_groups ON announcements (grp);
CREATE INDEX announcements_changed ON announcements (seq);
CREATE INDEX copies_of ON copies (announcement);
CREATE INDEX marks_changed ON marks (seq);
COMMIT;
PRAGMA application_id = 1952740453;
PRAGMA user_version = 3;
