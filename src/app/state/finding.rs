//! Finding in the text shown: the prompt, and going from match to match.

use std::sync::Arc;

use super::State;
use crate::app::find::{self, FoldedTexts};
use crate::app::input::Input;
use crate::app::plan::Focus;
use crate::app::{Effect, Effects, Key, KeyCode, messages};
use crate::model::Announcement;

impl State {
    pub(super) fn open_prompt(&mut self) {
        if self.reader.layout.is_some() {
            self.find.prompt = Some(Input::default());
            self.find.began = Some(self.reader.place());
        }
    }

    pub(super) fn press_prompt(&mut self, key: Key) -> Effects {
        match key.code {
            KeyCode::Enter => {
                self.find.prompt = None;
                if self.find.is_own() && self.find.current().is_none() && !self.find.waits() {
                    self.tell(messages::NO_MATCH);
                    self.find.clear();
                } else if self.find.is_own() && self.focus == Focus::List && self.plan.reader.is_none() {
                    self.open();
                }
            }
            KeyCode::Esc => self.leave_prompt(),
            // What was looked for here is looked for everywhere.
            KeyCode::Tab => {
                let typed = self.find.prompt.as_ref().map(|prompt| prompt.text().to_owned());
                self.leave_prompt();
                return self.open_search(typed.as_deref(), false);
            }
            _ => {
                let changed = self.find.prompt.as_mut().is_some_and(|prompt| prompt.press(key));
                if changed {
                    self.find_typed();
                }
            }
        }
        Effects::none()
    }

    /// Asks for the texts of a long announcement to be folded once it is searched.
    pub(super) fn settle_find(&mut self) -> Effects {
        match &self.reader.layout {
            Some(layout) if find::is_long(layout) && self.find.ask() => {
                Effect::Fold(Arc::clone(layout.announcement())).into()
            }
            _ => Effects::none(),
        }
    }

    /// Takes folded texts, and searches them for what was typed meanwhile.
    pub(super) fn take_folded(&mut self, announcement: &Arc<Announcement>, texts: FoldedTexts) {
        let Some(layout) = &self.reader.layout else { return };
        if !Arc::ptr_eq(layout.announcement(), announcement) || !self.find.waits() {
            return;
        }
        let typed = self.find.take(texts);
        let from = self.find.began.unwrap_or_default();
        self.find.search(layout, &typed, from);
        if self.find.prompt.is_none() && !typed.is_empty() && self.find.current().is_none() {
            self.tell(messages::NO_MATCH);
        }
        self.show_match();
    }

    fn leave_prompt(&mut self) {
        let began = self.find.began;
        self.find.prompt = None;
        self.find.clear();
        if let Some(place) = began {
            self.reader.go_to(place);
        }
    }

    /// Searches for what is typed from where the prompt was opened, and shows the first match.
    pub(super) fn find_typed(&mut self) {
        let Some(layout) = &self.reader.layout else { return };
        let typed = self.find.prompt.as_ref().map(|prompt| prompt.text().to_owned()).unwrap_or_default();
        let began = self.find.began.unwrap_or_default();
        self.find.search(layout, &typed, began);
        self.reader.go_to(began);
        self.show_match();
    }

    pub(super) fn show_match(&mut self) {
        if let Some(place) = self.find.current().map(Self::place_of) {
            let measure = self.measure();
            let height = self.text_height();
            if let Some(layout) = &mut self.reader.layout {
                layout.set_measure(measure);
            }
            self.reader.reveal(place, height);
        }
    }

    pub(super) fn step_match(&mut self, by: isize) {
        if self.search.is_live() && !self.find.is_own() {
            return self.step_found(by);
        }
        if !self.find.is_live() {
            return self.step_unread(by);
        }
        if self.find.step(by) {
            self.tell(if by > 0 { messages::WRAPPED_DOWN } else { messages::WRAPPED_UP });
        }
        self.show_match();
    }
}
