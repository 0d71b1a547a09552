//! The sources pane: what is read, the searches that were saved, and which of them are watched.

use super::messages::Text;
use super::{Key, KeyCode};
use crate::text::Clean;

/// The pane while it is open.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// What is read, once that was looked up.
    pub rows: Vec<Source>,
    /// The marked search, from 0.
    pub marked: usize,
}

/// Something that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its path.
    pub path: Clean,
    /// How many announcements it holds, where that is known.
    pub count: Option<u64>,
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
    /// It closes and the marked search is run.
    Run,
    /// The marked search is watched, or no longer.
    Watch,
    /// The marked search is deleted.
    Delete,
}

impl Sources {
    /// Takes a key; `count` is how many searches there are.
    pub fn press(&mut self, key: Key, count: usize) -> Outcome {
        let last = count.saturating_sub(1);
        let marked = self.marked;
        match (key.code, key.ctrl) {
            (KeyCode::Esc | KeyCode::Char('q' | 'A'), false) => return Outcome::Close,
            (KeyCode::Enter | KeyCode::Right | KeyCode::Char('l'), _) if count > 0 => return Outcome::Run,
            (KeyCode::Char('w'), false) if count > 0 => return Outcome::Watch,
            (KeyCode::Char('d') | KeyCode::Delete, false) if count > 0 => return Outcome::Delete,
            (KeyCode::Down | KeyCode::Char('j'), _) => self.marked = (marked + 1).min(last),
            (KeyCode::Up | KeyCode::Char('k'), _) => self.marked = marked.saturating_sub(1),
            (KeyCode::Home | KeyCode::Char('g'), _) => self.marked = 0,
            (KeyCode::End | KeyCode::Char('G'), _) => self.marked = last,
            _ => {}
        }
        Outcome::Stay
    }
}
