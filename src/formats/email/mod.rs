//! Announcements that came by mail: `.eml` files with their texts in plain, HTML or other form, and the mails within them.
//! It reads any bytes, never fails and opens no attachment.

mod forwarded;
mod header;
mod letter;
mod parts;
mod passed_on;
mod transfer;

pub(super) use transfer::base64;

use std::borrow::Cow;

use super::draft::Draft;
use super::{Reading, Source, html, markdown};
use crate::calendar::{Zone, read_date};
use crate::model::{Announcement, Block, BlockKind, Dated, Origin, Provenance};
use crate::text::Clean;
use header::Header;

use parts::{Entity, Markup, Part};

/// Most attachments that are told one by one.
const MOST_ATTACHMENTS: usize = 20;
/// Mails within mails are read so deep.
const DEEPEST: usize = 8;
/// Most announcements read from one mail.
const MOST: usize = 1000;
/// A text with fewer letters beside a mail it passes on only says so.
const ACCOMPANYING: usize = 200;

/// Reports whether a text starts with the header of a mail.
pub(super) fn looks_like(text: &str) -> bool {
    let mut found = 0;
    for (number, line) in text.trim_start_matches(['\u{feff}', '\n', '\r', ' ']).lines().take(60).enumerate() {
        if line.is_empty() || (number == 0 && line.starts_with("From ")) || line.starts_with([' ', '\t']) {
            if line.is_empty() {
                break;
            }
            continue;
        }
        let Some((name, _)) = line.split_once(':') else { return false };
        if !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return false;
        }
        let telling = ["from", "subject", "date", "received", "mime-version", "message-id", "return-path"];
        found += usize::from(telling.iter().any(|known| name.eq_ignore_ascii_case(known)));
    }
    found >= 3
}

/// Reads a mail, and as announcements of their own the mails that it encloses or passes on.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    let bytes = bytes_of(source);
    let mail = parts::entity(&bytes);
    if mail.header.is_empty() {
        let mut draft = Draft::default();
        draft.note("The file is no mail that could be read: it is shown as text.");
        super::text_into(source.text, source.partial, &mut draft);
        return Reading { announcements: vec![draft.finish(source.provenance)], notes: Vec::new() };
    }
    let mut mails = Vec::new();
    gather(&mail, source, 0, &mut mails);
    Reading { announcements: mails.into_iter().map(Letter::finish).collect(), notes: Vec::new() }
}

/// Returns the bytes of a mail with line feeds at the ends of its lines; UTF-16 is turned into UTF-8.
fn bytes_of<'a>(source: &Source<'a>) -> Cow<'a, [u8]> {
    if source.provenance.encoding.starts_with("UTF-16") {
        return Cow::Borrowed(source.text.as_bytes());
    }
    if memchr::memchr(b'\n', source.bytes).is_some() || memchr::memchr(b'\r', source.bytes).is_none() {
        return Cow::Borrowed(source.bytes);
    }
    Cow::Owned(source.bytes.iter().map(|byte| if *byte == b'\r' { b'\n' } else { *byte }).collect())
}

/// A mail that was read.
#[derive(Debug)]
struct Letter {
    draft: Draft,
    provenance: Provenance,
}

impl Letter {
    fn new(source: &Source<'_>) -> Self {
        Self { draft: Draft::default(), provenance: source.provenance }
    }

    fn finish(self) -> Announcement {
        self.draft.finish(self.provenance)
    }
}

/// Reads a mail and those in it onto `mails`.
fn gather(mail: &Entity<'_>, source: &Source<'_>, depth: usize, mails: &mut Vec<Letter>) {
    if mails.len() >= MOST {
        return;
    }
    let parts = parts::parts(mail, source.partial);
    let mut outer = Letter::new(source);
    set_header(&mail.header, source.zone, &mut outer.draft);
    let mut own = 0;
    let mut inner = Vec::new();
    let mut encoding = None;
    for part in &parts {
        match part {
            Part::Text { text, markup, encoding: of_text, note, .. } => {
                encoding = encoding.or(Some(*of_text));
                if let Some(note) = note {
                    outer.draft.note(note);
                }
                own += add_text(text, *markup, part, source, &mut outer.draft, &mut inner);
            }
            Part::Mail(bytes) if depth < DEEPEST => gather(&parts::entity(bytes), source, depth + 1, &mut inner),
            Part::Mail(_) | Part::Other { .. } => {}
        }
    }
    outer.provenance.encoding = encoding.unwrap_or(outer.provenance.encoding);
    set_subscription_aside(&mut outer.draft);
    outer.draft.mark_lead();
    tell_attachments(&parts, &mut outer.draft);
    for letter in &mut inner {
        letter.draft.published = letter.draft.published.or(outer.draft.published);
    }
    match inner.as_mut_slice() {
        // What is passed on alone, perhaps with a word or two, is the announcement.
        [passed_on] if own < ACCOMPANYING => accompany(passed_on, outer.draft),
        [_, ..] if own == 0 => {}
        _ => {
            for letter in &inner {
                outer.draft.note(&format!(
                    "A mail in it is read as an announcement of its own: {}",
                    letter.draft.title.as_str()
                ));
            }
            mails.push(outer);
        }
    }
    mails.append(&mut inner);
}

