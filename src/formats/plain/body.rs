//! The body of a page, paragraph by paragraph: what each is by its words and by what stands around it.

use super::fields::{is_section, take_revision, take_source, take_stamp};
use super::{Page, Role, is_closed, is_longer, lists, words};
use crate::calendar::{Surety, glued_date, revision_mark, stamp};
use crate::formats::roles::{Boilerplate, Sureness, boilerplate, contact_label, is_contact, quote, speaker_before};
use crate::model::Marker;

/// Longest paragraph that is looked up as a line of the page, in bytes.
const SHORT: usize = 300;
/// From so many characters a paragraph is surely body text.
const BODY: usize = 160;

/// Within how many paragraphs of the body the fields of the page may stand.
const FIELDS: usize = 6;

/// What the lines below a heading of the page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Body,
    Tags,
    Contacts,
    About,
    Related,
    Tail,
    Answers,
}

/// Sets the role of every paragraph of the body; headings are left to `headings`.
pub fn read(page: &mut Page<'_>) {
    let mut mode = Mode::Body;
    let last_body = last_body(page);
    for at in page.start..page.len() {
        if page.role(at) != Role::Unknown {
            continue;
        }
        if page.text(at).len() <= SHORT || mode != Mode::Body {
            mode = line(page, at, mode, last_body);
            if page.role(at) != Role::Unknown {
                continue;
            }
        } else if boilerplate(page.text(at)).is_some() {
            page.set(at, Role::Boilerplate);
            continue;
        }
        paragraph(page, at);
    }
}

/// Returns the last paragraph that is certainly body text.
fn last_body(page: &Page<'_>) -> usize {
    if page.long {
        return usize::MAX;
    }
    (page.start..page.len())
        .rev()
        .find(|at| is_longer(page.text(*at), BODY) && !is_contact(page.text(*at)))
        .unwrap_or(0)
}

/// Sets the role of a line that is boilerplate, a stamp, a field or a contact; returns the mode for the next line.
fn line(page: &mut Page<'_>, at: usize, mode: Mode, last_body: usize) -> Mode {
    if mode == Mode::Tail {
        page.set(at, Role::Boilerplate);
        return mode;
    }
    let text = page.text(at).to_owned();
    if let Some(kind) = boilerplate(&text) {
        page.set(at, Role::Boilerplate);
        return after_boilerplate(page, &text, kind, mode);
    }
    if text.len() <= SHORT && glued_date(&text).is_some() {
        page.set(at, Role::Boilerplate);
        let again = (at + 1..page.len().min(at + 5)).any(|next| glued_date(page.text(next)).is_some());
        return if again || mode == Mode::Related { Mode::Tail } else { Mode::Related };
    }
    let mode = in_mode(page, at, &text, mode);
    if page.role(at) != Role::Unknown {
        return mode;
    }
    if let Some(found) = stamp(&text) {
        let bare = found.published.as_ref().is_some_and(|(_, surety)| *surety != Surety::Labelled);
        if !bare || page.is_near_end(at, 5) {
            take_stamp(page, at, &text, &found, true);
            return mode;
        }
    }
    // On some pages the fields stand below the lead.
    if at < page.start + FIELDS && take_source(page, at, &text) {
        return mode;
    }
    if page.is_near_end(at, 4) && page.section.is_none() && is_section(&text) {
        page.set(at, Role::Elsewhere);
        page.section = Some(text);
        return mode;
    }
    if let Some(mark) = revision_mark(&text) {
        take_revision(page, at, mark);
        return mode;
    }
    contact(page, at, &text, mode, last_body)
}

fn after_boilerplate(page: &mut Page<'_>, text: &str, kind: Boilerplate, mode: Mode) -> Mode {
    match kind {
        Boilerplate::Line if mode == Mode::About || mode == Mode::Related => mode,
        Boilerplate::Line => Mode::Body,
        Boilerplate::Tags => match text.split_once(':') {
            Some((_, tags)) if !tags.trim().is_empty() => {
                page.tags.extend(
                    tags.split([',', ';', '|']).map(str::trim).filter(|tag| !tag.is_empty()).map(str::to_owned),
                );
                Mode::Body
            }
            _ => Mode::Tags,
        },
        Boilerplate::Contacts => Mode::Contacts,
        Boilerplate::About => Mode::About,
        Boilerplate::Related => Mode::Related,
        Boilerplate::Tail => Mode::Tail,
        Boilerplate::Answers => Mode::Answers,
    }
}

