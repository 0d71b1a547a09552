use std::path::Path;

use super::*;
use crate::formats::identity::identify;
use crate::io::feeds::Validators;
use crate::io::store::tests::{folder, opened};
use crate::io::store::{FeedDetails, Host};
use crate::model::Fault as FeedFault;
use crate::model::{Block, BlockKind, Dated, Document, Origin, Provenance};
use crate::text::{Clean, Language};

const HOUR: i64 = 60 * 60;

/// An item as a publisher tells it: guid, link, day, title and paragraphs.
fn item(guid: &str, link: &str, day: &str, title: &str, text: &str) -> FeedItem {
    let document = Document {
        blocks: text.lines().map(|line| Block::plain(BlockKind::Paragraph, line)).collect(),
        links: Vec::new(),
    };
    let (title, published) = (Clean::line(title), PartialDate::parse_iso(day));
    let language = Some(Language::Finnish);
    let (id, group) = identify(None, Some(link), language, &title, published, &document);
    let key = |name: &str| Id::of(&[name]).to_stored();
    FeedItem {
        keys: [guid, link].into_iter().filter(|name| !name.is_empty()).map(key).collect(),
        replaces: Vec::new(),
        withdraws: false,
        announcement: Announcement {
            id,
            group,
            translation: false,
            title,
            source: Some(Clean::line("Kunta")),
            section: None,
            language,
            published: published.map(|value| Dated { value, origin: Origin::Field }),
            modified: None,
            tags: Vec::new(),
            address: Some(Clean::line(link)),
            document,
            notes: Vec::new(),
            provenance: Provenance::default(),
        },
    }
}

/// A library that follows one feed, some hours on.
struct Desk {
    _folder: tempfile::TempDir,
    store: Store,
    source: i64,
    at: i64,
}

impl Desk {
    fn new() -> Self {
        let folder = folder();
        let store = opened(&folder.path().join("library.db"));
        let source = store.add_feed("https://kunta.fi/feed", None, &FeedDetails::default()).unwrap();
        Self { _folder: folder, store, source, at: 1_790_000_000 }
    }

    fn take(&mut self, items: &[FeedItem]) -> FeedTaken {
        self.take_from(self.source, items)
    }

    fn take_from(&mut self, source: i64, items: &[FeedItem]) -> FeedTaken {
        self.at += HOUR;
        let feed = FetchedFeed {
            source,
            at: self.at,
            recent: PartialDate::parse_iso("2026-09-01"),
            title: Some("Kunnan tiedotteet".to_owned()),
            items: items.to_vec(),
            state: FeedState { answered: Some(self.at), ..FeedState::default() },
        };
        let mut taken = self.store.take_feeds(&[feed]).unwrap();
        assert_eq!(self.store.check().unwrap(), Vec::<String>::new());
        taken.feeds.remove(0)
    }

    fn rows(&self) -> Vec<Entry> {
        self.store.first_rows(100, None).unwrap()
    }

    fn titles(&self) -> Vec<String> {
        self.rows().iter().map(|entry| entry.title.to_string()).collect()
    }

    /// Reads, stars and tags the only announcement of that title.
    fn mark(&mut self, title: &str) -> Id {
        let rows = self.rows();
        let group = rows.iter().find(|entry| entry.title.as_str() == title).unwrap().group;
        let before = self.store.marks_of(&[group]).unwrap().first().map(|(_, marks)| marks.clone()).unwrap_or_default();
        let after = Marking { read: true, starred: true, tags: [Clean::line("silta")].into(), changed: false };
        self.store.mark(&[MarkChange { group, before, after }], false, false).unwrap();
        group
    }

    /// The marks of what was marked: it is still known by that name, read, starred and tagged.
    fn changed(&self, group: Id) -> bool {
        assert!(self.rows().iter().any(|entry| entry.group == group), "the marks belong to nothing");
        let marks = self.store.marks_of(&[group]).unwrap().remove(0).1;
        assert!(marks.read && marks.starred && marks.tags.len() == 1, "{marks:?}");
        marks.changed
    }

    fn text(&self, group: Id) -> String {
        let sql = "SELECT text FROM bodies WHERE announcement = ?";
        self.store.connection.query_row(sql, [self.number(group)], |row| row.get(0)).unwrap()
    }

    fn number(&self, group: Id) -> u32 {
        self.store.version(group, None).unwrap().unwrap()
    }
}

