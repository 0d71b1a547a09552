//! Lists the texts of the information panel.

use crate::app::messages::{Text, texts};
use crate::calendar::Precision;
use crate::model::Origin;
use crate::text::Language;

texts! {
    TITLE: "Otsikko", "Rubrik", "Title";
    FILED: "Tunnisteet", "Egna taggar", "Your tags";
    FILE: "Tiedosto", "Fil", "File";
    FORMAT: "Muoto", "Format", "Format";
    ENCODING: "Merkistö", "Teckenkodning", "Encoding";
    LANGUAGE: "Kieli", "Språk", "Language";
    PUBLISHED: "Julkaistu", "Publicerad", "Published";
    MODIFIED: "Muokattu", "Ändrad", "Modified";
    SOURCE: "Lähde", "Källa", "Source";
    SECTION: "Osasto", "Avdelning", "Section";
    TAGS: "Asiasanat", "Ämnesord", "Tags";
    LENGTH: "Pituus", "Längd", "Length";
    ADDRESS: "Osoite", "Adress", "Address";
    LINKS: "Linkit", "Länkar", "Links";
    CONTACTS: "Yhteystiedot", "Kontakt", "Contacts";
    ALSO_IN: "Myös", "Finns även i", "Also in";
    NOTES: "Huomiot", "Anmärkningar", "Notes";
    BOILERPLATE: "Sivun muu teksti", "Sidans övriga text", "Rest of the page";
    BUNDLED: "tulee ohjelman mukana", "följer med programmet", "comes with the program";
    GIVEN: "annettu ohjelman syötteenä", "gavs på standard in", "from standard input";
    KEPT: "vain kirjastossa, tiedosto on poistunut tai sitä ei seurata", "endast i biblioteket, filen är borta eller följs inte", "only in the library, its file is gone or not followed";
    IN_LIBRARY: "kirjastossa", "i biblioteket", "in the library";
    GONE: "ei enää siellä", "finns inte längre där", "no longer there";
    ITEM: "tiedote", "meddelande", "announcement";
    PACKED: "pakattu (gzip)", "komprimerad (gzip)", "compressed (gzip)";
    WORDS: "sanaa", "ord", "words";
    MINUTES: "min lukuaika", "min lästid", "min to read";
    PASSAGE: "kappale", "stycke", "passage";
    PASSAGES: "kappaletta", "stycken", "passages";
    SHOWS: "näyttää", "visar", "shows it";
    HIDES: "piilottaa", "döljer", "hides it";
    UNKNOWN: "tuntematon", "okänt", "unknown";
    FINNISH: "suomi", "finska", "Finnish";
    SWEDISH: "ruotsi", "svenska", "Swedish";
    ENGLISH: "englanti", "engelska", "English";
    YEAR: "vuoden tarkkuudella", "på året när", "to the year";
    MONTH: "kuukauden tarkkuudella", "på månaden när", "to the month";
    DAY: "päivän tarkkuudella", "på dagen när", "to the day";
    MINUTE: "minuutin tarkkuudella", "på minuten när", "to the minute";
    FIELD: "tiedoston tai sivun tietokentästä", "från ett fält i filen eller på sidan", "from a field of the file or page";
    LABEL: "tekstin merkinnästä", "från en märkt uppgift i texten", "from a label in the text";
    STAMP: "tekstin alun aikaleimasta", "från tidsstämpeln i textens början", "from a time stamp in the first lines";
    LINE: "päiväysriviltä", "från en rad med bara datum", "from a line that holds only a date";
    FROM_ADDRESS: "sivun osoitteesta", "från sidans adress", "from the address of the page";
    FROM_FILE_NAME: "tiedoston nimestä", "från filens namn", "from the name of the file";
    SCRAPER: "sivun tallentaneen ohjelman rivistä", "från en rad av programmet som sparade sidan", "from a line by the program that saved the page";
    ARRIVAL: "päivä, jona se saapui", "dagen då det kom", "the day it came";
    PLAIN_TEXT: "raakateksti", "ren text", "plain text";
    MAIL: "sähköposti", "e-post", "e-mail";
}

/// Returns the word for `count` passages.
pub fn passages(count: usize) -> Text {
    if count == 1 { PASSAGE } else { PASSAGES }
}

/// Returns the name of a language.
#[must_use]
pub fn language(language: Option<Language>) -> Text {
    match language {
        Some(Language::Finnish) => FINNISH,
        Some(Language::Swedish) => SWEDISH,
        Some(Language::English) => ENGLISH,
        None => UNKNOWN,
    }
}

/// Returns the words for the precision of a date.
pub fn precision(precision: Precision) -> Text {
    match precision {
        Precision::Year => YEAR,
        Precision::Month => MONTH,
        Precision::Day => DAY,
        Precision::Minute => MINUTE,
    }
}

/// Returns the words for the origin of a date.
pub fn origin(origin: Origin) -> Text {
    match origin {
        Origin::Field => FIELD,
        Origin::Label => LABEL,
        Origin::Stamp => STAMP,
        Origin::Line => LINE,
        Origin::Address => FROM_ADDRESS,
        Origin::FileName => FROM_FILE_NAME,
        Origin::Scraper => SCRAPER,
        Origin::Arrival => ARRIVAL,
    }
}
