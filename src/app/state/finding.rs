//! Handles finding in the text shown: the prompt, and moving from match to match.

use std::sync::Arc;

use super::State;
use crate::app::actions::Action;
use crate::app::find::{self, FoldedTexts};
use crate::app::plan::Focus;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::{Effect, Effects, messages};
use crate::model::Announcement;

impl State {
    pub(super) fn open_prompt(&mut self) {
        if self.reader.layout.is_some() {
            self.prompt = Some(Prompt::new(Purpose::Find, ""));
            self.find.began = Some(self.reader.place());
        }
    }

    /// Reports whether something to find in the text is being typed.
    fn is_finding(&self) -> bool {
        self.prompt.as_ref().is_some_and(|prompt| prompt.purpose == Purpose::Find)
    }

    /// Drops the matches, because another announcement is shown.
    pub(super) fn begin_find(&mut self) {
        if self.is_finding() {
            self.prompt = None;
        }
        self.find.begin();
    }

    /// Carries out an action while a text to find is typed.
    pub(super) fn act_in_find(&mut self, action: Action) -> Effects {
        match action {
            Action::Accept => {
                self.prompt = None;
                if self.find.is_own() && self.find.current().is_none() && !self.find.waits() {
                    self.notify(messages::NO_MATCH);
                    self.find.clear();
                } else if self.find.is_own() && self.screen.focus == Focus::List && self.screen.plan.reader.is_none() {
                    self.open();
                }
            }
            // Repeats the search in all announcements.
            Action::FindEverywhere => {
                let typed = self.typed();
                self.leave_find();
                return self.open_search(Some(&typed), false);
            }
            _ => self.leave_find(),
        }
        Effects::none()
    }

    /// Requests that the texts of a long announcement be folded once it is searched.
    pub(super) fn settle_find(&mut self) -> Effects {
        match &self.reader.layout {
            Some(layout) if self.is_finding() && find::is_long(layout) && self.find.ask() => {
                Effect::Fold(Arc::clone(layout.announcement())).into()
            }
            _ => Effects::none(),
        }
    }

    /// Takes over folded texts, and searches them for the text typed in the meantime.
    pub(super) fn take_folded(&mut self, announcement: &Arc<Announcement>, texts: FoldedTexts) -> Effects {
        let finding = self.is_finding();
        let Some(layout) = &self.reader.layout else { return Effects::none() };
        if !Arc::ptr_eq(layout.announcement(), announcement) || !self.find.waits() {
            return Effects::none();
        }
        let known = self.find.take(texts);
        let typed = self.prompt.as_ref().filter(|_| finding).map_or(known, |prompt| prompt.input.text().to_owned());
        let from = self.find.began.unwrap_or_default();
        self.find.search(layout, &typed, from);
        if !finding && !typed.is_empty() && self.find.current().is_none() {
            self.notify(messages::NO_MATCH);
        }
        self.show_match();
        Effects::none()
    }

    fn leave_find(&mut self) {
        let began = self.find.began;
        self.prompt = None;
        self.find.clear();
        if let Some(place) = began {
            self.reader.go_to(place);
        }
    }

    /// Searches for the text typed from where the prompt was opened, and shows the first match.
    pub(super) fn find_typed(&mut self) {
        let Some(layout) = &self.reader.layout else { return };
        let typed = self.prompt.as_ref().map(|prompt| prompt.input.text().to_owned()).unwrap_or_default();
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
            self.notify(if by > 0 { messages::WRAPPED_DOWN } else { messages::WRAPPED_UP });
        }
        self.show_match();
    }
}
