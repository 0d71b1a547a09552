//! Implements the sources panel: folders, files and feeds, and the saved searches with their new announcements.

use std::path::Path;

use super::content::{Content, Line, Outcome, Role, Span};
use super::context::Context;
use crate::app::actions::{Action, Scope};
use crate::app::feeds::{FeedEdit, Standing};
use crate::app::messages::{self, Text};
use crate::app::problem::fault_words;
use crate::app::sources::Source;
use crate::app::{Effect, Effects, Event, Problem};
use crate::calendar::Zone;
use crate::model::{Entry, Location, SavedSearch, SearchChange};
use crate::text::{Clean, Language};

/// Prefixes of the keys of choices: before the number of a followed folder or feed, and before the query of a search.
const FOLDER: &str = "folder:";
const FEED: &str = "feed:";
const SEARCH: &str = "search:";

/// Holds the state of the sources panel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sources {
    /// The sources, once listed.
    places: Vec<Source>,
    /// Whether the list was requested.
    asked: bool,
    /// The number of the folder to stop following, while the user is asked to confirm.
    leaving: Option<i64>,
}

/// Returns the number of the folder or feed a choice stands for.
fn followed(chosen: Option<&str>) -> Option<i64> {
    let chosen = chosen?;
    chosen.strip_prefix(FOLDER).or_else(|| chosen.strip_prefix(FEED))?.parse().ok()
}

/// Returns the number of the feed a choice stands for.
fn feed(chosen: Option<&str>) -> Option<i64> {
    chosen?.strip_prefix(FEED)?.parse().ok()
}

/// Returns the saved search a choice stands for.
fn search<'a>(chosen: Option<&str>, context: &Context<'a>) -> Option<&'a SavedSearch> {
    let query = chosen?.strip_prefix(SEARCH)?;
    context.searches.iter().find(|search| search.query.as_str() == query)
}

impl Content for Sources {
    fn title(&self) -> Text {
        messages::SOURCES
    }

    fn opener(&self) -> Action {
        Action::Sources
    }

    fn scope(&self) -> Option<Scope> {
        Some(Scope::Sources)
    }

    fn lines(&self, context: &Context<'_>, _typed: &str, _width: u16) -> Vec<Line> {
        let mut lines = Vec::new();
        if self.places.is_empty() {
            let count = context.library.len().to_string();
            lines.push(Line::new(context.place_name, Role::Plain).noted(&count, Role::Dim));
        }
        for source in &self.places {
            let count = source.count.map_or_else(String::new, |count| count.to_string());
            let line = match (source.number, &source.feed) {
                (Some(number), Some(_)) => Line::choice(&source.path, format!("{FEED}{number}")),
                (Some(number), None) => Line::choice(&source.path, format!("{FOLDER}{number}")),
                (None, _) => Line::new(&source.path, Role::Plain),
            };
            lines.push(line.noted(&count, Role::Dim));
            if let Some(standing) = &source.feed {
                let zone = Zone::fixed(context.notices.now().map_or(0, |now| now.offset));
                let words = standing_words(standing, context.language(), &zone);
                lines.push(Line { spans: vec![Span::at(2, &words, Role::Dim)], ..Line::default() });
            }
            lines.extend(trouble_of(source, context).map(|trouble| Line::new(&format!("  {trouble}"), Role::Dim)));
        }
        lines.extend([Line::blank(), Line::new(context.say(messages::SAVED_SEARCHES), Role::Heading), Line::blank()]);
        if context.searches.is_empty() {
            let keys = [Action::Search, Action::SaveSearch].map(|action| context.keymap.key_of(action));
            let text = messages::NO_SEARCHES.with(context.language(), &keys.each_ref().map(String::as_str));
            lines.push(Line::new(&text, Role::Dim));
        }
        lines.extend(context.searches.iter().map(|search| search_line(search, context)));
        lines
    }

    fn hints(&self, context: &Context<'_>, chosen: Option<&str>) -> Vec<(Action, Text)> {
        let close = (Action::ClosePanel, messages::CLOSE_HINT);
        match followed(chosen) {
            Some(number) if self.leaving == Some(number) => vec![(Action::Remove, messages::UNFOLLOW_CONFIRM)],
            Some(_) if feed(chosen).is_some() => vec![
                (Action::Choose, messages::FILTER_HINT),
                (Action::RefreshSource, messages::REFRESH_HINT),
                (Action::EditFeed, messages::EDIT_HINT),
                (Action::Remove, messages::UNFOLLOW_HINT),
                (Action::AddFeed, messages::ADD_FEED_HINT),
                close,
            ],
            Some(_) => {
                vec![(Action::Remove, messages::UNFOLLOW_HINT), (Action::AddFeed, messages::ADD_FEED_HINT), close]
            }
            None if search(chosen, context).is_some() => vec![
                (Action::Choose, messages::SEARCHES_HINT),
                (Action::WatchSearch, messages::WATCH_HINT),
                (Action::Remove, messages::DELETE_HINT),
                close,
            ],
            None => vec![(Action::AddFeed, messages::ADD_FEED_HINT), close],
        }
    }

