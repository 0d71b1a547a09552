//! Announcements that came by mail: `.eml` files, with their HTML or their text.

use mail_parser::{Address, Message, MessageParser, MimeHeaders, PartType};

use super::draft::Draft;
use super::{Reading, Source, html};
use crate::calendar::{Zone, read_date};
use crate::model::{Block, BlockKind, Dated, Origin};
use crate::text::Clean;

/// Lines within which the announcement's title may stand under a greeting.
const GREETING: usize = 12;
/// Most attachments that are told one by one.
const MOST_ATTACHMENTS: usize = 20;

/// Whether a text starts with the header of a mail.
pub(super) fn looks_like(text: &str) -> bool {
    let mut found = 0;
    for (number, line) in text.lines().take(60).enumerate() {
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

/// Reads a mail.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    let mut draft = Draft::default();
    let mut provenance = source.provenance;
    if let Some(message) = MessageParser::default().parse(source.bytes) {
        header(&message, source.zone, &mut draft);
        if let Some(encoding) = body(&message, source, &mut draft) {
            provenance.encoding = encoding;
        }
        attachments(&message, &mut draft);
    } else {
        draft.note("The file is no mail that could be read: it is shown as text.");
        super::text_into(source.text, source.partial, &mut draft);
    }
    Reading { announcements: vec![draft.finish(provenance)], notes: Vec::new() }
}

fn header(message: &Message<'_>, zone: &Zone, draft: &mut Draft) {
    draft.title = Clean::line(bare_subject(message.subject().unwrap_or_default()));
    draft.source = message.from().and_then(Address::first).and_then(|sender| {
        let name = sender.name().filter(|name| !name.trim().is_empty()).or_else(|| sender.address())?;
        Some(Clean::line(name))
    });
    let date = message.header_raw("Date").and_then(|date| read_date(date, zone));
    draft.published = date.map(|value| Dated { value, origin: Origin::Field });
}

/// The subject without the marks of having been passed on.
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

/// Reads the HTML where there is some, else the text: where both are sent, the text is often a teaser.
fn body(message: &Message<'_>, source: &Source<'_>, draft: &mut Draft) -> Option<&'static str> {
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) if !page.trim().is_empty() => Some((part, page)),
        _ => None,
    });
    let text = message.text_bodies().find_map(|part| match &part.body {
        PartType::Text(text) if !text.trim().is_empty() => Some((part, text)),
        _ => None,
    });
    let (part, doubtful) = match (page, text) {
        (Some((part, page)), _) => {
            html::page(page, source.zone, draft);
            set_subscription_aside(draft);
            (part, part.is_encoding_problem)
        }
        (None, Some((part, text))) => {
            letter(text, source.partial, draft);
            (part, part.is_encoding_problem)
        }
        (None, None) => return None,
    };
    if doubtful {
        draft.note("A part of the mail does not keep to the encoding it names.");
    }
    let label = part.content_type().and_then(|kind| kind.attribute("charset")).unwrap_or("us-ascii");
    Some(encoding_rs::Encoding::for_label(label.as_bytes()).map_or("unknown", |encoding| {
        // The web's name for plain ASCII is that of its superset.
        if label.eq_ignore_ascii_case("us-ascii") { "US-ASCII" } else { encoding.name() }
    }))
}

