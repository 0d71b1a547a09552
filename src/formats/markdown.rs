//! Markdown: CommonMark with tables and strikethrough, under front matter or without.

use pulldown_cmark::{Alignment, Event, LinkType, Options, Parser, Tag, TagEnd};

use super::draft::Draft;
use super::dress::dress;
use super::flow::{Emphasis, Flow};
use super::{Reading, Source, front_matter, html};

/// Larger texts are parsed in pieces of about this many bytes, so that time and memory stay in proportion to the size:
/// a parser's tree is many times its text, and hostile nesting costs the square of its length.
const PIECE: usize = 128 * 1024;
/// More quotation or list markers than this at the start of a line are no structure but an attack.
const MOST_MARKERS: usize = 64;

/// Reads a Markdown file.
#[must_use]
pub fn read(source: &Source<'_>) -> Reading {
    let mut draft = Draft::default();
    let text = match front_matter::split(source.text) {
        Some(split) => {
            front_matter::apply(&split, source.zone, &mut draft);
            split.body
        }
        None => source.text,
    };
    body(text, &mut draft);
    Reading { announcements: vec![draft.finish(source.provenance)], notes: Vec::new() }
}

/// Reads Markdown without front matter into `draft`; what the draft knows already stays.
pub(super) fn body(text: &str, draft: &mut Draft) {
    let mut flow = Flow::default();
    let mut rest = text;
    while !rest.is_empty() && !flow.is_full() {
        let (piece, after) = rest.split_at(piece_end(rest));
        if is_sane(piece) {
            parse(piece, &mut flow);
        } else {
            draft.note("The text is nested too deeply: a part of it is shown as it is in the file.");
            flow.start_preformatted();
            flow.text(piece);
            flow.end_block();
        }
        rest = after;
    }
    let (document, overflowed) = flow.finish();
    if overflowed {
        draft.note("The text has too many paragraphs: the last ones are left out.");
    }
    draft.document = document;
    draft.take_title();
    draft.promote_bold();
    dress(draft, false);
    draft.mark_lead();
}

/// Where the first piece of `text` ends: after a blank line where there is one, else after a line.
fn piece_end(text: &str) -> usize {
    if text.len() <= PIECE {
        return text.len();
    }
    let end = (PIECE - 3..=PIECE).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(PIECE);
    let head = text.get(..end).unwrap_or_default();
    let cut = head.rfind("\n\n").map(|at| at + 2).filter(|at| *at > PIECE / 2);
    cut.or_else(|| head.rfind('\n').map(|at| at + 1)).filter(|at| *at > 0).unwrap_or(end)
}

/// Whether no line opens more containers than any author would.
fn is_sane(text: &str) -> bool {
    text.lines().all(|line| {
        let markers = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+'));
        let rule = |line: &str| line.bytes().all(|byte| matches!(byte, b' ' | b'\t' | b'-' | b'*' | b'\r'));
        markers.filter(|byte| !matches!(byte, b' ' | b'\t')).count() <= MOST_MARKERS || rule(line)
    })
}

fn parse(text: &str, flow: &mut Flow) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let mut hidden = Hidden::default();
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(tag) => start(tag, flow, &mut hidden),
            Event::End(tag) => end(tag, flow, &mut hidden),
            Event::Text(text) if hidden.in_html => hidden.html.push_str(&text),
            Event::Text(text) => flow.text(&text),
            Event::Code(text) => {
                flow.start_emphasis(Emphasis::Code);
                flow.text(&text);
                flow.end_emphasis(Emphasis::Code);
            }
            Event::Html(text) => hidden.html.push_str(&text),
            Event::InlineHtml(tag) => inline(&tag, flow),
            Event::SoftBreak => flow.text(if flow.is_preformatted() { "\n" } else { " " }),
            Event::HardBreak => flow.line_break(),
            Event::Rule => flow.rule(),
            Event::TaskListMarker(done) => flow.text(if done { "☑ " } else { "☐ " }),
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => flow.text(&text),
        }
    }
    flow.end_block();
}

/// An HTML block whose lines come one by one.
#[derive(Default)]
struct Hidden {
    in_html: bool,
    html: String,
}

