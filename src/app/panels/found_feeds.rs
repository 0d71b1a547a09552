//! Implements the panel of the feeds that a page names, one of which is to be followed.

use super::content::{Content, Line, Outcome, Role, Span};
use super::context::Context;
use crate::app::actions::Action;
use crate::app::feeds::{Followed, FoundFeed};
use crate::app::messages::{self, Text};
use crate::app::{Effect, Event};

/// Holds the feeds that were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FoundFeeds {
    found: Vec<FoundFeed>,
}

impl Content for FoundFeeds {
    fn title(&self) -> Text {
        messages::FOUND_FEEDS
    }

    fn opener(&self) -> Action {
        Action::AddFeed
    }

    fn lines(&self, _context: &Context<'_>, _typed: &str, _width: u16) -> Vec<Line> {
        let line = |feed: &FoundFeed| {
            let name = if feed.title.is_empty() { &feed.address } else { &feed.title };
            [
                Line::choice(name, feed.address.as_str()).noted(&feed.items.to_string(), Role::Dim),
                Line { spans: vec![Span::at(2, &feed.address, Role::Dim)], ..Line::default() },
            ]
        };
        self.found.iter().flat_map(line).collect()
    }

    fn hints(&self, _context: &Context<'_>, _chosen: Option<&str>) -> Vec<(Action, Text)> {
        vec![(Action::Choose, messages::FOLLOW_HINT), (Action::ClosePanel, messages::CLOSE_HINT)]
    }

    fn act(&mut self, action: Action, chosen: Option<&str>, _context: &Context<'_>) -> Outcome {
        match (action, chosen) {
            (Action::Choose, Some(address)) => Outcome::Done(Effect::Follow(address.to_owned()).into()),
            _ => Outcome::Stay,
        }
    }

    fn handle(&mut self, event: &Event, _context: &Context<'_>) {
        if let Event::Followed(Followed::Several(found)) = event {
            self.found.clone_from(found);
        }
    }
}
