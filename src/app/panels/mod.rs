//! Implements the panels over the panes: a stack of which only the top gets keys, pastes, clicks and the wheel.
//!
//! A new panel is a file here and a line in `contents!`; none reaches the state except through its [`Context`] and
//! [`Outcome`].

pub mod about;
mod content;
mod context;
mod filter;
mod found_feeds;
mod help;
mod messages;
mod palette;
mod place;
mod sources;

pub use content::{Content, Line, Outcome, Role, Span};
pub use context::Context;
pub use place::{Place, Wanted};

use super::actions::{Action, Scope};
use super::input::Input;
use super::keymap::{Keymap, Pending, Pressed};
use super::messages::Text;
use super::plan::Area;
use super::{Effects, Event, Key};
use crate::model::Id;

/// Lists the kinds of panels.
macro_rules! contents {
    ($($kind:ident: $content:path, opened by $action:ident;)+) => {
        /// Holds the content of a panel.
        #[derive(Clone, Debug, PartialEq)]
        enum Kind {
            $($kind($content),)+
        }

        impl Kind {
            fn opened_by(action: Action) -> Option<Self> {
                match action {
                    $(Action::$action => Some(Self::$kind(<$content>::default())),)+
                    _ => None,
                }
            }

            fn content(&self) -> &dyn Content {
                match self {
                    $(Self::$kind(content) => content,)+
                }
            }

            fn content_mut(&mut self) -> &mut dyn Content {
                match self {
                    $(Self::$kind(content) => content,)+
                }
            }
        }
    };
}

contents! {
    Help: help::Help, opened by Help;
    Palette: palette::Palette, opened by Palette;
    About: about::About, opened by About;
    Filter: filter::Filter, opened by FilterMenu;
    Sources: sources::Sources, opened by Sources;
    Messages: messages::Messages, opened by Messages;
    FoundFeeds: found_feeds::FoundFeeds, opened by AddFeed;
}

/// Holds a panel over the panes.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    kind: Kind,
    /// The line typed to filter it, in panels that have one.
    input: Option<Input>,
    /// Its lines, rebuilt when the state beneath changes.
    lines: Vec<Line>,
    /// The index of the marked choice.
    marked: usize,
    /// The key of the marked choice, which stays marked when lines are added or removed.
    chosen: Option<String>,
    /// The index of the first visible line.
    first: usize,
    /// The announcement it is about.
    subject: Option<Id>,
    place: Place,
    /// The keys shown at its foot, and what they do.
    hints: Vec<(String, Text)>,
}

/// Describes the outcome of a key pressed in a panel.
#[derive(Debug)]
pub enum Reaction {
    /// The panel handled it.
    Own(Outcome),
    /// It runs an action of the panes beneath, with the count typed before it.
    Passed(Action, Option<u32>),
}

impl Panel {
    /// Returns the panel that `action` opens, if it opens one.
    #[must_use]
    pub fn opened_by(action: Action) -> Option<Self> {
        let kind = Kind::opened_by(action)?;
        let input = kind.content().narrows().then(Input::default);
        let (lines, hints, place) = (Vec::new(), Vec::new(), Place::default());
        Some(Self { kind, input, lines, marked: 0, chosen: None, first: 0, subject: None, place, hints })
    }

    /// Returns the action that opens it, which names it.
    #[must_use]
    pub fn opener(&self) -> Action {
        self.kind.content().opener()
    }

    /// Returns its heading.
    #[must_use]
    pub fn title(&self) -> Text {
        self.kind.content().title()
    }

    /// Returns its areas.
    #[must_use]
    pub fn place(&self) -> Place {
        self.place
    }

    /// Returns what was typed to narrow it, where that is wanted.
    #[must_use]
    pub fn input(&self) -> Option<&Input> {
        self.input.as_ref()
    }

    /// Returns its lines.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Returns the number of the marked choice, from 0.
    #[must_use]
    pub fn marked(&self) -> usize {
        self.marked
    }

