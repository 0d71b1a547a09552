//! The words of alerts in Finnish, Swedish and English: labels, and the values that the protocol lists.

use crate::text::Language;

/// A word in Finnish, Swedish and English.
type Words = [&'static str; 3];

/// The labels of what an alert states.
pub(super) const EVENT: Words = ["Tapahtuma", "Händelse", "Event"];
pub(super) const AREA: Words = ["Alue", "Område", "Area"];
pub(super) const MESSAGE: Words = ["Viesti", "Meddelande", "Message"];
pub(super) const STATUS: Words = ["Tila", "Status", "Status"];
pub(super) const EXPIRES: Words = ["Päättyy", "Upphör", "Expires"];
pub(super) const EXPIRED: Words = ["Päättynyt", "Har upphört", "Expired"];

/// Elements whose values are listed, and their labels.
pub(super) const FACTS: [(&str, Words); 3] = [
    ("severity", ["Vakavuus", "Allvarlighet", "Severity"]),
    ("urgency", ["Kiireellisyys", "Brådska", "Urgency"]),
    ("certainty", ["Varmuus", "Säkerhet", "Certainty"]),
];

/// Elements that hold when it begins, and their labels.
pub(super) const WHEN: [(&str, Words); 2] =
    [("effective", ["Voimassa alkaen", "Gäller från", "Effective"]), ("onset", ["Alkaa", "Börjar", "Onset"])];

/// What an alert does to others.
pub(super) const KINDS: [(&str, Words); 4] = [
    ("Update", ["Päivitys", "Uppdatering", "Update"]),
    ("Cancel", ["Peruutus", "Återkallelse", "Cancellation"]),
    ("Ack", ["Kuittaus", "Kvittering", "Acknowledgement"]),
    ("Error", ["Virheilmoitus", "Felmeddelande", "Error"]),
];

/// The values that the protocol lists.
const VALUES: [(&str, Words); 29] = [
    ("Extreme", ["erittäin vakava", "extremt allvarlig", "extreme"]),
    ("Severe", ["vakava", "allvarlig", "severe"]),
    ("Moderate", ["kohtalainen", "måttlig", "moderate"]),
    ("Minor", ["vähäinen", "liten", "minor"]),
    ("Unknown", ["ei tiedossa", "okänd", "unknown"]),
    ("Immediate", ["toimi heti", "agera genast", "immediate"]),
    ("Expected", ["toimi pian", "agera snart", "expected"]),
    ("Future", ["varaudu", "förbered dig", "future"]),
    ("Past", ["ohi", "över", "past"]),
    ("Observed", ["havaittu", "observerad", "observed"]),
    ("Likely", ["todennäköinen", "sannolik", "likely"]),
    ("Very Likely", ["hyvin todennäköinen", "mycket sannolik", "very likely"]),
    ("Possible", ["mahdollinen", "möjlig", "possible"]),
    ("Unlikely", ["epätodennäköinen", "osannolik", "unlikely"]),
    ("Exercise", ["harjoitus", "övning", "exercise"]),
    ("System", ["järjestelmän viesti", "systemmeddelande", "system message"]),
    ("Test", ["testi", "test", "test"]),
    ("Draft", ["luonnos", "utkast", "draft"]),
    ("Geo", ["maaperä", "geologi", "geology"]),
    ("Met", ["sää", "väder", "weather"]),
    ("Safety", ["turvallisuus", "säkerhet", "safety"]),
    ("Rescue", ["pelastus", "räddning", "rescue"]),
    ("Fire", ["tulipalo", "brand", "fire"]),
    ("Health", ["terveys", "hälsa", "health"]),
    ("Env", ["ympäristö", "miljö", "environment"]),
    ("Transport", ["liikenne", "trafik", "transport"]),
    ("Infra", ["yhdyskuntatekniikka", "infrastruktur", "infrastructure"]),
    ("Update", ["Päivitys", "Uppdatering", "Update"]),
    ("Cancel", ["Peruutus", "Återkallelse", "Cancellation"]),
];

/// Returns a value that the protocol lists in the words of a language; any other as it is.
pub(super) fn value(stated: &str, language: Language) -> &str {
    let known = VALUES.iter().find(|(known, _)| known.eq_ignore_ascii_case(stated));
    known.map_or(stated, |(_, [finnish, swedish, english])| match language {
        Language::Finnish => finnish,
        Language::Swedish => swedish,
        Language::English => english,
    })
}
