//! Tests of feeds as they are fetched.

use super::*;
use crate::calendar::Moment;
use crate::model::Origin;
use proptest::prelude::*;

/// When the feeds of these tests arrive: 11 September 2020, five past eight in UTC.
const CAME: Moment = Moment { seconds: 1_599_811_500, offset: 0 };

fn fetched(bytes: &[u8]) -> FeedReading {
    let base = Some("https://kunta.example/syote/uutiset.xml");
    read_feed(bytes, &FeedSource { base, arrival: Some(CAME), ..FeedSource::default() })
}

fn rss(items: &str) -> FeedReading {
    fetched(format!("<rss version='2.0'><channel><title>Kunta</title>{items}</channel></rss>").as_bytes())
}

fn told(reading: &FeedReading, words: &str) -> bool {
    reading.notes.iter().any(|note| note.0.contains(words))
}

#[test]
fn what_is_no_feed_is_told() {
    for (text, kind) in [
        (
            "<!DOCTYPE html><html><head><title>Kirjaudu &amp; lue</title></head></html>",
            FeedKind::Page(Clean::line("Kirjaudu & lue")),
        ),
        ("<!doctype html>\n<title>Huolto</title><p>Palaamme pian.", FeedKind::Page(Clean::line("Huolto"))),
        (" \n", FeedKind::Empty),
        ("", FeedKind::Empty),
        ("Not found", FeedKind::Other),
        ("{\"a\": 1}", FeedKind::Other),
        ("<rss/>", FeedKind::Rss),
        ("<br>Warning: x<br><rss><channel/></rss>", FeedKind::Rss),
        ("<CHANNEL/>", FeedKind::Cdf),
        ("<feed/>", FeedKind::Atom),
    ] {
        let reading = fetched(text.as_bytes());
        assert_eq!((&reading.kind, reading.items.len()), (&kind, 0), "{text}");
        assert_eq!(reading.kind.is_feed(), !matches!(kind, FeedKind::Page(_) | FeedKind::Empty | FeedKind::Other));
    }
}

#[test]
fn a_feed_says_of_itself_how_often_it_is_read() {
    let reading = fetched(
        b"<rss xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' xmlns:atom='http://www.w3.org/2005/Atom'><channel>\
          <title>Staden &amp;amp; bygden</title><link>/nyheter</link><language>sv-FI</language><ttl> 90 </ttl>\
          <atom:link rel='self' href='https://stad.example/rss'/><atom:link rel='next' href='?sida=2'/>\
          <sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>\
          <skipHours><hour>3</hour><hour>24</hour><hour>3</hour></skipHours><skipDays><day>Sunday</day><day>x</day></skipDays>\
          </channel></rss>",
    );
    let about = reading.about;
    assert_eq!(about.title.as_str(), "Staden & bygden");
    assert_eq!(about.link.as_deref(), Some("https://kunta.example/nyheter"));
    assert_eq!(about.address.as_deref(), Some("https://stad.example/rss"));
    assert_eq!(about.next.as_deref(), Some("https://kunta.example/syote/uutiset.xml?sida=2"));
    assert_eq!((about.ttl, about.period), (Some(90), Some(360)));
    assert_eq!((about.skip_hours, about.skip_days), (vec![0, 3], vec![7]));
    assert_eq!(about.language.map(crate::text::Language::code), Some("sv"));
}

#[test]
fn items_are_known_by_what_they_state() {
    for (item, guid, permalink, link) in [
        ("<guid>https://a.example/1</guid>", Some("https://a.example/1"), true, Some("https://a.example/1")),
        ("<guid isPermaLink='false'>https://a.example/1</guid>", Some("https://a.example/1"), false, None),
        ("<guid> 17 </guid><link>../sivu/2</link>", Some("17"), false, Some("https://kunta.example/sivu/2")),
        (
            "<link>https://a.example/3</link><guid>https://a.example/4</guid>",
            Some("https://a.example/4"),
            true,
            Some("https://a.example/3"),
        ),
    ] {
        let reading = rss(&format!("<item><title>Silta</title>{item}</item>"));
        let keys = &reading.items[0].keys;
        assert_eq!((keys.guid.as_deref(), keys.permalink, keys.link.as_deref()), (guid, permalink, link), "{item}");
    }
    let atom = fetched(
        b"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://b.example/x/'><entry xml:base='y/'><title>Bro</title><id>tag:b,1</id>\
          <link type='application/json' href='1.json'/><link type='text/html' href='1.html'/>\
          <content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml' xml:base='z/'><a href='kartta'>Karta</a> <a href='#a'>a</a></div></content>\
          </entry></feed>",
    );
    let item = &atom.items[0];
    assert_eq!(item.keys.link.as_deref(), Some("https://b.example/x/y/1.html"));
    let links: Vec<&str> = item.announcement.document.links.iter().map(|link| link.address.as_str()).collect();
    assert_eq!(links.first(), Some(&"https://b.example/x/y/z/kartta"));
}

