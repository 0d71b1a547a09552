//! Feeds that are followed: what the reader set for each, how each stands, and which hosts wait to be asked again.

use rusqlite::{OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Fault, Store};
use crate::io::feeds::Validators;
use crate::model::Fault as FeedFault;
use crate::text::Clean;

/// A feed that is followed.
#[derive(Clone, Debug, PartialEq)]
pub struct Feed {
    /// The number of its source in the database.
    pub source: i64,
    /// Where it is fetched from.
    pub address: String,
    /// What it calls itself.
    pub title: Option<Clean>,
    /// What the reader set for it.
    pub details: FeedDetails,
    /// How it stands.
    pub state: FeedState,
}

impl Feed {
    /// Returns what the feed is called: the reader's name for it, else its own title, else its address.
    #[must_use]
    pub fn name(&self) -> Clean {
        let named = self.details.name.as_deref().map(Clean::line).filter(|name| !name.is_empty());
        named.or_else(|| self.title.clone()).unwrap_or_else(|| Clean::line(&self.address))
    }
}

/// What the reader set for a feed. What only a newer version knows is kept.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct FeedDetails {
    /// The reader's own name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The reader's tags.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// How often it is fetched without being asked for, in hours; never where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
    /// What the program calls itself to its server, where that must be something else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<String>,
    /// What a newer version set.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// A feed to follow.
#[derive(Clone, Debug, PartialEq)]
pub struct NewFeed {
    /// Where it is fetched from.
    pub address: String,
    /// What it calls itself.
    pub title: Option<Clean>,
    /// What the reader sets for it.
    pub details: FeedDetails,
}

/// How a feed stands. Times are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedState {
    /// When it was last asked for.
    pub asked: Option<i64>,
    /// When it last answered with something readable.
    pub answered: Option<i64>,
    /// When something new last came.
    pub came: Option<i64>,
    /// The status of the last answer.
    pub status: Option<u16>,
    /// What went wrong the last time.
    pub fault: Option<FeedFault>,
    /// Since when it goes wrong.
    pub fault_since: Option<i64>,
    /// How many times in a row it went wrong.
    pub faults: u32,
    /// The validators of the last text that was read.
    pub validators: Validators,
    /// Since when the server answers that nothing changed.
    pub validated: Option<i64>,
    /// A hash of the last text that was read.
    pub hash: Option<i64>,
    /// Until when its server calls it fresh.
    pub fresh_until: Option<i64>,
    /// Before when it is not to be asked for again.
    pub retry_at: Option<i64>,
    /// Before when it says itself that nothing new is to be expected.
    pub hint_until: Option<i64>,
    /// The hours, 0–23 in UTC, at which it asks not to be read, a bit each.
    pub skip_hours: u32,
    /// The days of the week from Monday on which it asks not to be read, a bit each.
    pub skip_days: u32,
    /// Where it says that it moved for good.
    pub moved_to: Option<String>,
    /// Since when it says so.
    pub moved_since: Option<i64>,
    /// The version of reading feeds that read it last.
    pub reader: u32,
    /// What was noted when it was last read, a sentence each.
    pub notes: Vec<Clean>,
}

/// A host that is not to be asked before a time, or only by https until one. Times are seconds since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Host {
    /// Its name.
    pub name: String,
    /// When it may be asked again.
    pub not_before: Option<i64>,
    /// Until when it is asked by https only.
    pub https_until: Option<i64>,
}

const COLUMNS: &str = "sources.number, address, title, details, asked, answered, came, status, fault, fault_since,
    coalesce(faults, 0), etag, modified, validators_for, validated, hash, fresh_until, retry_at, moved_to, moved_since,
    coalesce(reader, 0), notes, hint_until, coalesce(skip_hours, 0), coalesce(skip_days, 0)";

impl Store {
    /// Returns the feeds that are followed, in the order they were added.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn feeds(&self) -> Result<Vec<Feed>, Fault> {
        if self.version < 6 {
            return Ok(Vec::new());
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM sources LEFT JOIN feeds ON source = sources.number
             WHERE kind = 'feed' AND typeof(address) = 'text' ORDER BY sources.number"
        );
        let mut statement = self.statement(&sql)?;
        Ok(statement.query_map([], feed)?.collect::<Result<_, _>>()?)
    }

    /// Follows the feed at `address`; returns its number.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn add_feed(&self, address: &str, title: Option<&Clean>, details: &FeedDetails) -> Result<i64, Fault> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let number = insert_feed(&transaction, address, title, details)?;
        transaction.commit()?;
        Ok(number)
    }

    /// Follows new feeds and keeps what the reader set for others, all or nothing.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn add_feeds(&self, new: &[NewFeed], changed: &[(i64, FeedDetails)]) -> Result<(), Fault> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        for NewFeed { address, title, details } in new {
            insert_feed(&transaction, address, title.as_ref(), details)?;
        }
        for (source, details) in changed {
            update_details(&transaction, *source, details)?;
        }
        Ok(transaction.commit()?)
    }

    /// Keeps what the reader set for a feed.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn set_feed_details(&self, source: i64, details: &FeedDetails) -> Result<(), Fault> {
        self.add_feeds(&[], &[(source, details.clone())])
    }

    /// Fetches a feed from another address from now on; what it is known by stays.
    ///
    /// Returns false where that address is followed already.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn move_feed(&self, source: i64, address: &str) -> Result<bool, Fault> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        let taken = transaction.prepare_cached("SELECT 1 FROM sources WHERE address = ?")?.exists([address])?;
        if !taken {
            let sql = "UPDATE sources SET address = ?2 WHERE number = ?1 AND kind = 'feed'";
            transaction.prepare_cached(sql)?.execute(params![source, address])?;
            let sql = "UPDATE feeds SET moved_to = NULL, moved_since = NULL WHERE source = ?";
            transaction.prepare_cached(sql)?.execute([source])?;
        }
        transaction.commit()?;
        Ok(!taken)
    }

    /// Counts the announcements that came from a feed and are still known.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn count_of_feed(&self, source: i64) -> Result<u64, Fault> {
        let sql = "SELECT count(DISTINCT announcement) FROM feed_items WHERE source = ?";
        Ok(self.statement(sql)?.query_row([source], |row| row.get(0))?)
    }

    /// Returns what is known of a host; nothing is known of most.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn host(&self, name: &str) -> Result<Option<Host>, Fault> {
        let mut statement = self.statement("SELECT host, not_before, https_until FROM hosts WHERE host = ?")?;
        let host = |row: &Row<'_>| Ok(Host { name: row.get(0)?, not_before: row.get(1)?, https_until: row.get(2)? });
        Ok(statement.query_row([name], host).optional()?)
    }

    /// Keeps how feeds stand that gave nothing to take in, and what hosts asked for, all or nothing.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn note_feeds(&mut self, states: &[(i64, FeedState)], hosts: &[Host]) -> Result<(), Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for (source, state) in states {
            put_state(&transaction, *source, state)?;
        }
        for host in hosts {
            put_host(&transaction, host)?;
        }
        Ok(transaction.commit()?)
    }
}

