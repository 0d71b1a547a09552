use proptest::prelude::*;

use super::*;

fn list(name: &str, text: &str) -> Subscriptions {
    read_subscriptions(name, text.as_bytes()).unwrap()
}

/// Feeds as lines: address, title, name, tags.
fn shown(list: &Subscriptions) -> Vec<String> {
    let or = |name: &Option<Clean>| name.as_deref().unwrap_or("-").to_owned();
    let line = |feed: &Subscription| {
        let tags: Vec<&str> = feed.tags.iter().map(Clean::as_str).collect();
        format!("{} {} {} [{}]", feed.address, or(&feed.title), or(&feed.name), tags.join("|"))
    };
    list.feeds.iter().map(line).collect()
}

fn refused(list: &Subscriptions) -> Vec<(&str, Refusal)> {
    list.refused.iter().map(|refused| (refused.entry.as_str(), refused.why)).collect()
}

#[test]
fn folders_and_categories_are_tags() {
    let opml = r#"<?xml version="1.0"?><!-- x --><opml version="1.1"><head><title>Omat</title></head><body>
        <outline text="Kunnat"><outline text="Uusimaa">
          <outline type="rss" text="Esimerkkil&auml;" xmlUrl="https://esimerkkila.example.fi/rss"/>
          <OUTLINE xmlurl='http://www.toinen.example.fi/feed' type="atom"></OUTLINE>
        </outline></outline>
        <outline title="Kunnat"><outline XMLURL="kolmas.example.fi/rss" category="Tie &amp; silta, /Liikenne/Rata,,"/></outline>
        <outline text="Tyhjä"/>
        <outline text="Oma nimi" title="Virasto" xmlUrl="https://virasto.example.fi/atom">
          <outline text="Sama taas" xmlUrl="https://esimerkkila.example.fi/rss/?utm_source=x" category="Lähellä"/>
        </outline>
        <outline xmlUrl="   "/><outline type="link" url="https://sivu.example.fi/"/></body></opml>"#;
    let read = list("lista.xml", opml);
    assert_eq!(
        shown(&read),
        [
            "https://esimerkkila.example.fi/rss Esimerkkilä - [Kunnat|Uusimaa|Lähellä]",
            "http://www.toinen.example.fi/feed - - [Kunnat|Uusimaa]",
            "https://kolmas.example.fi/rss - - [Kunnat|Tie & silta|Liikenne|Rata]",
            "https://virasto.example.fi/atom Virasto Oma nimi []",
        ]
    );
    assert!(read.refused.is_empty() && !read.cut);
}

#[test]
fn what_is_no_feed_of_the_web_is_refused_one_by_one() {
    let opml = r#"<opml><body><outline xmlUrl="exec:~/bin/x.sh"/><outline xmlUrl="|~/bin/y"/>
        <outline xmlUrl="https://a.example.fi/f" filtercmd="~/bin/siivoa.pl"/><outline xmlUrl="file:///etc/passwd"/>
        <outline xmlUrl="https://kayttaja:sana@b.example.fi/f"/><outline xmlUrl="gopher://c.example.fi/"/>
        <outline xmlUrl="https://d.example.fi/f"/></body></opml>"#;
    let read = list("a.opml", opml);
    assert_eq!(shown(&read), ["https://d.example.fi/f - - []"]);
    assert_eq!(
        refused(&read),
        [
            ("exec:~/bin/x.sh", Refusal::Program),
            ("|~/bin/y", Refusal::Program),
            ("https://a.example.fi/f", Refusal::Program),
            ("file:///etc/passwd", Refusal::File),
            ("https://kayttaja:sana@b.example.fi/f", Refusal::Address(AddressError::Login)),
            ("gopher://c.example.fi/", Refusal::Address(AddressError::Scheme)),
        ]
    );
}

