//! Taking over what is still readable of a damaged database.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, OpenFlags, Row, params_from_iter};

use super::{Store, schema};

/// How much was taken over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Announcements with marks.
    pub marks: usize,
    /// Announcements.
    pub announcements: usize,
}

/// A table, its columns, those that older versions lack, and the number its rows are found by, where it has one.
struct Table {
    name: &'static str,
    columns: &'static str,
    later: &'static [&'static str],
    key: &'static str,
}

/// Marks first. Files and copies are left out: the next look at the folders finds them again.
const TABLES: [Table; 14] = [
    Table { name: "marks", columns: "grp, read, starred, tags, seq", later: &["changed", "revision"], key: "grp" },
    Table { name: "marks_history", columns: "step, grp, before, after", later: &[], key: "" },
    Table { name: "places", columns: "id, part, offset", later: &[], key: "id" },
    Table { name: "session", columns: "key, value", later: &[], key: "" },
    Table { name: "searches", columns: "place, query, watched, news", later: &["looked"], key: "place" },
    Table { name: "sources", columns: "number, kind, address, title, details", later: &["keeps"], key: "number" },
    Table {
        name: "announcements",
        columns: "number, id, grp, leads, published, title, source, language, translation, minutes, seq",
        later: &["came"],
        key: "number",
    },
    Table { name: "bodies", columns: "announcement, text, shape", later: &[], key: "announcement" },
    Table { name: "sums", columns: "announcement, sum", later: &[], key: "announcement" },
    Table {
        name: "feeds",
        columns: "source, asked, answered, came, status, fault, fault_since, faults, fresh_until, retry_at, moved_to, moved_since",
        later: &[],
        key: "source",
    },
    Table { name: "feed_items", columns: "source, key, announcement, first, last, form", later: &[], key: "" },
    Table { name: "hosts", columns: "host, not_before, https_until", later: &[], key: "" },
    Table {
        name: "revisions",
        columns: "announcement, number, seen, modified, title, body, shape, print, kind, note",
        later: &[],
        key: "",
    },
    Table { name: "fulltexts", columns: "announcement, at, text, shape", later: &[], key: "announcement" },
];

/// Copies every row of the database at `from` that can be read into `store`, which is new.
pub fn salvage(from: &Path, store: &mut Store) -> Salvaged {
    let mut saved = Salvaged::default();
    let Ok(source) = open(from) else { return saved };
    let Ok(target) = store.connection.transaction() else { return saved };
    // A text may have been found whose announcement was not: it is dropped below, not refused.
    let _ = target.pragma_update(None, "defer_foreign_keys", true);
    for table in &TABLES {
        let count = copy(&source, &target, table);
        match table.name {
            "marks" => saved.marks = count,
            "announcements" => saved.announcements = count,
            _ => {}
        }
    }
    let tidied = target.execute_batch(
        "DELETE FROM bodies WHERE announcement NOT IN (SELECT number FROM announcements);
         DELETE FROM sums WHERE announcement NOT IN (SELECT number FROM announcements);
         DELETE FROM revisions WHERE announcement NOT IN (SELECT number FROM announcements);
         DELETE FROM fulltexts WHERE announcement NOT IN (SELECT number FROM announcements);
         DELETE FROM feeds WHERE source NOT IN (SELECT number FROM sources);
         DELETE FROM feed_items WHERE source NOT IN (SELECT number FROM sources);
         UPDATE feed_items SET announcement = NULL WHERE announcement NOT IN (SELECT number FROM announcements);
         UPDATE counter SET seq = 1 + max(
           (SELECT coalesce(max(seq), 0) FROM marks), (SELECT coalesce(max(seq), 0) FROM announcements),
           (SELECT coalesce(max(step), 0) FROM marks_history), (SELECT coalesce(max(looked), 0) FROM searches));",
    );
    if tidied.and_then(|()| target.commit()).is_err() {
        return Salvaged::default();
    }
    saved
}

fn open(path: &Path) -> rusqlite::Result<Connection> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    // What was set aside stays as it was: its log is read, never moved into it.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // With a writable schema SQLite reads a file that was cut short as far as it goes.
    connection.execute_batch("PRAGMA writable_schema = ON; PRAGMA wal_autocheckpoint = 0; PRAGMA query_only = ON;")?;
    schema::version(&connection)?;
    Ok(connection)
}

/// Copies a table row by row; returns how many came over.
fn copy(source: &Connection, target: &Connection, table: &Table) -> usize {
    let Table { name, columns, later, key } = table;
    let mut all = (*columns).to_owned();
    for column in later.iter().filter(|column| source.prepare(&format!("SELECT {column} FROM {name}")).is_ok()) {
        all = all + ", " + column;
    }
    let columns = all.as_str();
    let places = vec!["?"; columns.split(',').count()].join(", ");
    let Ok(mut insert) = target.prepare(&format!("INSERT OR IGNORE INTO {name} ({columns}) VALUES ({places})")) else {
        return 0;
    };
    let mut copied = 0;
    // Whether it was not there before. A row whose columns are not what they must be is not taken.
    let mut take = |row: &Row<'_>| -> rusqlite::Result<bool> {
        let values = (0..insert.parameter_count()).map(|column| row.get(column)).collect::<Result<Vec<Value>, _>>()?;
        let taken = insert.execute(params_from_iter(values));
        copied += *taken.as_ref().unwrap_or(&0);
        Ok(taken != Ok(0))
    };
    if key.is_empty() {
        for order in ["ASC", "DESC"] {
            let first = columns.split(',').next().unwrap_or_default();
            let sql = format!("SELECT {columns} FROM {name} ORDER BY {first} {order}");
            // What comes again would come for ever.
            let mut new = |row: &Row<'_>| if take(row)? { Ok(()) } else { Err(astray()) };
            if each(source, &sql, &mut new).is_ok() {
                break;
            }
        }
    } else {
        by_number(source, &format!("SELECT {columns} FROM {name}"), key, &mut take);
    }
    copied
}

fn each(
    source: &Connection,
    sql: &str,
    take: &mut impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = source.prepare(sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        take(row)?;
    }
    Ok(())
}

/// Returns the error that ends reading rows at one that is out of order.
const fn astray() -> rusqlite::Error {
    rusqlite::Error::InvalidQuery
}

/// Reads a table in the order of its numbers; past what cannot be read, or is out of order, it leaps, further each
/// time, and goes on.
fn by_number(source: &Connection, select: &str, key: &str, take: &mut impl FnMut(&Row<'_>) -> rusqlite::Result<bool>) {
    let mut next = i64::MIN;
    let mut leap: i64 = 1;
    loop {
        let mut last = None;
        let sql = format!("{select} WHERE {key} >= {next} ORDER BY {key}");
        let done = each(source, &sql, &mut |row| {
            let number = row.get::<_, i64>(0)?;
            if number < last.unwrap_or(next) {
                return Err(astray());
            }
            last = Some(number);
            take(row).map(drop)
        });
        if done.is_ok() {
            return;
        }
        if let Some(last) = last {
            (next, leap) = (last, 1);
        }
        let Some(further) = next.checked_add(leap) else { break };
        (next, leap) = (further, leap.saturating_mul(2));
    }
    // From the other end, as far as it goes.
    let mut last = i64::MAX;
    let _ = each(source, &format!("{select} ORDER BY {key} DESC"), &mut |row| {
        let number = row.get::<_, i64>(0)?;
        if number > last {
            return Err(astray());
        }
        last = number;
        take(row).map(drop)
    });
}
