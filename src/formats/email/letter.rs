//! The text of a mail: what greets before the announcement, what is quoted in it, what is signed and sent on below it.

use crate::formats::{Draft, plain, text_into};
use crate::model::{Block, BlockKind};
use crate::text::Clean;

use super::append;

/// Lines within which the announcement's title may stand under a greeting.
const GREETING: usize = 12;
/// Most lines of a signature, and of the footer of a mailing list.
const SIGNATURE: usize = 12;
/// Deepest quotation that is told apart.
const DEEPEST: u8 = 8;

/// Joins the lines of text that flows (RFC 3676): a line that ends in a blank goes on in the next of the same quotation.
pub(super) fn unflow(text: &str, delsp: bool) -> String {
    let mut joined = String::with_capacity(text.len());
    let mut open: Option<usize> = None;
    for line in text.lines() {
        let bare = line.trim_start_matches('>');
        let depth = line.len() - bare.len();
        let bare = bare.strip_prefix(' ').unwrap_or(bare);
        let goes_on = open == Some(depth) && bare != "-- ";
        if !goes_on {
            if !joined.is_empty() {
                joined.push('\n');
            }
            joined.extend(std::iter::repeat_n('>', depth));
            if depth > 0 {
                joined.push(' ');
            }
        }
        let flows = bare.ends_with(' ') && bare != "-- ";
        joined.push_str(if flows && delsp { bare.strip_suffix(' ').unwrap_or(bare) } else { bare });
        open = flows.then_some(depth);
    }
    joined.push('\n');
    joined
}

/// Returns how deep a line is quoted, and its text.
fn quoted(line: &str) -> (u8, &str) {
    let mut depth = 0_u8;
    let mut rest = line;
    while let Some(bare) = rest.strip_prefix('>') {
        depth = depth.saturating_add(1);
        rest = bare.strip_prefix(' ').unwrap_or(bare);
    }
    (depth.min(DEEPEST), rest)
}

/// Reads the text of a mail into `draft`: what greets before the announcement and what is signed after it are set aside.
pub(super) fn letter(text: &str, partial: bool, draft: &mut Draft) {
    let lines: Vec<&str> = text.lines().collect();
    let start = greeting(&lines, &draft.title);
    let end = if partial { lines.len() } else { signature(&lines, start) };
    body(lines.get(start..end).unwrap_or_default(), partial, draft);
    let greeting = aside(lines.get(..start).unwrap_or_default());
    draft.document.blocks.splice(0..0, greeting);
    draft.document.blocks.extend(aside(lines.get(end..).unwrap_or_default()));
    draft.mark_lead();
}

/// Makes boilerplate of lines.
pub(super) fn aside<T: AsRef<str>>(lines: &[T]) -> Vec<Block> {
    let blocks = lines.iter().map(|line| Block::plain(BlockKind::Boilerplate, line.as_ref()));
    let rule = |text: &str| text.chars().all(|letter| matches!(letter, '-' | '_' | '=' | ' '));
    blocks.filter(|block| !rule(&block.text)).collect()
}

