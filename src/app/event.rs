//! Defines events (facts that come in) and effects (requests that go out).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Key;
use super::feeds::{FeedSettings, Followed, Refreshed, Refreshing};
use super::find::FoldedTexts;
use super::prepared::Prepared;
use super::problem::Problem;
use super::search::{Asked, Excerpt, Found};
use super::sources::{Holder, Source};
use crate::model::{Announcement, Entry, Id, Location, MarkChange, Marking, News, SavedSearch, SearchChange, Watch};
use crate::text::Clean;
use crate::typeset::{Measure, Place};

/// Describes something that happened; names are in the past tense.
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
    /// The program was stopped and continues: the screen must be redrawn.
    Resumed,
    /// A signal asked the program to end, or the terminal went away.
    Terminated,
    /// At most this many announcements are about to be found.
    Expected(usize),
    /// Announcements were found.
    Found(Vec<Entry>),
    /// All paths given on the command line were read.
    ScanFinished,
    /// An announcement was read. `complete` is false for the first part of a long one.
    Read {
        /// The announcement that was asked for.
        id: Id,
        /// The announcement, or the first part of it.
        text: Prepared,
        /// Whether this is all of it.
        complete: bool,
    },
    /// The texts of a long announcement were case-folded for finding.
    Folded {
        /// The announcement.
        announcement: Arc<Announcement>,
        /// Its texts.
        texts: FoldedTexts,
    },
    /// The file of an announcement was read unparsed. `complete` is false for the first part of a long one.
    RawRead {
        /// The announcement that was asked for.
        id: Id,
        /// The file as one block of lines, titled with its name; the stored text if the file is gone.
        text: Prepared,
        /// Whether this is all of it.
        complete: bool,
    },
    /// The files that hold an announcement of the library were looked up.
    Located {
        /// The id of the announcement.
        id: Id,
        /// The files; those that exist come first.
        holders: Vec<Holder>,
    },
    /// Something could not be read, stored or done.
    Failed(Problem),
    /// The state stored by earlier sessions was read.
    Remembered(Memory),
    /// Announcements were added, changed or removed.
    Changed {
        /// The added and changed ones.
        entries: Vec<Entry>,
        /// The removed ones.
        removed: Vec<Id>,
    },
    /// Files are being scanned; `None` when the scan is finished.
    Looked(Option<Progress>),
    /// An announcement was forgotten, or was not because a file holds it.
    Forgotten {
        /// The file that still holds it.
        held: Option<Clean>,
    },
    /// A folder or file is no longer followed.
    Unfollowed,
    /// Announcements that match the query were found.
    SearchFound(Found),
    /// The searches saved in earlier sessions were read.
    SearchesKnown(Vec<SavedSearch>),
    /// Another running program changed the saved searches.
    SearchesChanged {
        /// Those that it saved, or began or stopped watching.
        came: Vec<SavedSearch>,
        /// The queries of those that it deleted.
        gone: Vec<Clean>,
    },
    /// The list of sources was read.
    SourcesListed(Vec<Source>),
    /// Feeds are being fetched.
    RefreshProgressed(Refreshing),
    /// Fetching feeds ended.
    RefreshEnded(Refreshed),
    /// Nothing is being fetched any more, however that ended.
    FetchingEnded,
    /// Feeds with a schedule came due.
    FeedsDue,
    /// So many feeds fail for more than a day.
    FeedsFailed(usize),
    /// The feed at an address was looked for.
    Followed(Followed),
    /// New announcements were matched against the watched searches.
    Watched(Vec<News>),
    /// The positions of matches in announcements were found.
    Excerpted(Vec<(Id, Excerpt)>),
    /// Marks were changed in the library, by this program or another one.
    Marked(Vec<(Id, Marking)>),
    /// This many changes of marks wait to be stored; 0 once all are.
    MarksWaited(usize),
    /// The undo history of earlier sessions was read, the oldest step first.
    StepsKnown(Vec<Vec<MarkChange>>),
}

/// Counts the files scanned so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Files scanned.
    pub files: u64,
    /// Files in all, once known.
    pub all: Option<u64>,
}