#[test]
fn urls_have_tags_names_and_comments() {
    let urls = "# omat\n\nhttps://a.example.fi/rss kunta \"iso kunta\" \"~Oma \\\"A\\\"\" # loppu\n\
        \t\"https://b.example.fi/f#x\" \"!\"\n\"filter:~/bin/f.pl:https://c.example.fi/\"\nexec:~/bin/e\n\
        \"query:Lukematta:unread = \\\"yes\\\"\" kaikki\nfile:///home/x/y.xml\nFEED://d.example.fi/rss\n\
        http://www.a.example.fi/rss/ toinen\ne.example.fi/atom \"~\"\r\n";
    let read = list("/home/x/.newsboat/urls", urls);
    assert_eq!(
        shown(&read),
        [
            "https://a.example.fi/rss - Oma \"A\" [kunta|iso kunta|toinen]",
            "https://b.example.fi/f - - []",
            "https://d.example.fi/rss - - []",
            "https://e.example.fi/atom - - []",
        ]
    );
    let why: Vec<Refusal> = read.refused.iter().map(|refused| refused.why).collect();
    assert_eq!(why, [Refusal::Program, Refusal::Program, Refusal::Query, Refusal::File]);
    assert_eq!(list("urls", "# nothing yet\n").feeds.len(), 0);
}

#[test]
fn other_files_are_no_lists() {
    for (name, text) in [
        ("a.xml", "<rss><channel><item><title>Silta</title></item></channel></rss>"),
        ("a.xml", "<opmlx><body/></opmlx>"),
        ("a.txt", "https://a.example.fi/rss\n"),
        ("urls", "Kunnan osoitteet\n\nhttps://a.example.fi/rss\n"),
        ("a.opml", "Otsikko\n\nTeksti."),
        ("a.html", "<html><body><opml></opml></body></html>"),
        ("a.md", ""),
    ] {
        assert_eq!(read_subscriptions(name, text.as_bytes()), None, "{name}: {text}");
        assert!(!may_be_subscriptions(name, text.as_bytes()), "{name}: {text}");
    }
    assert!(may_be_subscriptions("a.xml", b"\xef\xbb\xbf<?xml version='1.0'?>\n<OPML version='2.0'><bo"));
    assert!(may_be_subscriptions("urls", b"https://a.example.fi/rss kun"));
}

