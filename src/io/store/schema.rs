//! The tables, and how those of older versions are brought up to date.

use rusqlite::{Connection, Transaction};

/// Says whose database it is, in its header: "tdte".
pub const APPLICATION: i32 = 0x7464_7465;
/// The version of the tables below, which [`MIGRATIONS`] lead to.
pub const VERSION: i32 = 6;

/// What makes a database of version n one of version n + 1, from nothing to the newest. What stands here was shipped
/// and is never changed again; a new version is a further entry.
const MIGRATIONS: [&str; 6] = [
    include_str!("version_1.sql"),
    include_str!("version_2.sql"),
    include_str!("version_3.sql"),
    include_str!("version_4.sql"),
    include_str!("version_5.sql"),
    include_str!("version_6.sql"),
];

const _: () = assert!(MIGRATIONS.len() == VERSION.unsigned_abs() as usize, "every version has its migration");

/// Returns the version of the tables in a database; 0 when it is new.
pub fn version(connection: &Connection) -> rusqlite::Result<i32> {
    connection.query_row("PRAGMA user_version", [], |row| row.get(0))
}

/// Returns the application id of a database; 0 when none was set.
pub fn application(connection: &Connection) -> rusqlite::Result<i32> {
    connection.query_row("PRAGMA application_id", [], |row| row.get(0))
}

/// Brings the tables up to date, all or nothing.
pub fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    if version(connection)? >= VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    // Another instance may have been quicker.
    let from = usize::try_from(version(&transaction)?).unwrap_or(0);
    for script in MIGRATIONS.iter().skip(from) {
        transaction.execute_batch(script)?;
    }
    stamp(&transaction)?;
    transaction.commit()
}

fn stamp(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", VERSION)
}
