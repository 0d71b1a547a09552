//! Events, which are facts, and effects, which are wishes.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Key;
use super::find::FoldedTexts;
use super::prepared::Prepared;
use super::problem::Problem;
use super::search::{Asked, Excerpt, Found};
use super::sources::{Holder, Source};
use crate::model::{Announcement, Entry, Id, Location, MarkChange, Marking, News, SavedSearch, SearchChange, Watch};
use crate::text::Clean;
use crate::typeset::{Measure, Place};

/// Something that happened, in the past tense.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// A key was pressed.
    KeyPressed(Key),
    /// Text was pasted.
    Pasted(String),
    /// The mouse did something at a cell, counted from the upper left corner.
    MouseMoved {
        /// What it did.
        kind: MouseKind,
        /// Column of the cell, from 0.
        column: u16,
        /// Row of the cell, from 0.
        row: u16,
    },
    /// The terminal has a new size in cells.
    Resized {
        /// Columns.
        width: u16,
        /// Rows.
        height: u16,
    },
    /// The program was stopped and goes on: the screen must be drawn anew.
    Resumed,
    /// A signal asked the program to end, or the terminal went away.
    Terminated,
    /// So many announcements are about to be found at most.
    Expected(usize),
    /// Announcements were found.
    Found(Vec<Entry>),
    /// The paths given were read to their end.
    ScanFinished,
    /// An announcement was read. `complete` is false for the first part of a long one.
    Read {
        /// Which one was asked for.
        id: Id,
        /// The announcement, or the first part of it.
        text: Prepared,
        /// Whether nothing more of it follows.
        complete: bool,
    },
    /// The texts of a long announcement were folded for finding.
    Folded {
        /// The announcement.
        announcement: Arc<Announcement>,
        /// Its texts.
        texts: FoldedTexts,
    },
    /// The file of an announcement was read as it is. `complete` is false for the first part of a long one.
    RawRead {
        /// Which one was asked for.
        id: Id,
        /// Its file, named by it, as one block of lines; where the file is gone, the text as it is kept.
        text: Prepared,
        /// Whether nothing more of it follows.
        complete: bool,
    },
    /// The files were looked up in which an announcement of the library stands.
    Located {
        /// What it is known by.
        id: Id,
        /// The files, those that are there first.
        holders: Vec<Holder>,
    },
    /// Something could not be read, kept or done.
    Failed(Problem),
    /// What was kept from earlier times was looked up.
    Remembered(Memory),
    /// Announcements came, were changed, or are no longer known.
    Changed {
        /// Those that came or were changed.
        entries: Vec<Entry>,
        /// Those that are no longer known.
        removed: Vec<Id>,
    },
    /// So many files were looked at so far; `None` when there is nothing more to look at.
    Looked(Option<Progress>),
    /// An announcement was forgotten, or not because a file holds it.
    Forgotten {
        /// The file that holds it.
        held: Option<Clean>,
    },
    /// A folder or file is followed no longer.
    Unfollowed,
    /// Announcements were found that match what was asked.
    SearchFound(Found),
    /// The searches saved at earlier times.
    SearchesKnown(Vec<SavedSearch>),
    /// Another running program changed the saved searches.
    SearchesChanged {
        /// Those that it saved, watches or no longer watches.
        came: Vec<SavedSearch>,
        /// The queries of those that it deleted.
        gone: Vec<Clean>,
    },
    /// What is read was looked up.
    SourcesListed(Vec<Source>),
    /// What came was looked at for searches that are watched.
    Watched(Vec<News>),
    /// Where announcements match was found out.
    Excerpted(Vec<(Id, Excerpt)>),
    /// Marks as they are kept, whoever made them.
    Marked(Vec<(Id, Marking)>),
    /// The steps that can be taken back from earlier times, the oldest first.
    StepsKnown(Vec<Vec<MarkChange>>),
}

/// How far looking at files has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files looked at.
    pub files: u64,
    /// How many there are, once that is known.
    pub all: Option<u64>,
}

/// What is kept from one time to the next besides the announcements and their marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// How the screen was left: names and values.
    pub session: BTreeMap<String, String>,
    /// How far announcements were read.
    pub places: Vec<(Id, Place)>,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Pressed,
    /// The mouse moved with the left button down.
    Dragged,
    /// The left button went up.
    Released,
    /// The wheel turned away from the reader.
    ScrolledUp,
    /// The wheel turned towards the reader.
    ScrolledDown,
}

/// A wish to the world outside, in the imperative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Leave the program.
    Quit,
    /// Give the terminal back and stop until told to go on.
    Suspend,
    /// Draw every cell anew.
    Repaint,
    /// Read the text of an announcement; answered by [`Event::Read`] or [`Event::Failed`].
    Read {
        /// What it is known by.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Read the file of an announcement as it is; answered by [`Event::RawRead`] or [`Event::Failed`].
    ReadRaw {
        /// What it is known by.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Fold the texts of a long announcement for finding; answered by [`Event::Folded`].
    Fold(Arc<Announcement>),
    /// Look up in which files an announcement of the library stands; answered by [`Event::Located`].
    Locate {
        /// What it is known by.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Read what may be asked for next, and set its first rows, when there is nothing else to do; not answered.
    Prefetch {
        /// Where it is, what is likeliest last.
        locations: Vec<Location>,
        /// What it will be set to.
        measure: Measure,
        /// How many rows of it will be seen.
        rows: u16,
    },
    /// Texts that were read at these places are outdated.
    Outdated(Vec<Location>),
    /// Search all announcements; answered by [`Event::SearchFound`], once or several times.
    Search(Asked),
    /// Find out where announcements match the question asked last; answered by [`Event::Excerpted`].
    Excerpts {
        /// The question.
        ticket: u64,
        /// The announcements, the one whose text is shown first.
        wanted: Vec<(Id, Location)>,
        /// Cells a line of text may take.
        cells: u16,
    },
    /// Keep a change of the saved searches.
    SaveSearches(SearchChange),
    /// Look up what is read; answered by [`Event::SourcesListed`].
    ListSources,
    /// Look whether what came matches searches that are watched; answered by [`Event::Watched`] where anything came.
    Watch(Vec<Watch>),
    /// Put a text on the clipboard of the terminal.
    Copy(Clean),
    /// Keep changes of marks.
    SaveMarks {
        /// The changes, one step.
        changes: Vec<MarkChange>,
        /// Whether they take a step back.
        undoing: bool,
    },
    /// Forget steps that change nothing any more, of each a change it made.
    ForgetSteps(Vec<MarkChange>),
    /// Keep how the screen stands.
    SaveSession(BTreeMap<String, String>),
    /// Keep how far an announcement was read.
    SavePlace(Id, Place),
    /// Forget an announcement of the library with all its versions, if no file holds it; answered by
    /// [`Event::Forgotten`].
    Forget(Id),
    /// Follow what has that number in the library no longer; answered by [`Event::SourcesListed`] and
    /// [`Event::Unfollowed`].
    Unfollow(i64),
}

/// Wishes that came out of an event; dropping them unread is a mistake.
#[must_use = "effects must be carried out"]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects(Vec<Effect>);

impl Effects {
    /// Nothing to do.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds a wish.
    pub fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    /// Both, these first.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Whether nothing is wished.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<Effect> for Effects {
    fn from(effect: Effect) -> Self {
        Self(vec![effect])
    }
}

impl IntoIterator for Effects {
    type Item = Effect;
    type IntoIter = std::vec::IntoIter<Effect>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
