use super::*;
use crate::formats::{Input, read};
use crate::model::{Announcement, BlockKind};
use crate::text::Language;

fn items(feed: &str) -> Vec<Announcement> {
    read(&Input::new("a.xml", feed.as_bytes())).announcements
}

fn titles(feed: &str) -> Vec<String> {
    items(feed).iter().map(|item| item.title.to_string()).collect()
}

/// A feed of RSS 2.0 with these items.
fn rss(items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>Kunta tiedottaa</title><link>https://kunta.example/</link>\
         <language>fi</language>{items}</channel></rss>"
    )
}

#[test]
fn items_of_rss_are_announcements() {
    let found = items(&rss(
        "<item><title>Silta &amp; väylä</title><link>https://kunta.example/silta</link><guid isPermaLink=\"false\">7</guid>\
         <pubDate>Fri, 11 Sep 2020 08:05:00 +0000</pubDate><category>liikenne</category><description>Silta avataan.</description>\
         <content:encoded><![CDATA[<p>Silta avataan maanantaina.</p><ul><li>väylä</li><li>kansi</li></ul>]]></content:encoded>\
         <enclosure url=\"https://kunta.example/kartta.pdf\" type=\"application/pdf\"/></item>\
         <item><title>Toinen</title><description>Pelkkä &lt;b&gt;teksti&lt;/b&gt;.</description></item>",
    ));
    let [silta, toinen] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((silta.title.as_str(), silta.source.as_deref()), ("Silta & väylä", Some("Kunta tiedottaa")));
    assert_eq!(silta.address.as_deref(), Some("https://kunta.example/silta"));
    assert_eq!(silta.published.map(|dated| dated.value.to_string()).as_deref(), Some("2020-09-11T08:05"));
    assert_eq!((silta.language, silta.tags[0].as_str()), (Some(Language::Finnish), "liikenne"));
    let texts: Vec<&str> = silta.document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(texts, ["Silta avataan maanantaina.", "väylä", "kansi", "kartta.pdf"]);
    assert!(silta.document.links.iter().any(|link| link.address.as_str() == "https://kunta.example/kartta.pdf"));
    assert_eq!(toinen.document.blocks[0].text.as_str(), "Pelkkä teksti.");
}

#[test]
fn entries_of_atom_are_announcements() {
    let found = items(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"sv\" xml:base=\"https://stad.example/\"><title>Stad</title>\
         <link href=\"https://stad.example/flode\" rel=\"self\"/>\
         <entry><title type=\"html\">Bron &amp;ouml;ppnas</title><link rel=\"edit\" href=\"/edit\"/><link href=\"/nyheter/1\"/>\
         <id>tag:stad.example,2024:1</id><updated>2024-03-04T08:05:00Z</updated><published>2024-03-03T10:00:00Z</published>\
         <author><name>Maija</name></author><category term=\"trafik\"/><summary>Kort.</summary>\
         <content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Bron <b>öppnas</b> i dag.</p><p>Alla är välkomna.</p></div></content>\
         </entry></feed>",
    );
    let [entry] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(entry.title.as_str(), "Bron öppnas");
    assert_eq!(entry.address.as_deref(), Some("https://stad.example/nyheter/1"));
    assert_eq!(entry.published.map(|dated| dated.value.to_string()).as_deref(), Some("2024-03-03T10:00"));
    assert_eq!(entry.modified.map(|dated| dated.value.to_string()).as_deref(), Some("2024-03-04T08:05"));
    let lead = &entry.document.blocks[0];
    assert_eq!((&lead.kind, lead.text.as_str()), (&BlockKind::Lead, "Kort."));
    assert_eq!(entry.document.blocks[1].text.as_str(), "Bron öppnas i dag.");
    assert_eq!(entry.tags[0].as_str(), "trafik");
}

#[test]
fn older_dialects_are_read_too() {
    let rdf = "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns=\"http://purl.org/rss/1.0/\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel rdf:about=\"https://a.example/\"><title>Virasto</title></channel>\
        <item rdf:about=\"https://a.example/1\"><title>Ilmoitus</title><dc:date>2021-02-03T10:00+02:00</dc:date></item></rdf:RDF>";
    let found = items(rdf);
    assert_eq!((found[0].title.as_str(), found[0].source.as_deref()), ("Ilmoitus", Some("Virasto")));
    assert_eq!(found[0].address.as_deref(), Some("https://a.example/1"));
    assert_eq!(found[0].published.map(|dated| dated.value.to_string()).as_deref(), Some("2021-02-03T08:00"));
    let cdf = "<CHANNEL HREF=\"https://b.example/\"><TITLE>Tiedotteet</TITLE><ITEM HREF=\"https://b.example/2\" \
        LASTMOD=\"1999-11-05T09:00\"><TITLE>Vanha</TITLE><ABSTRACT>Tiivistelmä.</ABSTRACT></ITEM></CHANNEL>";
    let found = items(cdf);
    assert_eq!((found[0].title.as_str(), found[0].address.as_deref()), ("Vanha", Some("https://b.example/2")));
    assert_eq!(found[0].published.map(|dated| dated.value.to_string()).as_deref(), Some("1999-11-05T09:00"));
}

