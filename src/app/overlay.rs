//! What lies over the panes while it is open: the help and the command palette, both searched by typing.

use super::actions::{ACTIONS, Action, Entry, Scope};
use super::input::Input;
use super::{Key, KeyCode};
use crate::search::Titles;
use crate::text::Language;

/// A list of actions over the panes.
#[derive(Clone, Debug, PartialEq)]
pub struct Overlay {
    /// What it is for.
    pub kind: Kind,
    /// What was typed to narrow it.
    pub input: Input,
    /// The marked row, from 0.
    pub marked: usize,
    /// The first row on the screen.
    pub first: usize,
}

/// What an overlay is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Reading what the keys do.
    Help,
    /// Running an action by its name.
    Palette,
}

/// What a key in an overlay came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The overlay stays.
    Stay,
    /// It closes.
    Close,
    /// It closes and an action is run.
    Run(Action),
}

impl Overlay {
    /// An overlay with nothing typed.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self { kind, input: Input::default(), marked: 0, first: 0 }
    }

    /// The actions that fit what was typed: the best first in the palette, the table's order in the help.
    #[must_use]
    pub fn rows(&self, language: Language) -> Vec<&'static Entry> {
        let typed = self.input.text().trim();
        if typed.is_empty() {
            return ACTIONS.iter().collect();
        }
        let texts: Vec<String> = ACTIONS.iter().map(|entry| text(entry, language)).collect();
        let mut fitting = Titles::of(texts.iter().map(String::as_str)).filter(typed, None).fitting;
        if self.kind == Kind::Help {
            fitting.sort_unstable();
        }
        // What has the key that was typed comes first.
        let keyed = |entry: &&Entry| entry.keys.contains(&typed);
        let others = fitting.iter().filter_map(|number| ACTIONS.get(*number as usize));
        ACTIONS.iter().filter(keyed).chain(others.filter(|entry| !keyed(entry))).collect()
    }

    /// Takes a key; `height` is how many rows are on the screen.
    pub fn press(&mut self, key: Key, language: Language, height: u16) -> Outcome {
        let last = self.rows(language).len().saturating_sub(1);
        let page = usize::from(height).max(1);
        match (key.code, key.ctrl) {
            (KeyCode::Esc, _) | (KeyCode::Char('c'), true) => return Outcome::Close,
            (KeyCode::Char('q' | '?'), false) if self.kind == Kind::Help && self.input.text().is_empty() => {
                return Outcome::Close;
            }
            (KeyCode::F(1), _) => return Outcome::Close,
            (KeyCode::Enter, _) => {
                let entry = self.rows(language).get(self.marked).copied();
                return entry.map_or(Outcome::Close, |entry| Outcome::Run(entry.action));
            }
            (KeyCode::Down, _) | (KeyCode::Char('n'), true) => self.marked = (self.marked + 1).min(last),
            (KeyCode::Up, _) | (KeyCode::Char('p'), true) => self.marked = self.marked.saturating_sub(1),
            (KeyCode::PageDown, _) => self.marked = (self.marked + page).min(last),
            (KeyCode::PageUp, _) => self.marked = self.marked.saturating_sub(page),
            _ => {
                if self.input.press(key) {
                    (self.marked, self.first) = (0, 0);
                }
            }
        }
        self.settle(height);
        Outcome::Stay
    }

    /// Keeps the marked row among the `height` rows on the screen.
    pub fn settle(&mut self, height: u16) {
        let height = usize::from(height).max(1);
        self.first = self.first.clamp((self.marked + 1).saturating_sub(height), self.marked);
    }
}

/// What is searched of an action: its name and what it does.
fn text(entry: &Entry, language: Language) -> String {
    format!("{} {}", entry.name, entry.help.get(language))
}

/// The heading under which the help lists a scope.
#[must_use]
pub fn scope_title(scope: Scope) -> super::messages::Text {
    match scope {
        Scope::Everywhere => super::messages::EVERYWHERE,
        Scope::List => super::messages::IN_LIST,
        Scope::Reader => super::messages::IN_READER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::keymap::parse;

    fn palette(keys: &str, language: Language) -> Vec<&'static str> {
        let mut overlay = Overlay::new(Kind::Palette);
        for key in parse(keys).unwrap() {
            overlay.press(key, language, 10);
        }
        overlay.rows(language).into_iter().map(|entry| entry.name).collect()
    }

    #[test]
    fn actions_are_found_by_letters_of_their_name_in_any_language() {
        assert_eq!(palette("z e n", Language::English)[0], "zen");
        assert_eq!(palette("n x t m", Language::English)[0], "next-match");
        assert_eq!(palette("l e v e a m p i space p a l", Language::Finnish)[0], "widen-text");
        assert!(palette("q q q q", Language::English).is_empty());
    }

    #[test]
    fn enter_runs_the_marked_action_and_escape_closes() {
        let mut overlay = Overlay::new(Kind::Palette);
        for key in parse("z e n").unwrap() {
            overlay.press(key, Language::English, 10);
        }
        assert_eq!(overlay.press(Key::plain(KeyCode::Enter), Language::English, 10), Outcome::Run(Action::Zen));
        assert_eq!(overlay.press(Key::plain(KeyCode::Esc), Language::English, 10), Outcome::Close);
    }
}
