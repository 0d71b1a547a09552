//! Fetching from servers on the loopback: what is asked, what is taken, and how each fault is told.
#![expect(clippy::unwrap_used, clippy::panic, reason = "what cannot be done fails the test")]
#![expect(
    clippy::disallowed_methods,
    reason = "a run is stopped from another thread, and trust is told by the environment"
)]

#[path = "support/certificates.rs"]
mod certificates;
#[path = "support/server.rs"]
#[expect(dead_code, reason = "each test of a server uses a part of it")]
mod server;

use std::collections::{HashMap, HashSet};
use std::io::Write;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use certificates::Authority;
use flate2::{Compression, write::GzEncoder};
use server::{Asked, Reply, Server};
use tiedote::io::clock;
use tiedote::io::feeds::{
    Answer, Body, Content, Failure, Fetcher, Job, Limits, Proxies, Request, Run, Settings, Validators,
};
use tiedote::model::{CertificateFault, Fault, RedirectFault};
use tiedote::text::Clean;
use tiedote::text::address::Address;

const FEED: &str =
    "<rss version=\"2.0\"><channel><title>Kunta</title><item><title>Silta</title></item></channel></rss>";

fn fetcher() -> Fetcher {
    Fetcher::new(Settings::default())
}

fn request(url: &str) -> Request {
    Request::feed(Address::parse(url).unwrap())
}

fn fetched(url: &str) -> Result<Answer, Failure> {
    fetcher().fetch(&request(url))
}

fn body(answer: &Answer) -> &Body {
    let Content::Body(body) = &answer.content else { panic!("unchanged") };
    body
}

/// Returns the bytes that come from a server which gives one answer to everything.
fn received(reply: Reply) -> Result<Vec<u8>, Fault> {
    let server = Server::start(move |_| reply.clone());
    fetched(&server.url("/feed")).map(|answer| body(&answer).bytes.clone()).map_err(|failure| failure.fault)
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_feed_comes_with_what_its_header_says() {
    let server = Server::start(|_| {
        Reply::of(FEED)
            .with("Content-Type", "application/rss+xml; charset=UTF-8")
            .with("ETag", "W/\"a b\"")
            .with("Last-Modified", "Fri, 11 Sep 2020 00:00:00 GMT")
            .with("Cache-Control", "max-age=600")
            .with("Content-Location", "/kaikki.xml")
            .with("Link", "<sivut.xml>; rel=alternate; type=\"application/rss+xml\"; title=\"Kaikki\"")
            .with("Set-Cookie", "a=b")
    });
    let answer = fetched(&server.url("/feed?x=1")).unwrap();
    let body = body(&answer);
    assert_eq!(body.bytes, FEED.as_bytes());
    assert_eq!((body.media.as_str(), body.charset.as_deref()), ("application/rss+xml", Some("UTF-8")));
    assert_eq!(body.location.as_ref().unwrap().to_string(), server.url("/kaikki.xml"));
    assert_eq!(body.links[0].address.to_string(), server.url("/sivut.xml"));
    assert_eq!(answer.validators.etag.as_deref(), Some(b"W/\"a b\"".as_slice()));
    assert_eq!(answer.address.to_string(), server.url("/feed?x=1"));
    assert_eq!((answer.moved, answer.https_until), (None, Vec::new()));
    let fresh = answer.freshness.until.unwrap() - clock::now().seconds;
    assert!((500..=600).contains(&fresh), "{fresh}");
}

#[test]
fn a_request_says_who_asks_and_nothing_more() {
    let server = Server::start(|_| Reply::of(FEED).with("Set-Cookie", "a=b"));
    let fetcher = fetcher();
    for _ in 0..2 {
        fetcher.fetch(&request(&server.url("/feed"))).unwrap();
    }
    let named = Request { user_agent: Some("Kyselijä/1".to_owned()), ..request(&server.url("/feed")) };
    assert!(fetcher.fetch(&named).is_ok());
    let asked = server.asked();
    for asked in &asked {
        assert_eq!(asked.line, "GET /feed HTTP/1.1");
        let names: HashSet<String> =
            asked.header.iter().map(|line| line.split(':').next().unwrap().to_lowercase()).collect();
        assert_eq!(names, HashSet::from(["host", "accept", "accept-encoding", "user-agent"].map(str::to_owned)));
        assert_eq!(asked.value("accept-encoding"), Some("gzip"));
        assert!(asked.value("accept").unwrap().contains("application/rss+xml"));
    }
    assert!(asked[0].value("user-agent").unwrap().starts_with("tiedote/"));
    assert!(asked.iter().all(|asked| asked.connection == 1), "one connection is kept");
}

#[test]
fn validators_go_back_as_they_came_and_only_to_their_address() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/alku" => Reply::to(302, "/feed"),
        "/muu" => Reply::to(302, "/toinen"),
        "/toinen" => Reply::of(FEED),
        _ if asked.value("if-none-match").is_some() => Reply::new(304),
        _ => Reply::of(FEED).with("ETag", b"\"\xe4 1\"").with("Last-Modified", "eilen  illalla"),
    });
    let fetcher = fetcher();
    let ask = |path: &str, validators: &Validators| {
        fetcher.fetch(&request(&server.url(path)).with_validators(validators.clone())).unwrap()
    };
    let first = ask("/alku", &Validators::default());
    assert_eq!(first.validators.address, server.url("/feed"));
    let again = ask("/alku", &first.validators);
    assert_eq!((&again.content, &again.validators), (&Content::Unchanged, &first.validators));
    let other = ask("/muu", &first.validators);
    assert!(matches!(other.content, Content::Body(_)) && other.validators.is_empty());
    // After an answer without a body and a length the same connection goes on.
    assert_eq!(ask("/feed", &first.validators).content, Content::Unchanged);
    assert_eq!(server.connections(), 1);
    let asked = server.asked();
    let conditional: Vec<bool> = asked.iter().map(|asked| asked.value("if-none-match").is_some()).collect();
    assert_eq!(conditional, [false, false, false, true, false, false, true]);
    assert_eq!(asked[3].value("if-none-match"), Some("\"\u{fffd} 1\""));
    assert_eq!(asked[3].value("if-modified-since"), Some("eilen  illalla"));
}

