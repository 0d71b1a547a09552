//! Mails in sentences of our own: their parts, their encodings, what surrounds the text.

use super::super::tests::shown;
use super::super::{Input, read as read_any};
use super::*;
use proptest::prelude::*;

const MAIL: &str = "From: =?utf-8?q?Vantaan_viestint=C3=A4?= <a@b.fi>\r\nSubject: VL: =?iso-8859-1?Q?Silta_p=E4=E4st=E4=E4?= =?utf-8?q?_yli?=\r\nDate: Fri, 11 Sep 2020 08:05:00 +0300\r\nMIME-Version: 1.0\r\n";

#[test]
fn header_and_text() {
    let mail = format!(
        "{MAIL}Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSilta p=E4=E4st=E4=E4 taas autot =\r\nyli.\r\n\r\nToinen kappale.\r\n"
    );
    let found = read_any(&Input::new("-", mail.as_bytes())).announcements.remove(0);
    assert_eq!((found.title.as_str(), found.source.as_deref()), ("Silta päästää yli", Some("Vantaan viestintä")));
    assert_eq!(found.published.unwrap().value.to_string(), "2020-09-11T05:05");
    assert_eq!((found.provenance.format, found.provenance.encoding), ("mail", "windows-1252"));
    assert!(shown(&found.document.blocks).starts_with("p Silta päästää taas autot yli."), "{:?}", found.document);
}

#[test]
fn the_page_outranks_the_teaser() {
    let mail = format!(
        "{MAIL}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\nKatso selaimessa.\r\n--y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<h1>Silta päästää yli</h1><p>Teksti.</p>\r\n--y--\r\n--x\r\nContent-Type: application/pdf; name=\"liite.pdf\"\r\nContent-Disposition: attachment; filename=\"liite.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n"
    );
    let found = read_any(&Input::new("a.eml", mail.as_bytes())).announcements.remove(0);
    assert_eq!(shown(&found.document.blocks), "p Teksti.");
    assert!(found.notes.iter().any(|note| note.0.contains("liite.pdf")), "{:?}", found.notes);
}

#[test]
fn key_value_lines_are_no_mail() {
    assert!(!looks_like("Aika: maanantai\nPaikka: sali\n\nTervetuloa."));
    assert!(!looks_like("Tiedote\n\nFrom: a"));
    assert!(looks_like(MAIL));
}

proptest! {
    #[test]
    fn any_mail_is_read(parts in proptest::collection::vec(prop_oneof![
        Just("Subject: "), Just("From: "), Just("Date: "), Just("Content-Type: multipart/mixed; boundary=b\r\n"),
        Just("Content-Type: text/html; charset=utf-16\r\n"), Just("Content-Transfer-Encoding: base64\r\n"), Just("\r\n"), Just("--b\r\n"),
        Just("--b--"), Just("=?utf-8?q?=C3="), Just("?="), Just("Content-Type: message/rfc822\r\n"), Just("teksti ä "), Just("<p>"), Just("\n"),
    ], 0..40)) {
        let _ = read_any(&Input::new("a.eml", parts.concat().as_bytes()));
    }
}

const HEAD: &str =
    "From: Kunta <k@example.fi>\nSubject: Kirjasto avataan\nDate: Fri, 11 Sep 2020 08:05:00 +0300\nMIME-Version: 1.0\n";

/// The first announcement of a mail with the usual header.
fn mail(rest: &str) -> crate::model::Announcement {
    mails(rest).remove(0)
}

fn mails(rest: &str) -> Vec<crate::model::Announcement> {
    read_any(&Input::new("a.eml", format!("{HEAD}{rest}").as_bytes())).announcements
}

fn text_of(rest: &str) -> String {
    shown(&mail(rest).document.blocks)
}

/// Parts between lines of the boundary `x`.
fn multipart(kind: &str, parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("--x\n{part}\n")).collect();
    format!("Content-Type: multipart/{kind}; boundary=x\n\n{}--x--\n", parts.concat())
}

const PICTURE: &str =
    "Content-Type: image/jpeg; name=k.jpg\nContent-Disposition: inline\nContent-Transfer-Encoding: base64\n\nAAAA";

