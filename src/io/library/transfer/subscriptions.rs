//! Lists of subscriptions, taken into the library and written from it. Nothing is fetched for them.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::formats::feed::subscriptions::{
    LONGEST, Subscription, Subscriptions, add_tags, may_be_subscriptions, read_subscriptions, write_opml,
};
use crate::io::store::{Fault, FeedDetails, NewFeed, Store};
use crate::text::Clean;
use crate::text::address::Address;

/// Bytes of a file that tell whether it is a list.
const HEAD: u64 = 4096;

/// What taking in a list did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subscribed {
    /// Feeds that are followed from now on.
    pub new: usize,
    /// Feeds that were followed before.
    pub known: usize,
}

/// Reads the list of subscriptions in a file; `None` where the file holds none.
///
/// # Errors
///
/// When the file cannot be read.
pub fn read(path: &Path) -> io::Result<Option<Subscriptions>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut file = File::open(path)?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEAD).read_to_end(&mut bytes)?;
    if !may_be_subscriptions(&name, &bytes) {
        return Ok(None);
    }
    // One byte more tells that there is more.
    file.take(LONGEST as u64 + 1).read_to_end(&mut bytes)?;
    Ok(read_subscriptions(&name, &bytes))
}

/// Follows the feeds of a list, all or none. One that is followed already gets the tags that it has not, and keeps the
/// rest.
///
/// # Errors
///
/// When the library cannot be read or written.
pub fn subscribe(store: &Store, list: &Subscriptions) -> Result<Subscribed, Fault> {
    let feeds = store.feeds()?;
    let canonical = |address: &str| Address::parse(address).ok().map(|address| address.canonical());
    let known: HashMap<String, _> = feeds.iter().filter_map(|feed| Some((canonical(&feed.address)?, feed))).collect();
    let (mut new, mut changed, mut subscribed) = (Vec::new(), Vec::new(), Subscribed::default());
    for subscription in &list.feeds {
        let Some(feed) = known.get(&subscription.address.canonical()) else {
            subscribed.new += 1;
            new.push(new_feed(subscription));
            continue;
        };
        subscribed.known += 1;
        let before: Vec<Clean> = feed.details.tags.iter().map(|tag| Clean::line(tag)).collect();
        let mut tags = before.clone();
        add_tags(&mut tags, subscription.tags.iter().cloned());
        if tags != before {
            let tags = tags.iter().map(ToString::to_string).collect();
            changed.push((feed.source, FeedDetails { tags, ..feed.details.clone() }));
        }
    }
    store.add_feeds(&new, &changed)?;
    Ok(subscribed)
}

fn new_feed(subscription: &Subscription) -> NewFeed {
    let details = FeedDetails {
        name: subscription.name.as_ref().map(ToString::to_string),
        tags: subscription.tags.iter().map(ToString::to_string).collect(),
        ..FeedDetails::default()
    };
    NewFeed { address: subscription.address.to_string(), title: subscription.title.clone(), details }
}

/// Returns the feeds that are followed as OPML 2.0.
///
/// # Errors
///
/// When the library cannot be read.
pub fn opml(store: &Store) -> Result<String, Fault> {
    let feeds = store.feeds()?.into_iter().filter_map(|feed| {
        let line = |text: &String| Some(Clean::line(text)).filter(|line| !line.is_empty());
        let mut tags = Vec::new();
        add_tags(&mut tags, feed.details.tags.iter().filter_map(line));
        Some(Subscription {
            address: Address::parse(&feed.address).ok()?,
            name: feed.details.name.as_ref().and_then(line).filter(|name| Some(name) != feed.title.as_ref()),
            title: feed.title,
            tags,
        })
    });
    Ok(write_opml("tiedote", &feeds.collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::feed::subscriptions::Refusal;
    use crate::io::store;

    fn opened(folder: &tempfile::TempDir, name: &str) -> Store {
        store::open(&folder.path().join(name)).store.unwrap()
    }

    fn set(store: &Store) -> Vec<(String, String, Vec<String>)> {
        let mut set: Vec<_> = store
            .feeds()
            .unwrap()
            .into_iter()
            .map(|feed| (feed.address.clone(), feed.name().to_string(), feed.details.tags))
            .collect();
        set.sort();
        set
    }

    #[test]
    fn a_library_written_as_opml_reads_back_to_the_same_feeds() {
        let folder = tempfile::tempdir().unwrap();
        let one = opened(&folder, "one.db");
        let urls = "https://a.example.fi/rss tie \"silta, rata\" \"~Oma\"\nhttps://b.example.fi/\nexec:x\n\
            http://c.example.fi/f /polku\n";
        let path = folder.path().join("urls");
        std::fs::write(&path, urls).unwrap();
        let list = read(&path).unwrap().unwrap();
        assert_eq!(list.refused[0].why, Refusal::Program);
        assert_eq!(subscribe(&one, &list).unwrap(), Subscribed { new: 3, known: 0 });
        let path = folder.path().join("lista.opml");
        std::fs::write(&path, opml(&one).unwrap()).unwrap();
        let two = opened(&folder, "two.db");
        let list = read(&path).unwrap().unwrap();
        assert_eq!(subscribe(&two, &list).unwrap(), Subscribed { new: 3, known: 0 });
        assert_eq!(set(&two), set(&one));
        assert_eq!(opml(&two).unwrap(), opml(&one).unwrap());
    }

    #[test]
    fn what_is_followed_is_not_doubled_and_keeps_what_the_reader_set() {
        let folder = tempfile::tempdir().unwrap();
        let store = opened(&folder, "one.db");
        let details = FeedDetails {
            name: Some("Oma".to_owned()),
            tags: vec!["tie".to_owned()],
            hours: Some(6),
            ..FeedDetails::default()
        };
        let number = store.add_feed("https://www.a.example.fi/rss", None, &details).unwrap();
        let text = "http://a.example.fi/rss/?utm_source=x \"~Muu\" tie silta\n";
        let list = read_subscriptions("urls", text.as_bytes()).unwrap();
        assert_eq!(subscribe(&store, &list).unwrap(), Subscribed { new: 0, known: 1 });
        let feed = store.feeds().unwrap().pop().unwrap();
        assert_eq!((feed.source, feed.address.as_str()), (number, "https://www.a.example.fi/rss"));
        let tags = vec!["tie".to_owned(), "silta".to_owned()];
        assert_eq!(feed.details, FeedDetails { tags, ..details });
        let folder = folder.path().join("muu.xml");
        std::fs::write(&folder, "<rss><channel><item><title>Silta</title></item></channel></rss>").unwrap();
        assert_eq!(read(&folder).unwrap(), None);
    }
}