#[test]
fn an_answer_without_change_to_a_question_without_condition_is_none() {
    assert_eq!(received(Reply::new(304)), Err(Fault::Status(304)));
    let long = Reply::of(FEED).with("ETag", "e".repeat(2000));
    let server = Server::start(move |_| long.clone());
    assert!(fetched(&server.url("/")).unwrap().validators.is_empty());
}

#[test]
fn bodies_come_in_every_way() {
    let feed = || Ok(FEED.as_bytes().to_vec());
    assert_eq!(received(Reply::of(FEED).chunked()), feed());
    assert_eq!(received(Reply::of(FEED).closing()), feed());
    let gzip = |bytes: Vec<u8>, name: &str| received(Reply::of(bytes).with("Content-Encoding", name));
    assert_eq!(gzip(packed(FEED.as_bytes()), "gzip"), feed());
    assert_eq!(gzip(packed(FEED.as_bytes()), "X-GZip"), feed());
    assert_eq!(gzip(packed(&packed(FEED.as_bytes())), "gzip"), feed());
    assert_eq!(gzip(packed(&packed(FEED.as_bytes())), "gzip, gzip"), feed());
    assert_eq!(received(Reply::of(packed(FEED.as_bytes()))), feed(), "packed without a word");
    assert_eq!(gzip(FEED.into(), "gzip"), feed(), "said to be packed, and is not");
    assert_eq!(gzip(FEED.into(), "identity"), feed());
    assert_eq!(gzip(FEED.into(), "br\u{7}"), Err(Fault::Garbage));
    assert_eq!(gzip(FEED.into(), "xyz"), Err(Fault::Packing(Clean::line("xyz"))));
    let mut cut = packed(FEED.as_bytes());
    cut.truncate(cut.len() - 12);
    assert_eq!(gzip(cut, "gzip"), Err(Fault::Cut));
    assert_eq!(
        received(Reply::raw(format!("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{FEED}"))),
        Ok(FEED.as_bytes()[..5].to_vec())
    );
}

