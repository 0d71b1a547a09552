//! The thread that finds what of the library's arrivals matches the watched searches. Every announcement is looked at
//! once, however it came: each search knows the last change whose arrivals were looked at.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

use super::answers::watched;
use super::index::{self, LibraryIndex, Question};
use crate::app::{Event, Problem};
use crate::io::store::{self, Arrival, Fault, Store};
use crate::io::workers::hire;
use crate::model::{Id, Marks, News, Watch};
use crate::search::{Matcher, Query};
use crate::text::Clean;
use crate::text::fold::Folding;

/// How long arrivals wait for more of them before they are looked at.
const GATHER_TIME: Duration = Duration::from_millis(250);
/// The longest wait for the index that is built after much came; the wait doubles each time.
const LONGEST_INDEX_WAIT: Duration = Duration::from_secs(32);
/// Most arrivals whose texts are read; more are looked up in the index.
const MOST_READ: usize = 1000;

/// Starts the thread and returns where the watched searches are sent; answered by [`Event::Watched`].
#[must_use]
pub fn start(library: PathBuf, events: &Sender<Event>) -> Sender<Vec<Watch>> {
    let (sender, wishes) = channel();
    let told = events.clone();
    hire("news", events, move || serve(&library, &wishes, &told));
    sender
}

fn serve(library: &Path, wishes: &Receiver<Vec<Watch>>, events: &Sender<Event>) {
    let mut opened: Option<Store> = None;
    while let Ok(first) = wishes.recv() {
        let (mut watches, mut wait) = (first, GATHER_TIME);
        let looked = loop {
            match wishes.recv_timeout(wait) {
                Ok(later) => watches = later,
                Err(RecvTimeoutError::Disconnected) => return,
                Err(RecvTimeoutError::Timeout) => {
                    opened = opened.or_else(|| store::open(library).store);
                    let Some(store) = &opened else { return };
                    match arrivals(store, &watches) {
                        Ok(arrivals)
                            if arrivals.len() > MOST_READ && wait < LONGEST_INDEX_WAIT && index::is_stale(store) =>
                        {
                            wait *= 2;
                        }
                        Ok(arrivals) => break look(store, &watches, &arrivals),
                        Err(fault) => break Err(fault),
                    }
                }
            }
        };
        let event = match looked {
            Ok(news) if news.is_empty() => continue,
            Ok(news) => Event::Watched(news),
            Err(fault) => Event::Failed(Problem::at(library, fault.reason)),
        };
        if events.send(event).is_err() {
            return;
        }
    }
}

/// Returns what came since the search that was looked at longest ago.
fn arrivals(store: &Store, watches: &[Watch]) -> Result<Vec<Arrival>, Fault> {
    let since = watches.iter().filter_map(|watch| watch.looked).min();
    since.map_or(Ok(Vec::new()), |since| store.arrivals_after(since))
}

/// Returns what of the arrivals matches which search; searches for which nothing came are left out.
fn look(store: &Store, watches: &[Watch], arrivals: &[Arrival]) -> Result<Vec<News>, Fault> {
    // What comes while it is looked is looked at again rather than never.
    let last = arrivals.iter().map(|arrival| arrival.came).max();
    let queries: Vec<Clean> = watches.iter().map(|watch| watch.query.clone()).collect();
    let matching: HashMap<Clean, Vec<Id>> = match arrivals {
        [] => HashMap::new(),
        few if few.len() <= MOST_READ => read(store, &queries, few)?,
        _ => look_up(store, &queries)?,
    };
    let mut news = Vec::new();
    for Watch { query, looked } in watches {
        let (groups, looked) = match (looked, last) {
            (None, _) => (HashSet::new(), store.last_change()?),
            (Some(before), Some(last)) if *before < last => {
                let came = arrivals.iter().filter(|arrival| arrival.came > *before);
                let came: HashSet<Id> = came.map(|arrival| arrival.group).collect();
                let matching = matching.get(query).into_iter().flatten().copied();
                (matching.filter(|group| came.contains(group)).collect(), last)
            }
            _ => continue,
        };
        news.push(News { query: query.clone(), groups: groups.into_iter().collect(), looked });
    }
    Ok(news)
}

/// Reads the arrivals' texts; returns which match which query.
fn read(store: &Store, queries: &[Clean], arrivals: &[Arrival]) -> Result<HashMap<Clean, Vec<Id>>, Fault> {
    let mut texts = Vec::with_capacity(arrivals.len());
    for arrival in arrivals {
        // What is damaged is told where it is read.
        let (entry, text) = (store.entry(arrival.number)?, store.text_as_kept(arrival.number, None)?);
        texts.extend(entry.zip(text.map(|(announcement, ..)| announcement)));
    }
    Ok(watched(queries, texts.into_iter()).into_iter().collect())
}