/// Returns where the announcement starts below a greeting: at a line that repeats the subject, or after the words that greet.
fn greeting(lines: &[&str], title: &Clean) -> usize {
    let letters = |text: &str| {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let subject = letters(title);
    let titled = lines.iter().take(GREETING).position(|line| !subject.is_empty() && letters(line) == subject);
    if let Some(titled) = titled {
        return titled;
    }
    let first = lines.iter().position(|line| !line.trim().is_empty()).unwrap_or(0);
    if lines.get(first).is_some_and(|line| greets(line))
        && lines.iter().skip(first + 1).any(|line| !line.trim().is_empty())
    {
        return first + 1;
    }
    0
}

/// Reports whether a line only greets: "Hei kaikki,", "Hej!", "Dear colleagues".
fn greets(line: &str) -> bool {
    const ALONE: [&str; 16] = [
        "hei",
        "moi",
        "moikka",
        "huomenta",
        "tervehdys",
        "hej",
        "hejsan",
        "hallå",
        "hi",
        "hello",
        "greetings",
        "terve",
        "tiedoksi",
        "tiedoksenne",
        "fyi",
        "kännedom",
    ];
    /// Words that greet with one of those after them, or with a comma or an exclamation mark at the end.
    const OPENING: [&str; 14] = [
        "hyvä",
        "hyvät",
        "hyvää",
        "arvoisa",
        "arvoisat",
        "arvostettu",
        "bästa",
        "kära",
        "ärade",
        "god",
        "dear",
        "good",
        "till",
        "för",
    ];
    const ADDRESSED: [&str; 34] = [
        "vastaanottaja",
        "vastaanottajat",
        "kaikki",
        "ystävä",
        "ystävät",
        "kollega",
        "kollegat",
        "lukija",
        "lukijat",
        "asukas",
        "asukkaat",
        "toimitus",
        "päivää",
        "huomenta",
        "iltaa",
        "iltapäivää",
        "mottagare",
        "alla",
        "vänner",
        "kollegor",
        "läsare",
        "invånare",
        "redaktion",
        "dag",
        "morgon",
        "kväll",
        "colleague",
        "colleagues",
        "all",
        "friends",
        "readers",
        "residents",
        "morning",
        "afternoon",
    ];
    let line = line.trim();
    let bare = line.trim_end_matches([',', '!', '.', ':', ' ', '-', '–']);
    if bare.chars().count() > 60 || bare.contains(['.', '?', ';', ':']) {
        return false;
    }
    let words: Vec<String> = bare.split_whitespace().map(str::to_lowercase).collect();
    let Some(first) = words.first().map(|word| word.trim_matches(|letter: char| !letter.is_alphabetic())) else {
        return false;
    };
    let addressed = words.get(1).is_some_and(|word| ADDRESSED.contains(&word.as_str())) && words.len() <= 3;
    let closed = line.ends_with([',', '!']) && words.len() <= 5;
    match words.len() {
        1 => ALONE.contains(&first),
        _ => (ALONE.contains(&first) || OPENING.contains(&first)) && (addressed || closed),
    }
}

/// Returns where a signature or the footer of a mailing list begins: at the last line that parts one off, where what
/// follows is short and not most of the text.
fn signature(lines: &[&str], start: usize) -> usize {
    let size = |lines: &[&str]| lines.iter().map(|line| line.trim().len()).sum::<usize>();
    let from = lines.len().saturating_sub(2 * SIGNATURE).max(start);
    let mut end = lines.len();
    for at in (from..lines.len()).rev() {
        let line = lines.get(at).copied().unwrap_or_default();
        let dashes = line.trim_end() == "--";
        let rule = line.len() >= 20 && line.trim_end().chars().all(|letter| letter == '_');
        if !(dashes || rule) {
            continue;
        }
        let below = lines.get(at + 1..end).unwrap_or_default();
        let above = lines.get(start..at).unwrap_or_default();
        let short = below.iter().filter(|line| !line.trim().is_empty()).count() <= SIGNATURE;
        // Running text is none of a signature, unless there is little of it.
        let prose = below.iter().any(|line| line.trim_end().ends_with('.') && line.split_whitespace().count() > 4);
        let most = if prose { size(above) / 4 } else { size(above) };
        if short && size(below) < most {
            end = at;
        } else {
            break;
        }
    }
    end
}

/// Reads the lines of the body, quoted ones apart from the others.
fn body(lines: &[&str], partial: bool, draft: &mut Draft) {
    let is_rule = |line: &&str| line.trim_end() == "--";
    if !lines.iter().any(|line| line.starts_with('>') || is_rule(line)) {
        return text_into(&lines.join("\n"), partial, draft);
    }
    let mut at = 0;
    let mut first = true;
    while at < lines.len() {
        let (depth, _) = quoted(lines.get(at).copied().unwrap_or_default());
        let rest = lines.get(at..).unwrap_or_default();
        // A blank line belongs to what stands before it.
        let count = rest
            .iter()
            .take_while(|line| quoted(line).0 == depth || (depth == 0 && line.trim().is_empty()))
            .count()
            .max(1);
        let own: Vec<&str> = rest.iter().take(count).filter(|line| !is_rule(line)).map(|line| quoted(line).1).collect();
        let text = own.join("\n");
        at += count;
        if text.trim().is_empty() {
            continue;
        }
        if std::mem::take(&mut first) && depth == 0 {
            text_into(&text, partial || at < lines.len(), draft);
            continue;
        }
        append(draft, passage(&text, depth, partial || at < lines.len()));
    }
}

/// Reads a further passage of a text, quoted `depth` times.
fn passage(text: &str, depth: u8, partial: bool) -> Draft {
    let mut read = plain::draft(text, partial);
    if !read.title.is_empty() {
        let kind = if depth == 0 { BlockKind::Heading { level: 2 } } else { BlockKind::Paragraph };
        let alone = read.document.blocks.is_empty();
        let kind = if alone { BlockKind::Paragraph } else { kind };
        read.document.blocks.insert(0, Block::plain(kind, &read.title));
    }
    for block in &mut read.document.blocks {
        block.quoted = depth;
        if block.kind == BlockKind::Lead || (depth > 0 && block.kind == BlockKind::Paragraph) {
            block.kind = if depth > 0 { BlockKind::Quote { speaker: None } } else { BlockKind::Paragraph };
        }
    }
    read
}