#[test]
fn every_text_of_a_mail_is_shown_in_order() {
    let one = "Content-Type: text/plain; charset=utf-8\n\nKirjasto avataan maanantaina.";
    let other = "Content-Type: text/plain; charset=utf-8\n\nTorstaisin suljetaan kello 19.";
    assert_eq!(
        text_of(&multipart("mixed", &[one, PICTURE, other])),
        "p Kirjasto avataan maanantaina.\np Torstaisin suljetaan kello 19."
    );
    let page = "Content-Type: text/html\n\n<p>Biblioteket <a href=\"https://example.fi/1\">öppnas</a> på måndag.</p>";
    let second = "Content-Type: text/html\n\n<p>Det <a href=\"https://example.fi/2\">stängs</a> klockan 19.</p>";
    let pdf = "Content-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nAAAA";
    let found = mail(&multipart("mixed", &[page, pdf, second]));
    assert_eq!(shown(&found.document.blocks), "p Biblioteket [öppnas](0) på måndag.\np Det [stängs](1) klockan 19.");
    let links: Vec<&str> = found.document.links.iter().map(|link| link.address.as_str()).collect();
    assert_eq!(links, ["https://example.fi/1", "https://example.fi/2"]);
    assert!(found.notes.iter().any(|note| note.0.contains("application/pdf")), "{:?}", found.notes);
    let footer = "Content-Type: text/html; charset=utf-8\n\n<p>-- <br>Tiedotelista, <a href=\"https://example.fi/l\">lopeta tilaus</a></p>";
    assert_eq!(
        text_of(&multipart("mixed", &[one, footer])),
        "p Kirjasto avataan maanantaina.\nboilerplate -- Tiedotelista, lopeta tilaus"
    );
}

#[test]
fn of_alternatives_the_one_with_a_text_is_shown() {
    let plain = "Content-Type: text/plain\n\nThe library opens on Monday, and everyone is welcome to see it.";
    let expected = "p The library opens on Monday, and everyone is welcome to see it.";
    for page in [
        "<html><body></body></html>",
        "<p>&nbsp;</p>",
        "<img src=a.png>",
        "<style>p { color: red }</style><title>The library</title><a href=\"https://example.fi\">Open</a>",
    ] {
        let page = format!("Content-Type: text/html\n\n{page}");
        assert_eq!(text_of(&multipart("alternative", &[plain, &page])), expected, "{page}");
    }
    let page = "Content-Type: text/html\n\n<p>The library opens on Monday.</p>";
    assert_eq!(text_of(&multipart("alternative", &[plain, page])), "p The library opens on Monday.");
    let calendar = "Content-Type: text/calendar\n\nBEGIN:VCALENDAR";
    assert_eq!(text_of(&multipart("alternative", &[plain, calendar])), expected);
}

#[test]
fn a_text_in_an_unusual_wrapping_is_found() {
    for (rest, expected) in [
        ("Content-Type: text\n\nSilta avataan.\n", "p Silta avataan."),
        ("Content-Type: text/plain\nContent-Disposition: attachment\n\nSilta avataan.\n", "p Silta avataan."),
        (
            "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment; filename=a.txt\n\nBron öppnas.\n",
            "p Bron öppnas.",
        ),
        (
            "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nSilta avataan.\n",
            "p Silta avataan.",
        ),
        (
            "Content-Type: multipart/mixed; boundary=other\n\n--x\nContent-Type: text/plain\n\nSilta avataan.\n--x--\n",
            "p Silta avataan.",
        ),
        ("Content-Type: multipart/mixed\n\nThe bridge opens.\n", "p The bridge opens."),
        ("Content-Type: text/markdown\n\nSilta **avataan**.\n", "p Silta **avataan**."),
        ("Content-Type: text/enriched\n\n<bold>Silta</bold>\navataan <<nyt>.\n", "p Silta avataan <nyt>."),
        ("\n<html><body><p>Silta avataan.</p></body></html>\n", "p Silta avataan."),
    ] {
        assert_eq!(text_of(rest), expected, "{rest}");
    }
    for before in ["\n", "\r\n\r\n", "\u{feff}", "\u{feff}\n"] {
        let text = format!("{before}{HEAD}\nTeksti.\n");
        for name in ["a.eml", "-"] {
            let found = read_any(&Input::new(name, text.as_bytes())).announcements.remove(0);
            assert_eq!(
                (found.source.as_deref(), shown(&found.document.blocks).as_str()),
                (Some("Kunta"), "p Teksti."),
                "{before:?}"
            );
        }
    }
    let carriage = format!("{HEAD}\nTeksti.\n").replace('\n', "\r");
    assert_eq!(
        shown(&read_any(&Input::new("a.eml", carriage.as_bytes())).announcements[0].document.blocks),
        "p Teksti."
    );
}

