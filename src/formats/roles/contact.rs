//! Contacts: lines with a telephone number or an e-mail address, and their labels.

use super::{find_links, key, may_begin, part};

/// Longest line that can be a contact without a label, in bytes.
const LONGEST: usize = 220;

/// Reports whether the line holds an e-mail address.
#[must_use]
pub fn has_address(line: &str) -> bool {
    let hidden = memchr::memchr2(b'(', b'[', line.as_bytes()).is_some();
    (hidden && (line.contains("(at)") || line.contains("[at]")))
        || memchr::memchr(b'@', line.as_bytes()).is_some()
            && find_links(line).iter().any(|link| link.prefix == "mailto:")
}

/// Reports whether the line holds a telephone number: seven or more digits that begin with 0 or +, in groups, or five or
/// more digits behind a word such as "puh." before them.
#[must_use]
pub fn has_phone(line: &str) -> bool {
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let starts = byte.is_ascii_digit() || (byte == b'+' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit));
        if !starts {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|index| bytes.get(index)).copied().unwrap_or(b' ');
        let mut end = at + 1;
        let mut digits = usize::from(byte.is_ascii_digit());
        while let Some(&next) = bytes.get(end) {
            match next {
                b'0'..=b'9' => digits += 1,
                b' ' | b'-' | b'(' | b')' | b'/' => {}
                _ => break,
            }
            end += 1;
        }
        let number = matches!(byte, b'+' | b'0');
        let follows = bytes.get(end).copied().unwrap_or(b' ');
        let decimal = matches!(follows, b',' | b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        if (7..=16).contains(&digits) && number && !decimal && !matches!(before, b'.' | b',') {
            return true;
        }
        if (5..=16).contains(&digits) && !decimal && is_phone_word(part(line, 0..at)) {
            return true;
        }
        at = end;
    }
    false
}

/// Reports whether the text ends in a word like "puh." or "telephone".
fn is_phone_word(before: &str) -> bool {
    let before = before.trim_end_matches([' ', ':', '.', '(']);
    let word = before.rsplit(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    let word = word.to_lowercase();
    [
        "puh",
        "puhelin",
        "puhelimitse",
        "tel",
        "telefon",
        "tfn",
        "tln",
        "gsm",
        "mobil",
        "phone",
        "telephone",
        "vaihde",
        "växel",
        "mob",
        "p",
    ]
    .iter()
    .any(|name| word == *name || (name.len() > 2 && word.ends_with(name)))
}

/// Labels of contacts, in lower case, sorted by their bytes.
const LABELS: &[&str] = &[
    "contact",
    "contact details",
    "contact information",
    "contacts",
    "enquiries",
    "for enquiries",
    "for further information",
    "for interviews",
    "for media enquiries",
    "for media inquiries",
    "for more information",
    "for press enquiries",
    "further information",
    "för media",
    "för mer information",
    "för ytterligare information",
    "haastattelupyynnöt",
    "haastattelupyynnöt ja lisätiedot",
    "kontakt",
    "kontakter",
    "kontaktperson",
    "kontaktpersoner",
    "kontaktuppgifter",
    "kysymykset ja haastattelupyynnöt",
    "lisätiedot",
    "lisätiedot medialle",
    "lisätietoa",
    "lisätietoa antaa",
    "lisätietoa antavat",
    "lisätietoja",
    "lisätietoja antaa",
    "lisätietoja antavat",
    "lisätietoja ja haastattelupyynnöt",
    "lisätietoja medialle",
    "lisätietoja tilaisuudesta",
    "lisätietojen antajat",
    "media contact",
    "media contacts",
    "media enquiries",
    "media inquiries",
    "medialle lisätietoja",
    "median yhteydenotot",
    "mediapalvelu",
    "mediapuhelin",
    "mediayhteydenotot",
    "mer information",
    "mera information",
    "närmare upplysningar",
    "press contact",
    "press contacts",
    "press enquiries",
    "press office",
    "pressansvarig",
    "presskontakt",
    "presskontakter",
    "tiedustelut",
    "tilläggsuppgifter",
    "upplysningar",
    "viestintä",
    "yhteydenotot",
    "yhteys",
    "yhteyshenkilö",
    "yhteyshenkilöt",
    "yhteystiedot",
    "yhteystietoja",
    "ytterligare information",
    "ytterligare uppgifter",
    "ytterligare upplysningar",
];
/// Most labels that begin with the same word.
const ALIKE: usize = 12;

/// Finds a label of contacts at the start of the line: "Lisätietoja:", "Kontakt", "Media enquiries: …". Returns whether
/// anything follows it on the line; `None` without a label.
#[must_use]
pub fn contact_label(line: &str) -> Option<bool> {
    if !may_begin(line, LABELS) {
        return None;
    }
    let head = super::beginning(line, 72);
    let key = key(head);
    let at = LABELS.partition_point(|label| *label <= key.as_str());
    let near = LABELS.get(at.saturating_sub(ALIKE)..at)?;
    let label = near
        .iter()
        .rev()
        .find(|label| key.strip_prefix(**label).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))?;
    Some(key.len() > label.len())
}