const BRIDGE: &str = "Silta suljetaan liikenteeltä maanantaina 14. syyskuuta kello 7.\n\
    Kunta korjaa sillan kannen ja kaiteet. Kiertotie kulkee Rantatien kautta.\n\
    Työ kestää kaksi viikkoa, ja bussit ajavat poikkeusreittiä.";
const LINK: &str = "https://kunta.fi/tiedotteet/silta";

fn bridge() -> FeedItem {
    item("a1", LINK, "2026-09-11", "Silta suljetaan kahdeksi viikoksi", BRIDGE)
}

/// What one later state of the bridge's item comes to: new and changed announcements, and whether it is marked changed.
fn later(second: &FeedItem) -> (usize, usize, bool, Vec<String>) {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    let taken = desk.take(std::slice::from_ref(second));
    (taken.new, taken.changed, desk.changed(group), desk.titles())
}

#[test]
fn what_a_publisher_only_renames_or_dates_anew_is_no_news() {
    let title = "Silta suljetaan kahdeksi viikoksi";
    let counted = format!("{BRIDGE}\n31 kommenttia\nPäivitetty 12.9.2026 klo 10.00");
    for (what, second) in [
        ("dated anew", item("a1", LINK, "2026-09-15", title, BRIDGE)),
        ("http to https", item("a1", "http://www.kunta.fi/tiedotteet/silta/", "2026-09-11", title, BRIDGE)),
        ("another guid", item("zz-9", LINK, "2026-09-11", title, BRIDGE)),
        ("another address", item("a1", "https://kunta.fi/uutiset/silta-suljetaan", "2026-09-11", title, BRIDGE)),
        ("both", item("b7", "https://kunta.fi/2026/silta?id=9", "2026-09-12", title, BRIDGE)),
        ("a counter in the title", item("a1", LINK, "2026-09-11", "Silta suljetaan kahdeksi viikoksi (2)", BRIDGE)),
        ("a counter and a stamp", item("a1", LINK, "2026-09-11", title, &counted)),
        ("signs and case", item("a1", LINK, "2026-09-11", "SILTA suljetaan – kahdeksi viikoksi!", BRIDGE)),
        (
            "followers in the link",
            item("", &format!("{LINK}?utm_source=rss&pk_campaign=x"), "2026-09-11", title, BRIDGE),
        ),
    ] {
        let (new, changed, marked, titles) = later(&second);
        let counts = (new, marked, titles.len());
        assert_eq!((counts, changed), ((0, false, 1), 0), "{what}: {titles:?}");
    }
}

#[test]
fn another_text_is_told_and_the_earlier_one_kept() {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    let longer = BRIDGE.replace("kaksi viikkoa", "kolme viikkoa");
    let second = item("a1", LINK, "2026-09-20", "Silta suljetaan kolmeksi viikoksi", &longer);
    let taken = desk.take(&[second]);
    assert_eq!((taken.new, taken.changed, desk.changed(group)), (0, 1, true));
    assert_eq!(desk.titles(), ["Silta suljetaan kolmeksi viikoksi"]);
    // The day it was first published stays.
    assert_eq!(desk.rows()[0].published.unwrap().to_string(), "2026-09-11");
    let revisions = desk.store.revisions(desk.number(group)).unwrap();
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].title.as_str(), "Silta suljetaan kahdeksi viikoksi");
    assert!(revisions[0].body.text.contains("kaksi viikkoa"));
    assert_eq!((revisions[0].kind, revisions[0].seen), (RevisionKind::Words, desk.at));
}

#[test]
fn texts_that_take_turns_are_news_once() {
    let mut desk = Desk::new();
    let other =
        item("a1", LINK, "2026-09-11", "Silta suljetaan kahdeksi viikoksi", &format!("{BRIDGE}\nKiertotie on liukas."));
    desk.take(&[bridge()]);
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    let changes: Vec<usize> =
        [&other, &bridge(), &other, &bridge(), &other].map(|item| desk.take(std::slice::from_ref(item)).changed).into();
    assert_eq!(changes, [1, 0, 0, 0, 0]);
    assert_eq!(desk.store.revisions(desk.number(group)).unwrap().len(), 2);
    assert_eq!(desk.titles().len(), 1);
}