#[test]
fn mails_within_a_mail_are_announcements_of_their_own() {
    let enclosed = "Content-Type: message/rfc822\n\nFrom: Kaupunki <v@example.fi>\nSubject: Silta avataan\nDate: Thu, 10 Sep 2020 12:00:00 +0000\n\nSilta avataan maanantaina.";
    let note = "Content-Type: text/plain\n\nTiedoksi.";
    for (parts, expected) in [
        (vec![enclosed], "p Silta avataan maanantaina."),
        (vec![note, enclosed], "boilerplate Tiedoksi.\np Silta avataan maanantaina."),
    ] {
        let found = mails(&multipart("mixed", &parts));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].title.as_str(), found[0].source.as_deref()), ("Silta avataan", Some("Kaupunki")));
        assert_eq!(found[0].published.unwrap().value.to_string(), "2020-09-10T12:00");
        assert_eq!(shown(&found[0].document.blocks), expected);
    }
    let long = format!(
        "Content-Type: text/plain\n\n{}",
        "Kirjasto avataan maanantaina, ja kaikki ovat tervetulleita. ".repeat(8)
    );
    let titles =
        |found: &[crate::model::Announcement]| found.iter().map(|found| found.title.to_string()).collect::<Vec<_>>();
    assert_eq!(titles(&mails(&multipart("mixed", &[&long, enclosed]))), ["Kirjasto avataan", "Silta avataan"]);
    let digest = multipart("digest", &["\nSubject: Bron\n\nBron öppnas.", "\nSubject: Vägen\n\nVägen stängs."]);
    assert_eq!(titles(&mails(&digest)), ["Bron", "Vägen"]);
}

#[test]
fn a_mail_passed_on_within_a_page_is_the_announcement() {
    let outlook = |fields: &[(&str, &str)]| {
        let lines: Vec<String> = fields.iter().map(|(name, value)| format!("<b>{name}:</b> {value}")).collect();
        format!(
            "<div style=\"border:none;border-top:solid #E1E1E1 1.0pt\"><p class=\"MsoNormal\"><span>{}<o:p></o:p></span></p></div>",
            lines.join("<br>\n")
        )
    };
    let address = "Vantaa &lt;<a href=\"mailto:v@example.fi\">v@example.fi</a>&gt;";
    for (before, head, from) in [
        (
            "<p>Tiedoksi.</p>",
            outlook(&[
                ("From", address),
                ("Sent", "Thursday, September 10, 2020 12:00 PM"),
                ("To", "Maija"),
                ("Subject", "Silta avataan"),
            ]),
            "Vantaa",
        ),
        (
            "<div><p>Hei,</p><p>alla tiedote.</p>",
            outlook(&[
                ("Lähettäjä", address),
                ("Lähetetty", "torstai 10. syyskuuta 2020 12.00"),
                ("Vastaanottaja", "Maija"),
                ("Aihe", "VL: Silta avataan"),
            ]),
            "Vantaa",
        ),
        (
            "<p>FYI</p><hr>",
            outlook(&[
                ("Från", "Vanda stad"),
                ("Skickat", "den 10 september 2020 12:00"),
                ("Till", "Maija"),
                ("Ämne", "VB: Silta avataan"),
            ]),
            "Vanda stad",
        ),
        (
            "",
            "<div>---------- Forwarded message ---------<br>From: <strong>Vantaa</strong> <span>&lt;v@example.fi&gt;</span><br>Date: to 10. syysk. 2020 klo 12.00<br>Subject: Silta avataan<br></div><br><br>".to_owned(),
            "Vantaa",
        ),
        (
            "<div>Till kännedom</div>",
            "<blockquote type=\"cite\"><div><b>From: </b><span>Vantaa<br></span></div><div><b>Date: </b><span>10 September 2020 at 12:00<br></span></div><div><b>Subject: </b><span>Silta avataan<br></span></div>".to_owned(),
            "Vantaa",
        ),
        (
            "",
            "<table><tr><td>Lähettäjä:</td><td>Vantaa</td></tr><tr><td>Lähetetty:</td><td>10.9.2020 12:00</td></tr><tr><td>Aihe:</td><td>Silta avataan</td></tr></table>".to_owned(),
            "Vantaa",
        ),
    ] {
        let text = format!(
            "<html><body>{before}{head}<p>Silta avataan maanantaina.</p><p>Liikenne ohjataan vanhalle <b>sillalle</b>.</p></body></html>"
        );
        let found = mails(&format!("Content-Type: text/html; charset=utf-8\n\n{text}"));
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].title.as_str(), found[0].source.as_deref()), ("Silta avataan", Some(from)), "{text}");
        assert_eq!(found[0].published.unwrap().value.to_string(), "2020-09-10T12:00", "{text}");
        let shown = shown(&found[0].document.blocks);
        let (asides, text) = shown.split_once("Silta avataan maanantaina.").unwrap();
        assert!(asides.lines().rev().skip(1).all(|line| line.starts_with("boilerplate ")), "{shown}");
        assert_eq!(text, "\np Liikenne ohjataan vanhalle **sillalle**.", "{shown}");
    }
}

