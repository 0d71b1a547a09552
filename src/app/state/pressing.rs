//! Hands keys and pastes to the top panel, the line being typed, or the panes.

use super::State;
use crate::app::actions::{Action, Scope};
use crate::app::input::Input;
use crate::app::keymap::{Pending, Pressed};
use crate::app::plan::Focus;
use crate::app::prompt::Purpose;
use crate::app::{Effect, Effects, Key, KeyCode};

impl State {
    /// Handles a key.
    pub(super) fn take_key(&mut self, key: Key) -> Effects {
        self.screen.touched = true;
        self.notices.current = None;
        self.forgetting = (None, self.forgetting.0);
        if self.keys.keymap.runs(key, Action::QuitNow) {
            return Effect::Quit.into();
        }
        if let Some(panel) = self.panels.pop() {
            return self.press_panel(panel, key);
        }
        if self.prompt.is_some() {
            return self.press_prompt(key);
        }
        if key.code == KeyCode::Esc && !self.keys.pending.is_empty() {
            self.keys.pending = Pending::default();
            return Effects::none();
        }
        let scopes = self.pane_scopes();
        match self.keys.keymap.press(&mut self.keys.pending, key, &scopes, true) {
            Pressed::Action(action, count) => self.act(action, count),
            Pressed::Waiting | Pressed::Unbound => Effects::none(),
        }
    }

    /// Returns the scopes that are active in the pane with the focus.
    pub(super) fn pane_scopes(&self) -> [Scope; 2] {
        let own = match self.screen.focus {
            Focus::List => Scope::List,
            Focus::Reader => Scope::Reader,
        };
        [own, Scope::Everywhere]
    }

    /// Inserts pasted text into the line being typed.
    pub(super) fn paste(&mut self, text: &str) -> Effects {
        if let Some(panel) = self.panels.last_mut() {
            panel.paste(text);
            return Effects::none();
        }
        match &mut self.prompt {
            Some(prompt) => {
                prompt.input.insert(text);
                self.follow_typing()
            }
            None => Effects::none(),
        }
    }

    fn press_prompt(&mut self, key: Key) -> Effects {
        let Some(prompt) = &mut self.prompt else { return Effects::none() };
        if Input::edits(key) {
            return if prompt.input.press(key) { self.follow_typing() } else { Effects::none() };
        }
        match self.keys.keymap.press(&mut self.keys.pending, key, prompt.purpose.scopes(), false) {
            Pressed::Action(action, count) => self.act(action, count),
            Pressed::Waiting | Pressed::Unbound => Effects::none(),
        }
    }

    /// Updates what depends on the line being typed.
    fn follow_typing(&mut self) -> Effects {
        match self.prompt.as_ref().map(|prompt| prompt.purpose) {
            Some(Purpose::Search | Purpose::Titles) => self.search_typed(),
            Some(Purpose::Find) => {
                self.find_typed();
                Effects::none()
            }
            Some(_) | None => Effects::none(),
        }
    }

    /// Carries out an action of the line being typed.
    pub(super) fn act_in_prompt(&mut self, action: Action) -> Effects {
        let Some(purpose) = self.prompt.as_ref().map(|prompt| prompt.purpose) else { return Effects::none() };
        match (purpose, action) {
            (Purpose::Search | Purpose::Titles, _) => self.act_in_search(action),
            (Purpose::Find, _) => self.act_in_find(action),
            (Purpose::Tags, Action::Accept) => self.accept_tags(),
            (Purpose::Address, Action::Accept) => self.accept_address(),
            (Purpose::FeedName | Purpose::FeedTags | Purpose::FeedHours, Action::Accept) => {
                self.accept_feed_line(purpose)
            }
            (_, _) => {
                self.prompt = None;
                Effects::none()
            }
        }
    }

    /// Returns the line being typed.
    pub(super) fn typed(&self) -> String {
        self.prompt.as_ref().map(|prompt| prompt.input.text().to_owned()).unwrap_or_default()
    }
}
