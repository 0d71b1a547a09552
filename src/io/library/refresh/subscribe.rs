//! Subscribing: the feed at an address, or the feeds that the page there names, is found and taken into the library.
//! A few addresses are asked for, and those only because the reader gave the first of them.

use super::{fetched, reading, unreadable};
use crate::formats::feed::FeedReading;
use crate::formats::feed_links;
use crate::io::clock;
use crate::io::feeds::{Answer, Body, Content, Failure, Fetcher, Request};
use crate::io::store::{Fault as StoreFault, Feed, FeedDetails, FeedState, FeedTaken, Store, hash};
use crate::model::Fault;
use crate::text::Clean;
use crate::text::address::Address;

/// Most addresses asked for beside the one that was given.
const MOST: usize = 6;
/// Where feeds mostly lie.
const USUAL: [&str; 4] = ["/feed/", "/rss", "/atom.xml", "/feed.json"];

/// A feed that was found.
#[derive(Debug)]
pub struct Candidate {
    /// Its address.
    pub address: Address,
    /// What it calls itself.
    pub title: Clean,
    /// How many items it holds.
    pub items: usize,
    answer: Box<Answer>,
    reading: FeedReading,
    sum: i64,
}

/// What was found at an address.
#[derive(Debug)]
pub enum Found {
    /// Feeds, those of comments last.
    Feeds(Vec<Candidate>),
    /// A page of that title that names no feed.
    Nothing(Clean),
}

/// Finds the feeds at an address.
///
/// # Errors
///
/// Says why the address could not be fetched.
pub fn find(fetcher: &Fetcher, address: &Address) -> Result<Found, Fault> {
    let answer = fetch(fetcher, address).map_err(|failure| failure.fault)?;
    let Content::Body(body) = answer.content.clone() else { return Err(Fault::Empty) };
    let title = match candidate(address, answer.clone(), &body) {
        Ok(found) => return Ok(Found::Feeds(vec![found])),
        Err(Fault::Page(title)) => title,
        Err(fault) => return Err(fault),
    };
    let mut found: Vec<Candidate> = Vec::new();
    for (place, declared) in places(&answer, &body).into_iter().take(MOST) {
        // Where the page names feeds itself, nothing is guessed.
        if !declared && !found.is_empty() || fetcher.is_stopped() {
            break;
        }
        let Ok(answer) = fetch(fetcher, &place) else { continue };
        let Content::Body(body) = answer.content.clone() else { continue };
        let Ok(candidate) = candidate(&place, answer, &body) else { continue };
        if found.iter().all(|known| known.address.canonical() != candidate.address.canonical()) {
            found.push(candidate);
        }
    }
    if found.is_empty() {
        return Ok(Found::Nothing(title));
    }
    found.sort_by_key(is_of_comments);
    Ok(Found::Feeds(found))
}

/// Follows a feed that was found, and takes in what it holds.
///
/// # Errors
///
/// When it could not be kept.
pub fn follow(store: &mut Store, found: Candidate, details: &FeedDetails) -> Result<(i64, FeedTaken), StoreFault> {
    let title = Some(&found.title).filter(|title| !title.is_empty());
    let address = found.address.to_string();
    let source = store.add_feed(&address, title, details)?;
    let feed = Feed { source, address, title: title.cloned(), details: details.clone(), state: FeedState::default() };
    let now = clock::now().seconds;
    let mut taken = store.take_feeds(&[fetched(&feed, &found.answer, found.reading, found.sum, now)])?;
    Ok((source, taken.feeds.pop().unwrap_or_default()))
}

/// Returns the feed of `feeds` that is fetched from `address`, however that is written.
#[must_use]
pub fn known<'a>(feeds: &'a [Feed], address: &Address) -> Option<&'a Feed> {
    let canonical = address.canonical();
    feeds.iter().find(|feed| Address::parse(&feed.address).is_ok_and(|known| known.canonical() == canonical))
}

fn fetch(fetcher: &Fetcher, address: &Address) -> Result<Answer, Failure> {
    fetcher.fetch(&Request::feed(address.clone()))
}

/// Reads an answer as a feed; one that moved for good is followed where it is now.
fn candidate(asked: &Address, answer: Answer, body: &Body) -> Result<Candidate, Fault> {
    let reading = reading(&answer.address, body, clock::now());
    if let Some(fault) = unreadable(&reading.kind) {
        return Err(fault);
    }
    Ok(Candidate {
        address: answer.moved.clone().unwrap_or_else(|| asked.clone()),
        title: reading.about.title.clone(),
        items: reading.items.len(),
        sum: hash(&body.bytes),
        answer: Box::new(answer),
        reading,
    })
}

/// Returns the addresses at which a page may have its feeds, and whether the page names them.
fn places(answer: &Answer, body: &Body) -> Vec<(Address, bool)> {
    let mut places: Vec<(Address, bool)> = Vec::new();
    let mut note = |address: Address, named: bool| {
        if places.iter().all(|(known, _)| known.canonical() != address.canonical()) {
            places.push((address, named));
        }
    };
    for link in &body.links {
        let mut relations = link.relation.split(' ');
        let media = ["rss", "atom", "feed+json", "rdf"].iter().any(|kind| link.media.contains(kind));
        if relations.any(|relation| relation == "feed" || relation == "alternate" && media) {
            note(link.address.clone(), true);
        }
    }
    let html = String::from_utf8_lossy(&body.bytes);
    for link in feed_links(&html) {
        let Ok(address) = answer.address.join(&link.address) else { continue };
        if link.declared || address.host() == answer.address.host() {
            note(address, true);
        }
    }
    for usual in USUAL {
        if let Ok(address) = answer.address.join(usual) {
            note(address, false);
        }
    }
    places
}

/// Reports whether a feed is one of comments.
fn is_of_comments(candidate: &Candidate) -> bool {
    let (address, title) = (candidate.address.to_string().to_lowercase(), candidate.title.to_lowercase());
    let words = ["comment", "kommen"];
    words.iter().any(|word| address.contains(word) || title.contains(word))
}