    fn question(&self) -> Option<Text> {
        self.leaving.map(|_| messages::UNFOLLOW_ASKS)
    }

    fn shortcuts(&self) -> &'static [Action] {
        &[Action::AddFeed]
    }

    fn withdraw(&mut self) {
        self.leaving = None;
    }

    fn act(&mut self, action: Action, chosen: Option<&str>, context: &Context<'_>) -> Outcome {
        let leaving = self.leaving.take();
        if let (Action::RefreshSource, Some(number)) = (action, feed(chosen)) {
            return Outcome::Wish(Effect::Refresh(Some(number)).into());
        }
        if let (Action::Choose, Some(number)) = (action, feed(chosen)) {
            let named = self.places.iter().find(|source| source.number == Some(number));
            return named.map_or(Outcome::Stay, |source| Outcome::Narrow(format!("source:\"{}\"", source.path)));
        }
        if let (Action::EditFeed, Some(number)) = (action, feed(chosen)) {
            let named = self.places.iter().find(|source| source.number == Some(number));
            let settings = named.and_then(|source| source.feed.as_ref()).map(|standing| standing.own.clone());
            return Outcome::Edit(FeedEdit { number, settings: settings.unwrap_or_default() });
        }
        let (followed, search) = (followed(chosen), search(chosen, context));
        match (action, followed, search) {
            (Action::Choose, _, Some(search)) => Outcome::Search(search.query.to_string()),
            (Action::WatchSearch, _, Some(search)) => {
                let watched = !search.watched;
                let search = SavedSearch { query: search.query.clone(), watched, ..SavedSearch::default() };
                Outcome::Change(SearchChange::Kept(search))
            }
            (Action::Remove, _, Some(search)) => Outcome::Change(SearchChange::Deleted(search.query.clone())),
            (Action::Remove, Some(number), _) if leaving == Some(number) => {
                Outcome::Wish(Effect::Unfollow(number).into())
            }
            (Action::Remove, Some(number), _) => {
                self.leaving = Some(number);
                Outcome::Stay
            }
            _ => Outcome::Stay,
        }
    }

    /// Takes over the list of sources; where the library has no count, the list is counted.
    fn handle(&mut self, event: &Event, context: &Context<'_>) {
        let Event::SourcesListed(sources) = event else { return };
        self.places.clone_from(sources);
        for source in self.places.iter_mut().filter(|source| source.count.is_none()) {
            let within = |entry: &&Entry| match &entry.location {
                Location::File { path, .. } => path.starts_with(source.path.as_str()),
                _ => false,
            };
            source.count = Some(context.library.entries().filter(within).count() as u64);
        }
    }

    fn settle(&mut self, _context: &Context<'_>, _width: u16) -> Effects {
        if std::mem::replace(&mut self.asked, true) { Effects::none() } else { Effect::ListSources.into() }
    }
}

fn search_line(search: &SavedSearch, context: &Context<'_>) -> Line {
    let line = Line::choice(&search.query, format!("{SEARCH}{}", search.query));
    match (search.watched, search.news.len()) {
        (false, _) => line,
        (true, 0) => line.noted(context.say(messages::WATCHED), Role::Dim),
        (true, count) => line.noted(&format!("◆ {count} {}", context.say(messages::NEW)), Role::Accent),
    }
}

/// Returns how a feed stands, in a few words.
fn standing_words(standing: &Standing, language: Language, zone: &Zone) -> String {
    if let Some(fault) = &standing.fault {
        let words = fault_words(fault, language, zone);
        return match standing.since {
            Some(since) => format!("{words} · {}", messages::FAILS_SINCE.with(language, &[&since.format(language)])),
            None => words.to_string(),
        };
    }
    match standing.came {
        None if standing.asked => messages::NOTHING_NEW_YET.get(language).to_owned(),
        None => messages::NOT_FETCHED.get(language).to_owned(),
        Some(0) => messages::NEW_TODAY.get(language).to_owned(),
        Some(1) => messages::NEW_YESTERDAY.get(language).to_owned(),
        Some(days @ 2..=13) => messages::NEW_DAYS_AGO.with(language, &[&days.to_string()]),
        Some(days) => messages::NEW_WEEKS_AGO.with(language, &[&(days / 7).to_string()]),
    }
}

/// Returns the last thing that went wrong with a source.
fn trouble_of(source: &Source, context: &Context<'_>) -> Option<Clean> {
    let root = Path::new(source.path.as_str());
    let within = |problem: &&Problem| problem.path().is_some_and(|path| Path::new(path.as_str()).starts_with(root));
    context.notices.problems().rev().find(within).map(|problem| problem.sentence(context.language()))
}
