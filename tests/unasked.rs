//! Nothing is contacted unasked: the system calls of the program are looked through.
#![expect(clippy::unwrap_used, reason = "what cannot be done fails the test")]
#![expect(clippy::disallowed_methods, reason = "what a reader brings are files, and so is what is seen of the program")]

#[expect(dead_code, reason = "each test of the terminal uses a part of it")]
mod pty;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "each test of a server uses a part of it")]
mod server;

use std::path::{Path, PathBuf};
use std::process::Command;

use pty::{Program, Run};
use server::{Reply, Server};

const FEED: &str = "<rss version='2.0'><channel><title>Kunta</title><item><guid>1</guid><title>Silta suljetaan</title>\
    <link>http://127.0.0.1:9/silta</link><description>&lt;p&gt;Silta suljetaan maanantaina. \
    &lt;img src='http://127.0.0.1:9/kuva.png'&gt;&lt;/p&gt;</description><enclosure url='http://127.0.0.1:9/a.mp3'/>\
    </item></channel></rss>";

/// A library and a witness of what the program asks the system for.
struct Witness {
    strace: &'static str,
    folder: tempfile::TempDir,
}

impl Witness {
    /// Makes one. The check of every change installs strace; on other machines the calls cannot be seen.
    fn new() -> Option<Self> {
        let strace = ["/usr/bin/strace", "/bin/strace"].into_iter().find(|path| Path::new(path).exists())?;
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("roots.pem"), "").unwrap();
        Some(Self { strace, folder })
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn tracing(&self) -> Vec<String> {
        let calls = self.path("calls");
        ["-f", "-o", calls.to_str().unwrap(), "-e", "trace=socket,connect,sendto,open,openat,inotify_add_watch"]
            .map(str::to_owned)
            .into()
    }

    /// Runs the program and returns what it asked the system for.
    fn calls(&self, arguments: &[&str]) -> Calls {
        let library = self.path("library.db");
        let output = Command::new(self.strace)
            .args(self.tracing())
            .arg(env!("CARGO_BIN_EXE_tiedote"))
            .args(["--library", library.to_str().unwrap()])
            .args(arguments)
            .env_clear()
            .env("SSL_CERT_FILE", self.path("roots.pem"))
            .output()
            .unwrap();
        Calls { told: String::from_utf8(output.stdout).unwrap(), ..self.read(arguments.join(" ")) }
    }

    fn read(&self, of: String) -> Calls {
        let calls = std::fs::read_to_string(self.path("calls")).unwrap();
        assert!(calls.contains("library.db"), "{of} was not seen");
        Calls { of, seen: calls, told: String::new() }
    }
}

/// What a run of the program asked the system for, and what it printed.
struct Calls {
    of: String,
    seen: String,
    told: String,
}

impl Calls {
    fn with(&self, words: &[&str]) -> Vec<&str> {
        self.seen.lines().filter(|line| words.iter().any(|word| line.contains(word))).collect()
    }

    /// The calls that reach beyond this machine's files.
    fn contacts(&self) -> Vec<&str> {
        self.with(&["AF_INET", "AF_NETLINK", "connect(", "sendto(", "resolv.conf"])
    }

    /// The calls that open a file of certificates.
    fn certificates(&self) -> Vec<&str> {
        self.with(&["roots.pem", "/ssl/", "/pki/", "/certs/", "ca-certificates"])
    }

    fn are_unasked_for_nothing(&self) {
        assert_eq!((self.contacts(), self.certificates()), (vec![], vec![]), "{}", self.of);
    }
}

#[test]
fn only_what_is_asked_for_is_contacted() {
    let Some(witness) = Witness::new() else { return };
    let server = Server::start(|_| Reply::of(FEED));
    let url = server.url("/feed");
    let list = witness.path("urls");
    std::fs::write(&list, format!("{url} kunta\nhttps://kunta.example.fi/feed\n")).unwrap();
    let page = witness.path("sivu.html");
    std::fs::write(&page, "<html><body><h1>Sivu</h1><p>Teksti.</p><img src='http://127.0.0.1:9/a.png'></body></html>")
        .unwrap();
    witness.calls(&["import", page.to_str().unwrap()]).are_unasked_for_nothing();
    witness.calls(&["import", list.to_str().unwrap()]).are_unasked_for_nothing();
    assert!(server.asked().is_empty());
    // What is asked for is contacted, and without a secure address no certificate is looked for.
    let refresh = witness.calls(&["refresh", &url]);
    assert!(refresh.contacts().iter().any(|call| call.contains("connect(")), "{}", refresh.seen);
    assert_eq!(refresh.certificates(), Vec::<&str>::new());
    assert_eq!(server.asked().len(), 1);
    let listed = witness.calls(&["list"]);
    assert!(listed.told.contains("Silta suljetaan"), "{}", listed.told);
    listed.are_unasked_for_nothing();
    let json = witness.calls(&["list", "--json"]).told;
    let id = json.lines().find_map(|line| line.contains("Silta").then(|| line.split("\"id\":\"").nth(1))).flatten();
    let id = id.and_then(|rest| rest.get(..16)).unwrap();
    for arguments in [
        &["show", id][..],
        &["search", "silta"],
        &["sources"],
        &["sources", "--json"],
        &["refresh", "--due"],
        &["export"],
        &["export", "--opml"],
        &["library", "check"],
        &["library", "update"],
        &["library", "unfollow", "https://kunta.example.fi/feed"],
    ] {
        witness.calls(arguments).are_unasked_for_nothing();
    }
    // The witness sees certificates where they are opened.
    let secure = witness.calls(&["add", &server.url("/muu").replace("http:", "https:")]);
    assert!(!secure.certificates().is_empty(), "{}", secure.seen);
}

#[test]
fn the_reader_contacts_nobody_by_itself() {
    let Some(witness) = Witness::new() else { return };
    let server = Server::start(|_| Reply::of(FEED));
    witness.calls(&["add", "--every", "1", &server.url("/feed")]);
    let asked = server.asked().len();
    let mut command = vec![witness.strace.to_owned()];
    command.extend(witness.tracing());
    command.extend(
        [env!("CARGO_BIN_EXE_tiedote"), "--library", witness.path("library.db").to_str().unwrap()].map(str::to_owned),
    );
    let environment = vec![("LC_ALL", "C.UTF-8"), ("HOME", "/"), ("XDG_DATA_HOME", "/dev/null")];
    let mut run = Run::ready(&Program { command, ready: "Silta", quit: "q", environment });
    run.send("\r");
    run.wait_for("the text", |screen| screen.contents().contains("maanantaina"));
    run.send("q");
    run.send("A");
    run.wait_for("the sources", |screen| screen.contents().contains("Saved searches"));
    run.send("\u{3}");
    assert_eq!(run.code(), 0);
    let calls = witness.read("the reader".to_owned());
    calls.are_unasked_for_nothing();
    // A feed is no folder to watch; the library's own is.
    let library = witness.folder.path().to_str().unwrap();
    let watched = calls.with(&["inotify_add_watch"]).into_iter().filter(|call| !call.contains(library));
    assert_eq!(watched.collect::<Vec<_>>(), Vec::<&str>::new());
    assert_eq!(server.asked().len(), asked);
}
