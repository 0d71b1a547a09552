//! Lists of subscriptions, by which feed readers hand over what they follow: OPML and newsboat's `urls`.
//! They are read and written as data: nothing is followed, run or looked up here.

mod opml;
mod urls;

pub use opml::write_opml;

use crate::formats::{encoding, packed};
use crate::text::Clean;
use crate::text::address::{Address, AddressError};

/// Most bytes read of a list.
pub const LONGEST: usize = 16 * 1024 * 1024;
/// Most subscriptions read of a list.
const MOST: usize = 20_000;
/// Most refused entries that are told of.
const MOST_REFUSED: usize = 1000;
/// Most tags of one feed.
const MOST_TAGS: usize = 64;
/// Longest name or tag, in characters.
const LONGEST_NAME: usize = 300;

/// A feed of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its address.
    pub address: Address,
    /// What it calls itself.
    pub title: Option<Clean>,
    /// The reader's own name for it.
    pub name: Option<Clean>,
    /// The reader's tags: the folders and categories that it lies in.
    pub tags: Vec<Clean>,
}

/// Names why an entry of a list is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// It would run a program.
    Program,
    /// It is a file of this machine.
    File,
    /// It is a search among other feeds.
    Query,
    /// It is no address of the web.
    Address(AddressError),
}

/// An entry that is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The entry as it stands in the list, shortened.
    pub entry: Clean,
    /// Why it is not taken.
    pub why: Refusal,
}

/// What was read of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subscriptions {
    /// The feeds in the order of the list, each once.
    pub feeds: Vec<Subscription>,
    /// The entries that are not taken.
    pub refused: Vec<Refused>,
    /// Whether the list holds more than is read.
    pub cut: bool,
}

/// Names the kind of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Opml,
    Urls,
}

/// Reads a list of subscriptions out of the first [`LONGEST`] bytes of a file named `name`; `None` where it is none.
#[must_use]
pub fn read_subscriptions(name: &str, bytes: &[u8]) -> Option<Subscriptions> {
    let unpacked = packed::is_packed(bytes).then(|| packed::unpack_all(bytes, bytes.len() >= LONGEST));
    let bytes = unpacked.as_ref().map_or(bytes, |unpacked| &unpacked.bytes);
    let cut = bytes.len() > LONGEST || unpacked.as_ref().is_some_and(|unpacked| unpacked.cut);
    let bytes = bytes.get(..LONGEST).unwrap_or(bytes);
    let decoded = encoding::decode_feed(bytes, None, cut);
    let mut list = match kind(name, &decoded.text)? {
        Kind::Opml => opml::read(&decoded.text),
        Kind::Urls => urls::read(&decoded.text),
    };
    list.cut |= cut;
    Some(list)
}

/// Reports whether a file may be a list of subscriptions, by its name and its first bytes.
#[must_use]
pub fn may_be_subscriptions(name: &str, start: &[u8]) -> bool {
    let partly = packed::is_packed(start).then(|| packed::unpack(start, true).bytes);
    let start = partly.as_deref().unwrap_or(start);
    kind(name, &encoding::decode_feed(start, None, true).text).is_some()
}

/// Returns the kind of a list; `None` where the text is none.
fn kind(name: &str, text: &str) -> Option<Kind> {
    let name = name.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let name = name.strip_suffix(".gz").unwrap_or(&name);
    if opml::looks_like(text) {
        return Some(Kind::Opml);
    }
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    if ending == "opml" && text.trim_start_matches('\u{feff}').trim_start().starts_with('<') {
        return Some(Kind::Opml);
    }
    let named = matches!(name, "urls" | "urls.txt") || ending == "urls";
    (named && urls::looks_like(text)).then_some(Kind::Urls)
}

/// A list on its way.
#[derive(Default)]
struct Gathering {
    list: Subscriptions,
    /// Where each feed stands in the list, by its canonical address.
    known: std::collections::HashMap<String, usize>,
}

impl Gathering {
    /// Adds an entry. A feed that is known already gets the tags and names that it has not.
    fn add(&mut self, entry: &str, title: Option<Clean>, name: Option<Clean>, tags: Vec<Clean>) {
        let address = match address(entry) {
            Ok(address) => address,
            Err(why) => return self.refuse(entry, why),
        };
        let place = *self.known.entry(address.canonical()).or_insert(self.list.feeds.len());
        match self.list.feeds.get_mut(place) {
            Some(feed) => {
                feed.title = feed.title.take().or(title);
                feed.name = feed.name.take().or(name);
                add_tags(&mut feed.tags, tags);
            }
            None if place >= MOST => self.list.cut = true,
            None => {
                let mut own = Vec::new();
                add_tags(&mut own, tags);
                self.list.feeds.push(Subscription { address, title, name, tags: own });
            }
        }
    }

    /// Notes an entry that is not taken.
    fn refuse(&mut self, entry: &str, why: Refusal) {
        if self.list.refused.len() < MOST_REFUSED {
            self.list.refused.push(Refused { entry: short(entry), why });
        } else {
            self.list.cut = true;
        }
    }
}

/// Adds tags that a feed does not have.
pub fn add_tags(own: &mut Vec<Clean>, tags: impl IntoIterator<Item = Clean>) {
    for tag in tags {
        if !tag.is_empty() && own.len() < MOST_TAGS && !own.contains(&tag) {
            own.push(tag);
        }
    }
}

/// Reads the address of an entry.
fn address(entry: &str) -> Result<Address, Refusal> {
    let entry = entry.trim();
    let begins = |start: &str| entry.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start));
    if entry.starts_with('|') || begins("exec:") || begins("filter:") {
        Err(Refusal::Program)
    } else if begins("file:") {
        Err(Refusal::File)
    } else if begins("query:") {
        Err(Refusal::Query)
    } else {
        Address::typed(entry).map_err(Refusal::Address)
    }
}

/// Returns a name or tag in one line; `None` where nothing is left of it.
fn named(text: &str) -> Option<Clean> {
    let end = text.char_indices().nth(LONGEST_NAME).map_or(text.len(), |(at, _)| at);
    Some(Clean::line(text.get(..end).unwrap_or(text))).filter(|name| !name.is_empty())
}

/// Returns the start of an entry, as much as a message shows.
fn short(entry: &str) -> Clean {
    match entry.char_indices().nth(120) {
        Some((at, _)) => Clean::line(&format!("{}…", entry.get(..at).unwrap_or_default())),
        None => Clean::line(entry),
    }
}

#[cfg(test)]
mod tests;
