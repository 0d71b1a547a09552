//! Lists the texts of the user interface, in all its languages.

use crate::text::Language;

/// Holds one text in every language of the interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Finnish.
    pub fi: &'static str,
    /// Swedish.
    pub sv: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// Returns the text in `language`.
    #[must_use]
    pub const fn get(self, language: Language) -> &'static str {
        match language {
            Language::Finnish => self.fi,
            Language::Swedish => self.sv,
            Language::English => self.en,
        }
    }

    /// Returns the text in `language` with its `{}` replaced by `values`, in order.
    #[must_use]
    pub fn with(self, language: Language, values: &[&str]) -> String {
        let mut parts = self.get(language).split("{}");
        let mut text = parts.next().unwrap_or_default().to_owned();
        for (number, part) in parts.enumerate() {
            text.push_str(values.get(number).copied().unwrap_or_default());
            text.push_str(part);
        }
        text
    }
}

macro_rules! texts {
    ($($name:ident: $fi:literal, $sv:literal, $en:literal;)+) => {
        $(
            #[doc = $en]
            pub const $name: $crate::app::messages::Text = $crate::app::messages::Text { fi: $fi, sv: $sv, en: $en };
        )+
        /// Lists every text, for the test that none is missing.
        #[cfg(test)]
        pub(crate) const ALL: &[(&str, $crate::app::messages::Text)] = &[$((stringify!($name), $name)),+];
    };
}
pub(crate) use texts;

