//! The items of a feed that was read, with what each is known by: the names that no other item of the feed has.

use std::collections::HashMap;

use crate::formats::feed::{AlertKind, AlertName, FeedReading, Keys};
use crate::formats::identity::canonical_address;
use crate::io::store::FeedItem;
use crate::model::Id;
use crate::text::{Clean, Language};

/// Returns the items of a feed with their keys; `name` is what the reader calls the feed, where that is set.
pub fn items(reading: FeedReading, name: Option<&Clean>) -> Vec<FeedItem> {
    let home = reading.about.link.as_deref().and_then(canonical_address);
    let counts = Counts::of(&reading);
    let mut items = Vec::with_capacity(reading.items.len());
    for item in reading.items {
        let mut announcement = item.announcement;
        if let Some(name) = name {
            announcement.source = Some(name.clone());
        }
        // Versions in several languages share a name.
        let language = item.alert.as_ref().and(announcement.language);
        let mut keys = counts.keys(&item.keys, home.as_deref(), language);
        let mut replaces = Vec::new();
        let mut withdraws = false;
        if let Some(alert) = &item.alert {
            if !alert.name.identifier.is_empty() {
                keys.insert(0, alert_key(&alert.name, language));
            }
            if matches!(alert.kind, AlertKind::Update | AlertKind::Cancel) {
                replaces = alert.references.iter().rev().map(|name| alert_key(name, language)).collect();
                withdraws = alert.kind == AlertKind::Cancel;
            }
        }
        if keys.is_empty() {
            // What has no name at all is known by what it says.
            keys.push(Id::of(&["title", &announcement.title]).to_stored());
        }
        items.push(FeedItem { keys, replaces, withdraws, announcement });
    }
    items
}

/// How many items of a feed have each name.
struct Counts {
    guids: HashMap<String, u32>,
    links: HashMap<String, u32>,
}

impl Counts {
    fn of(reading: &FeedReading) -> Self {
        let mut counts = Self { guids: HashMap::new(), links: HashMap::new() };
        for item in reading.items.iter().filter(|item| item.alert.is_none()) {
            if let Some(guid) = &item.keys.guid {
                *counts.guids.entry(guid.clone()).or_default() += 1;
            }
            if let Some(link) = item.keys.link.as_deref().and_then(canonical_address) {
                *counts.links.entry(link).or_default() += 1;
            }
        }
        counts
    }

    /// Returns hashes of the names of an item, the most telling first. One that several items of the feed share counts
    /// only together with the other; the address of the whole site counts for nothing.
    fn keys(&self, keys: &Keys, home: Option<&str>, language: Option<Language>) -> Vec<i64> {
        let code = language.map_or("", Language::code);
        let guid = keys.guid.as_deref().filter(|guid| !guid.trim().is_empty());
        let link = keys.link.as_deref().and_then(canonical_address).filter(|link| Some(link.as_str()) != home);
        let alone = |count: Option<&u32>| count.is_none_or(|count| *count <= 1);
        let (own_guid, own_link) = (
            guid.is_some_and(|guid| alone(self.guids.get(guid))),
            link.as_ref().is_some_and(|link| alone(self.links.get(link))),
        );
        let hash = |parts: &[&str]| Id::of(parts).to_stored();
        let mut found = Vec::with_capacity(2);
        // A guid that is an address may change its scheme as any address does.
        let told = guid.map(|guid| canonical_address(guid).unwrap_or_else(|| guid.to_owned()));
        if let (Some(told), true) = (&told, own_guid) {
            found.push(hash(&["guid", told, code]));
        }
        if let (Some(link), true) = (&link, own_link) {
            found.push(hash(&["link", link, code]));
        }
        if found.is_empty()
            && let (Some(told), Some(link)) = (&told, &link)
        {
            found.push(hash(&["both", told, link, code]));
        }
        found
    }
}

/// Returns the hash of an alert's name.
fn alert_key(name: &AlertName, language: Option<Language>) -> i64 {
    let code = language.map_or("", Language::code);
    Id::of(&["alert", &name.sender, &name.identifier, &name.sent, code]).to_stored()
}
