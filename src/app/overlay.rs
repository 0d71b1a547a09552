//! What lies over the panes while it is open: the help and the command palette, both searched by typing.

use super::actions::{ACTIONS, Action, Entry, Scope};
use super::input::Input;
use super::{Key, KeyCode};
use crate::text::Language;
use crate::text::fold::{Folding, fold};

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
        let typed = fold(self.input.text(), Folding::Lenient);
        let mut fitting: Vec<(u32, &Entry)> =
            ACTIONS.iter().filter_map(|entry| Some((fitness(entry, typed.trim(), language)?, entry))).collect();
        if self.kind == Kind::Palette && !typed.trim().is_empty() {
            fitting.sort_by_key(|(score, _)| *score);
        }
        fitting.into_iter().map(|(_, entry)| entry).collect()
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

/// How well an action fits what was typed, less being better; `None` when it does not.
///
/// Every typed letter must come in order in the name, the help or the keys; runs and word starts fit best.
fn fitness(entry: &Entry, typed: &str, language: Language) -> Option<u32> {
    if typed.is_empty() || entry.keys.contains(&typed) {
        return Some(0);
    }
    let help = fold(entry.help.get(language), Folding::Lenient);
    [entry.name, help.as_str()].into_iter().filter_map(|text| gaps(text, typed)).min()
}

/// The letters skipped between those of `typed` in `text`, plus one for each word begun in its middle.
fn gaps(text: &str, typed: &str) -> Option<u32> {
    if let Some(at) = text.find(typed) {
        let starts = at == 0 || text.get(..at)?.ends_with([' ', '-']);
        return Some(1 + u32::from(!starts));
    }
    let mut score = 3;
    let mut rest = text.chars();
    for letter in typed.chars().filter(|letter| !letter.is_whitespace()) {
        let skipped = rest.by_ref().take_while(|other| *other != letter).count();
        if rest.as_str().is_empty() && !text.ends_with(letter) {
            return None;
        }
        score += u32::try_from(skipped).unwrap_or(u32::MAX / 64);
    }
    // Letters scattered over the whole text are no match that a reader would recognise.
    (score <= 3 + 6 * u32::try_from(typed.chars().count()).unwrap_or(1)).then_some(score)
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
