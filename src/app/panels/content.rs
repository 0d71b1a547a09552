//! The shape of a panel: what it shows, as data, and what a key in it leads to.

use super::Panel;
use super::context::Context;
use crate::app::actions::{Action, Scope};
use crate::app::messages::{self, Text};
use crate::app::{Effects, Event};
use crate::model::{Id, SearchChange};
use crate::text::Clean;

/// Defines one kind of panel. Marking, paging, scrolling, clicking and narrowing by typing are the same for all.
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

    /// Reports whether keys that are not the panel's own go to the panes beneath.
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

    /// Withdraws the question: another key was pressed than the one that answers it.
    fn withdraw(&mut self) {}

    /// Carries out [`Action::Choose`], or an action of the panel's own scope, on the choice `chosen`.
    fn act(&mut self, action: Action, chosen: Option<&str>, context: &Context<'_>) -> Outcome;

    /// Takes in an event that answers what the panel asked for.
    fn hear(&mut self, _event: &Event, _context: &Context<'_>) {}

    /// Follows what changed beneath the panel; `width` is how many cells a line has.
    fn settle(&mut self, _context: &Context<'_>, _width: u16) -> Effects {
        Effects::none()
    }
}

/// Says what a key in a panel led to.
#[derive(Debug)]
pub enum Outcome {
    /// The panel stays.
    Stay,
    /// The panel closes.
    Close,
    /// The panel stays, and the mark goes to that choice, counted from 0.
    Mark(usize),
    /// All panels close and an action is run.
    Run(Action),
    /// Another panel opens over this one.
    Open(Box<Panel>),
    /// The panel stays and something is wished for.
    Wish(Effects),
    /// All panels close and a query is looked for.
    Search(String),
    /// All panels close and the list is narrowed to what fulfils a condition, written as in a query.
    Narrow(String),
    /// The panel stays and the saved searches change.
    Change(SearchChange),
}

/// One line of a panel.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// What stands on it, from the left.
    pub spans: Vec<Span>,
    /// What stands at its right end.
    pub note: Option<Span>,
    /// The group it belongs to, told at the right of the first line of the group that is on the screen.
    pub group: Option<Clean>,
    /// What the line stands for where it can be chosen: it stays marked wherever the line goes.
    pub choice: Option<String>,
}

/// A piece of text on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The cell it begins in, counted from the left end of the line; behind the piece before it if `None`.
    pub column: Option<u16>,
    /// Its text.
    pub text: Clean,
    /// What it is, which decides how it looks.
    pub role: Role,
}

/// Says what a piece of text is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// Ordinary text.
    #[default]
    Plain,
    /// Something secondary.
    Dim,
    /// A heading.
    Heading,
    /// A key, or news.
    Accent,
}

impl Span {
    /// Makes a piece of text that begins behind the one before it.
    #[must_use]
    pub fn new(text: &str, role: Role) -> Self {
        Self { column: None, text: Clean::line(text), role }
    }

    /// Makes a piece of text that begins in cell `column`.
    #[must_use]
    pub fn at(column: u16, text: &str, role: Role) -> Self {
        Self { column: Some(column), ..Self::new(text, role) }
    }
}

impl Line {
    /// Makes a line of one piece of text that cannot be chosen.
    #[must_use]
    pub fn new(text: &str, role: Role) -> Self {
        Self { spans: vec![Span::new(text, role)], ..Self::default() }
    }

    /// Makes a blank line.
    #[must_use]
    pub fn blank() -> Self {
        Self::default()
    }

    /// Makes a line that stands for `choice`.
    #[must_use]
    pub fn choice(text: &str, choice: impl Into<String>) -> Self {
        Self { choice: Some(choice.into()), ..Self::new(text, Role::Plain) }
    }

    /// Puts a note at its right end.
    #[must_use]
    pub fn noted(mut self, text: &str, role: Role) -> Self {
        self.note = (!text.is_empty()).then(|| Span::new(text, role));
        self
    }
}