/// Reports whether `line` is a contact: it holds a telephone number or an e-mail address and is no sentence of the text.
#[must_use]
pub fn is_contact(line: &str) -> bool {
    if line.len() > 2 * LONGEST || !(has_address(line) || has_phone(line)) {
        return false;
    }
    if contact_label(line).is_some() && !line.contains(". ") {
        return true;
    }
    line.len() <= LONGEST && !is_sentence(line)
}

/// Reports whether the line is a sentence by its words, names, numbers and addresses left aside.
fn is_sentence(line: &str) -> bool {
    let mut lower = 0;
    let mut words = 0;
    for word in line.split(|letter: char| letter.is_whitespace() || matches!(letter, ',' | '/' | ';')) {
        let word = word.trim_matches(|letter: char| !letter.is_alphanumeric());
        if word.is_empty() || word.contains('@') || word.starts_with(|letter: char| letter.is_ascii_digit()) {
            continue;
        }
        words += 1;
        if SENTENCE.contains(&word.to_lowercase().as_str()) {
            return true;
        }
        lower += usize::from(word.starts_with(char::is_lowercase));
    }
    words > 14 || (lower > 5 && line.trim_end().ends_with(['.', '!', '?'])) || lower > 8
}

/// Words that make sentences, which names and titles do not hold.
const SENTENCE: [&str; 57] = [
    "on",
    "ovat",
    "voi",
    "voit",
    "voivat",
    "numerosta",
    "numerossa",
    "numeroon",
    "osoitteeseen",
    "osoitteesta",
    "osoitteessa",
    "saa",
    "palvelee",
    "soita",
    "soittamalla",
    "lähettää",
    "lähetä",
    "ilmoittaudu",
    "ilmoita",
    "ilmoittautumiset",
    "ilmoittautuminen",
    "varaa",
    "mennessä",
    "voidaan",
    "saat",
    "palautetta",
    "kysy",
    "pyydetään",
    "varaukset",
    "hakemukset",
    "tilaukset",
    "liput",
    "är",
    "kan",
    "kontakta",
    "skicka",
    "ring",
    "anmäl",
    "anmälan",
    "anmälningar",
    "senast",
    "via",
    "boka",
    "lämnas",
    "nås",
    "beställs",
    "biljetter",
    "is",
    "are",
    "can",
    "call",
    "please",
    "send",
    "visit",
    "should",
    "will",
    "register",
];