#[test]
fn answers_that_are_wrong_are_told_by_their_fault() {
    let most = 16 * 1024 * 1024;
    for (reply, fault) in [
        (Reply::of(""), Fault::Empty),
        (Reply::of(FEED).of_length(10_000), Fault::Cut),
        (Reply::of(vec![b'a'; 100]).of_length(usize::MAX / 2).hanging(), Fault::TooLarge(16 * 1024)),
        (Reply::of(vec![b' '; most + 1]), Fault::TooLarge(16 * 1024)),
        (Reply::of(vec![b' '; most + 1]).chunked(), Fault::TooLarge(16 * 1024)),
        (Reply::of(packed(&vec![b' '; most + 1])), Fault::TooLarge(16 * 1024)),
        (Reply::of(packed(&packed(&vec![b' '; most + 1]))), Fault::TooLarge(16 * 1024)),
        (Reply::raw(""), Fault::Cut),
        (Reply::raw("SSH-2.0-Kissa\r\n\r\n"), Fault::Garbage),
        (Reply::raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n"), Fault::Garbage),
        (Reply::raw("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n"), Fault::Garbage),
        (Reply::raw("HTTP/1.1 200 OK\r\nContent-Le"), Fault::Cut),
        (Reply::of(FEED).with("X", "a".repeat(70_000)), Fault::TooLarge(64)),
        (Reply::new(401), Fault::Password),
        (Reply::new(403), Fault::Forbidden),
        (Reply::new(503).with("cf-mitigated", "challenge"), Fault::Forbidden),
        (Reply::new(404), Fault::NotFound),
        (Reply::new(410), Fault::Gone),
        (Reply::new(418), Fault::Status(418)),
        (Reply::new(204), Fault::Status(204)),
        (Reply::new(502), Fault::OutOfOrder(502)),
        (Reply::new(429), Fault::Wait { until: None }),
        (Reply::new(503).with("Retry-After", "soon"), Fault::Wait { until: None }),
    ] {
        let told = format!("{reply:?}");
        assert_eq!(received(reply), Err(fault), "{told:.300}");
    }
    let flood = (0..200).fold(Reply::of(FEED), |reply, number| reply.with(&format!("X-{number}"), "a"));
    assert_eq!(received(flood), Err(Fault::TooLarge(64)));
    assert_eq!(received(Reply::of(vec![b' '; most])).map(|bytes| bytes.len()), Ok(most));
}

#[test]
fn redirects_are_followed_and_the_lasting_ones_told() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/a" => Reply::to(301, "/b"),
        "/b" => Reply::to(308, "c").with("Set-Cookie", "a=b"),
        "/c" => Reply::to(302, "?d"),
        "/c?d" => Reply::to(301, "/e"),
        "/t" => Reply::to(307, "/e"),
        "/s" => Reply::to(303, "/e#x"),
        "/gone" => Reply::to(301, "/pois"),
        "/pois" => Reply::new(410),
        _ => Reply::of(FEED),
    });
    let led = |path: &str| fetched(&server.url(path)).unwrap();
    let answer = led("/a");
    assert_eq!(answer.address.to_string(), server.url("/e"));
    assert_eq!(answer.moved.unwrap().to_string(), server.url("/c"));
    assert_eq!((led("/t").moved, led("/s").moved), (None, None));
    let failure = fetched(&server.url("/gone")).unwrap_err();
    assert_eq!((failure.fault, failure.address.to_string()), (Fault::Gone, server.url("/pois")));
    assert_eq!(failure.moved.unwrap().to_string(), server.url("/pois"));
    assert!(server.asked().iter().all(|asked| asked.value("cookie").is_none() && asked.value("referer").is_none()));
}