/// Reads the text of a mail: what greets before the announcement and what is signed after it are set aside.
fn letter(text: &str, partial: bool, draft: &mut Draft) {
    let lines: Vec<&str> = text.lines().collect();
    let letters = |text: &str| {
        text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let subject = letters(&draft.title);
    let titled = lines.iter().take(GREETING).position(|line| !subject.is_empty() && letters(line) == subject);
    let start = titled.unwrap_or(0);
    let signed = lines.iter().skip(start).position(|line| line.trim_end() == "--").map(|at| start + at);
    let end = signed.unwrap_or(lines.len());
    let body = lines.get(start..end).unwrap_or_default().join("\n");
    super::text_into(&body, partial, draft);
    let aside = |lines: &[&str]| -> Vec<Block> {
        let blocks = lines.iter().map(|line| Block::plain(BlockKind::Boilerplate, line));
        blocks.filter(|block| !block.text.is_empty() && &*block.text != "--").collect()
    };
    let greeting = aside(lines.get(..start).unwrap_or_default());
    draft.document.blocks.splice(0..0, greeting);
    draft.document.blocks.extend(aside(lines.get(end..).unwrap_or_default()));
    draft.mark_lead();
}

/// Sets aside the lines at the end and start of a newsletter that are about receiving it.
fn set_subscription_aside(draft: &mut Draft) {
    const WORDS: [&str; 11] = [
        "unsubscribe",
        "view in browser",
        "view this email",
        "preferences",
        "avsluta prenumeration",
        "avprenumerera",
        "i webbläsaren",
        "peru tilaus",
        "peruuta tilaus",
        "lopeta tilaus",
        "selaimessa",
    ];
    let length = draft.document.blocks.len();
    for (at, block) in draft.document.blocks.iter_mut().enumerate() {
        let edge = at < 3 || at + 5 > length;
        let short = block.text.len() < 200 && matches!(block.kind, BlockKind::Paragraph | BlockKind::Lead);
        if edge && short && WORDS.iter().any(|word| block.text.to_lowercase().contains(word)) {
            block.kind = BlockKind::Boilerplate;
        }
    }
}

fn attachments(message: &Message<'_>, draft: &mut Draft) {
    let count = message.attachment_count();
    for part in message.attachments().take(MOST_ATTACHMENTS) {
        let kilobytes = part.len().div_ceil(1024);
        let name = part.attachment_name().unwrap_or("without a name");
        draft.note(&format!("Attachment, not shown: {name} ({kilobytes} kB)."));
    }
    if count > MOST_ATTACHMENTS {
        draft.note(&format!("{} further attachments, not shown.", count - MOST_ATTACHMENTS));
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::super::{Input, read as read_any};
    use super::*;
    use proptest::prelude::*;

    const MAIL: &str = "From: =?utf-8?q?Vantaan_viestint=C3=A4?= <a@b.fi>\r\nSubject: VL: =?iso-8859-1?Q?Silta_p=E4=E4st=E4=E4?= =?utf-8?q?_yli?=\r\nDate: Fri, 11 Sep 2020 08:05:00 +0300\r\nMIME-Version: 1.0\r\n";

    #[test]
    fn header_and_text() {
        let mail = format!(
            "{MAIL}Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nSilta p=E4=E4st=E4=E4 taas autot =\r\nyli.\r\n\r\nToinen kappale.\r\n"
        );
        let found = read_any(&Input::new("-", mail.as_bytes())).announcements.remove(0);
        assert_eq!((found.title.as_str(), found.source.as_deref()), ("Silta päästää yli", Some("Vantaan viestintä")));
        assert_eq!(found.published.unwrap().value.to_string(), "2020-09-11T05:05");
        assert_eq!((found.provenance.format, found.provenance.encoding), ("mail", "windows-1252"));
        assert!(shown(&found.document.blocks).starts_with("p Silta päästää taas autot yli."), "{:?}", found.document);
    }

    #[test]
    fn the_page_outranks_the_teaser() {
        let mail = format!(
            "{MAIL}Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain\r\n\r\nKatso selaimessa.\r\n--y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<h1>Silta päästää yli</h1><p>Teksti.</p>\r\n--y--\r\n--x\r\nContent-Type: application/pdf; name=\"liite.pdf\"\r\nContent-Disposition: attachment; filename=\"liite.pdf\"\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n"
        );
        let found = read_any(&Input::new("a.eml", mail.as_bytes())).announcements.remove(0);
        assert_eq!(shown(&found.document.blocks), "p Teksti.");
        assert!(found.notes.iter().any(|note| note.0.contains("liite.pdf")), "{:?}", found.notes);
    }

    #[test]
    fn key_value_lines_are_no_mail() {
        assert!(!looks_like("Aika: maanantai\nPaikka: sali\n\nTervetuloa."));
        assert!(!looks_like("Tiedote\n\nFrom: a"));
        assert!(looks_like(MAIL));
    }

    proptest! {
        #[test]
        fn any_mail_is_read(parts in proptest::collection::vec(prop_oneof![
            Just("Subject: "), Just("From: "), Just("Date: "), Just("Content-Type: multipart/mixed; boundary=b\r\n"),
            Just("Content-Type: text/html; charset=utf-16\r\n"), Just("Content-Transfer-Encoding: base64\r\n"), Just("\r\n"), Just("--b\r\n"),
            Just("--b--"), Just("=?utf-8?q?=C3="), Just("?="), Just("Content-Type: message/rfc822\r\n"), Just("teksti ä "), Just("<p>"), Just("\n"),
        ], 0..40)) {
            let _ = read_any(&Input::new("a.eml", parts.concat().as_bytes()));
        }
    }
}
