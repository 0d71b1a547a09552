//! Mails that were sent on within the text of another: where one begins, and who wrote it when about what.

use std::ops::Range;

/// Most lines that head a mail which was sent on.
const HEAD: usize = 12;

/// A mail that was sent on within the text of another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forwarded {
    /// Its subject.
    pub subject: Option<String>,
    /// Who sent it.
    pub sender: Option<String>,
    /// When, as it is written.
    pub date: Option<String>,
    /// Its lines, where it was found in plain text.
    pub text: String,
    /// The lines that head it, for setting aside.
    pub head: Vec<String>,
}

/// Takes a mail that was sent on out of the text of the one around it: returns the text before it and the mail.
pub(super) fn split(text: &str) -> Option<(&str, Forwarded)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let mut after_blank = true;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        let bare = unquoted(line);
        let marked = is_marker(bare);
        if (marked || (after_blank && head_field(bare).is_some()))
            && let Some((found, end)) = head(lines.get(number + usize::from(marked)..)?, marked)
        {
            let rest = lines.get(number + usize::from(marked) + end..)?;
            // Some programs quote what they send on.
            let quoted = rest.iter().all(|line| line.trim().is_empty() || line.starts_with('>'));
            let lines: Vec<&str> = rest.iter().map(|line| if quoted { one_level_off(line) } else { line }).collect();
            return Some((text.get(..at)?, Forwarded { text: lines.join("\n"), ..found }));
        }
        after_blank = bare.is_empty();
        at += line.len();
    }
    None
}

/// Finds where a mail that was sent on begins among the lines of a page, none of them blank: returns the lines that head it,
/// and what they say.
pub(super) fn among(lines: &[&str]) -> Option<(Range<usize>, Forwarded)> {
    lines.iter().enumerate().find_map(|(number, line)| {
        let marked = is_marker(line);
        if !marked && head_field(line).is_none() {
            return None;
        }
        let first = number + usize::from(marked);
        // Nothing parts the head from the text: it ends at the latest where a field comes again.
        let mut seen = Vec::new();
        let fields = lines.get(first..)?.iter().take(HEAD).map_while(|line| Some(head_field(line)?.0));
        let length = fields.take_while(|field| {
            let again = *field != Field::Other && seen.contains(field);
            seen.push(*field);
            !again
        });
        let length = length.count();
        let (found, end) = head(lines.get(first..first + length)?, marked)?;
        Some((number..first + end, found))
    })
}

/// Reads the fields that head a mail which was sent on; returns how many lines they take.
fn head(lines: &[&str], marked: bool) -> Option<(Forwarded, usize)> {
    let mut found = Forwarded::default();
    let mut fields = 0;
    let mut end = 0;
    for (at, line) in lines.iter().enumerate().take(HEAD) {
        let bare = unquoted(line);
        let Some((name, value)) = head_field(bare) else {
            // A field goes on in the next line, and a blank line may stand before the first one.
            if bare.is_empty() && fields == 0 {
                continue;
            }
            if bare.is_empty() || !line.starts_with([' ', '\t']) {
                break;
            }
            continue;
        };
        fields += 1;
        end = at + 1;
        let slot = match name {
            Field::From => &mut found.sender,
            Field::Date => &mut found.date,
            Field::Subject => &mut found.subject,
            Field::Other => continue,
        };
        slot.get_or_insert_with(|| value.to_owned());
    }
    let telling =
        usize::from(found.sender.is_some()) + usize::from(found.date.is_some()) + usize::from(found.subject.is_some());
    if telling < 2 || fields < 3 - usize::from(marked) {
        return None;
    }
    found.head =
        lines.get(..end)?.iter().map(|line| unquoted(line).to_owned()).filter(|line| !line.is_empty()).collect();
    Some((found, end))
}

/// Reports whether a line says that another mail follows.
fn is_marker(line: &str) -> bool {
    const WORDS: [&str; 15] = [
        "forwarded message",
        "original message",
        "original appointment",
        "alkuperäinen viesti",
        "välitetty viesti",
        "edelleen lähetetty",
        "edelleenlähetetty",
        "edelleen välitetty",
        "ursprungligt meddelande",
        "originalmeddelande",
        "vidarebefordrat",
        "vidarebefordrad",
        "vidarebefordrade",
        "begin forwarded",
        "lähetetty edelleen",
    ];
    let line = line.trim();
    if !(8..=100).contains(&line.len()) {
        return false;
    }
    let lower = line.to_lowercase();
    let ruled = lower.starts_with("--") || lower.starts_with("__") || lower.ends_with(':');
    let words = ruled && WORDS.iter().any(|word| lower.contains(word));
    words || (lower.len() >= 20 && lower.chars().all(|letter| letter == '_'))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    From,
    Date,
    Subject,
    Other,
}

/// Reads a line that heads a forwarded mail: its field and value.
fn head_field(line: &str) -> Option<(Field, &str)> {
    let line = line.trim_start_matches(['*', ' ', '\u{a0}', '\t']);
    let (name, value) = line.split_once(':')?;
    if name.len() > 24 {
        return None;
    }
    let value = value.trim_matches(['*', ' ', '\u{a0}', '\t', '\r']);
    let field = match name.trim_matches(['*', ' ', '\u{a0}']).to_lowercase().as_str() {
        "from" | "lähettäjä" | "från" | "avsändare" | "keneltä" => Field::From,
        "date" | "sent" | "päivämäärä" | "päiväys" | "pvm" | "lähetetty" | "datum" | "skickat" | "skickades"
        | "lähetyspäivä" => Field::Date,
        "subject" | "aihe" | "otsikko" | "ämne" | "rubrik" => Field::Subject,
        "to" | "cc" | "vastaanottaja" | "kenelle" | "kopio" | "kopiot" | "till" | "kopia" | "reply-to"
        | "vastausosoite" | "attachments" | "liitteet" | "bilagor" | "importance" | "tärkeys" | "prioritet" => {
            Field::Other
        }
        _ => return None,
    };
    Some((field, value))
}

/// Returns a line without the signs that quote it.
fn unquoted(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t']).trim_end()
}

fn one_level_off(line: &str) -> &str {
    let bare = line.strip_prefix('>').unwrap_or(line);
    bare.strip_prefix(' ').unwrap_or(bare)
}
