//! Searches that were saved.

use rusqlite::{TransactionBehavior, params};

use super::{Fault, Store};
use crate::model::SavedSearch;
use crate::text::Clean;

impl Store {
    /// The saved searches, in their order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn searches(&self) -> Result<Vec<SavedSearch>, Fault> {
        // One that may only be read may be of the first version.
        if self.version < 2 {
            return Ok(Vec::new());
        }
        let mut statement =
            self.connection.prepare_cached("SELECT query, watched, news FROM searches ORDER BY place")?;
        let rows = statement.query_map([], |row| {
            let news = row.get_ref(2)?.as_str()?.split(' ').filter_map(|id| id.parse().ok()).collect();
            Ok(SavedSearch { query: Clean::line(row.get_ref(0)?.as_str()?), watched: row.get(1)?, news })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps the saved searches as they are now.
    ///
    /// # Errors
    ///
    /// When they could not be kept; then those there were stay.
    pub fn save_searches(&mut self, searches: &[SavedSearch]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("DELETE FROM searches", [])?;
        for (place, search) in (0_i64..).zip(searches) {
            let news: Vec<String> = search.news.iter().map(ToString::to_string).collect();
            transaction
                .prepare_cached("INSERT OR IGNORE INTO searches (place, query, watched, news) VALUES (?, ?, ?, ?)")?
                .execute(params![place, search.query.as_str(), search.watched, news.join(" ")])?;
        }
        Ok(transaction.commit()?)
    }

    /// Adds saved searches that are not known yet.
    ///
    /// # Errors
    ///
    /// When they could not be kept; then none was.
    pub fn adopt_searches(&mut self, searches: Vec<SavedSearch>) -> Result<(), Fault> {
        if searches.is_empty() {
            return Ok(());
        }
        let mut known = self.searches()?;
        for search in searches {
            if known.iter().all(|other| other.query != search.query) {
                known.push(search);
            }
        }
        self.save_searches(&known)
    }
}