/// Adds a text of a mail to what was read of it, and mails passed on within the text to `inner`; returns its letters.
fn add_text(
    text: &str,
    markup: Markup,
    part: &Part<'_>,
    source: &Source<'_>,
    draft: &mut Draft,
    inner: &mut Vec<Letter>,
) -> usize {
    let mut piece = Draft {
        title: draft.title.clone(),
        source: draft.source.clone(),
        published: draft.published,
        language: draft.language,
        ..Draft::default()
    };
    let letters = match markup {
        Markup::Html => match passed_on::split_page(html::Whole::of(text)) {
            (page, None) => {
                page.read(source.zone, &mut piece);
                parts::letters(part)
            }
            (before, Some((mail, page))) => {
                before.read(source.zone, &mut piece);
                passed_on::pass_on_page(&mail, page, source, DEEPEST, inner);
                before
                    .lines()
                    .iter()
                    .flat_map(|line| line.text.chars())
                    .filter(|letter| letter.is_alphanumeric())
                    .count()
            }
        },
        Markup::Markdown => {
            markdown::body(text, &mut piece);
            parts::letters(part)
        }
        Markup::Plain { .. } | Markup::Enriched => {
            let text = match markup {
                Markup::Plain { flowed: true, delsp } => Cow::Owned(letter::unflow(text, delsp)),
                Markup::Enriched => Cow::Owned(enriched(text)),
                _ => Cow::Borrowed(text),
            };
            let (before, mail) = forwarded::split(&text).unzip();
            let before = before.unwrap_or(&text);
            letter::letter(before, source.partial, &mut piece);
            if let Some(mail) = mail {
                passed_on::pass_on(&mail, source, DEEPEST, inner);
            }
            before.chars().filter(|letter| letter.is_alphanumeric()).count()
        }
    };
    if draft.document.blocks.is_empty() {
        piece.notes.splice(0..0, draft.notes.drain(..));
        *draft = piece;
    } else {
        append(draft, piece);
    }
    letters
}

/// Sets the words that accompany a mail which is passed on aside before its text.
fn accompany(passed_on: &mut Letter, outer: Draft) {
    let draft = &mut passed_on.draft;
    if draft.title.is_empty() {
        draft.title = outer.title;
    }
    let words: Vec<Block> = outer.document.blocks.into_iter().filter(|block| !block.text.is_empty()).collect();
    let lines =
        words.iter().flat_map(|block| block.text.lines().map(|line| Block::plain(BlockKind::Boilerplate, line)));
    draft.document.blocks.splice(0..0, lines.filter(|line| !line.text.is_empty()).collect::<Vec<_>>());
    for note in outer.notes {
        draft.note(&note.0);
    }
}

/// Adds the blocks, links and notes of `piece` at the end of `draft`.
fn append(draft: &mut Draft, piece: Draft) {
    let before = draft.document.links.len();
    let shift = |link: u16| u16::try_from(usize::from(link) + before).ok();
    for mut block in piece.document.blocks {
        for mark in &mut block.marks {
            mark.link = mark.link.and_then(shift);
        }
        if block.kind == BlockKind::Lead && !draft.document.blocks.is_empty() {
            block.kind = BlockKind::Paragraph;
        }
        draft.document.blocks.push(block);
    }
    draft.document.links.extend(piece.document.links);
    draft.document.links.truncate(usize::from(u16::MAX) + 1);
    draft.language = draft.language.or(piece.language);
    draft.modified = draft.modified.or(piece.modified);
    draft.address = draft.address.take().or(piece.address);
    for note in piece.notes {
        draft.note(&note.0);
    }
}

