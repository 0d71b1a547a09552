//! Holds the state of the program, and hands each event to the file that handles it.

mod acting;
mod changing;
mod copying;
mod filtering;
mod finding;
mod forgetting;
mod marking;
mod mouse;
mod moving;
mod paneling;
mod pressing;
mod refreshing;
mod remembering;
mod searching;
mod setting;
mod showing;
mod telling;
mod viewing;
mod watching;

use std::sync::Arc;

use super::feeds::{FeedEdit, Refreshing};
use super::find::Find;
use super::keymap::{Keymap, Pending};
use super::list::List;
use super::marks::Marked;
use super::memory::Remembered;
use super::messages::Text;
use super::notices::Notices;
use super::panels::Panel;
use super::prompt::Prompt;
use super::reader::Reader;
use super::rows::Rows;
use super::screen::Screen;
use super::search::Search;
use super::settings::Settings;
use super::{Effect, Effects, Event, Progress};
use crate::calendar::Moment;
use crate::model::{Entry, Id, Library, SavedSearch};
use crate::text::Clean;

/// Holds everything that decides what is on the screen.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// The layout of the screen.
    pub screen: Screen,
    /// The user's settings.
    pub settings: Settings,
    /// Every announcement known.
    pub library: Arc<Library>,
    /// The progress of scanning for announcements.
    pub loading: Loading,
    /// The progress of fetching feeds, while they are fetched.
    pub refreshing: Option<Refreshing>,
    /// The settings of a feed that are being typed.
    pub(super) editing: FeedEdit,
    /// The number of feeds that fail for more than a day.
    pub failing: usize,
    /// The list pane.
    pub list: List,
    /// The reader pane.
    pub reader: Reader,
    /// The search in the text.
    pub find: Find,
    /// The library search.
    pub search: Search,
    /// The saved searches.
    pub searches: Vec<SavedSearch>,
    /// The line being typed in the status row.
    pub prompt: Option<Prompt>,
    /// The panels over the panes; only the last of them, the top, gets keys.
    pub panels: Vec<Panel>,
    /// The marks and the undo history.
    pub(super) marks: Marked,
    /// The state stored between sessions.
    pub(super) memory: Remembered,
    /// The announcement whose removal awaits confirmation, and the one that the key just pressed may confirm.
    pub(super) forgetting: (Option<Id>, Option<Id>),
    /// The notices and problems.
    pub notices: Notices,
    /// The keymap and the keys of an unfinished sequence.
    pub keys: Keys,
    /// The name of the library, or of the paths that were given as arguments, shown at the right of the status row.
    pub place_name: Clean,
}

/// Holds the keymap and the keys of an unfinished sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The keymap.
    pub keymap: Keymap,
    /// The keys of an unfinished sequence.
    pub pending: Pending,
}

/// Describes the progress of scanning for announcements.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Loading {
    /// Whether the scan is still running.
    pub scanning: bool,
    /// How many files were scanned, while it takes long.
    pub progress: Option<Progress>,
}

impl State {
    /// Returns a state without announcements.
    #[must_use]
    pub fn new(size: (u16, u16), settings: Settings, place_name: Clean) -> Self {
        let mut list = List::default();
        list.prefer(Vec::new(), &settings.languages);
        let mut state = Self {
            screen: Screen { size, ..Screen::default() },
            settings,
            library: Arc::default(),
            loading: Loading { scanning: true, progress: None },
            refreshing: None,
            editing: FeedEdit::default(),
            failing: 0,
            list,
            reader: Reader::default(),
            find: Find::default(),
            search: Search::default(),
            searches: Vec::new(),
            prompt: None,
            panels: Vec::new(),
            marks: Marked::default(),
            memory: Remembered::default(),
            forgetting: (None, None),
            notices: Notices::default(),
            keys: Keys::default(),
            place_name,
        };
        state.settle();
        state
    }

    /// Moves the state by what happened at `now`; the effects that come back are to be carried out.
    pub fn update_at(&mut self, now: Moment, event: Event) -> Effects {
        self.notices.set_now(now);
        self.update(event)
    }

