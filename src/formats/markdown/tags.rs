//! HTML tags within a paragraph of Markdown: what they say of the text between them.

use crate::formats::flow::{Emphasis, Flow};

/// What the tags within a paragraph have opened.
#[derive(Debug, Default)]
pub(super) struct Inline {
    /// The element whose text is not shown.
    hidden: Option<String>,
    raised: bool,
    linked: bool,
    emphases: Vec<Emphasis>,
}

impl Inline {
    /// Closes what was opened: no tag reaches beyond its paragraph.
    pub fn end_block(&mut self, flow: &mut Flow) {
        if self.linked {
            flow.end_link();
        }
        for kind in self.emphases.drain(..) {
            flow.end_emphasis(kind);
        }
        (self.hidden, self.raised, self.linked) = (None, false, false);
    }

    /// Writes text as the tags around it have it.
    pub fn text(&self, text: &str, flow: &mut Flow) {
        if self.hidden.is_some() {
            return;
        }
        if self.raised { flow.text(&raised(text)) } else { flow.text(text) }
    }

    /// Reads a tag.
    pub fn tag(&mut self, tag: &str, flow: &mut Flow) {
        let closes = tag.starts_with("</");
        let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if let Some(hidden) = &self.hidden {
            if closes && *hidden == name {
                self.hidden = None;
            }
            return;
        }
        match name.as_str() {
            "br" => flow.line_break(),
            "script" | "style" | "template" | "iframe" | "noscript" | "object" | "svg"
                if !closes && !tag.ends_with("/>") =>
            {
                self.hidden = Some(name);
            }
            "sup" => self.raised = !closes,
            "del" | "s" | "strike" => self.emphasis(Emphasis::Deleted, closes, flow),
            "b" | "strong" => self.emphasis(Emphasis::Strong, closes, flow),
            "i" | "em" | "cite" => self.emphasis(Emphasis::Slanted, closes, flow),
            "code" | "kbd" | "samp" | "tt" => self.emphasis(Emphasis::Code, closes, flow),
            "a" if closes && std::mem::take(&mut self.linked) => flow.end_link(),
            "a" if closes => {}
            "a" => {
                if let Some(address) = attribute(tag, "href") {
                    flow.start_link(&address);
                    self.linked = true;
                }
            }
            "img" => {
                if let Some(alt) = attribute(tag, "alt").filter(|alt| !alt.trim().is_empty()) {
                    flow.start_emphasis(Emphasis::Slanted);
                    flow.text(&format!("[{}]", alt.trim()));
                    flow.end_emphasis(Emphasis::Slanted);
                }
            }
            _ => {}
        }
    }

    fn emphasis(&mut self, kind: Emphasis, closes: bool, flow: &mut Flow) {
        if !closes {
            flow.start_emphasis(kind);
            self.emphases.push(kind);
        } else if let Some(at) = self.emphases.iter().rposition(|open| *open == kind) {
            flow.end_emphasis(kind);
            self.emphases.remove(at);
        }
    }
}

/// Returns the value of an attribute of a tag, with the commonest references read.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let at = lower.match_indices(name).find_map(|(at, _)| {
        let before = lower.get(..at)?.chars().next_back()?;
        let value = lower.get(at + name.len()..)?.trim_start();
        (before.is_whitespace() && value.starts_with('=')).then_some(at + name.len())
    })?;
    let value = tag.get(at..)?.trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => value.split([' ', '>', '\n']).next()?,
    };
    Some(value.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
}

/// Raised text: digits as their raised forms, anything else behind `^`.
pub(super) fn raised(text: &str) -> String {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let small = |letter: char| match letter {
        '+' => Some('⁺'),
        '-' | '−' | '–' => Some('⁻'),
        '(' => Some('⁽'),
        ')' => Some('⁾'),
        letter => letter.to_digit(10).and_then(|digit| DIGITS.get(usize::try_from(digit).ok()?).copied()),
    };
    if text.chars().all(|letter| small(letter).is_some()) {
        return text.chars().filter_map(small).collect();
    }
    // Endings of ordinals are as readable on the line.
    if text.chars().all(char::is_alphabetic) { text.to_owned() } else { format!("^{text}") }
}