#[test]
fn a_name_or_address_that_items_share_makes_them_no_one() {
    let mut desk = Desk::new();
    let home = "https://kunta.fi/";
    let library = "Kirjasto on kiinni perjantaina.\nPalautusluukku on auki koko viikonlopun.";
    let items = [
        item("1", home, "2026-09-11", "Silta suljetaan kahdeksi viikoksi", BRIDGE),
        item("2", home, "2026-09-11", "Kirjasto kiinni perjantaina", library),
    ];
    assert_eq!(desk.take(&items).new, 2);
    let group = desk.mark("Kirjasto kiinni perjantaina");
    // A third takes the address when the others have left the feed.
    let pool = "Uimahalli avataan maanantaina.\nLiput ovat myynnissä kassalla ja verkossa.";
    let taken = desk.take(&[item("3", home, "2026-09-18", "Uimahalli avataan", pool)]);
    assert_eq!((taken.new, taken.changed), (1, 0));
    assert!(!desk.changed(group));
    assert_eq!(desk.titles().len(), 3);
    assert_eq!(desk.take(&items).changed, 0);
}

#[test]
fn what_left_the_feed_stays_and_may_return() {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    let other = item(
        "x",
        "https://kunta.fi/x",
        "2026-09-12",
        "Leikkipuisto avataan",
        "Leikkipuisto avataan. Tervetuloa avajaisiin.",
    );
    assert_eq!(desk.take(std::slice::from_ref(&other)).new, 1);
    assert_eq!(desk.titles().len(), 2);
    let taken = desk.take(&[bridge(), other]);
    assert_eq!((taken.new, taken.changed, desk.changed(group)), (0, 0, false));
}

#[test]
fn what_the_reader_forgot_does_not_come_back() {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let group = desk.rows()[0].group;
    desk.store.remove(&[group]).unwrap();
    let again = item("a1", "https://kunta.fi/uusi-osoite", "2026-09-19", "Silta suljetaan kahdeksi viikoksi", BRIDGE);
    for item in [bridge(), again] {
        assert_eq!(desk.take(&[item]).new, 0);
    }
    assert!(desk.titles().is_empty());
    // After four hundred days without it, it is as new as any.
    desk.at += 401 * DAY;
    desk.take(&[]);
    assert_eq!(desk.take(&[bridge()]).new, 1);
}

#[test]
fn an_update_by_name_takes_the_place_of_what_it_names() {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    let update = FeedItem {
        replaces: bridge().keys,
        ..item(
            "a2",
            "https://kunta.fi/a2",
            "2026-09-12",
            "Silta suljetaan jo sunnuntaina",
            "Silta suljetaan jo sunnuntaina.",
        )
    };
    let cancel = FeedItem {
        replaces: update.keys.clone(),
        withdraws: true,
        ..item("a3", "https://kunta.fi/a3", "2026-09-13", "Siltaa ei suljeta", "Siltaa ei suljeta lainkaan.")
    };
    assert_eq!(desk.take(&[update.clone(), bridge()]).changed, 1);
    assert!(desk.changed(group));
    assert_eq!(desk.titles(), ["Silta suljetaan jo sunnuntaina"]);
    assert_eq!(desk.take(&[cancel, update]).changed, 1);
    let kinds: Vec<_> =
        desk.store.revisions(desk.number(group)).unwrap().iter().map(|revision| revision.kind).collect();
    assert_eq!(kinds, [RevisionKind::Words, RevisionKind::Withdrawal]);
    assert_eq!(desk.titles(), ["Siltaa ei suljeta"]);
}

#[test]
fn a_withdrawn_text_is_kept_as_one() {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    desk.take(&[item(
        "a1",
        LINK,
        "2026-09-12",
        "PERUTTU: Silta suljetaan kahdeksi viikoksi",
        "Sulkeminen on peruttu.",
    )]);
    assert_eq!(desk.store.revisions(desk.number(group)).unwrap()[0].kind, RevisionKind::Withdrawal);
}

#[test]
fn a_summary_never_replaces_a_text_and_a_text_replaces_a_summary() {
    let summary = BRIDGE.lines().next().unwrap();
    let title = "Silta suljetaan kahdeksi viikoksi";
    let short = item("a1", LINK, "2026-09-11", title, summary);
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let group = desk.mark(title);
    assert_eq!(desk.take(std::slice::from_ref(&short)).changed, 0);
    assert!(desk.text(group).contains("Rantatien"));
    // Another feed of the same publisher tells all of it.
    let mut desk = Desk::new();
    desk.take(&[short]);
    let group = desk.mark(title);
    let other = desk.store.add_feed("https://kunta.fi/toinen", None, &FeedDetails::default()).unwrap();
    let full = item("other-1", LINK, "2026-09-11", title, BRIDGE);
    let taken = desk.take_from(other, &[full]);
    assert_eq!((taken.new, taken.changed, desk.changed(group)), (0, 0, false));
    assert!(desk.text(group).contains("Rantatien"));
    assert_eq!(desk.titles().len(), 1);
}

