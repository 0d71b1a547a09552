//! Forgetting an announcement whose file has gone: asked first, then confirmed.

use super::State;
use crate::app::actions::Action;
use crate::app::{Effect, Effects, messages};
use crate::model::Location;
use crate::text::Clean;

impl State {
    /// Asks whether to forget the selected announcement; asked before and pressed again, forgets it.
    pub(super) fn forget(&mut self) -> Effects {
        let Some(group) = self.selected() else { return Effects::none() };
        let kept = self.list.row(self.rows()).and_then(|row| self.rows().version(row, &[]));
        if !kept.is_some_and(|entry| matches!(entry.location, Location::Kept(_))) {
            self.tell(messages::NOT_KEPT);
            return Effects::none();
        }
        if self.forgetting.1 == Some(group) {
            return Effect::Forget(group).into();
        }
        self.forgetting.0 = Some(group);
        let key = self.keys.keymap.key_of(Action::Forget);
        self.notices.tell(Clean::line(&messages::FORGET_ASKS.with(self.settings.language, &[&key])));
        Effects::none()
    }

    /// Tells that something is followed no longer.
    pub(super) fn take_unfollowed(&mut self) -> Effects {
        self.tell(messages::UNFOLLOWED);
        Effects::none()
    }

    /// Tells that something was forgotten, or which file holds it.
    pub(super) fn take_forgotten(&mut self, held: Option<Clean>) -> Effects {
        match held {
            None => self.tell(messages::FORGOTTEN),
            Some(path) => {
                let sentence = format!("{}: {path}", self.say(messages::STILL_THERE));
                self.notices.tell(Clean::line(&sentence));
            }
        }
        Effects::none()
    }
}