/// Sets the role that the mode gives a line; returns the mode for the next line.
fn in_mode(page: &mut Page<'_>, at: usize, text: &str, mode: Mode) -> Mode {
    let short = text.len() <= 80 && words(text) <= 6 && !is_closed(text);
    match mode {
        Mode::Body | Mode::Tail => mode,
        Mode::Tags if short && !is_contact(text) && contact_label(text).is_none() && stamp(text).is_none() => {
            page.tags.push(text.trim_start_matches('#').to_owned());
            page.set(at, Role::Boilerplate);
            mode
        }
        Mode::Contacts if is_contact(text) || (text.len() <= 120 && !is_closed(text) && !opens_section(page, at)) => {
            page.set(at, Role::Contact);
            mode
        }
        Mode::About if contact_label(text) != Some(false) => {
            page.set(at, Role::Boilerplate);
            mode
        }
        Mode::Related if is_teaser(page, at, text) => {
            page.set(at, Role::Boilerplate);
            mode
        }
        Mode::Answers if words(text) <= 2 => {
            page.set(at, Role::Boilerplate);
            mode
        }
        _ => Mode::Body,
    }
}

/// Reports whether a long paragraph follows the line, so that it heads body text.
fn opens_section(page: &Page<'_>, at: usize) -> bool {
    page.paras.get(at + 1).is_some_and(|next| is_longer(&next.text, BODY) && is_closed(&next.text))
}

/// Reports whether a line below "Lue myös" is the title of another announcement, or its stamp.
fn is_teaser(page: &Page<'_>, at: usize, text: &str) -> bool {
    let tail = page.is_near_end(at, 6);
    (!is_longer(text, 150) && !text.ends_with('.') && (tail || !opens_section(page, at)))
        || stamp(text).is_some()
        || (tail && !is_longer(text, 200) && contact_label(text).is_none())
}

fn contact(page: &mut Page<'_>, at: usize, text: &str, mode: Mode, last_body: usize) -> Mode {
    let label = contact_label(text);
    if label == Some(false) {
        let next = page.text(at + 1);
        // A label above a paragraph of running text is its heading.
        let heads_text = is_longer(next, 60) && is_closed(next) && !next.ends_with(':') && !is_contact(next);
        let follows = !heads_text && (at + 1..page.len().min(at + 4)).any(|next| is_contact(page.text(next)));
        if follows {
            page.set(at, Role::Contact);
            return Mode::Contacts;
        }
        return mode;
    }
    if !is_contact(text) {
        return mode;
    }
    let labelled = label.is_some();
    let known = at.checked_sub(1).is_some_and(|before| page.role(before) == Role::Contact);
    let late = !page.long && (at > last_body || at * 3 >= page.len() * 2);
    if !(labelled || known || late) {
        return mode;
    }
    page.set(at, Role::Contact);
    join_lines_above(page, at);
    mode
}

/// Adds names and titles right above a telephone number to its contact.
fn join_lines_above(page: &mut Page<'_>, at: usize) {
    for above in (page.start..at).rev().take(2) {
        let text = page.text(above);
        let below_gap = page.paras.get(above + 1).is_none_or(|para| para.gap);
        let name = words(text) <= 6 && text.len() <= 80 && !is_closed(text);
        let capitals = text.split_whitespace().filter(|word| word.starts_with(char::is_uppercase)).count();
        let close = page.spaced || (capitals >= 2 && capitals * 2 > words(text));
        if below_gap || page.role(above) != Role::Paragraph || !name || !close {
            return;
        }
        page.set(above, Role::Contact);
    }
}

/// Sets the role of a paragraph: a quote, an item or running text.
fn paragraph(page: &mut Page<'_>, at: usize) {
    let role = quoted(page, at).or_else(|| item(page, at)).unwrap_or(Role::Paragraph);
    page.set(at, role);
}

/// Reports whether text that opens with a dash is a sentence and not an item of a list.
fn is_sentence(text: &str) -> bool {
    let words = text.trim_start_matches([
        '–', '—', '-', '"', '”', '“', ' ', '\u{a0}', '‒', '―', '−', '‘', '’', '\'', '»', '«', '…',
    ]);
    words.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()) && is_closed(text)
}

fn quoted(page: &Page<'_>, at: usize) -> Option<Role> {
    let text = page.text(at);
    let before = previous(page, at);
    let introduced = before.is_some_and(|before| page.role(before) == Role::Paragraph && introduces(page.text(before)));
    let Some(found) = quote(text) else {
        // A statement set apart without marks, as on pages whose quotations were indented.
        let next_item = page.paras.get(at + 1).is_some_and(|next| lists::opens_item(&next.text));
        let statement = introduced
            && is_longer(text, 40)
            && text.ends_with(['.', '!', '?'])
            && !next_item
            && !lists::opens_item(text);
        return statement.then_some(Role::Quote(0));
    };
    let after_quote = before.is_some_and(|before| matches!(page.role(before), Role::Quote(_)));
    let is_quote = match found.sureness {
        Sureness::Attributed => true,
        Sureness::Speaks => is_sentence(text) && (is_longer(text, 60) || !beside_items(page, at)),
        Sureness::OpensWithDash => {
            (after_quote && is_sentence(text) && is_longer(text, 20))
                || introduced && is_sentence(text) && !beside_items(page, at)
                || (is_sentence(text) && is_longer(text, 40) && leads_to_quote(page, at))
                || (is_sentence(text) && is_longer(text, 60) && !beside_items(page, at) && answers(page, before))
        }
        Sureness::OpensWithMark => {
            let whole =
                is_sentence(text) && text.trim_end_matches(['.', ',']).ends_with(['"', '”', '“', '»', '’', '«', '\'']);
            introduced
                || (whole && is_longer(text, 40))
                || (is_sentence(text) && (after_quote || leads_to_quote(page, at)))
        }
    };
    is_quote.then_some(Role::Quote(found.start))
}