#[test]
fn what_states_no_date_that_can_be_believed_is_dated_by_its_arrival() {
    for (date, shown, origin, noted) in [
        ("", "2020-09-11T08:05", Origin::Arrival, false),
        ("<pubDate>soon</pubDate>", "2020-09-11T08:05", Origin::Arrival, true),
        ("<pubDate>5/9/2020</pubDate>", "2020-09-11T08:05", Origin::Arrival, true),
        ("<pubDate>Sun, 13 Sep 2020 08:05:00 GMT</pubDate>", "2020-09-11T08:05", Origin::Arrival, true),
        ("<pubDate>Sat, 12 Sep 2020 08:00:00 GMT</pubDate>", "2020-09-12T08:00", Origin::Field, false),
        ("<pubDate>1.3.2019 klo 9.15</pubDate>", "2019-03-01T09:15", Origin::Field, false),
    ] {
        let reading = rss(&format!("<item><title>Kirjasto</title>{date}</item>"));
        let found = &reading.items[0].announcement;
        let published = found.published.unwrap();
        assert_eq!((published.value.to_string().as_str(), published.origin), (shown, origin), "{date}");
        assert_eq!(!found.notes.is_empty(), noted, "{date}: {:?}", found.notes);
    }
    let ahead = rss("<item><title>Kirjasto</title><pubDate>Sun, 13 Sep 2020 08:05:00 GMT</pubDate></item>");
    assert_eq!(ahead.items[0].published, Some(CAME.seconds + 2 * 24 * 3600));
    assert!(ahead.items[0].announcement.notes[0].0.contains("2020-09-13T08:05"));
}

#[test]
fn valid_utf_8_wins_over_every_label() {
    let feed =
        "<?xml version='1.0' encoding='LABEL'?><rss><channel><item><title>Väylä šárká</title></item></channel></rss>";
    let latin = encoding_rs::WINDOWS_1252.encode(&feed.replace("LABEL", "iso-8859-2")).0.into_owned();
    let wide = |units: Vec<u8>| units;
    let of = |bytes: fn(u16) -> [u8; 2]| feed.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let long: Vec<u8> = feed.chars().flat_map(|letter| u32::from(letter).to_be_bytes()).collect();
    for (bytes, charset, encoding) in [
        (feed.replace("LABEL", "iso-8859-1").into_bytes(), Some("windows-1252"), "UTF-8"),
        (feed.replace("LABEL", "shift_jis").into_bytes(), Some("shift_jis"), "UTF-8"),
        (feed.replace("LABEL", "utf-16").into_bytes(), Some("utf-16"), "UTF-8"),
        (wide(of(u16::to_be_bytes)), Some("utf-8"), "UTF-16BE"),
        (wide(of(u16::to_le_bytes)), None, "UTF-16LE"),
        (long, None, "UTF-32BE"),
        (latin.clone(), Some("\"windows-1252\""), "windows-1252"),
        (latin, Some("utf-8"), "ISO-8859-2"),
    ] {
        let reading = read_feed(&bytes, &FeedSource { charset, ..FeedSource::default() });
        assert_eq!(reading.encoding, encoding, "{charset:?}");
        let title = reading.items[0].announcement.title.as_str();
        assert!(title == "Väylä šárká" || encoding == "ISO-8859-2" && title.starts_with("Väylä "), "{title}");
    }
    let mut few = feed.as_bytes().to_vec();
    few.splice(80..80, b"\xe4".iter().copied());
    assert!(told(&read_feed(&few, &FeedSource::default()), "windows-1252"));
}

