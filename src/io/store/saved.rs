//! Searches that were saved.

use rusqlite::{Connection, TransactionBehavior, params};

use super::{Fault, Store};
use crate::model::{SavedSearch, SearchChange};
use crate::text::Clean;

impl Store {
    /// Returns the saved searches, in their order.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn searches(&self) -> Result<Vec<SavedSearch>, Fault> {
        // One that may only be read may be of an older version.
        let looked = match self.version {
            ..2 => return Ok(Vec::new()),
            2 => "NULL",
            _ => "looked",
        };
        let sql = format!("SELECT query, watched, news, {looked} FROM searches ORDER BY place");
        let mut statement = self.statement(&sql)?;
        let rows = statement.query_map([], |row| {
            let news = row.get_ref(2)?.as_str()?.split(' ').filter_map(|id| id.parse().ok()).collect();
            let query = Clean::line(row.get_ref(0)?.as_str()?);
            Ok(SavedSearch { query, watched: row.get(1)?, news, looked: row.get(3)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the queries of the saved searches, and which are watched.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn search_names(&self) -> Result<Vec<(Clean, bool)>, Fault> {
        if self.version < 2 {
            return Ok(Vec::new());
        }
        let mut statement = self.statement("SELECT query, watched FROM searches")?;
        let rows = statement.query_map([], |row| Ok((Clean::line(row.get_ref(0)?.as_str()?), row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Keeps a change of the saved searches.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn change_searches(&mut self, change: &SearchChange) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        match change {
            SearchChange::Kept(search) => put(
                &transaction,
                search,
                "ON CONFLICT (query) DO UPDATE SET watched = excluded.watched, news = excluded.news,
                 looked = excluded.looked",
            )?,
            SearchChange::Looked(searches) => {
                let sql = "UPDATE searches SET news = ?2, looked = max(coalesce(looked, -1), ?3) WHERE query = ?1";
                let mut update = transaction.prepare_cached(sql)?;
                for search in searches {
                    update.execute(params![search.query.as_str(), joined(search), search.looked.unwrap_or(-1)])?;
                }
            }
            SearchChange::Deleted(query) => {
                transaction.execute("DELETE FROM searches WHERE query = ?", [query.as_str()])?;
            }
        }
        Ok(transaction.commit()?)
    }

    /// Adds saved searches that are not known yet; those that are watched look at what comes from now on.
    ///
    /// # Errors
    ///
    /// When they could not be kept; then none was.
    pub fn adopt_searches(&mut self, searches: &[SavedSearch]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for search in searches {
            put(&transaction, search, "ON CONFLICT (query) DO NOTHING")?;
        }
        Ok(transaction.commit()?)
    }
}

/// Adds a search behind the others. What came before it was watched is nothing new.
fn put(connection: &Connection, search: &SavedSearch, known: &str) -> rusqlite::Result<()> {
    let sql = format!(
        "INSERT INTO searches (place, query, watched, news, looked)
         VALUES ((SELECT coalesce(max(place) + 1, 0) FROM searches), ?1, ?2, ?3,
           CASE WHEN ?2 THEN coalesce(?4, (SELECT seq FROM counter)) END) {known}"
    );
    connection.prepare_cached(&sql)?.execute(params![
        search.query.as_str(),
        search.watched,
        joined(search),
        search.looked
    ])?;
    Ok(())
}

fn joined(search: &SavedSearch) -> String {
    let news: Vec<String> = search.news.iter().map(ToString::to_string).collect();
    news.join(" ")
}
