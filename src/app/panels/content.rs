//! Defines the common shape of panels: what one shows, as data, and the outcomes of its keys.

use super::Panel;
use super::context::Context;
use crate::app::actions::{Action, Scope};
use crate::app::feeds::FeedEdit;
use crate::app::messages::{self, Text};
use crate::app::{Effects, Event};
use crate::model::{Id, SearchChange};
use crate::text::Clean;

/// Defines one kind of panel. Marking, paging, scrolling, clicking and filtering by typing are common to all.
pub trait Content {
    /// Returns the heading.
    fn title(&self) -> Text;

    /// Returns the action that opens the panel: its keys close it as well.
    fn opener(&self) -> Action;

    /// Returns the scope of the panel's own keys, if it has any.
    fn scope(&self) -> Option<Scope> {
        None
    }

    /// Reports whether typing narrows the lines.
    fn narrows(&self) -> bool {
        false
    }

    /// Reports whether letters that close other panels close this one too while nothing is typed in it.
    fn closes_untyped(&self) -> bool {
        false
    }

    /// Reports whether keys that the panel does not handle go on to the panes beneath.
    fn passes_keys(&self) -> bool {
        false
    }

    /// Returns the most columns the panel takes, with its frame.
    fn widest(&self) -> u16 {
        74
    }

    /// Returns the columns kept free at either side of the lines, besides the frame's own.
    fn margin(&self) -> u16 {
        0
    }

    /// Returns the lines. `typed` narrows them where that is wanted; `width` is how many cells a line has.
    fn lines(&self, context: &Context<'_>, typed: &str, width: u16) -> Vec<Line>;

    /// Returns what stands in the panel when it has no lines.
    fn nothing(&self) -> Text {
        messages::NO_MATCH
    }

    /// Returns the announcement the panel is about: it begins anew with another one.
    fn subject(&self) -> Option<Id> {
        None
    }

    /// Returns the actions told at the foot, each with the word for it; `chosen` is the marked choice.
    fn hints(&self, _context: &Context<'_>, _chosen: Option<&str>) -> Vec<(Action, Text)> {
        Vec::new()
    }

    /// Returns a question that stands before the hints until it is answered.
    fn question(&self) -> Option<Text> {
        None
    }

    /// Withdraws a pending confirmation, because another key was pressed.
    fn withdraw(&mut self) {}

    /// Returns the actions of the panes that run from the panel too; it closes.
    fn shortcuts(&self) -> &'static [Action] {
        &[]
    }

    /// Carries out [`Action::Choose`], or an action of the panel's own scope, on the choice `chosen`.
    fn act(&mut self, action: Action, chosen: Option<&str>, context: &Context<'_>) -> Outcome;

    /// Handles an event that answers the panel's request.
    fn handle(&mut self, _event: &Event, _context: &Context<'_>) {}

    /// Updates the panel to the state beneath it; `width` is the width of a line, in cells.
    fn settle(&mut self, _context: &Context<'_>, _width: u16) -> Effects {
        Effects::none()
    }
}

/// Describes the outcome of a key in a panel.
#[derive(Debug)]
pub enum Outcome {
    /// The panel stays.
    Stay,
    /// The panel closes.
    Close,
    /// The panel stays, and the choice of this index is marked.
    Mark(usize),
    /// All panels close and an action is run.
    Run(Action),
    /// Another panel opens over this one.
    Open(Box<Panel>),
    /// All panels close and the settings of a feed are typed.
    Edit(FeedEdit),
    /// All panels close and effects are requested.
    Done(Effects),
    /// The panel stays and effects are requested.
    Wish(Effects),
    /// All panels close and a query is run.
    Search(String),
    /// All panels close and the list is filtered by a condition, written as in a query.
    Narrow(String),
    /// The panel stays and the saved searches change.
    Change(SearchChange),
}

/// Holds one line of a panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Its pieces of text, from the left.
    pub spans: Vec<Span>,
    /// The text at its right end.
    pub note: Option<Span>,
    /// The group it belongs to; shown at the right of the first visible line of the group.
    pub group: Option<Clean>,
    /// The key of the choice, where the line can be chosen: it stays marked when lines move.
    pub choice: Option<String>,
}

/// Holds a piece of text on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The column it begins in, from 0 at the left end of the line; `None` places it behind the piece before it.
    pub column: Option<u16>,
    /// Its text.
    pub text: Clean,
    /// Its role, which decides its style.
    pub role: Role,
}

/// Names the role of a piece of text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// Secondary text.
    Dim,
    /// A heading.
    Heading,
    /// A key, or a number of new announcements.
    Accent,
}

impl Span {
    /// Returns a piece of text that begins after the one before it.
    #[must_use]
    pub fn new(text: &str, role: Role) -> Self {
        Self { column: None, text: Clean::line(text), role }
    }

    /// Returns a piece of text that begins in column `column`.
    #[must_use]
    pub fn at(column: u16, text: &str, role: Role) -> Self {
        Self { column: Some(column), ..Self::new(text, role) }
    }
}

impl Line {
    /// Returns a line of one piece of text that cannot be chosen.
    #[must_use]
    pub fn new(text: &str, role: Role) -> Self {
        Self { spans: vec![Span::new(text, role)], ..Self::default() }
    }

    /// Returns a blank line.
    #[must_use]
    pub fn blank() -> Self {
        Self::default()
    }

    /// Returns a line that stands for `choice`.
    #[must_use]
    pub fn choice(text: &str, choice: impl Into<String>) -> Self {
        Self { choice: Some(choice.into()), ..Self::new(text, Role::Plain) }
    }

    /// Adds a note at the right end.
    #[must_use]
    pub fn noted(mut self, text: &str, role: Role) -> Self {
        self.note = (!text.is_empty()).then(|| Span::new(text, role));
        self
    }
}
