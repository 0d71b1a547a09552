//! Pages that hold two texts, one below the other: their lines as they are shown, and cutting them in two between lines.

use std::ops::Range;

use super::kinds::{VOID, is_block};
use super::nodes::{Node, Page, take_apart};
use crate::calendar::Zone;
use crate::formats::draft::Draft;

/// A page that may be cut in two before it is read.
#[derive(Debug, Default)]
pub struct Whole(Page);

/// A line as it is shown, and the tags and texts it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShownLine {
    /// Its text, with single blanks.
    pub text: String,
    /// Its place in the page, for cutting.
    pub place: Range<usize>,
}

impl Whole {
    /// Takes a page apart.
    pub fn of(html: &str) -> Self {
        Self(take_apart(html))
    }

    /// Reads the page into `draft`.
    pub fn read(&self, zone: &Zone, draft: &mut Draft) {
        super::article(&self.0, None, zone, draft);
    }

    /// Returns the lines that hold text; the cells of a row are one line.
    pub fn lines(&self) -> Vec<ShownLine> {
        let mut lines = Vec::new();
        let (mut text, mut start) = (String::new(), 0);
        for (at, node) in self.0.nodes.iter().enumerate() {
            let name: &str = match node {
                Node::Text(piece) => {
                    text.push_str(piece);
                    continue;
                }
                Node::Start(element) => &element.name,
                Node::End(name) => name,
            };
            if matches!(name, "td" | "th") {
                text.push(' ');
            } else if name == "br" || is_block(name) {
                finish(&mut text, start..at, &mut lines);
                start = at + 1;
            }
        }
        finish(&mut text, start..self.0.nodes.len(), &mut lines);
        lines
    }

    /// Cuts the page in two and leaves out what stands at `gap`; what is open there is closed above and not opened below.
    pub fn cut(self, gap: Range<usize>) -> (Self, Self) {
        let mut above = self.0;
        let mut below = above.nodes.split_off(gap.end.min(above.nodes.len()));
        above.nodes.truncate(gap.start);
        let mut open: Vec<Box<str>> = Vec::new();
        for node in &above.nodes {
            match node {
                Node::Start(element) if !VOID.contains(&&*element.name) => open.push(element.name.clone()),
                Node::End(_) => drop(open.pop()),
                _ => {}
            }
        }
        above.nodes.extend(open.into_iter().rev().map(Node::End));
        let mut depth = 0_usize;
        below.retain(|node| match node {
            Node::Start(element) if !VOID.contains(&&*element.name) => {
                depth += 1;
                true
            }
            Node::End(_) => {
                let opened = depth > 0;
                depth = depth.saturating_sub(1);
                opened
            }
            _ => true,
        });
        let overflowed = above.overflowed;
        (Self(above), Self(Page { nodes: below, overflowed, ..Page::default() }))
    }
}

fn finish(text: &mut String, place: Range<usize>, lines: &mut Vec<ShownLine>) {
    let shown = text.split_whitespace().collect::<Vec<_>>().join(" ");
    text.clear();
    if !shown.is_empty() {
        lines.push(ShownLine { text: shown, place });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(page: &Whole) -> Vec<String> {
        page.lines().into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_are_those_a_browser_shows() {
        let page = Whole::of(
            "<style>p {}</style><div><b>From:</b>\n Vantaa &lt;v@example.fi&gt;<br>Sent:&nbsp;today</div><table><tr><td>To:<td>Maija</table><p>Tiedoksi</p>",
        );
        assert_eq!(texts(&page), ["From: Vantaa <v@example.fi>", "Sent: today", "To: Maija", "Tiedoksi"]);
    }

    #[test]
    fn a_page_is_cut_between_its_lines() {
        let html =
            "<div><blockquote><p>Yksi<br>Kaksi<br>Kolme <i>neljä</i></p><p>Viisi</p></blockquote></div><p>Kuusi</p>";
        let page = Whole::of(html);
        let lines = page.lines();
        let (above, below) = page.cut(lines[1].place.clone());
        assert_eq!(
            (texts(&above), texts(&below)),
            (vec!["Yksi".into()], vec!["Kolme neljä".into(), "Viisi".into(), "Kuusi".into()])
        );
        for page in [&above, &below] {
            let mut open = Vec::new();
            for node in &page.0.nodes {
                match node {
                    Node::Start(element) if &*element.name != "br" => open.push(element.name.clone()),
                    Node::End(name) => assert_eq!(open.pop().as_ref(), Some(name)),
                    _ => {}
                }
            }
            assert_eq!(open, Vec::<Box<str>>::new(), "well nested");
        }
    }
}