#[test]
fn redirects_that_lead_astray_are_refused() {
    for (location, to, reason) in [
        ("/itse", "/itse", RedirectFault::TooMany),
        ("/0", "/5", RedirectFault::TooMany),
        ("file:///etc/passwd", "file:///etc/passwd", RedirectFault::NotWeb),
        ("javascript:alert(1)", "javascript:alert(1)", RedirectFault::NotWeb),
        ("", "", RedirectFault::NotWeb),
        ("http://169.254.169.254/", "http://169.254.169.254/", RedirectFault::Private),
        ("http://x:y@127.0.0.1/", "http://x:y@127.0.0.1/", RedirectFault::NotWeb),
    ] {
        let server = Server::start(move |asked: &Asked| match asked.path.trim_start_matches('/').parse::<u8>() {
            Ok(number) => Reply::to(302, &format!("/{}", number + 1)),
            Err(_) => Reply::to(302, location),
        });
        let path = if location == "/itse" { "/itse" } else { "/alku" };
        let failure = fetched(&server.url(path)).unwrap_err();
        assert_eq!(failure.fault, Fault::Redirect { to: Clean::line(to), reason }, "{location}");
        assert!(server.asked().len() <= 6);
    }
    let nowhere = Server::start(|_| Reply::new(302));
    let fault = fetched(&nowhere.url("/")).unwrap_err().fault;
    assert_eq!(fault, Fault::Redirect { to: Clean::default(), reason: RedirectFault::NotWeb });
}

#[test]
fn who_asks_to_wait_is_not_asked_before() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/heti" => Reply::new(503).with("Retry-After", "0"),
        "/paiva" => Reply::new(429).with("Retry-After", "Fri, 11 Sep 2999 00:00:00 GMT"),
        _ => Reply::of(FEED),
    });
    let fetcher = fetcher();
    let ask = |path: &str| fetcher.fetch(&request(&server.url(path))).map_err(|failure| failure.fault);
    let now = clock::now().seconds;
    assert!(matches!(ask("/heti"), Err(Fault::Wait { until: Some(until) }) if until - now < 100));
    assert!(ask("/feed").is_ok());
    let Err(Fault::Wait { until: Some(until) }) = ask("/paiva") else { panic!() };
    assert!((until - now - 7 * 86400).abs() < 100, "at most a week");
    assert_eq!(ask("/feed"), Err(Fault::Wait { until: Some(until) }));
    assert_eq!(server.asked().len(), 3);
    let waits = HashMap::from([("127.0.0.1".to_owned(), i64::MAX)]);
    let told = Fetcher::new(Settings { waits, ..Settings::default() });
    assert!(told.fetch(&request(&server.url("/feed"))).is_err());
    assert_eq!(server.asked().len(), 3, "what another run was told counts as well");
}

#[test]
fn who_asks_to_wait_without_saying_how_long_is_left_alone_for_a_while() {
    let server = Server::start(|_| Reply::new(429));
    let fetcher = fetcher();
    let ask = || fetcher.fetch(&request(&server.url("/feed"))).unwrap_err().fault;
    assert_eq!(ask(), Fault::Wait { until: None });
    let Fault::Wait { until: Some(until) } = ask() else { panic!() };
    assert!((until - clock::now().seconds - 900).abs() < 100);
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_run_asks_a_host_on_one_connection_and_hands_out_what_comes() {
    let hanging = Server::start(|_| Reply::never());
    let servers: Vec<Server> = (0..3).map(|_| Server::start(|_| Reply::of(FEED))).collect();
    let urls = servers.iter().flat_map(|server| (0..5).map(|number| server.url(&format!("/{number}"))));
    let urls: Vec<String> = std::iter::once(hanging.url("/feed")).chain(urls).collect();
    let jobs = urls.iter().map(|url| Job::new(&request(url).address, request(url)));
    let mut run = Run::start(Arc::new(fetcher()), jobs, 16, Fetcher::fetch).unwrap();
    let mut came: Vec<String> =
        run.by_ref().take(15).map(|(_, answer)| answer.unwrap().unwrap().address.to_string()).collect();
    hanging.wait_for(1);
    run.stop();
    assert_eq!(run.count(), 0, "what hangs is not waited for");
    came.sort_unstable();
    let mut wanted = urls[1..].to_vec();
    wanted.sort_unstable();
    assert_eq!(came, wanted);
    assert!(servers.iter().all(|server| server.connections() == 1 && server.asked().len() == 5));
}

#[test]
fn a_stop_ends_a_request_that_hangs() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/otsake" => Reply::never(),
        "/runko" => Reply::of("<rss>").of_length(1000).hanging(),
        _ => Reply::of("<rss>").hanging().closing(),
    });
    for path in ["/otsake", "/runko"] {
        let limits = Limits { total: Duration::from_hours(1), read: Duration::from_hours(1), ..Limits::default() };
        let fetcher = Fetcher::new(Settings { limits, ..Settings::default() });
        let before = server.asked().len();
        let failure = std::thread::scope(|scope| {
            let waiting = scope.spawn(|| fetcher.fetch(&request(&server.url(path))));
            server.wait_for(before + 1);
            fetcher.stop();
            waiting.join().unwrap().unwrap_err()
        });
        assert_eq!(failure.fault, Fault::Stopped, "{path}");
        assert_eq!(fetcher.fetch(&request(&server.url("/feed"))).unwrap_err().fault, Fault::Stopped);
        assert_eq!(server.asked().len(), before + 1);
    }
}