#[test]
fn texts_are_what_their_vocabulary_says() {
    let atom = |kind: &str, text: &str| {
        let feed =
            format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title {kind}>{text}</title></entry></feed>");
        fetched(feed.as_bytes()).items[0].announcement.title.to_string()
    };
    for (kind, text, title) in [
        ("", "Bro &lt; väg", "Bro < väg"),
        ("type='text'", "Om &lt;b&gt; i HTML", "Om <b> i HTML"),
        ("type='html'", "Om &lt;b&gt;broar&lt;/b&gt;", "Om broar"),
        ("", "Om &lt;b&gt;broar&lt;/b&gt;", "Om broar"),
        ("type='xhtml'", "<div xmlns='http://www.w3.org/1999/xhtml'>Om <i>broar</i></div>", "Om broar"),
        ("mode='base64'", "T20gYnJvYXI=", "Om broar"),
        ("type='html'", "<div>Om &lt;b&gt;broar&lt;/b&gt;</div>", "Om broar"),
        ("type='html'", "<div>Om <i>broar</i> &lt;3</div>", "Om broar <3"),
        ("type='html'", "Om &foo; &bar;", "Om &foo; &bar;"),
        ("type='xhtml'", "<div xmlns='http://www.w3.org/1999/xhtml'>Om &lt;b&gt; i HTML</div>", "Om <b> i HTML"),
    ] {
        assert_eq!(atom(kind, text), title, "{kind} {text}");
    }
    let full = rss("<item><title>Silta</title><fullitem>Silta &lt;b&gt;avataan&lt;/b&gt;.</fullitem></item>");
    assert_eq!(full.items[0].announcement.document.blocks[0].text.as_str(), "Silta avataan.");
    let media = rss("<item xmlns:media='http://search.yahoo.com/mrss/'><media:group><media:title>Kokous</media:title>\
        <media:description>Suora lähetys.</media:description><media:content url='https://a.example/v.mp4'/></media:group></item>");
    let found = &media.items[0].announcement;
    assert_eq!((found.title.as_str(), found.document.blocks[0].text.as_str()), ("Kokous", "Suora lähetys."));
    assert_eq!(found.document.links[0].address.as_str(), "https://a.example/v.mp4");
    let twice = rss(
        "<item><title>Silta</title><description>Silta avataan maanantaina. Liikenne… Lue lisää</description>\
        <content:encoded><![CDATA[<p>Silta avataan maanantaina.</p><p>Liikenne ohjataan sillalle.</p>]]></content:encoded></item>",
    );
    let texts: Vec<&str> =
        twice.items[0].announcement.document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["Silta avataan maanantaina.", "Liikenne ohjataan sillalle."]);
}

#[test]
fn json_feeds_are_read_as_far_as_they_go() {
    let feed = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Library","home_page_url":"https://lib.example/","next_url":"/2",
        "items":[{"id":5,"url":"https://lib.example/5","title":"Open &amp; free","content_text":"The library opens.","date_published":"2020-09-01T10:00:00Z",
        "authors":[{"name":"Ann"},{"name":"Bo"}],"tags":["books"],"attachments":[{"url":"https://lib.example/a.pdf","title":"Map"}]},
        {"id":"6","title":7,"content_html":"<p>Second.</p>"},{"id":"7","title":"Third"}]}"#;
    let whole = fetched(feed.as_bytes());
    assert_eq!((&whole.kind, whole.stated, whole.items.len()), (&FeedKind::Json, 3, 3));
    assert_eq!(whole.about.next.as_deref(), Some("https://kunta.example/2"));
    let first = &whole.items[0];
    assert_eq!((first.announcement.title.as_str(), first.keys.guid.as_deref()), ("Open & free", Some("5")));
    assert_eq!(first.author.as_deref(), Some("Ann, Bo"));
    assert_eq!(first.announcement.document.links[0].address.as_str(), "https://lib.example/a.pdf");
    let cut = fetched(feed.split(",{\"id\":\"7\"").next().unwrap().as_bytes());
    assert_eq!((cut.items.len(), cut.about.title.as_str()), (2, "Library"));
    assert!(told(&cut, "broken"));
}