fn insert_feed(
    transaction: &Transaction<'_>,
    address: &str,
    title: Option<&Clean>,
    details: &FeedDetails,
) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO sources (number, kind, address, title, details)
        SELECT max(seq, (SELECT coalesce(max(number), 0) FROM sources)) + 1, 'feed', ?1, ?2, ?3 FROM counter WHERE true
        ON CONFLICT (address) DO UPDATE SET title = coalesce(?2, title) RETURNING number";
    let title = title.map(Clean::as_str);
    transaction.prepare_cached(sql)?.query_row(params![address, title, written(details)], |row| row.get(0))
}

fn update_details(transaction: &Transaction<'_>, source: i64, details: &FeedDetails) -> rusqlite::Result<usize> {
    let sql = "UPDATE sources SET details = ? WHERE number = ? AND kind = 'feed'";
    transaction.prepare_cached(sql)?.execute(params![written(details), source])
}

fn written(details: &FeedDetails) -> String {
    serde_json::to_string(details).unwrap_or_default()
}

/// Writes how a feed stands; one that is followed no longer is passed over.
pub(super) fn put_state(transaction: &Transaction<'_>, source: i64, state: &FeedState) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO feeds (source, asked, answered, came, status, fault, fault_since, faults, etag,
        modified, validators_for, validated, hash, fresh_until, retry_at, moved_to, moved_since, reader, notes, hint_until,
        skip_hours, skip_days)
        SELECT number, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22
        FROM sources WHERE number = ?1";
    let validators = &state.validators;
    let fault = state.fault.as_ref().and_then(|fault| serde_json::to_string(fault).ok());
    let notes: Vec<&str> = state.notes.iter().map(Clean::as_str).collect();
    transaction.prepare_cached(sql)?.execute(params![
        source,
        state.asked,
        state.answered,
        state.came,
        state.status,
        fault,
        state.fault_since,
        state.faults,
        validators.etag,
        validators.modified,
        validators.address,
        state.validated,
        state.hash,
        state.fresh_until,
        state.retry_at,
        state.moved_to,
        state.moved_since,
        state.reader,
        (!notes.is_empty()).then(|| notes.join("\n")),
        state.hint_until,
        state.skip_hours,
        state.skip_days,
    ])?;
    Ok(())
}

fn put_host(transaction: &Transaction<'_>, host: &Host) -> rusqlite::Result<()> {
    let sql = "INSERT INTO hosts VALUES (?1, ?2, ?3) ON CONFLICT (host) DO UPDATE SET
        not_before = coalesce(excluded.not_before, not_before), https_until = coalesce(excluded.https_until, https_until)";
    transaction.prepare_cached(sql)?.execute(params![host.name, host.not_before, host.https_until])?;
    Ok(())
}

fn feed(row: &Row<'_>) -> rusqlite::Result<Feed> {
    let text = |column: usize| -> rusqlite::Result<Option<String>> { row.get(column) };
    let details = text(3)?.and_then(|details| serde_json::from_str(&details).ok()).unwrap_or_default();
    let validators = Validators { address: text(13)?.unwrap_or_default(), etag: row.get(11)?, modified: row.get(12)? };
    Ok(Feed {
        source: row.get(0)?,
        address: row.get(1)?,
        title: text(2)?.map(|title| Clean::line(&title)).filter(|title| !title.is_empty()),
        details,
        state: FeedState {
            asked: row.get(4)?,
            answered: row.get(5)?,
            came: row.get(6)?,
            status: row.get(7)?,
            fault: text(8)?.map(|fault| serde_json::from_str(&fault).unwrap_or(FeedFault::Unknown)),
            fault_since: row.get(9)?,
            faults: row.get(10)?,
            validators,
            validated: row.get(14)?,
            hash: row.get(15)?,
            fresh_until: row.get(16)?,
            retry_at: row.get(17)?,
            moved_to: text(18)?,
            moved_since: row.get(19)?,
            reader: row.get(20)?,
            notes: text(21)?.unwrap_or_default().lines().map(Clean::line).collect(),
            hint_until: row.get(22)?,
            skip_hours: row.get(23)?,
            skip_days: row.get(24)?,
        },
    })
}