#[test]
fn a_server_that_is_slow_is_given_up() {
    let server = Server::start(|asked: &Asked| match asked.path.as_str() {
        "/runko" => Reply::of("<rss>").of_length(1000).hanging(),
        _ => Reply::never(),
    });
    let limits = Limits { read: Duration::from_millis(1), ..Limits::default() };
    for path in ["/otsake", "/runko"] {
        let fetcher = Fetcher::new(Settings { limits, ..Settings::default() });
        let failure = fetcher.fetch(&request(&server.url(path))).unwrap_err();
        assert_eq!(failure.fault, Fault::TimeOut(Clean::line("127.0.0.1")));
    }
}

#[test]
fn nobody_there_is_told_by_name() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let fault = |url: &str| fetched(url).unwrap_err().fault;
    assert_eq!(fault(&format!("http://127.0.0.1:{port}/")), Fault::Refused(Clean::line("127.0.0.1")));
    assert_eq!(fault(&format!("https://127.0.0.1:{port}/")), Fault::Refused(Clean::line("127.0.0.1")));
    // One that does not speak of secrets at all.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let (mut stream, _) = listener.accept().unwrap();
            stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
            stream.shutdown(std::net::Shutdown::Write).unwrap();
            std::io::copy(&mut stream, &mut std::io::sink()).unwrap();
        });
        assert_eq!(fault(&format!("https://127.0.0.1:{port}/")), Fault::Insecure(Clean::line("127.0.0.1")));
    });
}

#[test]
fn a_proxy_is_asked_where_the_environment_names_one() {
    let server = Server::start(|asked: &Asked| match asked.line.split(' ').next() {
        Some("CONNECT") if asked.path.ends_with(":443") => Reply::new(403),
        Some("CONNECT") => Reply::tunnel(),
        _ if asked.path == "/sisaan" => Reply::to(302, "http://10.0.0.1/feed"),
        _ => Reply::of(FEED),
    });
    let named =
        |name: &str| name.ends_with("_proxy").then(|| if name == "no_proxy" { String::new() } else { server.url("") });
    let proxies = Proxies::of(named);
    let https_only = HashSet::from(["turva.example.fi".to_owned()]);
    let fetcher = Fetcher::new(Settings { proxies, https_only, pause: Duration::ZERO, ..Settings::default() });
    let ask = |url: &str| fetcher.fetch(&request(url)).map_err(|failure| failure.fault);
    assert!(ask("http://kunta.example.fi/feed").is_ok());
    let asked = server.asked();
    assert_eq!(asked[0].line, "CONNECT kunta.example.fi:80 HTTP/1.1");
    assert_eq!((asked[1].path.as_str(), asked[1].value("host")), ("/feed", Some("kunta.example.fi")));
    let inwards = Fault::Redirect { to: Clean::line("http://10.0.0.1/feed"), reason: RedirectFault::Private };
    assert_eq!(ask("http://kunta.example.fi/sisaan"), Err(inwards));
    assert_eq!(ask("http://turva.example.fi/feed"), Err(Fault::Proxy));
    let asked = server.asked();
    assert_eq!(asked.last().unwrap().line, "CONNECT turva.example.fi:443 HTTP/1.1", "asked by https only");
    // This machine is asked directly.
    assert!(ask(&server.url("/oma")).is_ok());
    assert_eq!(server.asked().last().unwrap().line, "GET /oma HTTP/1.1");
}