#[test]
fn what_is_broken_costs_no_more_than_itself() {
    // An item that is not closed, a stray sign, an unknown name, a wrong end, a prefix nobody declared.
    let broken = rss("<item><title>Yksi & toinen</title><description>a &nbsp; b &auml;</description>\
         <item><title>Kaksi</title></wrong><dc:date>2024-01-02</dc:date></item>\
         <item><title>Kolme < neljä</title></item><item><title>Viisi</title></item>");
    let found = titles(&broken);
    assert!(found.len() >= 3 && found.contains(&"Yksi & toinen".to_owned()), "{found:?}");
    assert!(found.contains(&"Kaksi".to_owned()) && found.contains(&"Viisi".to_owned()), "{found:?}");
    let open = items(&rss("<item><title>Auki<description>Teksti.</description></item>"));
    assert_eq!((open[0].title.as_str(), open[0].document.blocks.len()), ("Auki", 1));
    let cut = rss("<item><title>Alku</title></item><item><title>Loppu");
    assert_eq!(titles(cut.split("</channel>").next().unwrap()), ["Alku", "Loppu"]);
    let before = format!("\n\nPHP Warning: nothing\n{}", rss("<item><title>Silti</title></item>"));
    assert_eq!(read(&Input::new("a.rss", before.as_bytes())).announcements.len(), 1);
    let deep =
        rss(&format!("<item><title>Syvä</title>{}x</item><item><title>Seuraava</title></item>", "<a>".repeat(5000)));
    assert_eq!(titles(&deep), ["Syvä", "Seuraava"]);
}

#[test]
fn titles_are_decoded_once_more_and_never_emptied() {
    let found = titles(&rss(
        "<item><title>Kirjasto &amp;amp; uimahalli &amp;#8211; ajat</title></item><item><title><![CDATA[<b>Uutta</b> asiaa]]></title></item>\
         <item><title>Hinta &lt; 5 &amp; laatu</title></item><item><title>&lt;script&gt;</title></item>",
    ));
    assert_eq!(found, ["Kirjasto & uimahalli – ajat", "Uutta asiaa", "Hinta < 5 & laatu", "<script>"]);
}

#[test]
fn an_id_counts_within_its_feed_unless_it_says_otherwise() {
    let feed = |place: &str, id: &str| {
        items(&format!(
            "<rss><channel><title>A</title><link>https://{place}.example/</link><item><title>Sama</title>\
             <guid isPermaLink=\"false\">{id}</guid></item></channel></rss>"
        ))[0]
            .group
    };
    assert_ne!(feed("a", "1"), feed("b", "1"));
    assert_eq!(feed("a", "urn:uuid:5"), feed("b", "urn:uuid:5"));
}

#[test]
fn an_alert_is_an_announcement_in_each_of_its_languages() {
    let alert = "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>a.1</identifier><sender>saa@example.fi</sender>\
        <sent>2024-07-01T06:00:00+00:00</sent><msgType>Update</msgType>\
        <info><language>fi-FI</language><event>Maastopalovaroitus</event><severity>Moderate</severity><expires>2024-07-02T06:00:00+00:00</expires>\
        <description>Maastopalon vaara on suuri.</description><instruction>Vältä tulentekoa.</instruction>\
        <area><areaDesc>Uusimaa</areaDesc></area><area><areaDesc>Häme</areaDesc></area></info>\
        <info><language>sv</language><headline>Varning för gräsbrand</headline><event>x</event></info></alert>";
    let found = items(alert);
    let [fi, sv] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!((fi.title.as_str(), fi.language), ("Maastopalovaroitus: Uusimaa, Häme", Some(Language::Finnish)));
    assert_eq!((sv.title.as_str(), sv.language), ("Varning för gräsbrand", Some(Language::Swedish)));
    assert_eq!(fi.group, sv.group);
    assert_ne!(fi.id, sv.id);
    let text: Vec<&str> = fi.document.blocks.iter().map(|block| block.text.as_str()).collect();
    assert_eq!(text[..2], ["Maastopalon vaara on suuri.", "Vältä tulentekoa."]);
    assert!(text[2].contains("Vakavuus: kohtalainen") && text[2].contains("Alue: Uusimaa, Häme"), "{text:?}");
    // Also within the content of an entry.
    let within = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>x</title><content type=\"text/xml\">{alert}</content></entry></feed>"
    );
    assert_eq!(items(&within).len(), 2);
}

#[test]
fn a_feed_is_known_by_its_first_element() {
    for text in [
        "<rss version='2.0'>",
        "<?xml version='1.0'?>\n<!-- a > b -->\n<feed>",
        "\u{feff}<rdf:RDF>",
        "<atom:feed>",
        "<!DOCTYPE rss [<!ENTITY a \"b\">]><rss>",
        "<!DOCTYPE rss PUBLIC \"x\" \"y\"><rss>",
        "<alert>",
        "<cap:alert>",
    ] {
        assert!(looks_like(text), "{text}");
    }
    for text in ["<html>", "<!DOCTYPE html><html>", "rss", "", "<?xml", "<note>", "<rssx>"] {
        assert!(!looks_like(text), "{text}");
    }
    let other = read(&Input::new("a.xml", b"<note><to>Maija</to></note>"));
    assert_eq!(other.announcements.len(), 1);
}

#[test]
fn more_items_than_are_read_are_told() {
    let many = rss(&"<item><title>a</title></item>".repeat(MOST + 5));
    let reading = read(&Input::new("a.rss", many.as_bytes()));
    assert_eq!(reading.announcements.len(), MOST);
    assert!(reading.notes.iter().any(|note| note.0.contains("10,000")), "{:?}", reading.notes);
}
