//! Announcements that became others in what they are known by: the steps that marked them go with them.

use std::collections::HashMap;

use rusqlite::{Transaction, params};

/// The groups that others took the place of, and which, in one transaction.
#[derive(Debug, Default)]
pub(super) struct Renames(HashMap<i64, Vec<i64>>);

impl Renames {
    /// Notes that an announcement of group `before` is one of group `now`.
    pub fn note(&mut self, before: i64, now: i64) {
        for name in self.0.values_mut().flatten().filter(|name| **name == before) {
            *name = now;
        }
        let names = self.0.entry(before).or_default();
        if !names.contains(&now) {
            names.push(now);
        }
    }

    /// Adds the new names to the history of marks, in one pass.
    pub fn settle(&self, transaction: &Transaction<'_>) -> rusqlite::Result<()> {
        if self.0.is_empty() {
            return Ok(());
        }
        let mut met: Vec<(i64, i64)> = Vec::new();
        {
            let mut statement = transaction.prepare_cached("SELECT step, grp FROM marks_history")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (step, group) = (row.get(0)?, row.get(1)?);
                if self.0.contains_key(&group) {
                    met.push((step, group));
                }
            }
        }
        let mut renamed: Vec<(i64, i64, String, String)> = Vec::new();
        for (step, group) in met {
            let sql = "SELECT before, after FROM marks_history WHERE step = ? AND grp = ?";
            let (before, after): (String, String) =
                transaction.prepare_cached(sql)?.query_row([step, group], |row| Ok((row.get(0)?, row.get(1)?)))?;
            for now in self.0.get(&group).into_iter().flatten() {
                renamed.push((step, *now, before.clone(), after.clone()));
            }
            // What others still go by stays.
            let sql = "DELETE FROM marks_history WHERE step = ?1 AND grp = ?2
                AND NOT EXISTS (SELECT 1 FROM announcements WHERE grp = ?2)";
            transaction.prepare_cached(sql)?.execute([step, group])?;
        }
        for (step, group, before, after) in renamed {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO marks_history VALUES (?, ?, ?, ?)")?
                .execute(params![step, group, before, after])?;
        }
        Ok(())
    }
}