texts! {
    ANNOUNCEMENTS: "Tiedotteet", "Meddelanden", "Announcements";
    UNREAD: "lukematta", "olästa", "unread";
    CHANGED: "muuttunut", "ändrat", "changed";
    MINUTES: "min", "min", "min";
    UNTITLED: "(ei otsikkoa)", "(utan rubrik)", "(untitled)";
    NOTHING_HERE: "Ei tiedotteita.", "Inga meddelanden.", "No announcements.";
    READING_FILES: "luetaan…", "läser…", "reading…";
    UNSAVED_MARKS: "merkintöjä tallentamatta: {}", "osparade märkningar: {}", "marks not saved: {}";
    TOP: "Alku", "Början", "Top";
    END: "Loppu", "Slutet", "End";
    ALL_SHOWN: "Kaikki", "Allt", "All";
    NO_MATCH: "Ei osumia", "Inga träffar", "No match";
    WRAPPED_DOWN: "Jatkettiin alusta", "Fortsatte från början", "Continued from the top";
    WRAPPED_UP: "Jatkettiin lopusta", "Fortsatte från slutet", "Continued from the end";
    NO_UNREAD: "Lukemattomia ei ole", "Inget oläst", "Nothing unread";
    ONE_LANGUAGE: "Vain yhdellä kielellä", "Endast på ett språk", "Only in one language";
    RAGGED: "Vasen reuna tasattu, tavutus", "Vänsterjusterat med avstavning", "Ragged right, hyphenated";
    JUSTIFIED: "Molemmat reunat tasattu", "Marginaljusterat", "Justified";
    UNHYPHENATED: "Ei tavutusta", "Utan avstavning", "Not hyphenated";
    TEXT_WIDTH: "Tekstin leveys", "Textbredd", "Text width";
    COPIED: "Teksti kopioitu", "Texten kopierad", "Text copied";
    HELP: "Näppäimet", "Tangenter", "Keys";
    COMMANDS: "Toiminnot", "Kommandon", "Commands";
    TYPE_TO_SEARCH: "hae kirjoittamalla", "skriv för att söka", "type to search";
    EVERYWHERE: "Kaikkialla", "Överallt", "Everywhere";
    IN_LIST: "Luettelossa", "I listan", "In the list";
    IN_READER: "Tekstissä", "I texten", "In the text";
    IN_PANELS: "Ikkunoissa", "I paneler", "In panels";
    IN_FILTER: "Suodattimessa", "I filtret", "In the filter";
    IN_SOURCES: "Lähteissä", "I källorna", "In the sources";
    IN_PROMPT: "Kirjoitettaessa", "När man skriver", "While typing";
    IN_SEARCH_PROMPT: "Hakua kirjoitettaessa", "När man skriver en sökning", "While typing a search";
    IN_FIND_PROMPT: "Tekstistä etsittäessä", "När man söker i texten", "While finding in the text";
    BOILERPLATE: "Sivun muu teksti", "Sidans övriga text", "Rest of the page";
    TAGS: "Tunnisteet", "Taggar", "Tags";
    NOTHING_TO_UNDO: "Ei peruttavaa", "Inget att ångra", "Nothing to undo";
    MARK_UNDONE: "Merkintä peruttu", "Märkningen ångrad", "Mark undone";
    MARKED_READ: "Merkitty luetuiksi", "Markerade som lästa", "Marked as read";
    FORGET_ASKS: "Unohdetaanko tiedote? {} vahvistaa, muu näppäin peruu", "Glömma meddelandet? {} bekräftar, andra tangenter avbryter", "Forget this announcement? {} confirms, any other key cancels";
    FORGOTTEN: "Tiedote unohdettu", "Meddelandet glömt", "Forgotten";
    STILL_THERE: "Ei unohdettu: tiedosto on yhä olemassa", "Inte glömt: filen finns kvar", "Not forgotten: its file still exists";
    NOT_KEPT: "Vain kirjastossa olevan tiedotteen voi unohtaa", "Bara meddelanden i biblioteket kan glömmas", "Only announcements in the library can be forgotten";
    FOUND: "löytyi", "hittades", "found";
    SOURCES: "Lähteet", "Källor", "Sources";
    ADDRESS: "Osoite", "Adress", "Address";
    REFRESHED: "Haettu: {} uutta, {} muuttunutta", "Hämtat: {} nya, {} ändrade", "Fetched: {} new, {} changed";
    REFRESH_STOPPED: "Haku keskeytettiin: {} uutta, {} muuttunutta", "Hämtningen avbröts: {} nya, {} ändrade", "Fetching stopped: {} new, {} changed";
    REFRESH_FAILED: "ei saatu haettua: {} lähdettä", "kunde inte hämtas: {} källor", "could not be fetched: {} sources";
    REFRESH_LATELY: "Haettiin juuri äsken; {} hakee silti", "Hämtades alldeles nyss; {} hämtar ändå", "Fetched a moment ago; {} fetches all the same";
    REFRESH_WAITS: "Palvelin pyytää odottamaan", "Servern ber att få vänta", "The host asks to wait";
    REFRESH_HELD: "Toinen ohjelma hakee jo syötteitä", "Ett annat program hämtar redan flödena", "Another program is fetching the feeds already";
    REFRESH_WAITS_FOR: "odotetaan: {}", "väntar på {}", "waiting for {}";
    REFRESH_STOPS: "{} keskeyttää", "{} avbryter", "{} stops";
    REFRESH_HINT: "hae uudet", "hämta nytt", "fetch";
    NO_FEEDS: "Yhtään syötettä ei seurata; {} lisää", "Inga flöden följs; {} lägger till", "No feed is followed; {} adds one";
    FOLLOWED: "{} on nyt seurattavana: {} uutta", "{} följs nu: {} nya", "{} is followed now: {} new";
    FOLLOWED_ALREADY: "{} on jo seurattavana", "{} följs redan", "{} is followed already";
    NO_FEED_THERE: "Sivulla ei ole syötettä: {}", "Sidan har inget flöde: {}", "The page names no feed: {}";
    FOUND_FEEDS: "Sivun syötteet", "Sidans flöden", "Feeds of the page";
    EDIT_HINT: "muokkaa", "redigera", "edit";
    FEED_NAME: "Nimi", "Namn", "Name";
    FEED_HOURS: "Hakuväli tunteina (tyhjä: ei)", "Timmar emellan (tomt: inga)", "Hours between (empty: never)";
    BAD_HOURS: "Tuntien pitää olla luku 1–8784", "Timmarna ska vara ett tal 1–8784", "The hours must be a number from 1 to 8784";
    FEED_SET: "Syötteen asetukset tallennettu", "Flödets inställningar sparade", "Settings of the feed saved";
    ADD_FEED_HINT: "lisää syöte", "lägg till flöde", "add a feed";
    FOLLOW_HINT: "seuraa", "följ", "follow";
    NOT_FETCHED: "ei vielä haettu", "inte hämtat ännu", "not fetched yet";
    NOTHING_NEW_YET: "ei vielä uutta", "inget nytt ännu", "nothing new yet";
    NEW_TODAY: "uutta tänään", "nytt i dag", "new today";
    NEW_YESTERDAY: "uutta eilen", "nytt i går", "new yesterday";
    NEW_DAYS_AGO: "uusin {} päivää sitten", "senaste nya för {} dagar sedan", "last new {} days ago";
    NEW_WEEKS_AGO: "uusin {} viikkoa sitten", "senaste nya för {} veckor sedan", "last new {} weeks ago";
    FAILS_SINCE: "{} alkaen", "sedan {}", "since {}";
    SAVED_SEARCHES: "Tallennetut haut", "Sparade sökningar", "Saved searches";
    NO_SEARCHES: "Ei vielä yhtään: hae {} ja tallenna {}", "Inga ännu: sök med {} och spara med {}", "None yet: search with {} and save with {}";
    WATCHED: "seurataan", "bevakas", "watched";
    NEW: "uutta", "nya", "new";
    SEARCH_SAVED: "Haku tallennettu", "Sökningen sparad", "Search saved";
    NOTHING_TO_SAVE: "Ei hakua tallennettavaksi", "Ingen sökning att spara", "No search to save";
    SEARCHES_HINT: "hae", "sök", "search";
    WATCH_HINT: "seuraa", "bevaka", "watch";
    DELETE_HINT: "poista", "ta bort", "delete";
    UNFOLLOW_HINT: "lopeta seuraaminen", "sluta följa", "stop following";
    UNFOLLOW_ASKS: "Lopetetaanko seuraaminen?", "Sluta följa den?", "Stop following it?";
    UNFOLLOW_CONFIRM: "vahvista", "bekräfta", "confirm";
    UNFOLLOWED: "Ei enää seurata; tiedotteet jäävät kirjastoon", "Följs inte längre; meddelandena finns kvar", "No longer followed; its announcements stay in the library";
    CLOSE_HINT: "sulje", "stäng", "close";
    FILTER: "Suodata", "Filtrera", "Filter";
    UNREAD_ONES: "Lukemattomat", "Olästa", "Unread";
    CHANGED_ONES: "Lukemisen jälkeen muuttuneet", "Ändrade sedan läsningen", "Changed since read";
    STARRED_ONES: "Tähdellä merkityt", "Med stjärna", "Starred";
    BY_SOURCE: "Lähde", "Källa", "Source";
    BY_LANGUAGE: "Kieli", "Språk", "Language";
    BY_YEAR: "Vuosi", "År", "Year";
    NOTHING_TO_CHOOSE: "Ei mitään suodatettavaa", "Inget att filtrera", "Nothing to filter";
    FILTER_HINT: "suodata", "filtrera", "filter";
    NEXT_GROUP_HINT: "seuraava ryhmä", "nästa grupp", "next group";
    TITLES: "Otsikot", "Rubriker", "Titles";
    QUERY_HINT: "\"…\"  -sana  =sana  title: source: tag: lang: is: date:", "\"…\"  -ord  =ord  title: source: tag: lang: is: date:", "\"…\"  -word  =word  title: source: tag: lang: is: date:";
    LENIENT: "ä = a", "ä = a", "ä = a";
    SEARCHING: "haetaan…", "söker…", "searching…";
    UNKNOWN_FIELD: "ei ole kenttää", "det finns inget fält", "there is no field";
    KNOWN_FIELDS: "on title: source: tag: lang: is: date:", "det finns title: source: tag: lang: is: date:", "there are title: source: tag: lang: is: date:";
    UNKNOWN_STATE: "is: voi olla unread, starred tai changed, ei", "is: kan vara unread, starred eller changed, inte", "is: takes unread, starred or changed, not";
    UNKNOWN_LANGUAGE: "lang: voi olla fi, sv tai en, ei", "lang: kan vara fi, sv eller en, inte", "lang: takes fi, sv or en, not";
    BAD_DATE: "date: voi olla 2021, 2021-06, 15.6.2021 tai aikaväli 2020..2021, ei", "date: kan vara 2021, 2021-06, 15.6.2021 eller intervallet 2020..2021, inte", "date: takes 2021, 2021-06, 15.6.2021 or a range 2020..2021, not";
    DATES_REVERSED: "aikaväli päättyy ennen alkuaan", "intervallet slutar innan det börjar", "the date range ends before it begins";
    TOO_LONG: "hakusanoja on liikaa", "för många sökord", "too many search terms";
    LIBRARY: "kirjasto", "bibliotek", "library";
    THEME: "Teema", "Tema", "Theme";
    ABOUT: "Tietoja tiedotteesta", "Om meddelandet", "About this announcement";
    MESSAGES: "Viestit", "Meddelanden från programmet", "Messages";
    NO_MESSAGES: "Ei vielä viestejä.", "Ännu inga meddelanden från programmet.", "No messages yet.";
    VERSION_SHOWN: "Kieliversio: {}", "Språkversion: {}", "Language version: {}";
    RAW: "Tiedosto sellaisenaan", "Filen som den är", "The file as it is";
    DUMB_TERMINAL: "Ohjelma ei ehkä näy oikein tässä päätteessä. Enter jatkaa, q lopettaa. Komento `tiedote show` näyttää pelkän tekstin.", "Programmet visas kanske inte rätt i den här terminalen. Enter fortsätter, q avslutar. Kommandot `tiedote show` visar bara texten.", "The program may not display correctly on this terminal. Enter continues, q quits. `tiedote show` prints just the text.";
    RAW_KEPT: "Tiedosto on poistunut tai sitä ei seurata; tämä on kirjastoon tallennettu teksti", "Filen är borta eller följs inte; detta är texten i biblioteket", "The file is gone or not followed; this is the text stored in the library";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_said_in_every_language() {
        let problems = crate::app::problem::TEXTS.iter().chain(crate::app::problem::FAULT_TEXTS);
        for (name, text) in ALL.iter().chain(crate::app::panels::about::TEXTS).chain(problems) {
            for language in Language::ALL {
                assert!(!text.get(language).trim().is_empty(), "{name} in {}", language.code());
            }
        }
    }
}
