//! Makes XML of what publishers take for it, in one pass: every tag ends, every reference is known, nothing is declared.
//! What is right is left as it is and not copied.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memmem};

use super::entities::{Entities, numbered, reference};

/// What was mended, for the notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Mended {
    /// Characters before the first `<`, other than blanks.
    pub before: usize,
    /// Stray signs: `&` and `<` that begin nothing, and references that name nothing.
    pub signs: usize,
    /// Tags, comments and sections that did not end.
    pub open: usize,
    /// Control characters left out.
    pub controls: usize,
    /// Declarations of entities that were not taken: too many, too long, nested or external.
    pub entities: usize,
}

/// Mends the text of a feed.
pub(super) fn repair<'a>(text: &'a str, mended: &mut Mended) -> Cow<'a, str> {
    let start = memchr(b'<', text.as_bytes()).unwrap_or(text.len());
    let (before, text) = text.split_at_checked(start).unwrap_or(("", text));
    mended.before = before.chars().filter(|character| !character.is_whitespace() && *character != '\u{feff}').count();
    let is_control = |byte: u8| byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r');
    if text.bytes().any(is_control) {
        let length = text.len();
        let kept: String = text.chars().filter(|character| !u8::try_from(*character).is_ok_and(is_control)).collect();
        mended.controls += length - kept.len();
        return Cow::Owned(Repair::new(&kept, mended).run().into_owned());
    }
    Repair::new(text, mended).run()
}

struct Repair<'a, 'm> {
    text: &'a str,
    /// What was written so far: `text` up to `done`, mended.
    out: String,
    done: usize,
    entities: Entities,
    /// Whether no comment, and no CDATA section, ends any more.
    endless: (bool, bool),
    mended: &'m mut Mended,
}

impl<'a, 'm> Repair<'a, 'm> {
    fn new(text: &'a str, mended: &'m mut Mended) -> Self {
        Self { text, out: String::new(), done: 0, entities: Entities::default(), endless: (false, false), mended }
    }