fn start(tag: Tag<'_>, flow: &mut Flow, hidden: &mut Hidden) {
    match tag {
        Tag::Paragraph => flow.start_paragraph(),
        Tag::Heading { level, .. } => flow.start_heading(level as u8),
        Tag::BlockQuote(_) => flow.start_quote(),
        Tag::CodeBlock(_) => flow.start_preformatted(),
        Tag::HtmlBlock => {
            flow.end_block();
            hidden.in_html = true;
        }
        Tag::List(first) => flow.start_list(first),
        Tag::Item => flow.start_item(),
        Tag::Table(columns) => {
            flow.start_table(columns.iter().map(|column| *column == Alignment::Right).collect());
        }
        Tag::TableHead => flow.start_row(true),
        Tag::TableRow => flow.start_row(false),
        Tag::TableCell => flow.start_cell(),
        Tag::Emphasis => flow.start_emphasis(Emphasis::Slanted),
        Tag::Strong => flow.start_emphasis(Emphasis::Strong),
        Tag::Strikethrough => flow.start_emphasis(Emphasis::Deleted),
        Tag::Link { link_type, dest_url, .. } => {
            if link_type == LinkType::Email {
                flow.start_link(&format!("mailto:{dest_url}"));
            } else {
                flow.start_link(&dest_url);
            }
        }
        // An image is its alternative text, which comes as the text inside it.
        Tag::Image { .. } => {}
        _ => {}
    }
}

fn end(tag: TagEnd, flow: &mut Flow, hidden: &mut Hidden) {
    match tag {
        TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock => flow.end_block(),
        TagEnd::BlockQuote(_) => flow.end_quote(),
        TagEnd::HtmlBlock => {
            hidden.in_html = false;
            html::fragment(&std::mem::take(&mut hidden.html), flow);
        }
        TagEnd::List(_) => flow.end_list(),
        TagEnd::Item => flow.end_item(),
        TagEnd::Table => flow.end_table(),
        TagEnd::TableCell => flow.end_cell(),
        TagEnd::Emphasis => flow.end_emphasis(Emphasis::Slanted),
        TagEnd::Strong => flow.end_emphasis(Emphasis::Strong),
        TagEnd::Strikethrough => flow.end_emphasis(Emphasis::Deleted),
        TagEnd::Link => flow.end_link(),
        _ => {}
    }
}

