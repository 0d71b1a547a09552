//! Where an announcement matches, as the list and the reader show it.

use crate::app::find::{self, MOST};
use crate::app::search::{Excerpt, Sought};
use crate::model::Announcement;
use crate::search::{Field, Gathered, Matcher, letters, snippet};
use crate::text::Clean;
use crate::text::fold::Folding;
use crate::typeset::{FIRST, TITLE};

/// What excerpts are made for.
#[derive(Debug)]
pub enum Seeker {
    /// Announcements that match a query, which the matcher was made of.
    Texts(Box<Matcher>),
    /// Titles that have these letters.
    Titles(String),
}

impl Seeker {
    /// Makes the seeker for what was `sought`; `lenient` says whether it matched only leniently.
    #[must_use]
    pub fn of(sought: &Sought, lenient: bool) -> Self {
        match sought {
            Sought::Query(query) => {
                let folding = if lenient { Folding::Lenient } else { Folding::Strict };
                Self::Texts(Box::new(Matcher::new(query, folding)))
            }
            Sought::Titles(typed, _) => Self::Titles(typed.clone()),
        }
    }

    /// Returns where `announcement` matches the question of that ticket.
    #[must_use]
    pub fn excerpt(&self, announcement: &Announcement, ticket: u64, cells: u16, stop: &dyn Fn() -> bool) -> Excerpt {
        match self {
            Self::Texts(matcher) => excerpt(announcement, matcher, ticket, cells, stop),
            Self::Titles(typed) => {
                let title = letters(&announcement.title, typed);
                Excerpt { ticket, cells, title, ..Excerpt::default() }
            }
        }
    }
}

/// Returns where `announcement` matches, with a line of its text of at most `cells`.
///
/// The line stands around the best match outside the title, which is shown anyway; without any, it is how the text
/// begins.
fn excerpt(
    announcement: &Announcement,
    matcher: &Matcher,
    ticket: u64,
    cells: u16,
    stop: &dyn Fn() -> bool,
) -> Excerpt {
    let gathered = Gathered::of(announcement);
    let texts = gathered.texts();
    let places = matcher.places(&texts, announcement.language, stop);
    let (field, at) = match &places.best {
        Some((field, range)) if *field != Field::Title => (*field, range.start),
        _ => (if texts.lead.is_empty() { Field::Body } else { Field::Lead }, 0),
    };
    let line = snippet(texts.get(field), at, places.of(field), usize::from(cells));
    let text = Clean::line(&line.text);
    let ranges = if text.as_str() == line.text { line.ranges } else { Vec::new() };
    let matches = gathered.spots(&places).into_iter().take(MOST).filter_map(|spot| {
        let part = match spot.block {
            None => TITLE,
            Some(block) => FIRST + u32::try_from(block).ok()?,
        };
        Some(find::Match { part, range: spot.start..spot.end })
    });
    Excerpt { ticket, cells, title: places.of(Field::Title).to_vec(), line: text, ranges, matches: matches.collect() }
}
