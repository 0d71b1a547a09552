//! `tiedote sources` and `library unfollow`: what is followed is told of, and followed no longer.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};

use super::feeds::{announcements, print, set_in_words, words};
use super::opening::{existing, fail, say};
use super::{Failure, tell};
use crate::io::library::refresh::subscribe;
use crate::io::store::{Feed, SourceKind, Store, innermost};
use crate::io::zone;
use crate::text::address::Address;
use crate::text::{Clean, Language};

/// How to tell of what is followed.
#[derive(Debug, Args)]
pub struct SourcesArguments {
    /// Print a JSON object a source.
    #[arg(long)]
    pub json: bool,
}

/// Tells what is followed, and how it stands.
pub fn run(library: Option<&Path>, arguments: &SourcesArguments) -> Result<(), Failure> {
    let store = existing(library)?;
    let feeds = store.feeds().map_err(|fault| fail(&store, &fault))?;
    for source in store.sources().map_err(|fault| fail(&store, &fault))? {
        let feed = feeds.iter().find(|feed| feed.source == source.number);
        match (source.kind, feed) {
            (SourceKind::Feed, Some(feed)) => {
                let count = store.count_of_feed(feed.source).map_err(|fault| fail(&store, &fault))?;
                if arguments.json {
                    print(&told_as_json(feed, count))?;
                } else {
                    say(&told_in_words(feed, count))?;
                }
            }
            (SourceKind::Path, _) => {
                let count = store.count_in(source.number).map_err(|fault| fail(&store, &fault))?;
                let path = source.path.to_string_lossy();
                if arguments.json {
                    print(&json!({ "kind": "path", "path": path, "announcements": count }))?;
                } else {
                    say(&format!("{path} · {}", announcements(usize::try_from(count).unwrap_or(usize::MAX))))?;
                }
            }
            _ => {}
        }
    }
    Ok(())
}

fn told_as_json(feed: &Feed, count: u64) -> Value {
    let state = &feed.state;
    let time = |seconds: Option<i64>| {
        seconds.and_then(|seconds| crate::calendar::UTC.at_second(seconds)).map(|time| format!("{time}Z"))
    };
    json!({
        "kind": "feed", "address": feed.address, "name": feed.name().as_str(), "tags": feed.details.tags,
        "hours": feed.details.hours, "announcements": count, "asked": time(state.asked),
        "answered": time(state.answered), "new": time(state.came),
        "fault": state.fault.as_ref().map(|fault| words(fault).to_string()), "since": time(state.fault_since),
        "retry": time(state.retry_at.filter(|retry| *retry < i64::MAX)), "moved": state.moved_to,
        "notes": state.notes.iter().map(Clean::as_str).collect::<Vec<_>>(),
    })
}

fn told_in_words(feed: &Feed, count: u64) -> String {
    let day = |seconds: i64| zone::reader().at_second(seconds).map(|time| time.format(Language::English));
    let count = announcements(usize::try_from(count).unwrap_or(usize::MAX));
    let state = match (&feed.state.fault, feed.state.came) {
        (Some(fault), _) => {
            let since = feed.state.fault_since.and_then(day).map(|since| format!(" since {since}"));
            format!("{}{}", words(fault), since.unwrap_or_default())
        }
        (None, Some(came)) => format!("last new {}", day(came).unwrap_or_default()),
        (None, None) if feed.state.asked.is_none() => "not fetched yet".to_owned(),
        (None, None) => "nothing new yet".to_owned(),
    };
    let details = &feed.details;
    let set = if details.hours.is_some() || !details.tags.is_empty() { set_in_words(details) } else { String::new() };
    let set = if set.is_empty() { set } else { format!(" · {set}") };
    format!("{} · {} · {count} · {state}{set}", feed.name(), feed.address)
}

/// Follows what is at a path, or the feed of an address or name, no longer; returns whether it was followed, which is
/// said.
pub(super) fn unfollow(store: &mut Store, path: &Path) -> Result<bool, Failure> {
    let absolute = std::path::absolute(path).map_err(|error| {
        Failure::Told(Clean::line(&format!("{}: {}", path.display(), crate::io::reason::of(&error))))
    })?;
    let resolved = resolved(&absolute);
    let sources = store.sources().map_err(|fault| fail(store, &fault))?;
    let is_there = |known: &Path| known == absolute || known == resolved;
    if let Some(source) = sources.iter().find(|source| source.kind == SourceKind::Path && is_there(&source.path)) {
        let count = store.count_in(source.number).map_err(|fault| fail(store, &fault))?;
        return end(store, source.number, &source.path.to_string_lossy(), count);
    }
    let feeds = store.feeds().map_err(|fault| fail(store, &fault))?;
    match named(&feeds, &path.to_string_lossy()).as_slice() {
        [] => {}
        [feed] => {
            let count = store.count_of_feed(feed.source).map_err(|fault| fail(store, &fault))?;
            return end(store, feed.source, &feed.name(), count);
        }
        several => {
            let addresses: Vec<&str> = several.iter().map(|feed| feed.address.as_str()).collect();
            let addresses = addresses.join(", ");
            tell(&Clean::line(&format!(
                "{}: several feeds have that name; choose an address: {addresses}",
                path.display()
            )));
            return Ok(false);
        }
    }
    let folders: Vec<_> = sources.iter().filter(|source| source.kind == SourceKind::Path).collect();
    let within =
        innermost(&folders, &resolved).map(|source| format!(" by itself, only as a part of {}", source.path.display()));
    tell(&Clean::line(&format!("{}: is not followed{}", path.display(), within.unwrap_or_default())));
    Ok(false)
}

/// Returns the feed at an address, or those of that name.
fn named<'a>(feeds: &'a [Feed], text: &str) -> Vec<&'a Feed> {
    let at = Address::typed(text).ok().and_then(|address| subscribe::known(feeds, &address));
    let name = Clean::line(text).to_lowercase();
    match at {
        Some(feed) => vec![feed],
        None => feeds.iter().filter(|feed| feed.name().to_lowercase() == name).collect(),
    }
}

/// Follows a source no longer, and says so.
fn end(store: &mut Store, number: i64, name: &str, count: u64) -> Result<bool, Failure> {
    store.remove_source(number).map_err(|fault| fail(store, &fault))?;
    let stay = match count {
        0 => String::new(),
        1 => ", its announcement stays".to_owned(),
        count => format!(", its {count} announcements stay"),
    };
    say(&format!("{name} is no longer followed{stay}"))?;
    Ok(true)
}

/// Resolves the links in `path`, also where it no longer exists.
fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) => resolved(parent).join(name),
        _ => path.to_owned(),
    })
}