/// Names the addresses to the copy of this program that trusts the tests' authority.
const ASKED: &str = "TIEDOTE_TEST_ASKED";

/// Not a test of its own: fetches with a trust of its own and writes down what comes.
#[test]
fn fetches_what_it_is_told() {
    let Some(urls) = std::env::var_os(ASKED) else { return };
    let urls = urls.into_string().unwrap();
    assert!(!urls.is_empty());
    let https_only = HashSet::from(["vain.example.fi".to_owned()]);
    for url in urls.split(' ') {
        let fetcher = Fetcher::new(Settings { https_only: https_only.clone(), ..Settings::default() });
        match fetcher.fetch(&request(url)) {
            Ok(answer) => println!("\ncame {} {:?}", answer.address, answer.https_until.len()),
            Err(failure) => println!("\nfault {}", serde_json::to_string(&failure.fault).unwrap()),
        }
    }
}

/// Fetches in a program of its own that trusts `pem` alone; returns the faults, with `None` for what came.
fn trusting(pem: &str, urls: &[String]) -> Vec<Option<Fault>> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("trusted.pem");
    std::fs::write(&file, pem).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "fetches_what_it_is_told", "--nocapture", "--test-threads=1"])
        .env(ASKED, urls.join(" "))
        .env("SSL_CERT_FILE", &file)
        .env_remove("SSL_CERT_DIR")
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let told: Vec<Option<Fault>> = text
        .lines()
        .filter_map(|line| match line.strip_prefix("fault ") {
            Some(fault) => Some(Some(serde_json::from_str(fault).unwrap())),
            None => line.starts_with("came ").then_some(None),
        })
        .collect();
    assert_eq!(told.len(), urls.len(), "{text}");
    told
}

#[test]
fn certificates_are_proved_and_each_fault_told() {
    let (known, other) = (Authority::new("Tunnettu"), Authority::new("Muu"));
    let feed = |_: &Asked| Reply::of(FEED).with("Strict-Transport-Security", "max-age=600");
    let serve = |authority: &Authority, host: &str, years| Server::secure(authority.server(host, years), feed);
    let plain = Server::start(|_| Reply::of(FEED));
    let insecure = plain.url("/alku");
    let now = (2020, 2080);
    let servers = [
        serve(&known, "localhost", now),
        serve(&other, "localhost", now),
        serve(&known, "muu.example.fi", now),
        serve(&known, "localhost", (2010, 2020)),
        serve(&known, "localhost", (2080, 2085)),
        Server::secure(known.server("localhost", now), move |_| Reply::to(301, &insecure)),
    ];
    let urls: Vec<String> = servers.iter().map(|server| server.url("/feed")).collect();
    let told = trusting(&known.pem(), &urls);
    let fault = |reason| Some(Fault::Certificate { host: Clean::line("localhost"), reason });
    assert_eq!(
        told,
        [
            None,
            fault(CertificateFault::Issuer),
            fault(CertificateFault::Name(Clean::line("muu.example.fi"))),
            fault(CertificateFault::Expired(Some(1_577_836_800))),
            fault(CertificateFault::NotYetValid(Some(3_471_292_800))),
            Some(Fault::Redirect { to: Clean::line(&plain.url("/alku")), reason: RedirectFault::Insecure }),
        ]
    );
    assert!(plain.asked().is_empty());
    assert!(servers[1..5].iter().all(|server| server.asked().is_empty()), "nothing is asked of who proves nothing");
    // Without any certificate on the machine the program's own are used: they do not know the tests' authority either.
    let told = trusting("", &urls[..1]);
    assert_eq!(told, [fault(CertificateFault::Issuer)]);
}
