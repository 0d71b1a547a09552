//! Shapes of announcements, in sentences of our own.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;
use crate::formats::tests::shown;
use crate::formats::{Input, read as read_file};
use crate::model::{Announcement, BlockKind};

fn announcement(text: &str) -> Announcement {
    read_file(&Input::new("a.txt", text.as_bytes())).announcements.into_iter().next().unwrap()
}

#[test]
fn the_shape_of_a_page_with_headings_quotes_and_a_stamp_at_its_end() {
    let text = "\
Kaupungit rakentavat yhdessä uuden kirjastoverkon

Kahden kaupungin yhteinen ohjausryhmä seuraa kirjastoverkon valmistelua. Työtä tehdään kiireellä.

Uusi kirjasto varmistaa aukiolon ja palvelujen laadun

Yhteistä kirjastoa rakennetaan hankkeessa, johon valtio on myöntänyt 1,2 miljoonaa euroa. Työn tekevät kaupunkien omat asiantuntijat.

-Haluamme kirjaston, johon jokaisen on helppo tulla, sanoo Itärannan kaupunginjohtaja Raili Virta. Myös kirjastoauto jatkaa.

Ryhmä valmistelee myös yhteistä aineistokokoelmaa.

-Kokoelma ja kirjasto tukevat toisiaan, toteaa Länsirannan kaupunginjohtaja Kaisa Rinta.

Valmistelu etenee arvostelusta huolimatta

Aikataulu on tiukka, ja päätökset tehdään ensi vuoden lopussa. Arvostelu esitettiin 2.9. pidetyssä tilaisuudessa.

Julkaistu: 11.9.2020 
(muokattu: )

Ajankohtaista

Twitter";
    let found = announcement(text);
    assert_eq!(found.title.as_str(), "Kaupungit rakentavat yhdessä uuden kirjastoverkon");
    assert_eq!(
        found.published.map(|dated| (dated.value.to_string(), dated.origin)),
        Some(("2020-09-11".into(), Origin::Label))
    );
    assert_eq!((found.modified, found.section.as_deref()), (None, Some("Ajankohtaista")));
    assert_eq!(found.language, Some(Language::Finnish));
    let blocks = shown(&found.document.blocks);
    let kinds: Vec<&str> = blocks.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(
        kinds,
        ["lead", "##", "p", "q(Raili", "p", "q(Kaisa", "##", "p", "boilerplate", "boilerplate", "boilerplate"],
        "{blocks}"
    );
}

#[test]
fn the_shape_of_a_page_with_a_scraper_prefix_and_an_address() {
    let text = " date 2021-12 Hanke päättyy, työ jatkuu edelleen

Yhteinen hanke päättyy vuoden lopussa. Aloitettu työ jatkuu alueella.

Hanke kuuluu kokonaisuuteen, joka valmistelee palvelujen siirtymistä. Sen aikana kokeiltiin PROM (Patient Reported Outcome Measure) -menetelmää.

Työ jatkuu siis ensi vuonnakin vuodesta 2023 alkaen.

Lisätietoa työstä löydät täältä. Voit myös lähettää meille sähköpostia osoitteeseen hanke@example.fi";
    let found = announcement(text);
    assert_eq!(found.title.as_str(), "Hanke päättyy, työ jatkuu edelleen");
    assert_eq!(
        found.published.map(|dated| (dated.value.to_string(), dated.origin)),
        Some(("2021-12".into(), Origin::Scraper))
    );
    assert_eq!(
        found.document.links.iter().map(|link| link.address.as_str()).collect::<Vec<_>>(),
        ["mailto:hanke@example.fi"]
    );
    let kinds: Vec<_> = found.document.blocks.iter().map(|block| block.kind.clone()).collect();
    assert_eq!(
        kinds,
        [BlockKind::Boilerplate, BlockKind::Lead, BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Paragraph]
    );
}

#[test]
fn a_lone_dash_behind_a_question_or_a_name_opens_a_quote() {
    for (before, quote, after, speaker) in [
        (
            "Mitä seuraavaksi?",
            "Seuraavaksi keräämme mielipiteitä, ja sitten päätetään sillan paikasta yhdessä.",
            "Työ jatkuu ensi vuonna.",
            None,
        ),
        (
            "Johtaja Ritva Aho:",
            "Tärkeintä on se, että silta kestää vielä lastenlastemmekin ajan ilman suuria korjauksia.",
            "Työ jatkuu ensi vuonna.",
            Some("Ritva Aho"),
        ),
        (
            "Vad händer nu?",
            "Just nu samlar vi in synpunkter från alla som bor på öarna och använder bron.",
            "Arbetet fortsätter nästa år.",
            None,
        ),
        (
            "Ministern fyllde i:",
            "En viktig punkt är att ingen ska behöva flytta för att bron är stängd på vintern.",
            "Arbetet fortsätter nästa år.",
            Some("Ministern"),
        ),
        (
            "Brochef Erik Brolin:",
            "Bron ska stå i hundra år, och det kräver att vi målar den varje sommar.",
            "Arbetet fortsätter nästa år.",
            Some("Erik Brolin"),
        ),
        (
            "What happens now?",
            "Right now we ask everyone on the islands what they think of the plans for the bridge.",
            "Work goes on next year.",
            None,
        ),
    ] {
        let text = format!("Silta joen yli\n\nSilta on vanha. Se korjataan nyt.\n\n{before}\n\n– {quote}\n\n{after}");
        let found = announcement(&text);
        let quotes: Vec<_> =
            found.document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Quote { .. })).collect();
        assert_eq!(quotes.len(), 1, "{text}");
        assert_eq!((quotes[0].text.as_str(), quotes[0].speaker()), (quote, speaker));
    }
}