/// Holds the stored state of a session, besides announcements and marks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Memory {
    /// The layout of the screen, as names and values.
    pub session: BTreeMap<String, String>,
    /// The reading position of each announcement.
    pub places: Vec<(Id, Place)>,
}

/// Names a kind of mouse event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Pressed,
    /// The mouse moved with the left button down.
    Dragged,
    /// The left button went up.
    Released,
    /// The wheel turned away from the user.
    ScrolledUp,
    /// The wheel turned towards the user.
    ScrolledDown,
}

/// Describes a request to the outside world; names are in the imperative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// End the program.
    Quit,
    /// Restore the terminal and stop until continued.
    Suspend,
    /// Redraw every cell.
    Repaint,
    /// Read the text of an announcement; answered by [`Event::Read`] or [`Event::Failed`].
    Read {
        /// The id of the announcement.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Read the file of an announcement unparsed; answered by [`Event::RawRead`] or [`Event::Failed`].
    ReadRaw {
        /// The id of the announcement.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Case-fold the texts of a long announcement for finding; answered by [`Event::Folded`].
    Fold(Arc<Announcement>),
    /// Look up the files that hold an announcement of the library; answered by [`Event::Located`].
    Locate {
        /// The id of the announcement.
        id: Id,
        /// Where it is.
        location: Location,
    },
    /// Read announcements that may be asked for next and lay out their first rows, when idle; not answered.
    Prefetch {
        /// Where they are, the likeliest last.
        locations: Vec<Location>,
        /// The measure to lay them out at.
        measure: Measure,
        /// How many rows will be visible.
        rows: u16,
    },
    /// Drop texts read from these places from the cache.
    Outdated(Vec<Location>),
    /// Search all announcements; answered by [`Event::SearchFound`], once or several times.
    Search(Asked),
    /// Find the positions of matches of the latest query; answered by [`Event::Excerpted`].
    Excerpts {
        /// The ticket of the query.
        ticket: u64,
        /// The announcements; the one whose text is shown comes first.
        wanted: Vec<(Id, Location)>,
        /// The width of an excerpt, in cells.
        cells: u16,
    },
    /// Store a change of the saved searches.
    SaveSearches(SearchChange),
    /// Read the list of sources; answered by [`Event::SourcesListed`].
    ListSources,
    /// Match new announcements against watched searches; answered by [`Event::Watched`] if there are any.
    Watch(Vec<Watch>),
    /// Put a text on the clipboard.
    Copy(Clean),
    /// Store changes of marks.
    SaveMarks {
        /// The changes, which are one undo step.
        changes: Vec<MarkChange>,
        /// Whether they undo a step.
        undoing: bool,
    },
    /// Remove undo steps that no longer have an effect; each is named by one of its changes.
    ForgetSteps(Vec<MarkChange>),
    /// Store the layout of the screen.
    SaveSession(BTreeMap<String, String>),
    /// Store the reading position of an announcement.
    SavePlace(Id, Place),
    /// Remove an announcement and all its versions from the library unless a file holds it; answered by
    /// [`Event::Forgotten`].
    Forget(Id),
    /// Stop following the folder or file of this number in the library; answered by [`Event::SourcesListed`] and
    /// [`Event::Unfollowed`].
    Unfollow(i64),
    /// Fetch what is new in the feed of this number, or in all feeds; answered by [`Event::RefreshProgressed`] and
    /// [`Event::RefreshEnded`].
    Refresh(Option<i64>),
    /// Fetch the feeds that are due by their schedules; answered as [`Effect::Refresh`] is.
    RefreshDue,
    /// Stop fetching.
    StopRefresh,
    /// Store what the user set for the feed of this number; answered by [`Event::SourcesListed`].
    SetFeed(i64, FeedSettings),
    /// Show the library instead of the announcements that come with the program.
    ShowLibrary,
    /// Follow the feed at this address, or the one that the page there names; answered by [`Event::Followed`].
    Follow(String),
}

/// Holds the effects that an event asks for, in the order they are carried out.
#[must_use = "effects must be carried out"]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effects(Vec<Effect>);

impl Effects {
    /// Returns no effects.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds an effect.
    pub fn push(&mut self, effect: Effect) {
        self.0.push(effect);
    }

    /// Returns these effects followed by `other`.
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Reports whether there are no effects.
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
