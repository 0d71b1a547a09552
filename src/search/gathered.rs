//! The searched texts of an announcement, put together from its blocks, and the way back to them.

use std::ops::Range;

use super::matcher::{Match, Texts};
use super::query::Field;
use crate::model::{Announcement, BlockKind};

/// The searched texts of an announcement, without boilerplate, which belongs to the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    texts: [String; 4],
    /// The blocks, in the order of the document.
    pieces: Vec<Piece>,
}

/// A block in the text of its field.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Piece {
    field: Field,
    at: usize,
    block: usize,
}

/// A place in an announcement that matches.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Spot {
    /// The block of the document; `None` is the title.
    pub block: Option<usize>,
    /// First byte in its text.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Gathered {
    /// Gathers the texts of `announcement`.
    #[must_use]
    pub fn of(announcement: &Announcement) -> Self {
        let mut gathered = Self::default();
        let [title, lead, body, contacts] = &mut gathered.texts;
        title.push_str(&announcement.title);
        for (number, block) in announcement.document.blocks.iter().enumerate() {
            let (field, text) = match block.kind {
                BlockKind::Boilerplate | BlockKind::Rule => continue,
                BlockKind::Lead => (Field::Lead, &mut *lead),
                BlockKind::Contact => (Field::Contacts, &mut *contacts),
                _ => (Field::Body, &mut *body),
            };
            if !text.is_empty() {
                text.push('\n');
            }
            gathered.pieces.push(Piece { field, at: text.len(), block: number });
            text.push_str(&block.text);
        }
        gathered
    }

    /// Returns the texts for a [`Matcher`](super::Matcher).
    #[must_use]
    pub fn texts(&self) -> Texts<'_> {
        let [title, lead, body, contacts] = &self.texts;
        Texts { title, lead, body, contacts }
    }

    /// Returns where `found`, a match of these texts, stands in the announcement, in reading order.
    ///
    /// A phrase that goes on in the next block stands in both.
    #[must_use]
    pub fn spots(&self, found: &Match) -> Vec<Spot> {
        let mut spots = Vec::new();
        for (field, ranges) in Field::ALL.into_iter().zip(&found.ranges) {
            for range in ranges {
                if field == Field::Title {
                    spots.push(Spot { block: None, start: range.start, end: range.end });
                } else {
                    self.spread(field, range, &mut spots);
                }
            }
        }
        spots.sort_unstable();
        spots
    }

    fn spread(&self, field: Field, range: &Range<usize>, spots: &mut Vec<Spot>) {
        let length = self.texts().get(field).len();
        let mut pieces = self.pieces.iter().filter(|piece| piece.field == field).peekable();
        while let Some(piece) = pieces.next() {
            // The line feed before the next block is none's.
            let end = pieces.peek().map_or(length, |next| next.at - 1);
            let (start, stop) = (range.start.max(piece.at), range.end.min(end));
            if start < stop {
                spots.push(Spot { block: Some(piece.block), start: start - piece.at, end: stop - piece.at });
            }
            if piece.at >= range.end {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{Input, read};
    use crate::search::{Fields, Matcher, Query};
    use crate::text::fold::Folding;

    #[test]
    fn matches_are_found_again_in_their_blocks() {
        let text = "# Katu suljetaan\n\nKatu on poikki.\n\n## Kaduilla\n\nLiikenne ohjataan muille kaduille.\n\n\
                    Koko kaupunki.";
        let announcement = read(&Input::new("a.md", text.as_bytes())).announcements.remove(0);
        let gathered = Gathered::of(&announcement);
        let matcher = Matcher::new(&Query::parse("katu").unwrap(), Folding::Strict);
        let (_, found) = matcher.find(&gathered.texts(), &Fields::default()).unwrap();
        let texts: Vec<&str> = gathered
            .spots(&found)
            .iter()
            .map(|spot| {
                let block = spot.block.map(|block| &announcement.document.blocks[block].text);
                block.unwrap_or(&announcement.title).get(spot.start..spot.end).unwrap()
            })
            .collect();
        assert_eq!(texts, ["Katu", "Katu", "Kadu", "kadu"]);
        let phrase = Matcher::new(&Query::parse("\"kaduille koko\"").unwrap(), Folding::Strict);
        // Exact words end where the query says: what spans two blocks is cut between them.
        let phrase = phrase.find(&gathered.texts(), &Fields::default()).map(|(_, found)| gathered.spots(&found).len());
        assert!(phrase.is_none() || phrase == Some(2), "{phrase:?}");
    }
}