#[test]
fn an_alert_names_what_it_updates_or_withdraws() {
    let alert = |kind: &str, status: &str, expires: &str| {
        fetched(
            format!(
                "<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>b.2</identifier><sender>saa@example.fi</sender>\
                 <sent>2020-09-11T07:00:00+00:00</sent><status>{status}</status><msgType>{kind}</msgType>\
                 <references>saa@example.fi,b.1,2020-09-10T07:00:00+00:00 x</references>\
                 <info><language>sv-FI</language><event>Vind</event><severity>Severe</severity><expires>{expires}</expires>\
                 <area><areaDesc>Åland</areaDesc><polygon>60,20 61,20 61,21 60,20</polygon></area></info></alert>"
            )
            .as_bytes(),
        )
        .items
        .remove(0)
    };
    let update = alert("Update", "Actual", "2020-09-12T07:00:00+00:00");
    let said = update.alert.unwrap();
    assert_eq!((said.kind, said.actual, said.expired), (AlertKind::Update, true, false));
    let named = AlertName {
        sender: "saa@example.fi".into(),
        identifier: "b.1".into(),
        sent: "2020-09-10T07:00:00+00:00".into(),
    };
    assert_eq!(said.references, [named]);
    assert_eq!(update.announcement.title.as_str(), "Vind: Åland");
    let facts = update.announcement.document.blocks.last().unwrap().text.as_str();
    assert!(facts.contains("Allvarlighet: allvarlig") && facts.contains("Meddelande: Uppdatering"), "{facts}");
    assert!(!facts.contains("60,20"), "{facts}");
    let past = alert("Cancel", "Exercise", "2020-09-11T08:00:00+00:00");
    let said = past.alert.unwrap();
    assert_eq!((said.kind, said.actual, said.expired), (AlertKind::Cancel, false, true));
    let facts = past.announcement.document.blocks.last().unwrap().text.as_str();
    assert!(facts.contains("Har upphört: 11.9.2020 kl. 8.00") && facts.contains("Status: övning"), "{facts}");
    let bare = fetched(b"<alert xmlns='urn:oasis:names:tc:emergency:cap:1.2'><identifier>c</identifier><msgType>Cancel</msgType></alert>");
    assert_eq!((bare.items.len(), bare.items[0].announcement.title.as_str()), (1, "Cancellation"));
}

#[test]
fn the_address_behind_a_counting_service_is_the_link() {
    let item = |namespace: &str| {
        let reading = fetched(
            format!(
                "<rss {namespace}><channel><item><title>Silta</title><link>https://laskuri.example/~r/1</link>\
                 <feedburner:origLink>https://kunta.example/silta</feedburner:origLink></item></channel></rss>"
            )
            .as_bytes(),
        );
        reading.items[0].keys.link.clone()
    };
    for namespace in ["", "xmlns:feedburner='http://rssnamespace.org/feedburner/ext/1.0'"] {
        assert_eq!(item(namespace).as_deref(), Some("https://kunta.example/silta"), "{namespace}");
    }
    assert_eq!(item("xmlns:feedburner='urn:other'").as_deref(), Some("https://laskuri.example/~r/1"));
}

#[test]
fn fields_of_an_alert_without_an_alert_are_told_under_the_text() {
    let feed = |entry: &str| {
        fetched(
            format!(
                "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:cap='urn:oasis:names:tc:emergency:cap:1.1' xml:lang='fi'>\
                 <entry><id>x</id>{entry}</entry></feed>"
            )
            .as_bytes(),
        )
        .items
        .remove(0)
    };
    let item = feed(
        "<title>Tuulivaroitus</title><summary>Tuuli yltyy illalla.</summary><cap:event>Kova tuuli</cap:event>\
         <cap:severity>Severe</cap:severity><cap:status>Actual</cap:status><cap:message_type>Update</cap:message_type>\
         <cap:expires>2020-09-11T08:00:00+00:00</cap:expires><cap:areaDesc>Kainuu; Lappi</cap:areaDesc><cap:polygon>60,20</cap:polygon>",
    );
    let texts: Vec<&str> = item.announcement.document.blocks.iter().map(|block| block.text.as_str()).collect();
    let facts =
        "Tapahtuma: Kova tuuli\nVakavuus: vakava\nPäättynyt: 11.9.2020 klo 8.00\nAlue: Kainuu; Lappi\nViesti: Päivitys";
    assert_eq!(texts, ["Tuuli yltyy illalla.", facts]);
    // Without an alert around them they name no alert.
    assert_eq!((item.alert, item.keys.guid.as_deref()), (None, Some("x")));
    let untitled = feed("<cap:event>Tulva</cap:event><cap:areaDesc>Iijoki</cap:areaDesc>");
    assert_eq!(untitled.announcement.title.as_str(), "Tulva: Iijoki");
    let nothing = feed("<title>Sää</title><summary>Poutaa.</summary><cap:status>Actual</cap:status>");
    assert_eq!(nothing.announcement.document.blocks.len(), 1);
}