    fn run(mut self) -> Cow<'a, str> {
        let mut at = 0;
        while let Some(found) = self.rest(at).and_then(|rest| memchr2(b'<', b'&', rest.as_bytes())) {
            at += found;
            at = if self.rest(at).is_some_and(|rest| rest.starts_with('&')) { self.sign(at) } else { self.tag(at) };
        }
        if self.done == 0 {
            return Cow::Borrowed(self.text);
        }
        self.out.push_str(self.text.get(self.done..).unwrap_or_default());
        Cow::Owned(self.out)
    }

    fn rest(&self, at: usize) -> Option<&'a str> {
        self.text.get(at..).filter(|rest| !rest.is_empty())
    }

    /// Writes `by` in the place of the text from `start` to `end`; returns `end`.
    fn replace(&mut self, start: usize, end: usize, by: &str) -> usize {
        self.out.push_str(self.text.get(self.done..start).unwrap_or_default());
        self.out.push_str(by);
        self.done = end;
        end
    }

    /// Mends a reference, or a stray `&`; returns where to go on.
    fn sign(&mut self, at: usize) -> usize {
        let rest = self.rest(at + 1).unwrap_or_default();
        let Some((name, _)) = reference(rest) else { return self.escape(at, b'&', "&amp;") };
        let end = at + name.len() + 2;
        if let Some(number) = name.strip_prefix('#') {
            let digits = number.strip_prefix(['x', 'X']).unwrap_or(number);
            if numbered(name).is_some() {
                return end;
            } else if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                self.mended.controls += 1;
                return self.replace(at, end, "");
            }
        }
        match self.entities.xml(name) {
            Some(text) if self.text.get(at..end) == Some(&*text) => end,
            Some(text) => {
                let text = text.into_owned();
                self.replace(at, end, &text)
            }
            None => {
                self.mended.signs += 1;
                self.replace(at, at + 1, "&amp;")
            }
        }
    }

    /// Mends what begins with `<`; returns where to go on.
    fn tag(&mut self, at: usize) -> usize {
        let rest = self.rest(at).unwrap_or_default();
        let second = rest.chars().nth(1).unwrap_or(' ');
        match second {
            '!' if rest.starts_with("<!--") => self.comment(at, rest),
            '!' if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<![CDATA[")) => self.cdata(at, rest),
            '!' if rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype")) => {
                let (length, left_out) = self.entities.declare(rest);
                self.mended.entities += left_out;
                self.replace(at, at + length, "")
            }
            '!' => {
                let end = memchr(b'>', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
                self.replace(at, at + end, "")
            }
            '?' => self.instruction(at, rest),
            '/' => self.end_tag(at, rest),
            second if second.is_alphabetic() || matches!(second, '_' | ':') => self.start_tag(at, rest),
            _ => self.escape(at, b'<', "&lt;"),
        }
    }

    /// Escapes a sign that begins nothing, and those like it right behind it but for the last.
    fn escape(&mut self, at: usize, sign: u8, by: &str) -> usize {
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let run = rest.iter().take_while(|byte| **byte == sign).count().saturating_sub(1).max(1);
        self.mended.signs += run;
        self.replace(at, at, "");
        self.out.extend(std::iter::repeat_n(by, run));
        self.done = at + run;
        self.done
    }

    fn comment(&mut self, at: usize, rest: &str) -> usize {
        if !self.endless.0
            && let Some(end) = rest.get(4..).and_then(|inner| memmem::find(inner.as_bytes(), b"-->"))
        {
            return self.replace(at, at + 4 + end + 3, "");
        }
        self.endless.0 = true;
        self.mended.open += 1;
        self.replace(at, at + 4, "")
    }

    /// Ends a CDATA section that does not end itself before the end of its item.
    fn cdata(&mut self, at: usize, rest: &str) -> usize {
        const ENDS: [&str; 6] = ["item>", "entry>", "channel>", "feed>", "rss>", "rdf:rdf>"];
        if !self.endless.1 {
            if let Some(end) = rest.get(9..).and_then(|inner| memmem::find(inner.as_bytes(), b"]]>")) {
                let start = rest.get(..9).unwrap_or_default();
                if start != "<![CDATA[" {
                    self.replace(at, at + 9, "<![CDATA[");
                }
                return at + 9 + end + 3;
            }
            self.endless.1 = true;
        }
        self.mended.open += 1;
        let is_end = |at: &usize| {
            let name = rest.get(at + 2..).unwrap_or_default();
            ENDS.iter().any(|end| name.get(..end.len()).is_some_and(|name| name.eq_ignore_ascii_case(end)))
        };
        let end = memmem::find_iter(rest.as_bytes(), b"</").find(is_end).unwrap_or(rest.len());
        self.replace(at, at + 9, "<![CDATA[");
        self.replace(at + end, at + end, "]]>")
    }

    /// Leaves out a processing instruction; one that does not end as it should ends at the first `>`.
    fn instruction(&mut self, at: usize, rest: &str) -> usize {
        let inner = rest.get(1..).unwrap_or_default();
        let next = memchr(b'<', inner.as_bytes()).unwrap_or(inner.len());
        let inner = inner.get(..next).unwrap_or(inner);
        let end = memmem::find(inner.as_bytes(), b"?>").map(|end| end + 2);
        let end = end.or_else(|| memchr(b'>', inner.as_bytes()).map(|end| end + 1)).unwrap_or(inner.len());
        self.replace(at, at + 1 + end, "")
    }

    fn end_tag(&mut self, at: usize, rest: &str) -> usize {
        let inner = rest.get(2..).unwrap_or_default();
        let end = memchr2(b'>', b'<', inner.as_bytes());
        let named = inner.starts_with(|character: char| character.is_alphabetic() || matches!(character, '_' | ':'));
        match end {
            Some(end) if inner.as_bytes().get(end) == Some(&b'>') && named => at + 2 + end + 1,
            // "</>" ends nothing that could be told.
            Some(end) if inner.as_bytes().get(end) == Some(&b'>') => self.replace(at, at + 2 + end + 1, ""),
            Some(end) if named => {
                self.mended.open += 1;
                self.replace(at + 2 + end, at + 2 + end, ">")
            }
            Some(_) => self.escape(at, b'<', "&lt;"),
            None => {
                self.mended.open += 1;
                self.replace(at, self.text.len(), "")
            }
        }
    }

    /// Passes over a start tag with its attributes; one that does not end begins nothing.
    fn start_tag(&mut self, at: usize, rest: &str) -> usize {
        let bytes = rest.as_bytes();
        let mut place = 1;
        let name =
            bytes.iter().skip(1).position(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'>' | b'/' | b'<'));
        place += name.unwrap_or(bytes.len());
        loop {
            let Some(found) = bytes.get(place..).and_then(|rest| memchr::memchr3(b'>', b'<', b'=', rest)) else {
                // The file was cut within the tag.
                self.mended.open += 1;
                return self.replace(at, self.text.len(), "");
            };
            place += found + 1;
            match bytes.get(place - 1) {
                Some(b'>') => return at + place,
                Some(b'<') => return self.escape(at, b'<', "&lt;"),
                _ => {}
            }
            // A value in quotation marks may hold anything but its own.
            let blanks =
                bytes.get(place..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let Some(quote) = bytes.get(place + blanks).filter(|byte| matches!(byte, b'"' | b'\'')) else { continue };
            let value = bytes.get(place + blanks + 1..).unwrap_or_default();
            let Some(end) = memchr(*quote, value) else { continue };
            place += blanks + 1 + end + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn mend(text: &str) -> (String, Mended) {
        let mut mended = Mended::default();
        let text = repair(text, &mut mended).into_owned();
        (text, mended)
    }

    #[test]
    fn what_is_right_is_left() {
        for text in ["<a b=\"1 > 2\">x &amp; y &#228;</a>", "<a><![CDATA[<b> & ]]></a>", "", "<a b='\"'/>"] {
            let mut mended = Mended::default();
            assert!(matches!(repair(text, &mut mended), Cow::Borrowed(same) if same == text), "{text}");
            assert_eq!(mended, Mended::default());
        }
    }

    #[test]
    fn what_is_broken_is_mended() {
        for (text, expected) in [
            ("\n Warning: x\n<a>1</a>", "<a>1</a>"),
            ("<a>1 & 2 &auml; &foo; &nbsp</a>", "<a>1 &amp; 2 ä &amp;foo; &amp;nbsp</a>"),
            ("<a>1 < 2, <3, a<b></a>", "<a>1 &lt; 2, &lt;3, a<b></a>"),
            ("<a <b>x</b>", "&lt;a <b>x</b>"),
            ("<a>x</a<b>y</b>", "<a>x</a><b>y</b>"),
            ("<a>x<!-- y", "<a>x y"),
            ("<a>x<!-- y --></a>", "<a>x</a>"),
            ("<a>x</a><b hr", "<a>x</a>"),
            ("<item><a><![CDATA[x <b></item><item></item>", "<item><a><![CDATA[x <b>]]></item><item></item>"),
            ("<a><![cdata[x]]></a>", "<a><![CDATA[x]]></a>"),
            ("<?xml version='1.0'><a/>", "<a/>"),
            ("<a>\u{1}x\u{0}&#1;&#x1f;y</a>", "<a>xy</a>"),
            ("<!DOCTYPE a [<!ENTITY b \"c &#38; d\">]><a>&b;</a>", "<a>c &amp; d</a>"),
            ("<!DOCTYPE a PUBLIC \"x\" \"y\"><a/>", "<a/>"),
            ("<a x=\"1<2>3\">y</a>", "<a x=\"1<2>3\">y</a>"),
            ("<a x=1>y</>z</a>", "<a x=1>yz</a>"),
        ] {
            assert_eq!(mend(text).0, expected, "{text}");
        }
    }

    #[test]
    fn entities_are_few_short_and_flat() {
        let many: Vec<String> = (0..100).map(|number| format!("<!ENTITY e{number} \"v{number}\">")).collect();
        let many = many.concat();
        let (text, mended) = mend(&format!("<!DOCTYPE a [{many}]><a>&e0;&e63;&e64;</a>"));
        assert_eq!((text.as_str(), mended.entities), ("<a>v0v63&amp;e64;</a>", 36));
        let long = format!("<!DOCTYPE a [<!ENTITY l \"{}\">]><a>&l;</a>", "x".repeat(257));
        assert_eq!(mend(&long).0, "<a>&amp;l;</a>");
        let bomb =
            "<!DOCTYPE a [<!ENTITY b \"xx\"><!ENTITY c \"&b;&b;\"><!ENTITY d SYSTEM \"file:///x\">]><a>&c;&d;</a>";
        let (text, mended) = mend(bomb);
        assert_eq!((text.as_str(), mended.entities), ("<a>&amp;c;&amp;d;</a>", 2));
    }

    proptest! {
        #[test]
        fn any_text_is_mended_once(text in "[<>&;!\\[\\]?/a-c\"'= -]{0,80}") {
            let text = format!("<r>{text}");
            let once = mend(&text).0;
            let (twice, mended) = mend(&once);
            prop_assert_eq!((&twice, mended.open), (&once, 0));
        }
    }
}