#[test]
fn lone_dashes_that_are_items() {
    for (before, item) in [
        ("Mukaan tarvitaan:", "– Lämmin takki ja hyvät kengät, sillä sillalla tuulee aina kovemmin kuin rannalla."),
        ("Ta med:", "– Varm jacka och bra skor, eftersom det alltid blåser mer på bron än på stranden."),
        ("Silta on auki.", "– lapset ja nuoret pääsevät sillalle ilman maksua koko kesän ajan viikonloppuisin"),
    ] {
        let found = announcement(&format!("Silta joen yli\n\nSilta on vanha.\n\n{before}\n\n{item}\n\nTyö jatkuu."));
        assert!(!found.document.blocks.iter().any(|block| matches!(block.kind, BlockKind::Quote { .. })), "{item}");
    }
}

#[test]
fn kinds_of_text_above_a_title_and_fields_above_a_lead() {
    let body = "Silta avataan liikenteelle maanantaina, ja se on nyt valmis.\n\nBron öppnas för trafik på måndag. Den är klar.\n\nThe bridge opens on Monday. It is ready.";
    for (kind, title, field) in [
        ("Uutinen", "Silta avataan liikenteelle", "Vastuuhenkilö: Anna Aho"),
        ("Kolumni", "Mitä silta opettaa meille", "Aihe: Sillat"),
        ("Puhe", "Puhe sillan avajaisissa Hiekkarannassa", "Vastuutaho: Siltalautakunta"),
        ("Nyhet", "Bron öppnas för trafik", "Ansvarig: Brodepartementet"),
        ("Debattartikel", "Därför behövs bron över ån", "Diarienummer: 2031/14"),
        ("Anförande", "Tal vid brons invigning", "Ansvarig: Bronämnden"),
        ("World news story", "Bridge between the islands opens", "Responsible: Bridge Office"),
        ("Authored article", "Why we built the bridge", "Topic: Bridges"),
        ("Written statement to Parliament", "Statement on the island bridge", "Reference: 2031/14"),
        ("Speech", "What a bridge can teach us", "Location: Town Hall"),
    ] {
        let found = announcement(&format!("{kind}\n\n{title}\n\n{field}\n\n{body}"));
        assert_eq!((found.title.as_str(), found.section.as_deref()), (title, None), "{kind}");
        assert!(found.lead().is_some_and(|lead| lead.starts_with("Silta avataan")), "{field}: {:?}", found.lead());
    }
}

/// Counts the letters and digits of a text, in lower case.
fn letters(text: &str) -> HashMap<char, usize> {
    let mut counts = HashMap::new();
    for letter in Clean::line(text).chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase) {
        *counts.entry(letter).or_default() += 1;
    }
    counts
}

/// Joins all the texts that an announcement shows.
fn shows(found: &Announcement) -> String {
    let mut all = format!("{} {}", found.title, found.section.as_deref().unwrap_or_default());
    for block in &found.document.blocks {
        all.push(' ');
        all += &block.text;
        if let BlockKind::Item { marker: Marker::Number(number), .. } = block.kind {
            all += &number.to_string();
        }
    }
    all
}

/// Generates texts from the pieces announcements are made of, so that the rules meet each other.
fn pieces() -> impl Strategy<Value = String> {
    const PIECES: [&str; 44] = [
        "Otsikko ilman pistettä",
        "Kunta avaa koulun. Se on uusi ja iso.",
        "– Hyvä, sanoo johtaja Anna Aho.",
        "- yksi",
        "• kaksi",
        "1. kolme",
        "2. neljä",
        "Julkaistu: 11.9.2020",
        "(muokattu: )",
        "Julkaistu:",
        "12.3.2021 10.12",
        "Lisätietoja:",
        "Anna Aho, puh. 050 000 0000",
        "AhoJohtajaPuh:0500000000a.aho@example.fi",
        "Jaa",
        "Avainsanat",
        "Avainsanat: a, b",
        "Lue lisää julkaisijalta Kunta",
        "Lue myös",
        "Tietoja julkaisijasta",
        "Otsikko12.6.2023 09:00:00 EEST | Tiedote",
        " date 2021-12 ",
        " date 2025-10-01 Uutinen",
        "Aika: ma 1.2.",
        "Klo 9.00 Avaus",
        "10.00–11.00 Kahvi",
        "Päivitetty 4.3.2025 klo 11:00: Löytynyt.",
        "Lisäys klo 10:26 : Jatkuu.",
        "From:",
        "Ajankohtaista",
        "ma\tti\tke",
        "The minister said:",
        "“We are glad to open it at last for everyone.”",
        "Var detta till nytta?",
        "www.example.fi",
        "]]>",
        "\u{feff}",
        "é\u{301}",
        "\n",
        "\n\n",
        "\r\n",
        "Kunta | Uutiset",
        "Uusi koulu | Kunta",
        "Uusi koulu",
    ];
    proptest::collection::vec((prop::sample::select(&PIECES[..]), 1..3_usize), 0..24)
        .prop_map(|parts| parts.into_iter().flat_map(|(part, breaks)| [part.to_owned(), "\n".repeat(breaks)]).collect())
}