#[test]
fn two_languages_under_one_address_are_versions_of_one() {
    let mut desk = Desk::new();
    let mut swedish = item(
        "a1-sv",
        LINK,
        "2026-09-11",
        "Bron stängs i två veckor",
        "Bron stängs på måndag. Omvägen går via Strandvägen.",
    );
    swedish.announcement.language = Some(Language::Swedish);
    let (id, group) =
        identify(None, Some(LINK), Some(Language::Swedish), &Clean::default(), None, &Document::default());
    (swedish.announcement.id, swedish.announcement.group) = (id, group);
    swedish.keys.remove(1);
    assert_eq!(desk.take(&[swedish.clone(), bridge()]).new, 2);
    let rows = desk.rows();
    assert_eq!((rows.len(), rows[0].group), (2, rows[1].group));
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    assert_eq!(desk.take(&[bridge(), swedish]).changed, 0);
    assert!(!desk.changed(group));
}

#[test]
fn a_new_feed_leaves_the_latest_unread_in_one_step_that_can_be_undone() {
    let mut desk = Desk::new();
    let items: Vec<FeedItem> = (1..=60)
        .map(|number: u32| {
            let day = format!("2026-{:02}-{:02}", 8 + number / 25, 1 + number % 25);
            let text =
                format!("Asia numero {number} käsitellään kokouksessa. Se koskee kohtaa {number} ja sen liitteitä.");
            item(
                &number.to_string(),
                &format!("https://kunta.fi/{number}"),
                &day,
                &format!("Kokouksen asia {number}"),
                &text,
            )
        })
        .rev()
        .collect();
    assert_eq!(desk.take(&items).new, 60);
    let unread = |desk: &Desk| 60 - desk.store.marks().unwrap().iter().filter(|(_, marks)| marks.read).count();
    assert_eq!(unread(&desk), 20);
    let steps = desk.store.history(10).unwrap();
    assert_eq!((steps.len(), steps[0].len()), (1, 40));
    assert!(desk.store.arrivals_after(0).unwrap().is_empty());
    let undo: Vec<MarkChange> = steps[0].iter().cloned().map(MarkChange::reversed).collect();
    desk.store.mark(&undo, true, false).unwrap();
    assert_eq!(unread(&desk), 60);
    // What comes later arrives, unread.
    let before = desk.store.last_change().unwrap();
    let next = item(
        "61",
        "https://kunta.fi/61",
        "2026-09-20",
        "Ylimääräinen kokous",
        "Ylimääräinen kokous pidetään torstaina.",
    );
    let taken = desk.take(&[next]);
    assert_eq!((taken.new, taken.gap), (1, false));
    assert_eq!(desk.store.arrivals_after(before).unwrap().len(), 1);
}

#[test]
fn what_comes_with_a_new_feed_takes_nothing_from_another_of_the_same_batch() {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let other = desk.store.add_feed("https://kunta.fi/toinen", None, &FeedDetails::default()).unwrap();
    let before = desk.store.last_change().unwrap();
    let pool = item("p", "https://kunta.fi/p", "2026-09-20", "Uimahalli avataan", "Uimahalli avataan lauantaina.");
    let school =
        item("s", "https://kunta.fi/s", "2026-09-20", "Koulu alkaa", "Koulu alkaa maanantaina kello yhdeksän.");
    let feed = |source, items| FetchedFeed {
        source,
        at: desk.at,
        recent: None,
        title: None,
        items,
        state: FeedState::default(),
    };
    let feeds = [feed(desk.source, vec![pool, bridge()]), feed(other, vec![school])];
    desk.store.take_feeds(&feeds).unwrap();
    // Searches that are watched look at what came to the feed that was known.
    assert_eq!(desk.store.arrivals_after(before).unwrap().len(), 1);
}

#[test]
fn a_refresh_that_knows_nothing_tells_of_a_gap() {
    let mut desk = Desk::new();
    let items = |from: u32| -> Vec<FeedItem> {
        (from..from + 5)
            .map(|number| {
                let text = format!("Kuulutus {number} koskee tonttia {number} ja sen naapureita.");
                item(
                    &format!("n{number}"),
                    &format!("https://kunta.fi/k/{number}"),
                    "2026-09-11",
                    &format!("Kuulutus {number}"),
                    &text,
                )
            })
            .collect()
    };
    assert!(!desk.take(&items(0)).gap);
    assert!(!desk.take(&items(4)).gap);
    assert!(desk.take(&items(50)).gap);
    assert!(!desk.take(&items(100)[..4]).gap);
}

