//! Mails that were sent on within the text or the page of another: cutting them out, and reading them as mails.

use super::forwarded::{self, Forwarded};
use super::{Letter, bare_subject, header, letter};
use crate::calendar::read_date;
use crate::formats::{Source, html};
use crate::model::{Dated, Origin};
use crate::text::Clean;

/// Reads a mail that was passed on within the text of another, and those within its own text.
pub(super) fn pass_on(mail: &Forwarded, source: &Source<'_>, left: usize, inner: &mut Vec<Letter>) {
    let mut read = headed(mail, source);
    let draft = &mut read.draft;
    let (before, further) = forwarded::split(&mail.text).filter(|_| left > 0).unzip();
    letter::letter(before.unwrap_or(&mail.text), source.partial, draft);
    draft.document.blocks.splice(0..0, letter::aside(&mail.head));
    inner.push(read);
    if let Some(further) = further {
        pass_on(&further, source, left - 1, inner);
    }
}

/// Cuts a page where a mail begins that was sent on within it: returns what stands before it, and the mail with its page.
pub(super) fn split_page(page: html::Whole) -> (html::Whole, Option<(Forwarded, html::Whole)>) {
    let lines = page.lines();
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    let found = forwarded::among(&texts).and_then(|(head, mail)| {
        let (first, last) = (lines.get(head.start)?, lines.get(head.end.checked_sub(1)?)?);
        Some((first.place.start..last.place.end, mail))
    });
    let Some((head, mail)) = found else { return (page, None) };
    let (before, after) = page.cut(head);
    (before, Some((mail, after)))
}

/// Reads a mail that was passed on within the page of another, and those within its own page.
pub(super) fn pass_on_page(
    mail: &Forwarded,
    page: html::Whole,
    source: &Source<'_>,
    left: usize,
    inner: &mut Vec<Letter>,
) {
    let mut read = headed(mail, source);
    let (page, further) = if left > 0 { split_page(page) } else { (page, None) };
    page.read(source.zone, &mut read.draft);
    read.draft.document.blocks.splice(0..0, letter::aside(&mail.head));
    inner.push(read);
    if let Some((mail, page)) = further {
        pass_on_page(&mail, page, source, left - 1, inner);
    }
}

/// Returns a letter with what the head of a mail that was passed on says.
fn headed(mail: &Forwarded, source: &Source<'_>) -> Letter {
    let mut read = Letter::new(source);
    let draft = &mut read.draft;
    draft.title = Clean::line(bare_subject(mail.subject.as_deref().unwrap_or_default()));
    draft.source = mail
        .sender
        .as_deref()
        .and_then(|sender| header::name_of_first(sender.as_bytes()))
        .map(|name| Clean::line(&name));
    let date = mail.date.as_deref().and_then(|date| read_date(date, source.zone));
    draft.published = date.map(|value| Dated { value, origin: Origin::Field });
    read
}