#[test]
fn lists_in_other_encodings_and_packed_are_read() {
    let opml = "<?xml version='1.0' encoding='ISO-8859-1'?><opml><body><outline text='Jyväs' \
        xmlUrl='https://j.example.fi/'/></body></opml>";
    let latin: Vec<u8> = opml.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    assert_eq!(shown(&read_subscriptions("a", &latin).unwrap()), ["https://j.example.fi/ Jyväs - []"]);
    let wide: Vec<u8> = format!("\u{feff}{opml}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(shown(&read_subscriptions("a", &wide).unwrap()), ["https://j.example.fi/ Jyväs - []"]);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut encoder, &latin).unwrap();
    let packed = encoder.finish().unwrap();
    assert_eq!(shown(&read_subscriptions("a.opml.gz", &packed).unwrap()), ["https://j.example.fi/ Jyväs - []"]);
}

#[test]
fn broken_lists_are_read_as_far_as_they_go() {
    let broken = "<opml><body><outline text=\"A & B <C>\" xmlUrl=\"https://a.example.fi/?x=1&y=2\"/>\
        <outline text='x' <outline text='Kansio'><outline xmlUrl=https://b.example.fi/></outline></outline></outline>\
        <outline xmlUrl='https://c.example.fi/f'><outline xmlUrl='https://d.exam";
    assert_eq!(
        shown(&list("a.opml", broken)),
        [
            "https://a.example.fi/?x=1&y=2 A & B <C> - []",
            "https://b.example.fi/ - - [Kansio]",
            "https://c.example.fi/f - - []",
        ]
    );
}

#[test]
fn a_hostile_list_is_read_within_limits() {
    let deep = format!("<opml><body>{}<outline xmlUrl='https://a.example.fi/'/>", "<outline text='k'>".repeat(200_000));
    assert_eq!(shown(&list("a.opml", &deep)), ["https://a.example.fi/ - - [k]"]);
    let folders: Vec<String> = (0..500).map(|number| format!("<outline text='k{number}'>")).collect();
    let folders = folders.concat();
    let ends = "</outline>".repeat(500);
    let many = format!("<opml>{folders}<outline xmlUrl='a.example.fi'/>{ends}<outline xmlUrl='b.example.fi'/>");
    let read = list("a.opml", &many);
    assert_eq!((read.feeds[0].tags.len(), read.feeds[1].tags.len()), (64, 0));
    let bomb = "<!DOCTYPE opml [<!ENTITY b \"xx\"><!ENTITY c \"&b;&b;\"><!ENTITY d SYSTEM \"file:///etc/passwd\">]>\
        <opml><outline text='&c;&d;' xmlUrl='https://a.example.fi/'/></opml>";
    assert_eq!(shown(&list("a.opml", bomb)), ["https://a.example.fi/ &c;&d; - []"]);
    let acting = "<opml><outline text='a&#27;[2J\u{202e}b\u{9b}' xmlUrl='exec:\u{1b}]52;c;x\u{7}'/><outline text='a\u{202e}b' \
        xmlUrl='https://a.example.fi/\u{1b}[2J'/></opml>";
    let read = list("a.opml", acting);
    let told = format!("{}{}", read.refused[0].entry, shown(&read).join(" "));
    assert!(told.chars().all(|letter| !letter.is_control() && letter != '\u{202e}'), "{told:?}");
    let lines = (0..30_000).map(|number| format!("https://n{number}.example.fi/\nexec:x{number}\n"));
    let lines = lines.collect::<Vec<_>>().concat();
    let read = list("urls", &lines);
    assert_eq!((read.feeds.len(), read.refused.len(), read.cut), (MOST, MOST_REFUSED, true));
    let long = format!("<opml><outline text='{}' xmlUrl='https://a.example.fi/'/></opml>", "ä".repeat(100_000));
    assert_eq!(list("a.opml", &long).feeds[0].title.as_ref().unwrap().chars().count(), LONGEST_NAME);
}

fn any_name() -> impl Strategy<Value = Option<Clean>> {
    proptest::option::of("[a-zåäö &<>\"',/~#!\u{1}\u{202e}-]{0,12}").prop_map(|name| name.as_deref().and_then(named))
}

proptest! {
    #[test]
    fn a_list_that_was_written_reads_back_to_the_same_set(
        feeds in proptest::collection::vec((any_name(), any_name(), proptest::collection::vec(any_name(), 0..4)), 0..8),
    ) {
        let feeds = feeds.into_iter().enumerate().map(|(number, (title, name, tags))| {
            let address = Address::parse(&format!("https://n{number}.example.fi/f?a=1&b=\"<{number}>")).unwrap();
            let mut own = Vec::new();
            add_tags(&mut own, tags.into_iter().flatten());
            let name = name.filter(|name| title.as_ref() != Some(name));
            Subscription { address, title, name, tags: own }
        });
        let feeds: Vec<Subscription> = feeds.collect();
        let xml = write_opml("Tiedotteet & muut", &feeds);
        let read = read_subscriptions("x.opml", xml.as_bytes()).unwrap();
        prop_assert_eq!(&read.feeds, &feeds, "{}", xml);
        prop_assert!(read.refused.is_empty() && !read.cut);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "[<>&/\"'=a-c oOutline xmlUrl:.\n!-]{0,120}") {
        for name in ["a.opml", "urls"] {
            let _ = read_subscriptions(name, format!("<opml>{text}").as_bytes());
            let _ = read_subscriptions(name, text.as_bytes());
        }
    }
}