    /// Returns the lines on the screen, each with whether it is the marked one.
    pub fn shown(&self) -> impl Iterator<Item = (&Line, bool)> {
        let marked = self.marked_line();
        let shown = self.lines.iter().enumerate().skip(self.first).take(self.room());
        shown.map(move |(number, line)| (line, Some(number) == marked))
    }

    /// Reports whether lines are off the screen above, and below.
    #[must_use]
    pub fn more(&self) -> (bool, bool) {
        (self.first > 0, self.first + self.room() < self.lines.len())
    }

    /// Returns what its foot says: a question, if one stands, and the keys with what they do.
    #[must_use]
    pub fn foot(&self) -> (Option<Text>, &[(String, Text)]) {
        (self.kind.content().question(), &self.hints)
    }

    fn room(&self) -> usize {
        usize::from(self.place.lines.height)
    }

    fn choices(&self) -> usize {
        self.lines.iter().filter(|line| line.choice.is_some()).count()
    }

    fn marked_line(&self) -> Option<usize> {
        let mut choices = self.lines.iter().enumerate().filter(|(_, line)| line.choice.is_some());
        choices.nth(self.marked).map(|(number, _)| number)
    }

    /// Updates the lines and the areas to the state beneath.
    pub fn settle(&mut self, context: &Context<'_>, screen: Area) -> Effects {
        let content = self.kind.content_mut();
        let mut wanted = Wanted {
            lines: 0,
            widest: content.widest(),
            margin: content.margin(),
            typed: self.input.is_some(),
            foot: false,
        };
        let width = Place::width(screen, wanted);
        let effects = content.settle(context, width);
        let typed = self.input.as_ref().map_or("", |input| input.text().trim());
        self.lines = content.lines(context, typed, width);
        if self.lines.is_empty() {
            self.lines.push(Line::new(context.say(content.nothing()), Role::Dim));
        }
        if self.subject != content.subject() {
            (self.subject, self.first, self.marked, self.chosen) = (content.subject(), 0, 0, None);
        }
        self.keep_mark();
        let content = self.kind.content();
        let hints = content.hints(context, self.chosen.as_deref());
        self.hints = hints.into_iter().map(|(action, word)| (context.keymap.key_of(action), word)).collect();
        (wanted.lines, wanted.foot) = (self.lines.len(), !self.hints.is_empty());
        self.place = Place::of(screen, wanted);
        self.scroll_to_mark();
        effects
    }

    /// Keeps the mark on the same choice after lines changed.
    fn keep_mark(&mut self) {
        let mut choices = self.lines.iter().filter_map(|line| line.choice.as_deref());
        if let Some(at) = self.chosen.as_deref().and_then(|chosen| choices.position(|choice| choice == chosen)) {
            self.marked = at;
        }
        self.mark(self.marked);
    }

    /// Marks the choice of index `number`, or the last if there are fewer.
    fn mark(&mut self, number: usize) {
        self.marked = number.min(self.choices().saturating_sub(1));
        self.chosen = self.marked_line().and_then(|line| self.lines.get(line)).and_then(|line| line.choice.clone());
    }

    fn scroll_to_mark(&mut self) {
        let room = self.room().max(1);
        match self.marked_line() {
            // Lines above the first choice are shown with it.
            Some(line) if self.marked == 0 && line < room => self.first = 0,
            Some(line) => self.first = self.first.clamp((line + 1).saturating_sub(room), line),
            None => self.first = self.first.min(self.lines.len().saturating_sub(room)),
        }
    }

    /// Moves the mark by `by` choices; scrolls by lines where nothing can be chosen.
    fn move_by(&mut self, by: isize) {
        if self.choices() > 0 {
            self.mark(self.marked.saturating_add_signed(by));
        } else {
            self.first = self.first.saturating_add_signed(by);
        }
        self.scroll_to_mark();
    }