#[test]
fn the_first_and_the_latest_revisions_are_kept() {
    let mut desk = Desk::new();
    for number in 0..40 {
        desk.take(&[item(
            "a1",
            LINK,
            "2026-09-11",
            "Silta suljetaan",
            &format!("{BRIDGE}\nVaihe {number} on valmis."),
        )]);
    }
    let number = desk.number(desk.rows()[0].group);
    let revisions = desk.store.revisions(number).unwrap();
    let kept: Vec<u32> = revisions.iter().map(|revision| revision.number).collect();
    assert_eq!(kept, std::iter::once(1).chain(21..=39).collect::<Vec<u32>>());
    assert!(revisions[0].body.text.contains("Vaihe 0 "));
}

#[test]
fn a_file_that_says_the_same_shares_the_announcement_and_its_marks() {
    let mut desk = Desk::new();
    let folder = desk.store.add_source(Path::new("/kunta")).unwrap();
    let announcement = bridge().announcement;
    let entry = Entry::sketched(&announcement, Location::Kept(0));
    let read = crate::io::store::ReadFile {
        source: folder,
        path: "/kunta/silta.txt".into(),
        state: crate::io::store::FileState { size: 1, modified: 1, hash: 1 },
        items: vec![(entry, Body::of(&announcement))],
    };
    desk.store.ingest(&[read]).unwrap();
    let group = desk.mark("Silta suljetaan kahdeksi viikoksi");
    let taken = desk.take(&[bridge()]);
    assert_eq!((taken.new, taken.changed, desk.changed(group), desk.titles().len()), (0, 0, false, 1));
}

#[test]
fn how_feeds_stand_is_kept_and_what_the_reader_set_too() {
    let mut desk = Desk::new();
    desk.take(&[bridge()]);
    let mut feed = desk.store.feeds().unwrap().remove(0);
    assert_eq!((feed.name().to_string(), feed.state.came), ("Kunnan tiedotteet".to_owned(), Some(desk.at)));
    feed.state.fault = Some(FeedFault::OutOfOrder(502));
    feed.state.validators = Validators {
        etag: Some(b"W/\"\xff\"".to_vec()),
        modified: Some(b"Mon, 14 Sep".to_vec()),
        address: feed.address.clone(),
    };
    feed.state.retry_at = Some(desk.at + HOUR);
    feed.state.notes = vec![Clean::line("12 of 14 read")];
    let host = Host { name: "kunta.fi".to_owned(), not_before: Some(desk.at), https_until: None };
    desk.store
        .note_feeds(&[(feed.source, feed.state.clone()), (999, FeedState::default())], std::slice::from_ref(&host))
        .unwrap();
    let details = FeedDetails { name: Some("Oma kunta".to_owned()), hours: Some(6), ..FeedDetails::default() };
    desk.store.set_feed_details(feed.source, &details).unwrap();
    let kept = desk.store.feeds().unwrap().remove(0);
    assert_eq!((&kept.state, kept.name().as_str()), (&feed.state, "Oma kunta"));
    let later = Host { not_before: None, https_until: Some(5), ..host.clone() };
    desk.store.note_feeds(&[], &[later]).unwrap();
    assert_eq!(desk.store.host("kunta.fi").unwrap(), Some(Host { https_until: Some(5), ..host }));
    assert!(desk.store.move_feed(feed.source, "https://kunta.fi/uusi").unwrap());
    assert_eq!(desk.take(&[bridge()]).new, 0);
    desk.store.remove_source(feed.source).unwrap();
    assert_eq!((desk.store.feeds().unwrap().len(), desk.titles().len()), (0, 1));
}

#[test]
fn one_text_twice_in_a_feed_or_months_apart_is_two_announcements() {
    let mut desk = Desk::new();
    let meeting = |number: u32, day: &str| {
        let text = "Valtuusto kokoontuu kaupungintalolla. Kokousta voi seurata verkossa ja lehterillä.";
        item(&format!("v{number}"), &format!("https://kunta.fi/v/{number}"), day, "Valtuuston kokous", text)
    };
    assert_eq!(desk.take(&[meeting(2, "2026-09-14"), meeting(1, "2026-09-07")]).new, 2);
    assert_eq!(desk.take(&[meeting(3, "2026-10-19")]).new, 1);
    assert_eq!(desk.titles().len(), 3);
}