/// Reports whether the paragraph at `before` asks a question or hands over to a speaker, so that a lone dash opens the
/// answer: "Vad händer nu?", "Ministern fyllde i:".
fn answers(page: &Page<'_>, before: Option<usize>) -> bool {
    before.is_some_and(|before| {
        let text = page.text(before);
        page.role(before) == Role::Paragraph
            && !is_longer(text, BODY)
            && (text.ends_with('?') || (text.ends_with(':') && speaker_before(text).is_some()))
    })
}

/// Returns the paragraph before `at` that is not boilerplate.
fn previous(page: &Page<'_>, at: usize) -> Option<usize> {
    (page.start..at).rev().take(4).find(|before| !matches!(page.role(*before), Role::Boilerplate | Role::Elsewhere))
}

/// Reports whether a neighbour is a dashed line without a verb of speaking.
fn beside_items(page: &Page<'_>, at: usize) -> bool {
    let plain = |text: &str| quote(text).is_some_and(|found| found.sureness == Sureness::OpensWithDash);
    let after = page.paras.get(at + 1).is_some_and(|next| plain(&next.text));
    let before = previous(page, at).is_some_and(|before| matches!(page.role(before), Role::Item(..)));
    after || before
}

/// Reports whether the next paragraph goes on with the quote and names who speaks.
fn leads_to_quote(page: &Page<'_>, at: usize) -> bool {
    let before = previous(page, at).is_some_and(|before| matches!(page.role(before), Role::Item(..)));
    let next = page.paras.get(at + 1);
    !before && next.is_some_and(|next| quote(&next.text).is_some_and(|found| found.sureness == Sureness::Attributed))
}

/// Reports whether a paragraph announces somebody's words: "The minister said:".
fn introduces(text: &str) -> bool {
    let Some(text) = text.trim_end().strip_suffix(':') else { return false };
    let end: Vec<&str> = text.rsplit(char::is_whitespace).take(4).collect();
    end.iter().any(|word| {
        matches!(
            word.trim_matches(|letter: char| !letter.is_alphabetic()),
            "said"
                | "says"
                | "added"
                | "commented"
                | "stated"
                | "sanoo"
                | "toteaa"
                | "kertoo"
                | "kommentoi"
                | "sanoi"
                | "säger"
                | "kommenterar"
                | "uttalar"
                | "sade"
        )
    })
}

fn item(page: &Page<'_>, at: usize) -> Option<Role> {
    let text = page.text(at);
    if let Some(end) = lists::key_value(text) {
        return Some(Role::KeyValue(end));
    }
    if let Some(item) = lists::bullet(text).or_else(|| lists::dashed(text)) {
        return Some(Role::Item(item.marker, item.start));
    }
    let before = at.checked_sub(1).filter(|before| *before >= page.start);
    let next = page.paras.get(at + 1).map_or("", |para| &para.text);
    if let Some(item) = lists::numbered(text)
        && let Marker::Number(number) = item.marker
    {
        let goes_on = before.is_some_and(|before| matches!(page.role(before), Role::Item(Marker::Number(one), _) if one.checked_add(1) == Some(number)));
        let starts = lists::numbered(next).is_some_and(|next| next.marker == Marker::Number(number.saturating_add(1)));
        return ((number == 1 && starts) || goes_on).then_some(Role::Item(item.marker, item.start));
    }
    if text.len() <= SHORT
        && text.starts_with(|letter: char| letter.is_ascii_digit() || matches!(letter, 'K' | 'k'))
        && lists::is_programme(text)
    {
        let goes_on = before.is_some_and(|before| matches!(page.role(before), Role::Item(Marker::Bullet, 0)));
        return (goes_on || lists::is_programme(next)).then_some(Role::Item(Marker::Bullet, 0));
    }
    if lists::is_row(text) {
        let goes_on = before.is_some_and(|before| page.role(before) == Role::Row);
        return (goes_on || lists::is_row(next)).then_some(Role::Row);
    }
    None
}