/// Looks the queries up in the index; returns what in the whole library matches which.
fn look_up(store: &Store, queries: &[Clean]) -> Result<HashMap<Clean, Vec<Id>>, Fault> {
    let (mut index, marks) = (LibraryIndex::open(store)?, Marks::default());
    let mut matching = HashMap::new();
    for query in queries {
        let Ok(parsed) = Query::parse(query) else { continue };
        let matcher = Matcher::new(&parsed, Folding::Strict);
        let question = Question { matcher: &matcher, marks: &marks, languages: &[] };
        let found = index.look(store, &question, &|| false)?.unwrap_or_default();
        matching.insert(query.clone(), found.into_iter().map(|one| one.group).collect());
    }
    Ok(matching)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::{self, Input};
    use crate::io::store::{Body, FileState, ReadFile};
    use crate::model::{Entry, Location};

    fn file(number: usize, words: &str) -> ReadFile {
        let text = format!("---\nid: n{number}\ntitle: Tiedote {number}\n---\n\n{words}");
        let items = formats::read(&Input::new("a.md", text.as_bytes())).announcements;
        ReadFile {
            source: 1,
            path: PathBuf::from(format!("{number}.md")),
            state: FileState { size: 1, modified: 1, hash: 1 },
            items: items.iter().map(|item| (Entry::of(item, Location::Kept(0)), Body::of(item))).collect(),
        }
    }

    /// A library beside a thread that is asked as the program asks it.
    struct Desk {
        store: Store,
        asked: Sender<Vec<Watch>>,
        told: Receiver<Event>,
        watches: Vec<Watch>,
        _folder: tempfile::TempDir,
    }

    impl Desk {
        fn new(queries: &[&str]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("library.db");
            let store = store::open(&path).store.unwrap();
            store.add_source(folder.path()).unwrap();
            let (sender, told) = channel();
            let watches = queries.iter().map(|query| Watch { query: Clean::line(query), looked: None }).collect();
            Self { store, asked: start(path, &sender), told, watches, _folder: folder }
        }

        fn ingest(&mut self, files: &[ReadFile]) {
            self.store.ingest(files).unwrap();
        }

        /// How many are new for each search.
        fn news(&mut self) -> Vec<usize> {
            self.asked.send(self.watches.clone()).unwrap();
            let Event::Watched(news) = self.told.recv_timeout(Duration::from_mins(1)).unwrap() else { panic!() };
            for News { query, looked, .. } in &news {
                let watch = self.watches.iter_mut().find(|watch| watch.query == *query).unwrap();
                watch.looked = Some(*looked);
            }
            let count =
                |watch: &Watch| news.iter().find(|news| news.query == watch.query).map(|news| news.groups.len());
            self.watches.iter().map(|watch| count(watch).unwrap_or_default()).collect()
        }
    }

    #[test]
    fn what_came_is_looked_at_once_however_it_came() {
        let mut desk = Desk::new(&["katu", "vesi"]);
        desk.ingest(&[file(0, "Vanha katu.")]);
        assert_eq!(desk.news(), [0, 0], "what was there before is nothing new");
        desk.ingest(&[file(1, "Kaduilla on vettä."), file(2, "Katu."), file(3, "Muuta.")]);
        assert_eq!(desk.news(), [2, 1]);
        // Nothing is answered where nothing came: what was edited did not.
        desk.ingest(&[file(0, "Katu ja vesi."), file(3, "Nyt tämäkin katu.")]);
        desk.asked.send(desk.watches.clone()).unwrap();
        desk.ingest(&[file(4, "Vesi.")]);
        assert_eq!(desk.news(), [0, 1]);
        // From another library.
        let adopted: Vec<(Entry, Body)> =
            [file(5, "Katu."), file(0, "Katu ja vesi.")].into_iter().flat_map(|file| file.items).collect();
        desk.store.adopt(&adopted).unwrap();
        assert_eq!(desk.news(), [1, 0]);
        // A search that is watched from now on.
        desk.watches.push(Watch { query: Clean::line("tiedote"), looked: None });
        assert_eq!(desk.news(), [0, 0, 0]);
        desk.ingest(&[file(6, "Juna.")]);
        assert_eq!(desk.news(), [0, 0, 1]);
    }

    #[test]
    fn much_that_came_is_looked_up_in_the_index() {
        let mut desk = Desk::new(&["katu", "tiedote"]);
        desk.ingest(&[file(0, "Katu.")]);
        assert_eq!(desk.news(), [0, 0]);
        let words = |number: usize| if number.is_multiple_of(10) { "Kadulla." } else { "Muualla." };
        let files: Vec<ReadFile> = (1..=MOST_READ + 10).map(|number| file(number, words(number))).collect();
        desk.ingest(&files);
        assert!(index::is_stale(&desk.store));
        // It is waited for, and made meanwhile.
        desk.asked.send(desk.watches.clone()).unwrap();
        assert_eq!(index::build(&desk.store, &|| false), index::Built::Made);
        assert_eq!(desk.news(), [MOST_READ / 10 + 1, MOST_READ + 10]);
        desk.ingest(&[file(5000, "Katu.")]);
        assert_eq!(desk.news(), [1, 1]);
    }
}