#[test]
fn a_page_with_much_of_its_own_and_one_passed_on_is_two_announcements() {
    let own =
        "<p>Kaupunki korjaa sillan kesän aikana, ja liikenne ohjataan vanhalle sillalle koko ajaksi.</p>".repeat(4);
    let head = "<div><b>From:</b> Vantaa<br><b>Sent:</b> 10.9.2020 12:00<br><b>Subject:</b> Silta avataan</div>";
    let further = "<div><b>From:</b> Kerava<br><b>Sent:</b> 9.9.2020 12:00<br><b>Subject:</b> Katu suljetaan</div>";
    let found = mails(&format!(
        "Content-Type: text/html; charset=utf-8\n\n{own}{head}<h2>Päivämäärä: maanantai</h2><p>Silta avataan pian.</p>{further}<p>Katu suljetaan yöksi.</p>"
    ));
    let titles: Vec<&str> = found.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(&titles[1..], ["Silta avataan", "Katu suljetaan"]);
    assert!(!shown(&found[0].document.blocks).contains("avataan pian"));
    // What follows the head is no field of it, though it looks like one.
    assert!(
        shown(&found[1].document.blocks).contains("# Päivämäärä: maanantai"),
        "{}",
        shown(&found[1].document.blocks)
    );
    assert!(shown(&found[2].document.blocks).ends_with("p Katu suljetaan yöksi."));
    // A list of facts is no head.
    let facts = "<p>Päivämäärä: 10.9.2020<br>Otsikko: Silta</p><p>Silta avataan maanantaina.</p>";
    assert_eq!(mails(&format!("Content-Type: text/html; charset=utf-8\n\n{facts}")).len(), 1);
}

#[test]
fn a_mail_passed_on_within_a_text_is_the_announcement() {
    for (before, head, from) in [
        (
            "Tiedoksi.\n-- \nMaija\n\n",
            "---------- Forwarded message ---------\nFrom: Vantaa <v@example.fi>\nDate: to 10. syysk. 2020 klo 12.00\nSubject: Silta avataan\nTo: <m@example.fi>\n",
            "Vantaa",
        ),
        (
            "Hei,\n\nalla tiedote.\n\n",
            "-----Alkuperäinen viesti-----\nLähettäjä: Vantaa <v@example.fi>\nLähetetty: torstai 10. syyskuuta 2020 12.00\nVastaanottaja: Maija\nAihe: VL: Silta avataan\n",
            "Vantaa",
        ),
        (
            "",
            "-----Ursprungligt meddelande-----\nFrån: Vanda stad\nSkickat: den 10 september 2020 12:00\nTill: Maija\nÄmne: VB: Silta avataan\n",
            "Vanda stad",
        ),
        (
            "FYI\n\n",
            "Begin forwarded message:\n\n> From: Vantaa\n> Date: 10 September 2020 at 12:00\n> Subject: Silta avataan\n",
            "Vantaa",
        ),
        (
            "Hei\n\n",
            "________________________________\nLähettäjä: Vantaa\nLähetetty: 10.9.2020 12:00\nAihe: Silta avataan\n",
            "Vantaa",
        ),
        (
            "Hei\n\n",
            "From: Vantaa\nSent: Thursday, September 10, 2020 12:00 PM\nTo: Maija\nSubject: Silta avataan\n",
            "Vantaa",
        ),
    ] {
        let sign = if head.contains("> ") { "> " } else { "" };
        let text = format!(
            "{before}{head}{sign}\n{sign}Silta avataan maanantaina.\n{sign}\n{sign}Liikenne ohjataan vanhalle sillalle.\n"
        );
        let found = mails(&format!("Content-Type: text/plain; charset=utf-8\n\n{text}"));
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!((found[0].title.as_str(), found[0].source.as_deref()), ("Silta avataan", Some(from)), "{text}");
        assert_eq!(found[0].published.unwrap().value.to_string(), "2020-09-10T12:00", "{text}");
        let shown: Vec<String> = shown(&found[0].document.blocks)
            .lines()
            .filter(|line| !line.starts_with("boilerplate"))
            .map(str::to_owned)
            .collect();
        assert_eq!(shown, ["p Silta avataan maanantaina.", "p Liikenne ohjataan vanhalle sillalle."], "{text}");
    }
}