    /// Handles a key; `panes` are the scopes of the panes beneath.
    pub fn press(
        &mut self,
        key: Key,
        keymap: &Keymap,
        pending: &mut Pending,
        panes: &[Scope],
        context: &Context<'_>,
    ) -> Reaction {
        let content = self.kind.content();
        let typed = self.input.as_ref().is_some_and(|input| !input.text().is_empty());
        if pending.is_empty() && !typed && keymap.runs(key, content.opener()) {
            return Reaction::Own(Outcome::Close);
        }
        if let Some(action) = content.shortcuts().iter().find(|action| pending.is_empty() && keymap.runs(key, **action))
        {
            return Reaction::Own(Outcome::Run(*action));
        }
        if let Some(input) = self.input.as_mut().filter(|_| Input::edits(key)) {
            if input.text().is_empty() && content.closes_untyped() && keymap.runs(key, Action::ClosePanel) {
                return Reaction::Own(Outcome::Close);
            }
            if input.press(key) {
                self.begin_anew();
            }
            return Reaction::Own(Outcome::Stay);
        }
        let mut scopes: Vec<Scope> = content.scope().into_iter().collect();
        scopes.push(Scope::Panel);
        if content.passes_keys() {
            scopes.extend(panes);
        }
        match keymap.press(pending, key, &scopes, self.input.is_none()) {
            Pressed::Action(action, count) if panes.contains(&action.entry().scope) => Reaction::Passed(action, count),
            Pressed::Action(action, count) => Reaction::Own(self.act(action, count, context)),
            Pressed::Waiting | Pressed::Unbound => Reaction::Own(Outcome::Stay),
        }
    }

    /// Inserts pasted text into the input line.
    pub fn paste(&mut self, text: &str) {
        if let Some(input) = &mut self.input {
            input.insert(text);
            self.begin_anew();
        }
    }

    fn begin_anew(&mut self) {
        (self.marked, self.first, self.chosen) = (0, 0, None);
    }

    /// Carries out an action common to panels, or of this one's own scope.
    pub fn act(&mut self, action: Action, count: Option<u32>, context: &Context<'_>) -> Outcome {
        let times = isize::try_from(count.unwrap_or(1)).unwrap_or(1);
        let page = isize::try_from(self.room().saturating_sub(1)).unwrap_or(1).max(1);
        let by = match action {
            Action::ClosePanel => return Outcome::Close,
            Action::PanelDown => times,
            Action::PanelUp => -times,
            Action::PanelHalfDown => (page / 2).max(1) * times,
            Action::PanelHalfUp => -(page / 2).max(1) * times,
            Action::PanelPageDown => page * times,
            Action::PanelPageUp => -page * times,
            Action::PanelFirst => isize::MIN / 2,
            Action::PanelLast => isize::MAX / 2,
            _ => {
                let outcome = self.kind.content_mut().act(action, self.chosen.as_deref(), context);
                if let Outcome::Mark(number) = outcome {
                    self.mark(number);
                    return Outcome::Stay;
                }
                return outcome;
            }
        };
        self.kind.content_mut().withdraw();
        self.move_by(by);
        Outcome::Stay
    }

    /// Handles a click at a cell of the screen: the first marks a choice, another takes it; one beside the panel closes
    /// it.
    pub fn click(&mut self, column: u16, row: u16, context: &Context<'_>) -> Outcome {
        if !self.place.area.holds(column, row) {
            return Outcome::Close;
        }
        let line = row.checked_sub(self.place.lines.y).filter(|line| *line < self.place.lines.height);
        let Some(line) = line.map(|line| self.first + usize::from(line)) else { return Outcome::Stay };
        if self.lines.get(line).is_none_or(|line| line.choice.is_none()) {
            return Outcome::Stay;
        }
        let number = self.lines.iter().take(line).filter(|line| line.choice.is_some()).count();
        if number == self.marked {
            return self.act(Action::Choose, None, context);
        }
        self.mark(number);
        Outcome::Stay
    }

    /// Moves by `notches` of the wheel.
    pub fn scroll(&mut self, notches: isize) {
        self.move_by(notches);
    }

    /// Handles an event that answers the panel's request.
    pub fn handle(&mut self, event: &Event, context: &Context<'_>) {
        self.kind.content_mut().handle(event, context);
    }
}
