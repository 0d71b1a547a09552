//! What a feed says of itself: its title, its page, and how often it wants to be read.

use super::elements::Element;
use super::entry::Channel;
use super::fields::{language, links, page, publisher, title};
use super::names::Vocabulary::{Atom, Rss, Syndication};
use super::reading::About;
use crate::formats::html;
use crate::text::Language;

/// Names of the days of the week in feeds, from Monday, by their first three letters.
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/// Returns what the element of a feed says of it; links stand to `base`.
pub(super) fn about(feed: &Element, base: Option<&str>) -> About {
    let base = feed.attribute("xml:base").or(base);
    let number = |text: String| text.trim().parse::<u32>().ok();
    let linked = |relation| links(feed, relation, base).map(|(address, _)| address).next();
    let link = page(feed, base)
        .or_else(|| html::resolved(feed.attribute("href")?, base))
        .or_else(|| html::resolved(feed.attribute("rdf:about")?, base));
    About {
        title: title(feed).unwrap_or_default(),
        link,
        address: linked("self"),
        next: linked("next"),
        language: language(feed).and_then(|tag| Language::from_tag(&tag)),
        ttl: feed.child(Rss, "ttl").map(Element::text).and_then(number),
        period: period(feed),
        skip_hours: skipped(feed, "skiphours", "hour", |text| text.parse().ok().map(|hour: u8| hour % 24)),
        skip_days: skipped(feed, "skipdays", "day", |text| {
            let start = text.get(..3)?.to_ascii_lowercase();
            let day = DAYS.iter().position(|day| *day == start)?;
            u8::try_from(day + 1).ok()
        }),
    }
}

/// Returns what the feed says for all of its items.
pub(super) fn channel(feed: &Element, about: &About, base: Option<&str>) -> Channel {
    let named = Some(about.title.clone()).filter(|title| !title.is_empty());
    Channel {
        source: publisher(feed).or_else(|| named.clone()),
        language: language(feed),
        place: about.link.clone().unwrap_or_else(|| about.title.to_string()),
        base: feed.attribute("xml:base").or(base).map(str::to_owned).or_else(|| about.link.clone()),
    }
}

/// Returns how many minutes lie between updates.
fn period(feed: &Element) -> Option<u32> {
    let text = |name| feed.child(Syndication, name).map(|element| element.text().trim().to_ascii_lowercase());
    let minutes = match text("updateperiod")?.as_str() {
        "hourly" => 60,
        "daily" => 24 * 60,
        "weekly" => 7 * 24 * 60,
        "monthly" => 30 * 24 * 60,
        "yearly" => 365 * 24 * 60,
        _ => return None,
    };
    let frequency = text("updatefrequency").and_then(|text| text.parse::<u32>().ok()).unwrap_or(1);
    Some(minutes / frequency.clamp(1, minutes))
}

/// Returns the hours or days on which a feed asks not to be read, in order.
fn skipped(feed: &Element, list: &str, name: &str, read: fn(&str) -> Option<u8>) -> Vec<u8> {
    let listed = feed.child(Rss, list).or_else(|| feed.child(Atom, list));
    let items = listed.into_iter().flat_map(Element::children).filter(|child| *child.name == *name);
    let mut skipped: Vec<u8> = items.take(100).filter_map(|child| read(child.text().trim())).collect();
    skipped.sort_unstable();
    skipped.dedup();
    skipped
}