/// Returns `text/enriched` (RFC 1896) without its commands: one line break is a blank, further ones are breaks.
fn enriched(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    let mut breaks = 0;
    while let Some(letter) = rest.chars().next() {
        let after = rest.get(letter.len_utf8()..).unwrap_or_default();
        match letter {
            '\r' => rest = after,
            '\n' => {
                plain.push_str(if breaks == 0 { " " } else { "\n" });
                breaks += 1;
                rest = after;
                continue;
            }
            '<' if after.starts_with('<') => {
                plain.push('<');
                rest = after.get(1..).unwrap_or_default();
            }
            '<' => rest = after.split_once('>').map_or("", |(_, rest)| rest),
            letter => {
                plain.push(letter);
                rest = after;
            }
        }
        breaks = if letter == '\r' { breaks } else { 0 };
    }
    plain
}

fn set_header(header: &Header<'_>, zone: &Zone, draft: &mut Draft) {
    draft.title = Clean::line(bare_subject(&header.text("Subject").unwrap_or_default()));
    draft.source = header.sender().map(|name| Clean::line(&name)).filter(|name| !name.is_empty());
    let date = header.text("Date").and_then(|date| read_date(&date, zone));
    let received = || read_date(header.text("Received")?.rsplit_once(';')?.1, zone);
    draft.published = date.or_else(received).map(|value| Dated { value, origin: Origin::Field });
}

/// Returns the subject without the prefixes of replies and forwarded mails.
fn bare_subject(subject: &str) -> &str {
    let mut subject = subject.trim();
    while let Some((mark, rest)) = subject.split_once(':') {
        let passed =
            ["re", "fw", "fwd", "vl", "vs", "sv", "vb"].iter().any(|known| mark.trim().eq_ignore_ascii_case(known));
        if !passed || rest.trim().is_empty() {
            break;
        }
        subject = rest.trim_start();
    }
    subject
}

/// Sets aside the lines at the end and start of a newsletter that are about receiving it.
fn set_subscription_aside(draft: &mut Draft) {
    const WORDS: [&str; 24] = [
        "unsubscribe",
        "view in browser",
        "view in your browser",
        "view this email",
        "manage your subscription",
        "preferences",
        "avsluta prenumeration",
        "avsluta din prenumeration",
        "avprenumerera",
        "avbeställ",
        "avanmäl",
        "i webbläsaren",
        "i din webbläsare",
        "peru tilaus",
        "peru tilauksesi",
        "peruuta tilaus",
        "peruuta uutiskirje",
        "lopeta tilaus",
        "poistu listalta",
        "poistu postituslistalta",
        "selaimessa",
        "selaimella",
        "tilausasetuk",
        "tilauksen asetuk",
    ];
    let length = draft.document.blocks.len();
    let kind = |kind: &BlockKind| {
        matches!(
            kind,
            BlockKind::Paragraph
                | BlockKind::Lead
                | BlockKind::Preformatted
                | BlockKind::Contact
                | BlockKind::Item { .. }
        )
    };
    for (at, block) in draft.document.blocks.iter_mut().enumerate() {
        let edge = at < 3 || at + 5 > length;
        let short = block.text.len() < 200 && kind(&block.kind);
        if edge && short && WORDS.iter().any(|word| block.text.to_lowercase().contains(word)) {
            *block = Block::plain(BlockKind::Boilerplate, &block.text.replace('\n', " "));
        }
    }
}

fn tell_attachments(parts: &[Part<'_>], draft: &mut Draft) {
    let others = || {
        parts.iter().filter_map(|part| match part {
            Part::Other { name, kind, size } => Some((name, kind, size)),
            _ => None,
        })
    };
    for (name, kind, size) in others().take(MOST_ATTACHMENTS) {
        let kilobytes = size.div_ceil(1024);
        match name {
            Some(name) => draft.note(&format!("Attachment, not shown: {name} ({kilobytes} kB).")),
            None => draft.note(&format!("Attachment, not shown: {kind} without a name ({kilobytes} kB).")),
        }
    }
    let count = others().count();
    if count > MOST_ATTACHMENTS {
        draft.note(&format!("{} further attachments, not shown.", count - MOST_ATTACHMENTS));
    }
}

#[cfg(test)]
mod tests;
