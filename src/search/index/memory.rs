//! An index that is kept in memory, of texts that are there too.

use std::io::{self, Cursor};

use super::lookup::Index;
use super::merge::{Contents, merge};
use super::run::Run;
use crate::text::Language;

/// Places of words gathered at a time: some ten megabytes with all that belongs to them.
const PLACES: usize = 500_000;

/// A text as it is put into an index: its language, and what [`Texts::fold_into`](crate::search::Texts::fold_into)
/// makes of it strictly.
pub type Folded<'a> = (Option<Language>, &'a str, &'a [usize; 4]);

/// Builds the index of `texts`, in their order.
///
/// # Errors
///
/// When there are more than can be counted.
pub fn in_memory<'a>(texts: impl Iterator<Item = Folded<'a>>) -> io::Result<Index<Vec<u8>>> {
    let (mut runs, mut run, mut numbers) = (Vec::new(), Run::default(), Vec::new());
    for (number, (language, text, ends)) in (0..).zip(texts) {
        run.add(number, language, text, ends);
        numbers.push(number);
        if run.len() >= PLACES {
            runs.push(written(std::mem::take(&mut run))?);
        }
    }
    runs.push(written(run)?);
    let mut out = Cursor::new(Vec::new());
    merge(runs, &Contents { numbers: &numbers, extra: &[], seq: 0 }, &mut out)?;
    let mut bytes = out.into_inner();
    bytes.shrink_to_fit();
    Index::open(bytes).map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
}

fn written(run: Run) -> io::Result<Cursor<Vec<u8>>> {
    let mut bytes = Vec::new();
    run.write(&mut bytes)?;
    Ok(Cursor::new(bytes))
}