/// Returns a letter that the announcement shows less often than the text has it, if there is one.
fn lost(text: &str) -> Option<char> {
    let found = read_file(&Input::new("a.txt", text.as_bytes())).announcements.into_iter().next()?;
    let shown = letters(&shows(&found));
    // The one thing dropped are repetitions of the title and the lead.
    let said: Vec<&str> = [found.title.as_str(), found.lead().map_or("", |lead| lead)].into();
    let lines = text.lines().map(Clean::line);
    let repeated: String = lines.filter(|line| said.contains(&line.as_str())).map(|line| line.to_string()).collect();
    let repeated = letters(&repeated);
    let kept =
        |letter| shown.get(&letter).copied().unwrap_or_default() + repeated.get(&letter).copied().unwrap_or_default();
    letters(text).into_iter().find(|(letter, count)| kept(*letter) < *count).map(|(letter, _)| letter)
}

proptest! {
    #[test]
    fn no_text_is_lost(text in pieces()) {
        prop_assert_eq!(lost(&text), None);
    }

    #[test]
    fn any_string_is_an_announcement(text in any::<String>()) {
        prop_assert_eq!(lost(&text), None);
    }

    #[test]
    fn dates_in_any_line(text in "[0-9]{1,4}[./: -]?[0-9]{0,4}[./: klo-]{0,3}[0-9]{0,4}[.: a-zåäö]{0,9}[0-9]{0,5}") {
        let _ = (crate::calendar::stamp(&text), crate::calendar::revision_mark(&text));
        prop_assert!(crate::calendar::glued_date(&text).is_none_or(|at| text.is_char_boundary(at)));
    }
}

#[test]
fn the_first_part_of_a_long_text_begins_like_the_whole() {
    let part = "Kunta rakentaa uuden koulun ja kirjaston samaan taloon, jossa on tilaa kaikille.\n\nVäliotsikko\n\n– Hyvä on, sanoo rehtori Anna Aho.\n\nKoulu, puh. 09 000 0000\n\nKoulu valmistuu ensi vuonna, ja se maksaa kolme miljoonaa euroa, joista valtio maksaa puolet. Loput maksaa kunta itse lainalla.\n\n";
    let text = format!("Uusi koulu rakennetaan keskustaan\n\nJulkaistu 1.2.2021\n\n{}", part.repeat(2000));
    let whole = announcement(&text);
    let bytes = text.as_bytes().get(..64 * 1024).unwrap();
    let first =
        read_file(&Input { partial: true, ..Input::new("a.txt", bytes) }).announcements.into_iter().next().unwrap();
    assert_eq!((first.id, &first.title, first.published), (whole.id, &whole.title, whole.published));
    let same = first.document.blocks.iter().zip(&whole.document.blocks).take_while(|(one, other)| one == other).count();
    assert!(same + 2 >= first.document.blocks.len(), "{same} of {}", first.document.blocks.len());
}

/// Reads long texts of one repeated piece: each would take an hour if any rule were quadratic.
#[test]
fn hostile_texts_take_linear_time() {
    for (piece, count) in [
        ("-", 200_000),
        ("- ", 100_000),
        ("– a\n", 12_500),
        ("\n", 62_500),
        ("a\n", 37_500),
        ("1.1.2021 ", 50_000),
        ("\"a\" sanoo ", 50_000),
        ("Puh:", 100_000),
        ("aPuh:1", 100_000),
        ("a@b.fi", 50_000),
        ("(", 200_000),
        ("1. a\n2. b\n", 6_250),
        ("Lue myös\nYksi\n", 6_250),
        ("Lisätietoja:\n", 6_250),
        ("Otsikko\n\nTeksti tässä on.\n\n", 3_750),
        ("sana\u{ad}", 100_000),
        ("– Hyvä, sanoo ", 50_000),
        ("12.6.2023 ", 50_000),
        ("klo 9:", 80_000),
        ("a12.6.2023 09:00\n", 3_750),
        ("Julkaistu:\n", 6_250),
        ("www.", 100_000),
        ("https://", 60_000),
        ("Kuva: ", 50_000),
        ("   ", 200_000),
        ("a\t", 100_000),
        ("a   b\n", 6_250),
        ("\r", 200_000),
        ("“", 200_000),
    ] {
        let text = piece.repeat(count);
        let found = read_file(&Input::new("a.txt", text.as_bytes()));
        assert!(found.announcements.len() <= 1);
    }
}
