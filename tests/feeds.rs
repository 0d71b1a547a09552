//! Feeds from servers on the loopback, followed and fetched by the program as a reader would run it.
#![expect(clippy::unwrap_used, reason = "what cannot be done fails the test")]
#![expect(clippy::disallowed_methods, reason = "what a reader brings are files")]

#[expect(dead_code, reason = "each test of a terminal uses a part of it")]
#[expect(clippy::disallowed_methods, reason = "programs are run in folders of their own")]
mod pty;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "each test of a server uses a part of it")]
mod server;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use pty::{Program, Run};
use server::{Asked, Reply, Server};
use tiedote::io::store::{self, Store};
use tiedote::model::{MarkChange, Marking};
use tiedote::text::Clean;

/// What a server gives at each path; a test changes it as time goes on.
type Pages = Arc<Mutex<BTreeMap<String, Reply>>>;

/// A library, and a server to follow.
struct Desk {
    folder: tempfile::TempDir,
    pages: Pages,
    server: Server,
}

impl Desk {
    fn new() -> Self {
        let pages = Pages::default();
        let given = Arc::clone(&pages);
        let server = Server::start(move |asked| {
            let pages = given.lock().unwrap();
            let path = asked.path.split('?').next().unwrap();
            pages.get(path).cloned().map_or_else(|| Reply::new(404), |reply| conditional(asked, reply))
        });
        Self { folder: tempfile::tempdir().unwrap(), pages, server }
    }

    fn serve(&self, path: &str, reply: Reply) {
        self.pages.lock().unwrap().insert(path.to_owned(), reply);
    }

    fn library(&self) -> PathBuf {
        self.folder.path().join("library.db")
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_tiedote"))
            .env_clear()
            .env("TZ", "UTC")
            .args(["--library", self.library().to_str().unwrap()])
            .args(arguments)
            .output()
            .unwrap()
    }

    /// Runs the program, which must succeed, and returns what it says.
    fn said(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", told(&output));
        String::from_utf8(output.stdout).unwrap()
    }

    fn store(&self) -> Store {
        store::open(&self.library()).store.unwrap()
    }

    /// Lets so many seconds pass for all feeds.
    fn pass(&self, seconds: i64) {
        let mut store = self.store();
        let earlier = |time: Option<i64>| time.map(|time| time - seconds);
        let states: Vec<_> = store
            .feeds()
            .unwrap()
            .into_iter()
            .map(|feed| {
                let mut state = feed.state;
                for time in [
                    &mut state.asked,
                    &mut state.answered,
                    &mut state.came,
                    &mut state.fault_since,
                    &mut state.validated,
                    &mut state.fresh_until,
                    &mut state.retry_at,
                    &mut state.hint_until,
                    &mut state.moved_since,
                ] {
                    *time = earlier(*time);
                }
                (feed.source, state)
            })
            .collect();
        let mut host = store.host("127.0.0.1").unwrap().unwrap_or_default();
        "127.0.0.1".clone_into(&mut host.name);
        host.not_before = earlier(host.not_before);
        store.note_feeds(&states, &[host]).unwrap();
    }

    fn titles(&self) -> Vec<String> {
        self.store().first_rows(50, None).unwrap().iter().map(|entry| entry.title.to_string()).collect()
    }

    fn asked(&self, path: &str) -> Vec<Asked> {
        self.server.asked().into_iter().filter(|asked| asked.path == path).collect()
    }
}

