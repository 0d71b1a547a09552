//! The head of a page: what stands above the body.

use super::fields::{is_byline, is_publisher, take_revision, take_source, take_stamp};
use super::title::{take_line_above, take_title};
use super::{Page, Role, scraped, words};
use crate::calendar::{PartialDate, find_date, revision_mark, stamp};
use crate::formats::roles::boilerplate;

/// Most paragraphs of a head.
const LONGEST: usize = 24;

/// Reads the head: finds title, stamps, publisher and section, and sets where the body starts.
pub fn read(page: &mut Page<'_>) {
    strip_scraper_prefix(page);
    let mut at = 0;
    while at < page.len().min(LONGEST) {
        if is_beside(page, at) {
            at += 1;
        } else if take_title(page, at) {
            at += 1;
            break;
        } else if !take_line_above(page, at) {
            break;
        } else {
            at += 1;
        }
    }
    if !page.title.is_empty() {
        while at < page.len().min(2 * LONGEST) && is_below(page, at) {
            at += 1;
        }
    }
    page.start = at;
}

/// Removes a scraper's prefix like ` date 2021-12 ` from the text and keeps its month.
fn strip_scraper_prefix(page: &mut Page<'_>) {
    let text = page.text(0);
    let Some(rest) = text.strip_prefix("date ") else { return };
    let length = rest.find(|letter: char| !(letter.is_ascii_digit() || letter == '-')).unwrap_or(rest.len());
    let Some(date) = rest.get(..length).and_then(PartialDate::parse_iso) else { return };
    if date.get_month().is_none() {
        return;
    }
    let left = rest.get(length..).unwrap_or_default().trim().to_owned();
    page.beside_title.push(format!("date {}", rest.get(..length).unwrap_or_default()));
    page.dates.take(scraped(date));
    if left.is_empty() {
        page.set(0, Role::Elsewhere);
    } else if let Some(para) = page.paras.first_mut() {
        para.text = left.into();
    }
}

/// Reports whether the line is boilerplate, a stamp, a byline, a field or a kind of text; if so, keeps what it states.
fn is_beside(page: &mut Page<'_>, at: usize) -> bool {
    if matches!(page.role(at), Role::Elsewhere | Role::Boilerplate) {
        return true;
    }
    let text = page.text(at).to_owned();
    if boilerplate(&text).is_some() || is_byline(&text) {
        page.set(at, Role::Boilerplate);
        return true;
    }
    if let Some(found) = stamp(&text) {
        take_stamp(page, at, &text, &found, true);
        return true;
    }
    take_source(page, at, &text)
}

/// Reports whether a line below the title still belongs to the head; if so, keeps what it states.
fn is_below(page: &mut Page<'_>, at: usize) -> bool {
    let text = page.text(at);
    // A repetition of the title says nothing more.
    if text == page.title {
        page.set(at, Role::Elsewhere);
        return true;
    }
    if let Some(mark) = revision_mark(text).filter(|_| stamp(text).is_none()) {
        take_revision(page, at, mark);
        return true;
    }
    if is_beside(page, at) {
        return true;
    }
    let text = page.text(at).to_owned();
    let stamped = page.paras.get(at + 1).is_some_and(|next| stamp(&next.text).is_some());
    let dated = at
        .checked_sub(1)
        .is_some_and(|before| page.role(before) == Role::Boilerplate && find_date(page.text(before), 0).is_some());
    if is_publisher(&text) && words(&text) <= 5 && (stamped || dated) {
        page.set(at, Role::Boilerplate);
        page.source.get_or_insert(text);
        return true;
    }
    false
}
