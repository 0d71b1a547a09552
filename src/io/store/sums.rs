//! Hashes of texts: SQLite has no checksums, and a text that a disk lost a part of would be shown as if it were whole.

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

use super::{Body, Fault, Store};

/// How many texts without a hash are given one in a transaction.
const BATCH: usize = 500;

/// Returns a hash that tells whether bytes were changed: eight bytes at a time by FNV-1a's rule, finished as `SplitMix64` does.
#[must_use]
pub fn hash(bytes: &[u8]) -> i64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    for chunk in bytes.chunks(8) {
        let mut word = [0; 8];
        word.iter_mut().zip(chunk).for_each(|(to, from)| *to = *from);
        hash = (hash ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
    }
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    i64::from_ne_bytes((hash ^ (hash >> 31)).to_ne_bytes())
}

/// Returns the hash of a text and its shape.
pub(super) fn sum_of(text: &str, shape: &str) -> i64 {
    hash(text.as_bytes()).rotate_left(1) ^ hash(shape.as_bytes())
}

impl Body {
    /// Returns a hash of the text and its shape.
    #[must_use]
    pub fn sum(&self) -> i64 {
        sum_of(&self.text, &self.shape)
    }
}

/// Writes the text of an announcement and its hash.
pub(super) fn put_body(connection: &Connection, number: i64, body: &Body) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR REPLACE INTO bodies VALUES (?, ?, ?)")?
        .execute(params![number, body.text, body.shape])?;
    connection.prepare_cached("INSERT OR REPLACE INTO sums VALUES (?, ?)")?.execute([number, body.sum()])?;
    Ok(())
}

impl Store {
    /// Returns the hash that the text of that number was written with; `None` where none was.
    pub(super) fn sum_of(&self, number: u32) -> Result<Option<i64>, Fault> {
        if self.version < 4 {
            return Ok(None);
        }
        let mut statement = self.statement("SELECT sum FROM sums WHERE announcement = ?")?;
        Ok(statement.query_row([number], |row| row.get(0)).optional()?)
    }

    /// Returns the numbers of the announcements whose texts are not as they were written.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub fn damaged_texts(&self) -> Result<Vec<u32>, Fault> {
        let mut damaged = Vec::new();
        self.kept(|entry, _, whole| {
            if let (false, crate::model::Location::Kept(number)) = (whole, entry.location) {
                damaged.push(number);
            }
            true
        })?;
        Ok(damaged)
    }

    /// Writes a text anew that was found damaged. It counts as no change.
    ///
    /// # Errors
    ///
    /// When it could not be kept.
    pub fn mend(&self, number: u32, body: &Body) -> Result<(), Fault> {
        let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
        put_body(&transaction, number.into(), body)?;
        Ok(transaction.commit()?)
    }

    /// Gives the texts a hash that an older version wrote without; returns how many.
    ///
    /// # Errors
    ///
    /// When they could not be kept; those of earlier batches are.
    pub fn add_sums(&self) -> Result<usize, Fault> {
        let mut added = 0;
        loop {
            let sql = "SELECT number FROM announcements WHERE number NOT IN (SELECT announcement FROM sums) LIMIT ?";
            let numbers: Vec<i64> =
                self.statement(sql)?.query_map([BATCH], |row| row.get(0))?.collect::<Result<_, _>>()?;
            if numbers.is_empty() {
                return Ok(added);
            }
            let transaction = Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)?;
            for number in numbers {
                let mut select = transaction.prepare_cached("SELECT text, shape FROM bodies WHERE announcement = ?")?;
                let body = |row: &rusqlite::Row<'_>| Ok(Body { text: row.get(0)?, shape: row.get(1)? });
                let body = select.query_row([number], body).optional()?;
                let sum = body.map_or(0, |body| body.sum());
                transaction.prepare_cached("INSERT OR REPLACE INTO sums VALUES (?, ?)")?.execute([number, sum])?;
                added += 1;
            }
            transaction.commit()?;
        }
    }
}
