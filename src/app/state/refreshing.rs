//! Handles feeds: fetching them, following new ones, and what comes of both.

use super::State;
use crate::app::actions::Action;
use crate::app::feeds::{FeedEdit, Followed, PassedOver, Refreshed, Refreshing};
use crate::app::panels::Panel;
use crate::app::problem::fault_words;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::{Effect, Effects, Event, messages};
use crate::calendar::Zone;
use crate::model::{Entry, Id, Location};
use crate::text::Clean;

/// Most hours between two fetches of a feed: a year.
const MOST_HOURS: u32 = 366 * 24;

impl State {
    /// Returns the user's zone as it is now.
    fn zone(&self) -> Zone {
        Zone::fixed(self.notices.now().map_or(0, |now| now.offset))
    }

    /// Opens the line for the address of a feed.
    pub(super) fn ask_address(&mut self) {
        self.prompt = Some(Prompt::new(Purpose::Address, ""));
    }

    /// Follows the feed at the address typed.
    pub(super) fn accept_address(&mut self) -> Effects {
        let typed = self.typed();
        self.prompt = None;
        let address = typed.trim();
        if address.is_empty() { Effects::none() } else { Effect::Follow(address.to_owned()).into() }
    }

    /// Opens the lines for the settings of a feed: its name, then its tags, then its schedule.
    pub(super) fn edit_feed(&mut self, edit: FeedEdit) {
        self.prompt = Some(Prompt::new(Purpose::FeedName, &edit.settings.name));
        self.editing = edit;
    }

    /// Takes one line of a feed's settings; the last one stores them.
    pub(super) fn accept_feed_line(&mut self, purpose: Purpose) -> Effects {
        let typed = Clean::line(&self.typed());
        self.prompt = None;
        let FeedEdit { number, settings } = &mut self.editing;
        match purpose {
            Purpose::FeedName => {
                settings.name = typed;
                let tags: Vec<&str> = settings.tags.iter().map(Clean::as_str).collect();
                self.prompt = Some(Prompt::new(Purpose::FeedTags, &tags.join(", ")));
            }
            Purpose::FeedTags => {
                settings.tags = typed.split(',').map(Clean::line).filter(|tag| !tag.is_empty()).collect();
                let hours = settings.hours.map_or_else(String::new, |hours| hours.to_string());
                self.prompt = Some(Prompt::new(Purpose::FeedHours, &hours));
            }
            _ => {
                let hours = typed.trim();
                if !hours.is_empty() && !hours.parse().is_ok_and(|hours: u32| (1..=MOST_HOURS).contains(&hours)) {
                    self.prompt = Some(Prompt::new(Purpose::FeedHours, hours));
                    self.notify(messages::BAD_HOURS);
                    return Effects::none();
                }
                settings.hours = hours.parse().ok();
                let effect = Effect::SetFeed(*number, settings.clone());
                self.notify(messages::FEED_SET);
                return effect.into();
            }
        }
        Effects::none()
    }

    pub(super) fn take_refreshing(&mut self, refreshing: Refreshing) -> Effects {
        self.refreshing = Some(refreshing);
        Effects::none()
    }

    /// Tells what came of a refresh.
    pub(super) fn take_refreshed(&mut self, refreshed: &Refreshed) -> Effects {
        self.refreshing = None;
        // What nobody asked for is told only where it brought something.
        if refreshed.scheduled && refreshed.new + refreshed.changed == 0 {
            return self.list_sources_again();
        }
        let language = self.settings.language;
        let told = match (refreshed.passed, refreshed.failed.as_slice()) {
            (Some(passed), []) => match passed {
                PassedOver::Lately => {
                    messages::REFRESH_LATELY.with(language, &[&self.keys.keymap.key_of(Action::Refresh)])
                }
                PassedOver::Waits => self.say(messages::REFRESH_WAITS).to_owned(),
                PassedOver::Held => self.say(messages::REFRESH_HELD).to_owned(),
                PassedOver::NoFeeds => messages::NO_FEEDS.with(language, &[&self.keys.keymap.key_of(Action::AddFeed)]),
            },
            (_, failed) => {
                let counts = [refreshed.new, refreshed.changed].map(|count| count.to_string());
                let text = if refreshed.stopped { messages::REFRESH_STOPPED } else { messages::REFRESHED };
                let told = text.with(language, &counts.each_ref().map(String::as_str));
                match failed {
                    [] => told,
                    [(name, fault)] => {
                        format!("{told} · {name}: {}", fault_words(fault, language, &self.zone()))
                    }
                    several => {
                        let count = several.len().to_string();
                        format!("{told} · {}", messages::REFRESH_FAILED.with(language, &[&count]))
                    }
                }
            }
        };
        self.notices.notify(Clean::line(&told));
        self.list_sources_again()
    }

    /// Tells what came of following a feed; of several, the user chooses in a panel.
    pub(super) fn take_followed(&mut self, event: &Event) -> Effects {
        let Event::Followed(followed) = event else { return Effects::none() };
        self.refreshing = None;
        let language = self.settings.language;
        let mut effects = Effects::none();
        let told = match followed {
            Followed::Now { name, new } => {
                effects = self.show_library();
                messages::FOLLOWED.with(language, &[name, &new.to_string()])
            }
            Followed::Already(name) => messages::FOLLOWED_ALREADY.with(language, &[name]),
            Followed::Nothing(title) => messages::NO_FEED_THERE.with(language, &[title]),
            Followed::Failed(address, fault) => format!("{address}: {}", fault_words(fault, language, &self.zone())),
            Followed::Several(_) => {
                self.panels.extend(Panel::opened_by(Action::AddFeed));
                return self.pass_to_panels(event);
            }
        };
        self.notices.notify(Clean::line(&told));
        effects.and(self.list_sources_again())
    }

    /// Shows the library where only the announcements that come with the program were shown.
    fn show_library(&mut self) -> Effects {
        let bundled = |entry: &Entry| matches!(entry.location, Location::Bundled(_));
        let ids: Vec<Id> = self.library.entries().map(|entry| entry.id).collect();
        if !self.library.entries().all(bundled) {
            return Effects::none();
        }
        self.place_name = Clean::line(self.say(messages::LIBRARY));
        let effects = self.take_changes(Vec::new(), &ids);
        // What comes is to be selected as in a program that has just been started.
        self.list.selected = None;
        self.screen.touched = false;
        effects.and(Effect::ShowLibrary.into())
    }

    /// Lists the sources anew where they are shown.
    fn list_sources_again(&self) -> Effects {
        let shown = self.panels.iter().any(|panel| panel.opener() == Action::Sources);
        if shown { Effect::ListSources.into() } else { Effects::none() }
    }

    /// Returns the progress of a refresh for the status row: `37/200 · 12 new · waiting for kunta.fi · esc stops`.
    #[must_use]
    pub fn refresh_note(&self) -> Option<String> {
        let Refreshing { done, all, new, waits_for } = self.refreshing.as_ref()?;
        let language = self.settings.language;
        let mut note = format!("{done}/{all} · {new} {}", self.say(messages::NEW));
        if let Some(name) = waits_for {
            note = format!("{note} · {}", messages::REFRESH_WAITS_FOR.with(language, &[name]));
        }
        let key = self.keys.keymap.key_of(Action::Cancel);
        Some(format!("{note} · {}", messages::REFRESH_STOPS.with(language, &[&key])))
    }
}