/// Splits a contact into lines where the fields of a page were glued together:
/// `SaariTutkijaPuh:0500000102helena.saari@example.fi` gives four. Other lines are returned whole.
#[must_use]
pub fn unglue(line: &str) -> Vec<&str> {
    let mut cuts = Vec::new();
    let mut mails = Vec::new();
    for link in find_links(line).iter().filter(|link| link.prefix == "mailto:") {
        let start = glued_mail(part(line, link.range.clone())).map_or(link.range.start, |skip| link.range.start + skip);
        mails.push(start..link.range.end);
        let before = part(line, 0..start).chars().next_back();
        if before.is_some_and(char::is_alphanumeric) {
            cuts.push(start);
        }
    }
    let mut glued = !cuts.is_empty();
    for label in [
        "Puh:",
        "Puh.",
        "Puhelin:",
        "Tel:",
        "Tel.",
        "Tfn:",
        "Phone:",
        "Mob:",
        "GSM:",
        "E-mail:",
        "Email:",
        "Sähköposti:",
    ] {
        for at in memchr::memmem::find_iter(line.as_bytes(), label.as_bytes()) {
            if part(line, 0..at).chars().next_back().is_some_and(char::is_alphanumeric) {
                glued = true;
                cuts.push(at);
            }
        }
    }
    if !glued || cuts.len() > 64 {
        return vec![line];
    }
    let mut before = ' ';
    for (at, letter) in line.char_indices() {
        let mailed = mails.iter().any(|mail| mail.contains(&at));
        if letter.is_uppercase() && before.is_lowercase() && !mailed {
            cuts.push(at);
        }
        before = letter;
    }
    cuts.sort_unstable();
    cuts.dedup();
    let mut lines = Vec::new();
    let mut from = 0;
    for cut in cuts.into_iter().chain([line.len()]) {
        let piece = part(line, from..cut).trim();
        if !piece.is_empty() {
            lines.push(piece);
        }
        from = cut;
    }
    lines
}

/// Returns how many bytes at the start of an address are a telephone number glued to it; `None` when there are none.
fn glued_mail(address: &str) -> Option<usize> {
    let digits = address.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'-').count();
    (digits >= 4).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_and_sentences() {
        for line in [
            "Lisätietoja: verkostoinsinööri Oskari Niemelä, puh. 040 000 0011",
            "Lisätietoja antaa liikennepäällikkö Sampo Ranta, p. 050 000 0120.",
            "Päivystävä palomestari, puh. 09 000 0390 (vain medialle)",
            "Media enquiries: repair@example.fi",
            "For more information contact ranger@example.fi",
            "pressekreterare, 070 000 00 04",
            "Mer information: miljöinspektionen, miljo@example.fi, tfn 050 000 0212",
            "etunimi.sukunimi@example.fi",
            "+358 50 000 0001",
            "talousjohtaja Taru Sipilä, taru.sipila@example.fi, puh. 050 000 0132",
            "Telefon (växel) 08-405 10 00",
        ] {
            assert!(is_contact(line), "{line}");
        }
        for line in [
            "Terveysaseman ajanvaraus palvelee numerossa 09 000 0341 ja hammashoito numerossa 09 000 0342.",
            "Ilmoittautumiset: 16.5. mennessä viestinta@example.fi",
            "Lisätietoa kehittämistyöstä löydät täältä. Voit myös lähettää meille sähköpostia osoitteeseen a@example.fi",
            "Palautetta voi lähettää osoitteeseen pysakointi@example.fi",
            "Näyttely on auki 12.1.2021–30.4.2021",
            "Hinta on 1 200 000 euroa",
            "Please wait and then report it online or ring 020 0000 0305.",
        ] {
            assert!(!is_contact(line), "{line}");
        }
    }

    #[test]
    fn glued_fields_come_apart() {
        for (line, lines) in [
            (
                "SaariTutkijaPuh:0500000102helena.saari@example.fi",
                vec!["Saari", "Tutkija", "Puh:0500000102", "helena.saari@example.fi"],
            ),
            (
                "Sofia NordlundLedande talterapeutTel:0500000207sofia.nordlund@example.fi",
                vec!["Sofia Nordlund", "Ledande talterapeut", "Tel:0500000207", "sofia.nordlund@example.fi"],
            ),
            ("Aimo Ruuska, puh. 050 000 0137", vec!["Aimo Ruuska, puh. 050 000 0137"]),
            ("Anna McDonald, a@example.fi", vec!["Anna McDonald, a@example.fi"]),
        ] {
            assert_eq!(unglue(line), lines);
        }
    }

    #[test]
    fn labels() {
        assert!(LABELS.is_sorted());
        assert_eq!(contact_label("Lisätietoja"), Some(false));
        assert_eq!(contact_label("Lisätietoja:"), Some(false));
        assert_eq!(contact_label("Kontakt: Anna"), Some(true));
        assert_eq!(contact_label("Kontaktlinser säljs"), None);
    }
}
