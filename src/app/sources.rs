//! The sources pane: what is read, the searches that were saved, and which of them are watched.

use super::messages::Text;
use super::{Key, KeyCode};
use crate::text::Clean;

/// The pane while it is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// What is read, once that was looked up.
    pub rows: Vec<Source>,
    /// The marked choice, from 0: what is followed comes first, then the searches.
    pub marked: usize,
    /// The number of what was asked to be followed no longer.
    asked: Option<i64>,
}

/// Something that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path.
    pub path: Clean,
    /// How many announcements it holds, where that is known.
    pub count: Option<u64>,
    /// Its number in the library, where that follows it.
    pub number: Option<i64>,
}

/// A line of the pane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// A heading.
    Heading(Text),
    /// All that is read, where it is not known what that is.
    Everything,
    /// Something that is read, by its row.
    Source(usize),
    /// The last thing that went wrong with it.
    Trouble(usize),
    /// That no search was saved.
    NoSearches,
    /// A saved search.
    Search(usize),
    /// A blank one.
    Blank,
}

/// What a key in the pane came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The pane stays.
    Stay,
    /// It closes.
    Close,
    /// It closes and that search is run.
    Run(usize),
    /// That search is watched, or no longer.
    Watch(usize),
    /// That search is deleted.
    Delete(usize),
    /// What has that number is followed no longer.
    Unfollow(i64),
}

impl Sources {
    /// How many of the rows are followed: they are choices.
    fn followed(&self) -> usize {
        self.rows.iter().take_while(|row| row.number.is_some()).count()
    }

    /// Which choice a line is.
    #[must_use]
    pub fn choice(&self, line: Line) -> Option<usize> {
        match line {
            Line::Source(number) => Some(number).filter(|number| *number < self.followed()),
            Line::Search(number) => Some(self.followed() + number),
            _ => None,
        }
    }

    /// The number of what is marked, where that is followed.
    #[must_use]
    pub fn marked_source(&self) -> Option<i64> {
        self.rows.get(self.marked)?.number
    }

    /// The marked search, if one is.
    #[must_use]
    pub fn marked_search(&self) -> Option<usize> {
        self.marked.checked_sub(self.followed())
    }

    /// Whether it was asked to follow what is marked no longer.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.asked.is_some() && self.asked == self.marked_source()
    }

    /// Takes what is read; what is marked stays so. `searches` is how many there are.
    pub fn take(&mut self, rows: Vec<Source>, searches: usize) {
        let (source, search) = (self.marked_source(), self.marked_search());
        self.rows = rows;
        let known = |number| self.rows.iter().position(|row| row.number == Some(number));
        let search = search.filter(|search| *search < searches).map(|search| self.followed() + search);
        self.marked = source.and_then(known).or(search).unwrap_or(self.marked);
        self.stay(searches);
    }

    /// Marks that search, or what stands nearest.
    pub fn mark_search(&mut self, search: usize, searches: usize) {
        self.marked = self.followed() + search;
        self.stay(searches);
    }

    fn stay(&mut self, searches: usize) {
        self.marked = self.marked.min((self.followed() + searches).saturating_sub(1));
    }

    /// Takes a key; `searches` is how many there are.
    pub fn press(&mut self, key: Key, searches: usize) -> Outcome {
        let asked = self.asked.take();
        let source = self.marked_source();
        let search = self.marked_search().filter(|search| *search < searches);
        match (key.code, key.ctrl, search) {
            (KeyCode::Esc | KeyCode::Char('q' | 'A'), false, _) => return Outcome::Close,
            (KeyCode::Enter | KeyCode::Right | KeyCode::Char('l'), _, Some(search)) => return Outcome::Run(search),
            (KeyCode::Char('w'), false, Some(search)) => return Outcome::Watch(search),
            (KeyCode::Char('d') | KeyCode::Delete, false, Some(search)) => return Outcome::Delete(search),
            (KeyCode::Char('d') | KeyCode::Delete, false, None) => {
                if let Some(number) = source.filter(|number| asked == Some(*number)) {
                    return Outcome::Unfollow(number);
                }
                self.asked = source;
            }
            (KeyCode::Down | KeyCode::Char('j'), ..) => self.marked += 1,
            (KeyCode::Up | KeyCode::Char('k'), ..) => self.marked = self.marked.saturating_sub(1),
            (KeyCode::Home | KeyCode::Char('g'), ..) => self.marked = 0,
            (KeyCode::End | KeyCode::Char('G'), ..) => self.marked = usize::MAX,
            _ => {}
        }
        self.stay(searches);
        Outcome::Stay
    }
}
