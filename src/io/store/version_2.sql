-- Searches that were saved, in the order of the list. `news` holds the groups of announcements that came and match, as
-- hexadecimal digits, until they are read.
CREATE TABLE searches (
  place INTEGER PRIMARY KEY,
  query TEXT NOT NULL UNIQUE,
  watched INTEGER NOT NULL,
  news TEXT NOT NULL
);