/// A tag within a paragraph: only what breaks the line is heeded, its text comes by itself.
fn inline(tag: &str, flow: &mut Flow) {
    let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
    if name.eq_ignore_ascii_case("br") {
        flow.line_break();
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;
    use crate::formats::{Input, read as read_any};
    use crate::model::{Block, BlockKind, Marker};
    use proptest::prelude::*;

    fn blocks(text: &str) -> Vec<Block> {
        let mut flow = Flow::default();
        parse(text, &mut flow);
        flow.finish().0.blocks
    }

    #[test]
    fn structure_becomes_flat_blocks() {
        let text = "# Otsikko\n\nEnsimmäinen *kappale*\njatkuu.\n\n- yksi\n- kaksi\n  1. sisä\n\n     jatko\n- [x] tehty\n\n> lainaus\n>\n> > syvempi\n\n---\n\n    koodi\n      sisennys\n";
        assert_eq!(
            shown(&blocks(text)),
            "# Otsikko\np Ensimmäinen *kappale* jatkuu.\n- yksi\n- kaksi\n  1. sisä\n    jatko\n- ☑ tehty\n>q lainaus\n>>q syvempi\n---\npre koodi⏎  sisennys"
        );
    }

    #[test]
    fn links_are_numbered_once() {
        let reading = read_any(&Input::new("a.md", b"Lue [lis\xc3\xa4\xc3\xa4](https://a.fi) ja [t\xc3\xa4\xc3\xa4lt\xc3\xa4](https://a.fi), <a@b.fi>, <https://c.fi>."));
        let document = &reading.announcements[0].document;
        let addresses: Vec<_> = document.links.iter().map(|link| link.address.as_str()).collect();
        assert_eq!(addresses, ["https://a.fi", "mailto:a@b.fi", "https://c.fi"]);
        assert_eq!(document.blocks[0].text.as_str(), "Lue lisää ja täältä, a@b.fi, https://c.fi.");
        assert_eq!(document.blocks[0].marks.len(), 4);
    }

    #[test]
    fn tables_hold_a_cell_a_line() {
        let blocks = blocks("| Kunta | Väkiluku | |\n|:--|---:|---|\n| **Vantaa** | 247 443 | a |\n| Kerava |\n");
        let BlockKind::Table(table) = &blocks[0].kind else { panic!("{blocks:?}") };
        let cells: Vec<_> = table.cells.iter().map(|cell| blocks[0].text.get(cell.clone()).unwrap()).collect();
        assert_eq!(cells, ["Kunta", "Väkiluku", "", "Vantaa", "247 443", "a", "Kerava", "", ""]);
        assert_eq!((table.columns, table.header, table.right.as_slice()), (3, true, &[false, true, false][..]));
        assert_eq!(blocks[0].marks.len(), 1);
    }

    #[test]
    fn line_breaks_asked_for_are_kept() {
        assert_eq!(
            shown(&blocks("Kaupungintalo  \nAsematie 7  \n01300 Vantaa\n")),
            "pre Kaupungintalo⏎Asematie 7⏎01300 Vantaa"
        );
        let long = "pitkä rivi ".repeat(12);
        assert_eq!(blocks(&format!("{long}\\\n{long}\n")).len(), 2);
        assert_eq!(shown(&blocks("- yksi<br>kaksi\n")), "- yksi\n  kaksi");
    }

    #[test]
    fn images_and_html_are_their_text() {
        assert_eq!(shown(&blocks("![Uusi silta](silta.jpg) on <b>valmis</b>.\n")), "p Uusi silta on valmis.");
        assert_eq!(shown(&blocks("<div>\nLue tämä\n</div>\n\nJatko.\n")), "p Lue tämä\np Jatko.");
    }

    #[test]
    fn hostile_markdown_is_read() {
        for (name, text) in [
            ("quotes", format!("{}\n{}", "> ".repeat(4_000), "a\n".repeat(1_000))),
            ("tight quotes", ">".repeat(20_000)),
            ("lists", "- ".repeat(10_000)),
            ("indented lists", (0..400).fold(String::new(), |text, depth| text + &" ".repeat(depth * 2) + "- a\n")),
            ("brackets", "[".repeat(20_000)),
            ("images", "![](".repeat(5_000)),
            ("emphasis", "*a_ ".repeat(5_000)),
            ("stars", "*".repeat(20_000)),
            ("backticks", (1..400).fold(String::new(), |text, count| text + &"`".repeat(count) + " ")),
            ("html", "<a ".repeat(30_000)),
            ("comments", "<!--".repeat(5_000)),
            ("definitions", "[a]: b\n".repeat(14_000)),
            ("references", format!("[a]: {}\n\n{}", "b".repeat(1000), "[a] ".repeat(20_000))),
            ("table", "|a".repeat(30_000) + "\n" + &"|-".repeat(30_000) + "\n" + &"|\n".repeat(1000)),
            ("entities", "&amp".repeat(5_000)),
            ("numbers", "1) ".repeat(30_000)),
        ] {
            let reading = read_any(&Input::new("a.md", text.as_bytes()));
            assert_eq!(reading.announcements.len(), 1, "{name}");
        }
    }

    #[test]
    fn deep_lists_are_shown_no_deeper_than_fits() {
        let text = (0..20).fold(String::new(), |text, depth| text + &" ".repeat(depth * 2) + "- a\n");
        let deepest = blocks(&text).into_iter().filter_map(|block| match block.kind {
            BlockKind::Item { depth, marker: Marker::Bullet } => Some(depth),
            _ => None,
        });
        assert_eq!(deepest.max(), Some(8));
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([-#>*_`~|\\[\\]()!<>:+= \n\t1a\u{e4}&;.\"]{0,8}){0,40}") {
            let reading = read_any(&Input::new("a.md", text.as_bytes()));
            for block in reading.announcements.iter().flat_map(|found| &found.document.blocks) {
                for mark in &block.marks {
                    prop_assert!(block.text.get(mark.start as usize..mark.end as usize).is_some());
                }
                if let BlockKind::Table(table) = &block.kind {
                    prop_assert_eq!(table.cells.len() % table.columns, 0);
                    prop_assert!(table.cells.iter().all(|cell| block.text.get(cell.clone()).is_some()));
                }
            }
        }
    }
}