#[test]
fn only_a_short_end_is_a_signature() {
    assert_eq!(
        text_of("\nTiedote\n--\nKaupunki korjaa sillan kesän aikana.\n\nLiikenne ohjataan kiertotielle.\n"),
        "boilerplate Tiedote\np Kaupunki korjaa sillan kesän aikana.\np Liikenne ohjataan kiertotielle."
    );
    assert_eq!(
        text_of("\nBron repareras under sommaren.\n\nTrafiken leds om.\n\n-- \nMaja Berg\nVanda stad\n"),
        "p Bron repareras under sommaren.\np Trafiken leds om.\nboilerplate Maja Berg\nboilerplate Vanda stad"
    );
    assert_eq!(
        text_of(
            "\nThe bridge is closed for the summer.\n\nTraffic is led elsewhere.\n____________________________\nNews list\nhttps://example.fi/list\n"
        ),
        "p The bridge is closed for the summer.\np Traffic is led elsewhere.\nboilerplate News list\nboilerplate https://example.fi/list"
    );
}

#[test]
fn greetings_are_no_headings() {
    let text = "Kaupunki korjaa sillan kesän aikana, ja liikenne ohjataan vanhalle sillalle.";
    for greeting in [
        "Hei",
        "Hei kaikki,",
        "Hyvät vastaanottajat",
        "Hej!",
        "Bästa mottagare,",
        "Dear colleagues",
        "Good morning,",
        "Hyvää päivää",
    ] {
        assert_eq!(
            text_of(&format!("Content-Type: text/plain; charset=utf-8\n\n{greeting}\n\n{text}\n\n{text}\n"))
                .lines()
                .next(),
            Some(format!("boilerplate {greeting}").as_str())
        );
    }
    assert!(!text_of(&format!("\nHyvä sää jatkuu\n\n{text}\n\n{text}\n")).contains("boilerplate"));
}

#[test]
fn text_that_flows_is_joined() {
    let flowed = "Kaupunki korjaa sillan kesän aikana, ja liikenne ohjataan \nkiertotielle kesäkuun alusta alkaen.\n\n Työ jatkuu \n syksyllä.\n";
    assert_eq!(
        text_of(&format!("Content-Type: text/plain; charset=utf-8; format=flowed\n\n{flowed}")),
        "p Kaupunki korjaa sillan kesän aikana, ja liikenne ohjataan kiertotielle kesäkuun alusta alkaen.\np Työ jatkuu syksyllä."
    );
    assert_eq!(
        text_of(
            "Content-Type: text/plain; charset=utf-8; Format=Flowed; DelSp=Yes\n\nBron stängs i slutet av som \nmaren, och trafiken  \nleds om.\n"
        ),
        "p Bron stängs i slutet av sommaren, och trafiken leds om."
    );
    assert_eq!(unflowed("> a \n> b\n>> c\n-- \nd \n"), "> a b\n>> c\n-- \nd \n");
}

fn unflowed(text: &str) -> String {
    letter::unflow(text, false)
}

