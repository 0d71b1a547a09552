-- A hash of every text, as it was written. Texts of older versions have none until one is added.
CREATE TABLE sums (
  announcement INTEGER PRIMARY KEY REFERENCES announcements ON DELETE CASCADE,
  sum INTEGER NOT NULL
);