/// Answers a conditional request as a server does that knows its validators.
fn conditional(asked: &Asked, reply: Reply) -> Reply {
    let tag = reply.header_value("ETag");
    if tag.is_some() && asked.value("If-None-Match") == tag.as_deref() { Reply::new(304) } else { reply }
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// An RSS feed of items: guid, title, text.
fn rss(items: &[(&str, &str, &str)]) -> Vec<u8> {
    let mut feed =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>Esimerkkikunta</title>\
        <link>https://kunta.example.fi/</link>"
            .to_owned();
    for (guid, title, text) in items {
        let _ = write!(
            feed,
            "<item><guid isPermaLink=\"false\">{guid}</guid><link>https://kunta.example.fi/t/{guid}</link><title>{title}</title>\
             <pubDate>Fri, 27 Nov 2026 08:00:00 +0200</pubDate><description>&lt;p&gt;{text}&lt;/p&gt;</description></item>"
        );
    }
    feed += "</channel></rss>";
    feed.into_bytes()
}

const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>Virasto</title><id>urn:virasto</id>
    <updated>2026-11-27T10:00:00Z</updated><entry><id>urn:v:1</id><title>Uusi ohje kunnille</title>
    <link href="https://virasto.example.fi/1"/><updated>2026-11-27T09:00:00Z</updated>
    <content type="html">&lt;p&gt;Ohje koskee talviajan kunnossapitoa kaduilla.&lt;/p&gt;</content></entry></feed>"#;

const BRIDGE: (&str, &str, &str) = (
    "1",
    "Silta suljetaan",
    "Silta suljetaan liikenteeltä maanantaina. Kiertotie kulkee Rantatien kautta, ja työ kestää kaksi viikkoa.",
);
const LIBRARY: (&str, &str, &str) =
    ("2", "Kirjasto avataan", "Kirjasto avataan torstaina remontin jälkeen. Kaikki kirjat ovat taas lainattavissa.");

#[test]
fn a_feed_is_followed_fetched_again_and_keeps_what_the_reader_marked() {
    let desk = Desk::new();
    desk.serve(
        "/feed.xml",
        Reply::of(rss(&[BRIDGE])).with("ETag", "\"one\"").with("Last-Modified", "Fri, 27 Nov 2026 06:00:00 GMT"),
    );
    desk.serve("/atom", Reply::of(ATOM));
    assert!(
        desk.said(&["add", &desk.server.url("/feed.xml")])
            .contains("Esimerkkikunta is followed now: 1 new announcement")
    );
    assert!(desk.said(&["add", &desk.server.url("/atom")]).contains("Virasto"));
    assert_eq!(desk.titles(), ["Uusi ohje kunnille", "Silta suljetaan"]);
    assert!(desk.said(&["search", "katu"]).contains("Uusi ohje kunnille"));
    // What is known already is followed once, however it is written.
    let again = desk.server.url("/feed.xml?utm_source=lehti");
    assert!(desk.said(&["add", &again]).contains("followed already"));
    // The reader reads and stars the bridge.
    let mut store = desk.store();
    let group = store.first_rows(9, None).unwrap()[1].group;
    let after = Marking { read: true, starred: true, changed: false, tags: [Clean::line("tie")].into() };
    store.mark(&[MarkChange { group, before: Marking::default(), after: after.clone() }], false, false).unwrap();
    drop(store);
    // At once nobody is asked; an hour later nothing has changed.
    let asked = desk.server.asked().len();
    assert!(desk.said(&["refresh"]).contains("answered a moment ago"));
    assert_eq!(desk.server.asked().len(), asked);
    desk.pass(3600);
    assert!(desk.said(&["refresh"]).contains("0 new announcements, 0 changed"));
    let second = desk.asked("/feed.xml").pop().unwrap();
    assert_eq!(second.value("If-None-Match"), Some("\"one\""));
    assert_eq!(second.value("If-Modified-Since"), Some("Fri, 27 Nov 2026 06:00:00 GMT"));
    for name in ["Cookie", "Referer", "From"] {
        assert_eq!(second.value(name), None);
    }
    // Then another comes, and the first says something else.
    let (guid, title, text) = BRIDGE;
    let longer = text.replace("kaksi", "neljä");
    desk.serve("/feed.xml", Reply::of(rss(&[LIBRARY, (guid, title, &longer)])).with("ETag", "\"two\""));
    desk.pass(3600);
    assert!(desk.said(&["refresh", "Esimerkki"]).contains("1 new announcement, 1 changed"));
    let store = desk.store();
    let (_, marks) = store.marks_of(&[group]).unwrap().remove(0);
    assert_eq!(marks, Marking { changed: true, ..after });
    assert!(desk.titles().contains(&"Kirjasto avataan".to_owned()));
}

#[test]
fn the_feeds_of_a_page_are_found_and_one_is_chosen() {
    let desk = Desk::new();
    let page = "<html><head><title>Kunta</title><link rel=alternate type='application/rss+xml' href='/kommentit/rss' \
        title='Comments'><link rel=alternate type='application/rss+xml' href='tiedotteet.rss'></head><body>Hei</body></html>";
    desk.serve("/sivut/", Reply::of(page).with("Content-Type", "text/html"));
    desk.serve("/sivut/tiedotteet.rss", Reply::of(rss(&[BRIDGE, LIBRARY])));
    desk.serve("/kommentit/rss", Reply::of(rss(&[("k", "Kommentti", "Hyvä niin.")])));
    let several = desk.run(&["add", &desk.server.url("/sivut/")]);
    let listed = String::from_utf8_lossy(&several.stdout).into_owned();
    assert_eq!(several.status.code(), Some(2));
    let first = listed.lines().find(|line| line.starts_with("1. ")).unwrap();
    assert!(first.contains("tiedotteet.rss") && first.contains("2 announcements"), "{listed}");
    assert!(desk.titles().is_empty());
    desk.said(&["add", "--pick", "1", &desk.server.url("/sivut/")]);
    assert_eq!(desk.titles(), ["Kirjasto avataan", "Silta suljetaan"]);
    // A page that names none is asked about the usual places only.
    desk.serve("/muu", Reply::of("<html><title>Ilmoitustaulu</title><body>Ei mitään.</body></html>"));
    let none = desk.run(&["add", &desk.server.url("/muu")]);
    assert_eq!(none.status.code(), Some(1));
    assert!(told(&none).contains("Ilmoitustaulu"), "{}", told(&none));
    let before = desk.server.asked().len();
    desk.run(&["add", &desk.server.url("/muu")]);
    assert!(desk.server.asked().len() - before <= 7);
    // And one without its own names gives what lies there.
    desk.serve("/feed/", Reply::of(rss(&[("9", "Uimahalli", "Uimahalli avataan lauantaina kello kymmenen.")])));
    desk.said(&["add", &desk.server.url("/muu")]);
    assert!(desk.titles().contains(&"Uimahalli".to_owned()));
}

#[test]
fn a_feed_that_fails_says_so_once_and_loses_nothing() {
    let desk = Desk::new();
    desk.serve("/feed", Reply::of(rss(&[BRIDGE])).with("ETag", "\"one\""));
    desk.said(&["add", &desk.server.url("/feed")]);
    for (reply, words) in [
        (Reply::new(500), "out of order (500)"),
        (Reply::of("<html><head><title>Huoltokatko</title></head><body>Palaamme pian.</body></html>"), "Huoltokatko"),
        (Reply::of(""), "empty"),
        (Reply::new(404), "nothing at the address"),
    ] {
        desk.serve("/feed", reply);
        desk.pass(48 * 3600);
        let output = desk.run(&["refresh", "-q"]);
        assert!(told(&output).contains(words), "{words}: {}", told(&output));
        assert!(output.stdout.is_empty());
        assert_eq!(desk.titles(), ["Silta suljetaan"]);
    }
    let sources = desk.said(&["sources"]);
    assert!(sources.contains("404") && sources.contains("since"), "{sources}");
    // The first failure counts as one, the same on the next days does not.
    let repeated = desk.run(&["refresh", "-q", "--again"]);
    assert_eq!((repeated.status.code(), told(&repeated)), (Some(0), String::new()));
    // It comes back with the validators it had: nothing was forgotten over the failures.
    desk.serve("/feed", Reply::of(rss(&[BRIDGE])).with("ETag", "\"one\""));
    desk.pass(48 * 3600);
    desk.said(&["refresh"]);
    assert_eq!(desk.asked("/feed").pop().unwrap().value("If-None-Match"), Some("\"one\""));
    assert!(!desk.said(&["sources"]).contains("since"));
}

#[test]
fn a_host_that_asks_to_wait_is_left_alone_by_every_run() {
    let desk = Desk::new();
    desk.serve("/a", Reply::of(rss(&[BRIDGE])));
    desk.serve("/b", Reply::of(rss(&[LIBRARY])));
    desk.said(&["add", &desk.server.url("/a"), &desk.server.url("/b")]);
    desk.serve("/a", Reply::new(429).with("Retry-After", "7200"));
    desk.pass(3600);
    desk.run(&["refresh", "/a"]);
    let asked = desk.server.asked().len();
    for arguments in [&["refresh"][..], &["refresh", "--again"], &["refresh", "--due"]] {
        desk.run(arguments);
    }
    assert_eq!(desk.server.asked().len(), asked);
    desk.serve("/a", Reply::of(rss(&[BRIDGE])));
    desk.pass(7201);
    desk.run(&["refresh"]);
    assert_eq!(desk.server.asked().len(), asked + 2);
}

#[test]
fn nothing_is_made_or_asked_for_what_is_no_address_and_no_feed_is_there() {
    let desk = Desk::new();
    for address in ["file:///etc/passwd", "ftp://kunta.example.fi/feed", ""] {
        let output = desk.run(&["add", address]);
        assert_eq!(output.status.code(), Some(1), "{address}");
        assert!(!desk.library().exists());
    }
    let output = desk.run(&["add", &desk.server.url("/puuttuu")]);
    assert_eq!(output.status.code(), Some(1));
    assert!(desk.titles().is_empty());
}

#[test]
fn one_refresh_at_a_time_leaves_the_other_with_a_word() {
    let desk = Desk::new();
    desk.serve("/feed", Reply::of(rss(&[BRIDGE])));
    desk.said(&["add", &desk.server.url("/feed")]);
    let lock = tiedote::io::library::refresh::lock::lock(&desk.library()).unwrap();
    desk.pass(3600);
    let asked = desk.server.asked().len();
    let said = desk.said(&["refresh"]);
    assert!(said.contains(&format!("process {}", std::process::id())), "{said}");
    assert_eq!(desk.server.asked().len(), asked);
    drop(lock);
    desk.said(&["refresh"]);
    assert_eq!(desk.server.asked().len(), asked + 1);
}

/// Starts the reader on the library of a desk.
fn reader(desk: &Desk, ready: &'static str) -> Run {
    let library = desk.library();
    Run::ready(&Program {
        command: [env!("CARGO_BIN_EXE_tiedote"), "--library", library.to_str().unwrap()].map(str::to_owned).into(),
        ready,
        quit: "q",
        environment: vec![("LC_ALL", "C.UTF-8"), ("HOME", "/"), ("TZ", "UTC")],
    })
}

#[test]
fn a_newcomer_follows_a_feed_in_the_reader_and_fetches_it_again() {
    let desk = Desk::new();
    desk.serve("/feed", Reply::of(rss(&[LIBRARY, BRIDGE])));
    let mut run = reader(&desk, "1/2");
    run.send("a");
    run.shows("Address:");
    run.send(format!("{}\r", desk.server.url("/feed")));
    run.shows("followed now: 2 new");
    // What it brought stands where the announcements of the program stood.
    run.shows("Kirjasto avataan");
    run.wait_for("nothing else", |screen| !screen.contents().contains("Structural reform"));
    run.send("j");
    run.shows("2/2");
    run.shows("Kiertotie kulkee");
    // What comes later moves neither the selection nor the text.
    desk.pass(3600);
    let pool = ("3", "Uimahalli avataan", "Uimahalli avataan lauantaina kello kymmenen. Tervetuloa uimaan.");
    desk.serve("/feed", Reply::of(rss(&[pool, LIBRARY, BRIDGE])));
    run.send("\u{12}");
    run.shows("Fetched: 1 new, 0 changed");
    run.shows("Uimahalli avataan");
    run.shows("/3");
    run.shows("Kiertotie kulkee");
    run.send("/uimahalli");
    run.shows("1 found");
    run.send("\r");
    run.shows("1/1");
    run.send("q");
    assert_eq!(run.code(), 0);
    assert_eq!(desk.titles().len(), 3);
}

#[test]
fn the_reader_goes_on_while_a_server_hangs_and_escape_stops_it() {
    let desk = Desk::new();
    desk.serve("/feed", Reply::of(rss(&[LIBRARY, BRIDGE])));
    desk.said(&["add", &desk.server.url("/feed")]);
    desk.pass(3600);
    desk.serve("/feed", Reply::never());
    let mut run = reader(&desk, "1/2");
    let asked = desk.server.asked().len();
    run.send("\u{12}");
    desk.server.wait_for(asked + 1);
    run.shows("0/1");
    run.send("j");
    run.shows("2/2");
    run.shows("waiting for Esimerkkikunta");
    run.send("\u{1b}");
    run.shows("Fetching stopped");
    // And one that hangs does not keep the program from ending.
    desk.pass(3600);
    run.send("\u{12}");
    desk.server.wait_for(asked + 2);
    run.send("q");
    assert_eq!(run.code(), 0);
    assert_eq!(desk.titles().len(), 2);
}

#[test]
fn a_schedule_fetches_by_itself_and_without_one_nothing_is_asked() {
    let desk = Desk::new();
    desk.serve("/feed", Reply::of(rss(&[BRIDGE])).with("ETag", "\"one\""));
    desk.said(&["add", &desk.server.url("/feed")]);
    desk.pass(48 * 3600);
    desk.serve("/feed", Reply::of(rss(&[LIBRARY, BRIDGE])));
    let asked = desk.server.asked().len();
    let mut run = reader(&desk, "1/1");
    run.send("j");
    run.send("q");
    assert_eq!(run.code(), 0);
    assert_eq!(desk.server.asked().len(), asked);
    // Once the reader has set a schedule, what is due is fetched at once.
    let mut run = reader(&desk, "1/1");
    run.send("A");
    run.shows("last new");
    run.send("e");
    run.shows("Name:");
    run.send("Oma kunta\r");
    run.shows("Tags:");
    run.send("\r");
    run.shows("Hours between");
    run.send("6\r");
    run.shows("Kirjasto avataan");
    run.send("q");
    assert_eq!(run.code(), 0);
    assert_eq!(desk.server.asked().len(), asked + 1);
    let feed = desk.store().feeds().unwrap().remove(0);
    assert_eq!((feed.name().as_str(), feed.details.hours), ("Oma kunta", Some(6)));
}

#[test]
fn a_feed_that_fails_for_days_is_pointed_out_in_the_list() {
    let desk = Desk::new();
    desk.serve("/feed", Reply::of(rss(&[BRIDGE])));
    desk.said(&["add", &desk.server.url("/feed")]);
    desk.serve("/feed", Reply::new(500));
    desk.pass(3600);
    desk.run(&["refresh", "-q"]);
    let mut run = reader(&desk, "1/1");
    assert!(!run.screen().contains("Announcements !"));
    run.send("q");
    assert_eq!(run.code(), 0);
    desk.pass(25 * 3600);
    let mut run = reader(&desk, "1/1");
    run.shows("Announcements !");
    run.send("A");
    run.shows("out of order (500)");
    run.send("A");
    run.wait_for("no panel", |screen| !screen.contents().contains("Saved searches"));
    run.send("q");
    assert_eq!(run.code(), 0);
}

#[test]
fn a_list_of_feeds_is_followed_without_asking_anybody_and_written_again() {
    let desk = Desk::new();
    desk.serve("/rss", Reply::of(rss(&[BRIDGE])));
    desk.serve("/atom", Reply::of(ATOM));
    let (rss, atom) = (desk.server.url("/rss"), desk.server.url("/atom"));
    let list = desk.folder.path().join("lista.xml");
    let opml = format!(
        "<opml version='1.0'><body><outline text='Kunnat'><outline TEXT='Kunta' xmlURL='{rss}'/></outline>\
         <outline xmlUrl='{atom}?utm_medium=x' type='link'/><outline text='Ajo' xmlUrl='exec:/bin/false'/></body></opml>"
    );
    std::fs::write(&list, opml).unwrap();
    let output = desk.run(&["import", list.to_str().unwrap()]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("2 feeds are followed now") && said.contains("tiedote refresh"), "{said}");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(told(&output).lines().count(), 1);
    assert!(told(&output).contains("exec:/bin/false would run a program"), "{}", told(&output));
    // newsboat knows one of them, too.
    let urls = desk.folder.path().join("urls");
    std::fs::write(&urls, format!("# omat\n{atom} virasto \"~Viraston ohjeet\"\n")).unwrap();
    assert!(desk.said(&["import", urls.to_str().unwrap()]).contains("0 feeds are followed now, 1 was followed before"));
    assert!(desk.server.asked().is_empty() && desk.titles().is_empty());
    let sources = desk.said(&["sources"]);
    assert!(sources.contains("not fetched yet") && sources.contains("tags Kunnat"), "{sources}");
    desk.said(&["refresh"]);
    assert_eq!(desk.titles(), ["Uusi ohje kunnille", "Silta suljetaan"]);
    // What is written follows the same in another library, and takes no file's place.
    let written = desk.folder.path().join("vienti.opml");
    desk.said(&["export", "--opml", written.to_str().unwrap()]);
    assert_eq!(desk.run(&["export", "--opml", written.to_str().unwrap()]).status.code(), Some(1));
    let xml = desk.said(&["export", "--opml"]);
    assert!(xml.contains("category=\"Kunnat\"") && xml.contains("<opml version=\"2.0\">"), "{xml}");
    assert_eq!(std::fs::read_to_string(&written).unwrap(), xml);
    let other = Desk::new();
    assert!(other.said(&["import", written.to_str().unwrap()]).contains("2 feeds are followed now"));
    assert_eq!(other.said(&["export", "--opml"]), xml);
    // A feed in a file goes on as an announcement's file.
    let file = desk.folder.path().join("tallessa.xml");
    std::fs::write(&file, ATOM).unwrap();
    assert!(other.said(&["import", file.to_str().unwrap()]).contains("1 are in the library"));
}

#[test]
fn a_feed_that_is_followed_no_longer_leaves_its_announcements() {
    let desk = Desk::new();
    desk.serve("/a", Reply::of(rss(&[BRIDGE])));
    desk.serve("/b", Reply::of(rss(&[LIBRARY])));
    desk.serve("/atom", Reply::of(ATOM));
    desk.said(&["add", &desk.server.url("/a"), &desk.server.url("/b"), &desk.server.url("/atom")]);
    assert!(desk.said(&["library", "check"]).contains("followed: 0 folders and files, 3 feeds"));
    // Two call themselves by one name.
    let output = desk.run(&["library", "unfollow", "Esimerkkikunta"]);
    assert!(output.status.code() == Some(1) && told(&output).contains("/b"), "{}", told(&output));
    let output = desk.run(&["library", "unfollow", "https://muu.example.fi/"]);
    assert!(output.status.code() == Some(1) && told(&output).contains("is not followed"), "{}", told(&output));
    let said = desk.said(&["library", "unfollow", "virasto", &desk.server.url("/a/?utm_source=x#alku")]);
    assert_eq!(
        said,
        "Virasto is no longer followed, its announcement stays\nEsimerkkikunta is no longer followed, its announcement stays\n"
    );
    assert_eq!(desk.titles().len(), 3);
    let asked = desk.server.asked().len();
    desk.pass(3600);
    desk.said(&["refresh"]);
    assert_eq!(desk.server.asked().len(), asked + 1);
}

#[test]
fn a_schedule_and_a_name_are_set_where_a_feed_is_added() {
    let desk = Desk::new();
    desk.serve("/a", Reply::of(rss(&[BRIDGE])).with("ETag", "\"1\""));
    desk.serve("/b", Reply::of(ATOM).with("ETag", "\"1\""));
    let (a, b) = (desk.server.url("/a"), desk.server.url("/b"));
    let said = desk.said(&["add", "--tag", "tie", "--tag", "silta", "--name", "Oma kunta", "--every", "6", &a]);
    assert!(said.contains("Oma kunta is followed now"), "{said}");
    desk.said(&["add", &b]);
    let sources = desk.said(&["sources"]);
    assert!(sources.contains("Oma kunta · ") && sources.contains("every 6 hours, tags tie, silta"));
    let asked = || (desk.asked("/a").len(), desk.asked("/b").len());
    desk.pass(4 * 3600);
    desk.said(&["refresh", "--due"]);
    assert_eq!(asked(), (1, 1));
    desk.pass(4 * 3600);
    desk.said(&["refresh", "--due"]);
    assert_eq!(asked(), (2, 1));
    // Those without a schedule of their own follow one that is stated for all.
    desk.pass(4 * 3600);
    desk.said(&["refresh", "--due", "--every", "3"]);
    assert_eq!(asked(), (2, 2));
    // What is set for one that is followed already is kept, and nobody is asked for it.
    let said = desk.said(&["add", "--every", "0", "--tag", "tie", &a]);
    assert!(said.contains("fetched only when asked for, tags tie, silta"), "{said}");
    desk.pass(100 * 3600);
    desk.said(&["refresh", "--due"]);
    assert_eq!(asked(), (2, 2));
    let misused = desk.run(&["add", "--name", "Yksi", &a, &b]);
    assert_eq!(misused.status.code(), Some(2));
}

#[test]
fn the_full_text_is_fetched_once_where_it_is_asked_for() {
    let desk = Desk::new();
    let page = desk.server.url("/silta");
    let feed = |summary: &str| {
        let items = format!(
            "<item><guid>1</guid><link>{page}</link><title>Silta suljetaan maanantaina</title><description>{summary}</description></item>\
             <item><guid>2</guid><title>Kirjasto avataan torstaina</title><description>Tervetuloa kaikki avajaisiin.</description></item>"
        );
        Reply::of(format!("<rss version='2.0'><channel><title>Kunta</title>{items}</channel></rss>"))
    };
    let summary = "Vanha silta suljetaan kahdeksi viikoksi.";
    desk.serve("/feed", feed(summary));
    desk.said(&["add", &desk.server.url("/feed")]);
    let id = |title: &str| {
        let rows = desk.store().first_rows(9, None).unwrap();
        rows.iter().find(|entry| entry.title.starts_with(title)).unwrap().id.to_string()
    };
    // What cannot be fetched, or says something else, is told, and changes nothing.
    for (reply, words) in [
        (Reply::new(404), "nothing at the address"),
        (
            Reply::of(
                "<html><title>Kirjaudu</title><p>Tunnus ja salasana, kiitos. Tämä sivu on vain jäsenille.</p></html>",
            ),
            "does not hold",
        ),
        (Reply::new(429).with("Retry-After", "600"), "asks to wait until"),
    ] {
        desk.serve("/silta", reply);
        let output = desk.run(&["show", "--full", &id("Silta")]);
        assert_eq!(output.status.code(), Some(1), "{words}");
        assert!(told(&output).contains(words), "{words}: {}", told(&output));
        assert!(String::from_utf8_lossy(&output.stdout).contains(summary));
    }
    let article = format!(
        "<html><head><title>Silta suljetaan maanantaina</title></head><body><main><h1>Silta suljetaan maanantaina</h1>\
         <p>{summary}</p><p>Kiertotie kulkee Rantatien kautta, ja bussit ajavat sitä pitkin koko työn ajan.</p>\
         <p>Kansi uusitaan kokonaan, ja kaiteet maalataan.</p><img src='/kuva.png'></main></body></html>"
    );
    desk.serve("/silta", Reply::of(article).with("Content-Type", "text/html; charset=utf-8"));
    // A host that asks to wait is left alone.
    let asked = desk.server.asked().len();
    assert!(told(&desk.run(&["show", "--full", &id("Silta")])).contains("asks to wait until"));
    assert_eq!(desk.server.asked().len(), asked);
    desk.pass(601);
    for _ in 0..2 {
        let shown = desk.said(&["show", "--full", &id("Silta")]);
        assert!(shown.contains("Rantatien") && shown.contains("maalataan"), "{shown}");
        assert_eq!(desk.server.asked().len(), asked + 1);
    }
    let request = desk.asked("/silta").pop().unwrap();
    assert!(request.value("Accept").unwrap().starts_with("text/html"));
    assert_eq!((request.value("Cookie"), request.value("Referer"), request.value("If-None-Match")), (None, None, None));
    assert!(!desk.said(&["show", &id("Silta")]).contains("Rantatien"));
    // One that leads nowhere says so.
    assert_eq!(desk.run(&["show", "--full", &id("Kirjasto")]).status.code(), Some(1));
    // When the announcement says something else, its page is fetched anew.
    desk.serve("/feed", feed("Vanha silta suljetaan viideksi viikoksi, ja työ alkaa keskiviikkona."));
    desk.pass(3600);
    assert!(desk.said(&["refresh"]).contains("1 changed"));
    desk.run(&["show", "--full", &id("Silta")]);
    assert_eq!(desk.asked("/silta").len(), 5);
}

#[test]
fn items_that_could_not_be_read_are_told() {
    let desk = Desk::new();
    desk.serve("/feed", Reply::of(rss(&[BRIDGE])));
    desk.said(&["add", &desk.server.url("/feed")]);
    let mut partly = String::from_utf8(rss(&[LIBRARY, BRIDGE])).unwrap();
    partly = partly.replace("</channel>", "<item></item><item><category/></item></channel>");
    desk.serve("/feed", Reply::of(partly));
    desk.pass(3600);
    let said = desk.said(&["refresh"]);
    assert!(said.contains("Esimerkkikunta: items that could not be read: 2"), "{said}");
    assert!(said.contains("1 new announcement"), "{said}");
}