#[test]
fn a_date_is_shown_as_in_other_formats_unless_its_day_is_another() {
    let helsinki = crate::calendar::Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
    let newfoundland = crate::calendar::Zone::posix("NST3:30NDT,M3.2.0,M11.1.0").unwrap();
    let utc = &crate::calendar::UTC;
    for (date, zone, shown, mailed) in [
        ("Fri, 11 Sep 2020 10:05:00 +0200", utc, "2020-09-11T08:05", "2020-09-11T08:05"),
        ("Fri, 11 Sep 2020 10:05:00 +0200", &helsinki, "2020-09-11T11:05", "2020-09-11T11:05"),
        ("Fri, 11 Sep 2020 10:05:00 +0200", &newfoundland, "2020-09-11T05:35", "2020-09-11T05:35"),
        ("Thu, 10 Sep 2020 22:05:00 +0000", &helsinki, "2020-09-11T01:05", "2020-09-11T01:05"),
        ("Fri, 11 Sep 2020 00:00:00 +0200", utc, "2020-09-11", "2020-09-11"),
        ("Thu, 10 Sep 2020 21:00:00 +0000", &helsinki, "2020-09-11", "2020-09-11"),
        // The day on which its publisher announced it; a mail tells when it came to the reader.
        ("Fri, 11 Sep 2020 01:05:00 +0200", utc, "2020-09-11", "2020-09-10T23:05"),
    ] {
        let feed = format!("<rss><channel><item><title>a</title><pubDate>{date}</pubDate></item></channel></rss>");
        let reading = read_feed(feed.as_bytes(), &FeedSource { zone, ..FeedSource::default() });
        assert_eq!(reading.items[0].announcement.published.unwrap().value.to_string(), shown, "{date}");
        let mail = format!("From: a@example.fi\nDate: {date}\nSubject: Silta\n\nSilta avataan.\n");
        let found = crate::formats::read(&crate::formats::Input::new("a.eml", mail.as_bytes()).in_zone(zone));
        assert_eq!(found.announcements[0].published.unwrap().value.to_string(), mailed, "{date}");
    }
}

#[test]
fn what_follows_a_frame_that_is_never_closed_is_kept() {
    for open in ["<iframe src='https://a.example/v'>", "<object data='a.swf'>", "<iframe/>", "<video>"] {
        let text = format!("<![CDATA[<p>Silta avataan.</p>{open}<p>Liikenne ohjataan sillalle.</p>]]>");
        let reading = rss(&format!("<item><title>a</title><description>{text}</description></item>"));
        let texts: Vec<&str> =
            reading.items[0].announcement.document.blocks.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(texts, ["Silta avataan.", "Liikenne ohjataan sillalle."], "{open}");
    }
}

#[test]
fn what_is_dropped_cut_or_mended_is_told() {
    for (items, words) in [
        ("<item><title>a & b</title></item>", "Signs"),
        ("<item><title>a\u{1}</title></item>", "Control"),
        ("<item><title><![CDATA[a</title></item><item><title>b</title></item>", "broken"),
        ("</channel></rss>", "no items"),
    ] {
        assert!(told(&rss(items), words), "{items}: {:?}", rss(items).notes);
    }
    let elements = rss(&format!("<item><title>a</title>{}</item>", "<x/>".repeat(20_005)));
    assert!(told(&elements, "too many") && elements.items.len() == 1);
    assert!(told(&fetched(b"Varoitus <rss><channel/></rss>"), "before the feed"));
    let external = "<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/hostname'>]><rss><channel><item><title>&a;</title></item></channel></rss>";
    let reading = fetched(external.as_bytes());
    assert_eq!(reading.items[0].announcement.title.as_str(), "&a;");
    assert!(told(&reading, "Declarations"));
}

proptest! {
    #[test]
    fn anything_is_read(pieces in proptest::collection::vec(prop_oneof![
        Just("<item>"), Just("</item>"), Just("<title>"), Just("</title>"), Just("<![CDATA["), Just("]]>"), Just("<!--"), Just("&auml;"),
        Just("<link href='a' rel='alternate'/>"), Just("<feed>"), Just("<rss>"), Just("<channel>"), Just("<alert>"), Just("<info>"),
        Just("<content type='xhtml'>"), Just("<p>"), Just("Väylä "), Just("<pubDate>"), Just("11 Sep 2020"), Just("<"), Just("&"), Just("'"),
    ], 0..40)) {
        let text = pieces.concat();
        let reading = fetched(text.as_bytes());
        prop_assert!(reading.kind.is_feed() || reading.items.is_empty());
        prop_assert!(reading.items.iter().all(|item| item.announcement.published.is_some()));
    }

    #[test]
    fn a_title_comes_through_whatever_it_is(title in "[a-zåäö&<>;\"']{1,20}") {
        let mut escaped = String::new();
        entities::escape(&title, &mut escaped);
        let feed = format!("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title type='text'>{escaped}</title></entry></feed>");
        let reading = fetched(feed.as_bytes());
        let meant = entities::resolved(&title);
        prop_assert_eq!(reading.items[0].announcement.title.as_str(), meant.trim());
    }
}
