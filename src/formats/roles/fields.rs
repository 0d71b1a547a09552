//! Fields: lines of a key, a colon and a value.

use super::beginning;

/// Longest key, in bytes.
const KEY: usize = 40;

/// Reports whether the line is a field of key and value: "Plats: Stadshuset", "Ansvarig: Brodepartementet". Facts and
/// numbered parts are none: "Fakta: Broar", "Vaihe 2: Rakentaminen".
#[must_use]
pub fn is_field(line: &str) -> bool {
    let Some((name, value)) = beginning(line, KEY).split_once(": ") else { return false };
    let name = name.trim();
    let first = name.split(' ').next().unwrap_or_default().to_lowercase();
    let numbered = name.ends_with(|letter: char| letter.is_ascii_digit()) && !value.is_empty();
    name.starts_with(char::is_alphabetic) && !numbered && !PARTS.contains(&first.as_str()) && !line.ends_with('?')
}

/// First words of headings that have a colon within, in lower case.
const PARTS: [&str; 36] = [
    "fakta",
    "faktaruta",
    "faktaa",
    "bakgrund",
    "tausta",
    "taustaa",
    "taustatietoa",
    "background",
    "steg",
    "del",
    "fas",
    "vaihe",
    "osa",
    "step",
    "part",
    "phase",
    "stage",
    "annex",
    "question",
    "fråga",
    "kysymys",
    "kapitel",
    "chapter",
    "section",
    "tema",
    "theme",
    "teema",
    "exempel",
    "esimerkki",
    "example",
    "case",
    "program",
    "ohjelma",
    "programme",
    "osio",
    "luku",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_with_values() {
        for line in
            ["Plats: Stadshuset", "Ansvarig: Brodepartementet", "Vastuuhenkilö: Anna Aho", "Responsible: Bridge Office"]
        {
            assert!(is_field(line), "{line}");
        }
        for line in [
            "Fakta: Broar i kommunen",
            "Vaihe 2: Rakentaminen",
            "EU:n tuki sillalle",
            "Sillan aikataulu:",
            "Step 3: Open",
        ] {
            assert!(!is_field(line), "{line}");
        }
    }
}
