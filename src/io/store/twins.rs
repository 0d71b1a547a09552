//! Finding the announcement of the library that a file holds again, in another extraction and under another identity.

use std::collections::HashMap;

use rusqlite::Connection;

use super::rows::{bare, body_of, entry_of};
use crate::model::{Entry, Sketch};

/// So many of the announcements that share a title are compared, the latest first.
const COMPARED: usize = 4;

/// The announcements of the library by their titles, looked up when the first new one is taken in.
#[derive(Debug, Default)]
pub struct Twins(Option<HashMap<u64, Vec<i64>>>);

/// An announcement that is the same as one taken in.
pub struct Twin {
    /// Its number.
    pub number: i64,
    /// Whether the one taken in tells more.
    pub poorer: bool,
}

impl Twins {
    /// Finds the announcement of the library that `fresh` is a copy of.
    pub fn find(&mut self, connection: &Connection, fresh: &Entry) -> rusqlite::Result<Option<Twin>> {
        let Some(sketch) = fresh.sketch.as_ref().filter(|sketch| sketch.is_telling()) else { return Ok(None) };
        let [title, _] = sketch.keys();
        for number in self.numbers(connection, title)? {
            let known = entry_of(connection, number)?;
            let Some(known) = known.filter(|known| known.may_be(fresh)) else { continue };
            let body = body_of(connection, number)?;
            let Some(kept) = body.and_then(|body| Sketch::of(&body.fill(bare(known)))) else { continue };
            if kept.is_same(sketch) {
                return Ok(Some(Twin { number, poorer: sketch.is_richer(&kept) }));
            }
        }
        Ok(None)
    }

    /// Returns the latest announcements of that title.
    pub fn titled(&mut self, connection: &Connection, title: &str) -> rusqlite::Result<Vec<i64>> {
        Sketch::title_key(title).map_or(Ok(Vec::new()), |key| self.numbers(connection, key))
    }

    /// Takes note of an announcement that was taken in.
    pub fn note(&mut self, number: i64, taken: &Entry) {
        if let (Some(known), Some(sketch)) = (&mut self.0, taken.sketch.as_ref().filter(|sketch| sketch.is_telling())) {
            let [title, _] = sketch.keys();
            known.entry(title).or_default().push(number);
        }
    }

    /// Returns the latest announcements of that title.
    fn numbers(&mut self, connection: &Connection, title: u64) -> rusqlite::Result<Vec<i64>> {
        if self.0.is_none() {
            let mut known: HashMap<u64, Vec<i64>> = HashMap::new();
            let mut statement = connection.prepare("SELECT number, title FROM announcements ORDER BY number")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if let Some(key) = Sketch::title_key(row.get_ref(1)?.as_str()?) {
                    known.entry(key).or_default().push(row.get(0)?);
                }
            }
            self.0 = Some(known);
        }
        let numbers = self.0.as_ref().and_then(|known| known.get(&title)).map_or(&[][..], Vec::as_slice);
        Ok(numbers.iter().rev().take(COMPARED).copied().collect())
    }
}
