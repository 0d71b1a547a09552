//! Text folded for searching, with a map back to the source.
//!
//! Folding is *lower case without accents*: `Šiauliai` → `siauliai`, `ﬁ` → `fi`, `ß` → `ss`. In [`Folding::Strict`]
//! the letters å ä ö stay apart from a and o (in Finnish and Swedish they are letters of their own);
//! [`Folding::Lenient`] drops them too, for those whose keyboard lacks them. Every run of blanks and line breaks is one
//! blank, dashes are `-`, curly quotes are straight, soft hyphens and zero-width characters are gone. Texts in Latin,
//! Greek and Cyrillic letters fold alike whether composed (NFC) or not (NFD), and folding twice changes nothing.
//!
//! A hyphen stays, because what follows it begins a part of the word. So that `sotekeskus` finds `sote-keskus` all
//! the same, [`Folded`] repeats every hyphenated word without its hyphens at the end of the text, each after a line
//! break (a folded text has no other line breaks). One `memmem` over the one string then finds both spellings.

mod folded;
mod joined;
mod letters;
mod tables;

use std::ops::Range;

pub use folded::Folded;
use joined::join_hyphenated;
use letters::fold_letters;

/// Whether å ä ö are letters of their own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Folding {
    /// Letters with marks stay apart: å ä ö differ from a and o.
    #[default]
    Strict,
    /// Letters with marks are the plain ones: å ä are a, ö is o.
    Lenient,
}

/// Appends the folded `text` to `out`, without the joined words and the source map of [`Folded`].
///
/// Idempotent, but for the blanks where two folded texts meet.
pub fn fold_into(text: &str, folding: Folding, out: &mut String) {
    let from = out.len();
    fold_letters(text, folding, from, out, &mut ());
}

/// Returns `text` folded, as [`fold_into`] does.
#[must_use]
pub fn fold(text: &str, folding: Folding) -> String {
    let mut out = String::with_capacity(text.len());
    fold_into(text, folding, &mut out);
    out
}

/// Appends to `out` what a search scans: `text` folded, then its hyphenated words joined, each after a line break.
///
/// The same string as [`Folded::text`], for callers that need no source map.
pub fn searchable_into(text: &str, folding: Folding, out: &mut String) {
    let from = out.len();
    fold_letters(text, folding, from, out, &mut ());
    join_hyphenated(from, out, &mut ());
}

/// Records which source bytes each folded byte came from; `()` records nothing.
trait SourceMap {
    /// Records that the bytes from `folded` on are those of the source from `source` on, byte for byte.
    fn run(&mut self, folded: usize, source: usize);
    /// Records that the bytes from `folded` on came from the one character at `source`.
    fn atom(&mut self, folded: usize, source: Range<usize>);
    /// Adds a combining mark that ends at `source_end` to the character folded at `folded`.
    fn widen(&mut self, folded: usize, source_end: usize);
    /// Records that the bytes of `folded` are repeated from `again` on, in a joined word.
    fn repeat(&mut self, folded: Range<usize>, again: usize);
}

impl SourceMap for () {
    fn run(&mut self, _: usize, _: usize) {}
    fn atom(&mut self, _: usize, _: Range<usize>) {}
    fn widen(&mut self, _: usize, _: usize) {}
    fn repeat(&mut self, _: Range<usize>, _: usize) {}
}

#[cfg(test)]
mod tests;
