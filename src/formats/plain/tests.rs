//! Shapes of announcements, in sentences of our own.

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
        ["lead", "##", "p", "q(Raili", "p", "q(Kaisa", "##", "p", "furniture", "furniture", "furniture"],
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
        [BlockKind::Furniture, BlockKind::Lead, BlockKind::Paragraph, BlockKind::Paragraph, BlockKind::Paragraph]
    );
}