#[test]
fn quoted_lines_are_quotations() {
    let text = "\nAloitus siirtyi toukokuulle.\n\n> Työ alkaa huhtikuussa, mutta aloitus voi siirtyä.\n>\n>> Milloin työ alkaa?\n\nTervetuloa katsomaan.\n";
    assert_eq!(
        text_of(text),
        "lead Aloitus siirtyi toukokuulle.\n>q Työ alkaa huhtikuussa, mutta aloitus voi siirtyä.\n>>q Milloin työ alkaa?\np Tervetuloa katsomaan."
    );
}

#[test]
fn a_mail_in_another_encoding_than_it_says_is_read() {
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    let finnish = "Työmaa on valmis ja väylä auki.";
    for (fields, body, noted) in [
        ("", latin(finnish), true),
        ("Content-Type: text/plain; charset=utf-8\n", latin(finnish), true),
        ("Content-Type: text/plain; charset=us-ascii\n", finnish.as_bytes().to_vec(), false),
        ("Content-Type: text/plain; charset=iso-8859-1\n", finnish.as_bytes().to_vec(), true),
        ("Content-Type: text/plain; charset=latin-1\n", latin(finnish), false),
        ("Content-Type: text/html\n", latin(&format!("<meta charset=\"windows-1252\"><p>{finnish}</p>")), false),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n",
            b"Ty=F6maa on valmis ja v=E4yl=E4 auki.".to_vec(),
            true,
        ),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n",
            b"VHnDtm1hYSBvbiB2YWxtaXMgamEgdsOkeWzDpCBhdWtpLg0K\n".to_vec(),
            false,
        ),
    ] {
        let bytes = [HEAD.as_bytes(), fields.as_bytes(), b"\n", &body].concat();
        let found = read_any(&Input::new("a.eml", &bytes)).announcements.remove(0);
        assert_eq!(shown(&found.document.blocks), format!("p {finnish}"), "{fields}");
        assert_eq!(!found.notes.is_empty(), noted, "{fields}: {:?}", found.notes);
    }
    let subject = [
        b"Subject: ".as_slice(),
        &latin("Bron över älven"),
        b"\nFrom: ",
        &latin("Södra byn"),
        b" <a@example.fi>\n\nTeksti.\n",
    ]
    .concat();
    let found = read_any(&Input::new("a.eml", &subject)).announcements.remove(0);
    assert_eq!((found.title.as_str(), found.source.as_deref()), ("Bron över älven", Some("Södra byn")));
}

#[test]
fn times_are_those_of_the_readers_zone() {
    let helsinki = crate::calendar::Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
    for (date, shown) in [
        ("Fri, 11 Sep 2020 08:00:00 +0000", "2020-09-11T11:00"),
        ("Fri, 11 Sep 2020 10:00:00 +0300", "2020-09-11T10:00"),
        ("11 Sep 20 08:05 EEST", "2020-09-11T08:05"),
        ("Thu, 31 Dec 2020 22:30:10 GMT", "2021-01-01T00:30"),
    ] {
        let mail = format!("From: a@example.fi\nSubject: Silta\nDate: {date}\n\nTeksti.\n");
        let found = read_any(&Input::new("a.eml", mail.as_bytes()).in_zone(&helsinki)).announcements.remove(0);
        assert_eq!(found.published.unwrap().value.to_string(), shown, "{date}");
    }
    let received = "Received: from a by b; Fri, 11 Sep 2020 08:05:00 +0300\nSubject: Silta\n\nTeksti.\n";
    assert_eq!(
        read_any(&Input::new("a.eml", received.as_bytes())).announcements[0].published.unwrap().value.to_string(),
        "2020-09-11T05:05"
    );
}

#[test]
fn a_long_text_below_dashes_is_no_signature() {
    let text = "Kaupunki korjaa sillan kesän aikana, ja liikenne ohjataan vanhalle sillalle koko ajaksi.";
    let shown = text_of(&format!(
        "Content-Type: text/plain; charset=utf-8\n\nTyöt alkavat.\n\n{text}\n--\n{text}\n\nPysäköinti kielletään.\n"
    ));
    assert!(!shown.contains("boilerplate"), "{shown}");
    let shown = text_of(&format!(
        "Content-Type: text/plain; charset=utf-8\n\n{text}\n\n{text}\n\n--\nKunta\nVastaa, jos et halua viestejä.\n"
    ));
    assert!(shown.ends_with("boilerplate Kunta\nboilerplate Vastaa, jos et halua viestejä."), "{shown}");
}
