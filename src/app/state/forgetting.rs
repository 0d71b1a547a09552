//! Handles forgetting an announcement whose file is gone, after a confirmation.

use super::State;
use crate::app::actions::Action;
use crate::app::{Effect, Effects, messages};
use crate::model::Location;
use crate::text::Clean;

impl State {
    /// Asks for confirmation to forget the selected announcement, or, pressed again, forgets it.
    pub(super) fn forget(&mut self) -> Effects {
        let Some(group) = self.selected() else { return Effects::none() };
        let kept = self.list.row(self.rows()).and_then(|row| self.rows().version(row, &[]));
        if !kept.is_some_and(|entry| matches!(entry.location, Location::Kept(_))) {
            self.notify(messages::NOT_KEPT);
            return Effects::none();
        }
        if self.forgetting.1 == Some(group) {
            return Effect::Forget(group).into();
        }
        self.forgetting.0 = Some(group);
        let key = self.keys.keymap.key_of(Action::Forget);
        self.notices.notify(Clean::line(&messages::FORGET_ASKS.with(self.settings.language, &[&key])));
        Effects::none()
    }

    /// Shows the notice that a folder or file is no longer followed.
    pub(super) fn take_unfollowed(&mut self) -> Effects {
        self.notify(messages::UNFOLLOWED);
        Effects::none()
    }

    /// Shows the notice that an announcement was forgotten, or which file still holds it.
    pub(super) fn take_forgotten(&mut self, held: Option<Clean>) -> Effects {
        match held {
            None => self.notify(messages::FORGOTTEN),
            Some(path) => {
                let sentence = format!("{}: {path}", self.say(messages::STILL_THERE));
                self.notices.notify(Clean::line(&sentence));
            }
        }
        Effects::none()
    }
}