    /// Moves the state by what happened; the effects that come back are to be carried out.
    pub fn update(&mut self, event: Event) -> Effects {
        let effects = match event {
            Event::KeyPressed(key) => self.take_key(key),
            Event::Pasted(text) => self.paste(&text),
            Event::MouseMoved { kind, column, row } => self.mouse(kind, column, row),
            Event::Resized { width, height } => {
                self.screen.size = (width, height);
                Effects::none()
            }
            Event::Resumed => Effect::Repaint.into(),
            Event::Terminated => Effect::Quit.into(),
            Event::Expected(count) => self.expect(count),
            Event::Found(entries) => self.take_in(entries),
            Event::ScanFinished => self.finish_scan(),
            Event::Read { id, text, complete } => self.take_text(id, &text, complete),
            Event::RawRead { id, text, complete } => self.show_raw(id, &text, complete),
            Event::Folded { announcement, texts } => self.take_folded(&announcement, texts),
            Event::Located { .. } | Event::SourcesListed(_) => self.pass_to_panels(&event),
            Event::Failed(problem) => self.take_problem(problem),
            Event::Remembered(memory) => self.remember(memory),
            Event::Changed { entries, removed } => self.take_changes(entries, &removed),
            Event::Looked(progress) => self.take_progress(progress),
            Event::Forgotten { held } => self.take_forgotten(held),
            Event::Unfollowed => self.take_unfollowed(),
            Event::RefreshProgressed(refreshing) => self.take_refreshing(refreshing),
            Event::FetchingEnded => {
                self.refreshing = None;
                Effects::none()
            }
            Event::RefreshEnded(refreshed) => self.take_refreshed(&refreshed),
            Event::FeedsDue => Effect::RefreshDue.into(),
            Event::FeedsFailed(count) => {
                self.failing = count;
                Effects::none()
            }
            Event::Followed(_) => self.take_followed(&event),
            Event::SearchFound(found) => self.take_found(found),
            Event::Excerpted(excerpts) => self.take_excerpts(excerpts),
            Event::SearchesKnown(searches) => self.take_searches(searches),
            Event::SearchesChanged { came, gone } => self.take_changed_searches(came, &gone),
            Event::Watched(news) => self.take_watched(news),
            Event::Marked(marks) => self.take_marks(marks),
            Event::MarksWaited(count) => {
                self.marks.waiting = count;
                Effects::none()
            }
            Event::StepsKnown(steps) => self.take_steps(steps),
        };
        self.settle();
        let wanted = self.want();
        let wanted = wanted.and(self.settle_search()).and(self.settle_news());
        let wanted = wanted.and(self.settle_panels()).and(self.settle_find());
        effects.and(wanted).and(self.marks.take_effects()).and(self.keep_place())
    }

    /// Reports whether what the next frame should show is still to come.
    #[must_use]
    pub fn waits(&self) -> bool {
        let waits_for_text = self.reader.wanted.is_some() && self.reader.layout.is_none();
        waits_for_text || (self.loading.scanning && self.library.is_empty()) || self.search_waits()
    }

    /// Returns a text in the language the program speaks.
    #[must_use]
    pub fn say(&self, text: Text) -> &'static str {
        text.get(self.settings.language)
    }

    /// Returns the rows of the list.
    #[must_use]
    pub fn rows(&self) -> Rows<'_> {
        Rows::of(&self.library, &self.search)
    }

    /// Returns the entry of the announcement that is shown or waited for.
    #[must_use]
    pub fn shown(&self) -> Option<&Entry> {
        self.library.entry(self.reader.wanted?)
    }

    /// Returns the announcement that is selected, when it is in the list.
    pub(super) fn selected(&self) -> Option<Id> {
        self.list.selected.filter(|_| self.list.row(self.rows()).is_some())
    }

    /// Updates everything that drawing needs to the rest of the state.
    fn settle(&mut self) {
        self.screen.settle(&self.settings);
        if let Some(area) = self.screen.plan.list {
            self.list.settle(Rows::of(&self.library, &self.search), area);
        } else if self.list.selected.is_none() {
            self.list.selected = self.rows().group(0);
        }
        if let Some(text) = self.screen.plan.text {
            self.reader.settle(text, self.measure());
        }
    }
}
