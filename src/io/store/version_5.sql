-- Files that share an announcement are read again: earlier versions took announcements for one that only had one title and
-- day, address or name.
UPDATE files SET modified = 0, hash = 0
  WHERE number IN (SELECT file FROM copies WHERE announcement IN (
    SELECT announcement FROM copies GROUP BY announcement HAVING count(*) > 1));
