-- How the text differs from the one that was read: 0 where it does not, else the exclusive or of what both texts are
-- told by, so that a text that was changed back is again the one that was read.
ALTER TABLE marks ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;

-- The change an announcement came with; 0 for those of older versions.
ALTER TABLE announcements ADD COLUMN came INTEGER NOT NULL DEFAULT 0;

-- A search that is watched: the last change whose arrivals were looked at; null where watching begins with the next.
ALTER TABLE searches ADD COLUMN looked INTEGER;
