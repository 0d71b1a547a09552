//! What site generators add to Markdown, made plain Markdown before it is parsed: shortcodes (Hugo, Zola), tags and
//! expressions of templates (Jekyll, Eleventy, Nunjucks), admonitions (`MkDocs`, Docusaurus), attributes (Kramdown).

use std::borrow::Cow;

/// Longest shortcode, in bytes; what opens one and does not close it within these is text.
const LONGEST: usize = 2000;
/// Longest comment of a template, in bytes.
const LONGEST_COMMENT: usize = 8000;
/// Longest list of attributes, in bytes.
const LONGEST_ATTRIBUTES: usize = 120;

/// Replaces what a generator would have replaced by the text it stands for; code stays as it is.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let signs = [":::", "!!!", "???", "[TOC]", "[[toc]]", "{%", "{{", "{:", "{#", "{."];
    if !signs.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut writer = Writer { text: String::with_capacity(text.len()), fence: None, indented: false };
    let mut rest = text;
    while !rest.is_empty() {
        rest = writer.line(rest);
    }
    Cow::Owned(writer.text)
}

struct Writer {
    text: String,
    /// What closes the code block that is open.
    fence: Option<String>,
    /// Whether the lines of an admonition are indented.
    indented: bool,
}

impl Writer {
    /// Writes the line at the start of `rest`, with the shortcodes that begin in it; returns what follows.
    fn line<'a>(&mut self, rest: &'a str) -> &'a str {
        let end = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let bare = line.trim();
        if let Some(fence) = &self.fence {
            if bare.starts_with(fence.as_str()) && bare.trim_start_matches(['`', '~']).is_empty() {
                self.fence = None;
            }
            self.push_line(line);
            return after;
        }
        let unlisted = bare.trim_start_matches(['-', '*', '>', ' ', '\t', '+']);
        if let Some(sign) = ["```", "~~~"].into_iter().find(|sign| unlisted.starts_with(sign)) {
            let length = unlisted.len() - unlisted.trim_start_matches(sign.chars().next().unwrap_or('`')).len();
            self.fence = unlisted.get(..length).map(str::to_owned);
            self.push_line(line);
            return after;
        }
        if let Some(title) = admonition(bare) {
            self.indented = bare.starts_with(['!', '?']);
            if !title.is_empty() {
                self.text.extend(["\n**", &escaped(title), "**\n"]);
            }
            self.text.push('\n');
            return after;
        }
        if matches!(bare, "[TOC]" | "[[toc]]" | "[[TOC]]" | "[[_TOC_]]" | "{:toc}") {
            return after;
        }
        if self.indented && !bare.is_empty() && !line.starts_with("    ") && !line.starts_with('\t') {
            self.indented = false;
        }
        let start = if self.indented && !bare.is_empty() { line.len() - line.trim_start().len() } else { 0 };
        self.running(rest.get(start..).unwrap_or(rest))
    }

    fn push_line(&mut self, line: &str) {
        let shown = if self.indented { line.strip_prefix("    ").unwrap_or(line) } else { line };
        self.text.push_str(shown);
    }

    /// Writes running text up to the end of its line; returns what follows.
    fn running<'a>(&mut self, text: &'a str) -> &'a str {
        let mut rest = text;
        while let Some(at) = rest.find(['`', '{', '\n']) {
            let (before, special) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.text.push_str(before);
            if let Some(after) = special.strip_prefix('\n') {
                self.text.push('\n');
                return after;
            }
            if special.starts_with('`') {
                let code = code_span(special);
                self.text.push_str(code);
                rest = special.get(code.len()..).unwrap_or_default();
                continue;
            }
            if let Some((code, after)) = shortcode(special) {
                let in_address = self.text.ends_with("](") || self.text.ends_with("](<") || in_tag(&self.text);
                self.replace(&code, in_address);
                // A fence brings the end of its line.
                let fenced = code.opens_code() && !in_address;
                rest = after.strip_prefix('\n').filter(|_| fenced).unwrap_or(after);
                continue;
            }
            if let Some(after) = attributes(special) {
                rest = after;
                continue;
            }
            self.text.push('{');
            rest = special.get(1..).unwrap_or_default();
        }
        self.text.push_str(rest);
        ""
    }

    fn replace(&mut self, code: &Code<'_>, in_address: bool) {
        if in_address {
            let address = code.quoted().next().or_else(|| code.arguments.split_whitespace().next());
            let address = if code.is_expression() { code.quoted().next() } else { address };
            self.text.push_str(&address.unwrap_or_default().replace([' ', '(', ')'], "%20"));
            return;
        }
        if code.opens_code() {
            let language = code.arguments.split_whitespace().next().unwrap_or_default();
            let language = language.trim_matches(|letter: char| !letter.is_alphanumeric());
            let language = if code.name.starts_with("end") { "" } else { language };
            self.text.extend(["\n```", language, "\n"]);
            return;
        }
        let text = code.shown();
        if !text.is_empty() {
            self.text.push_str(&text);
            self.text.push(' ');
        }
    }
}

/// Reports whether `text` ends within the tag of an element.
fn in_tag(text: &str) -> bool {
    let start = (0..=text.len().min(300)).rev().find_map(|back| text.get(text.len() - back..)).unwrap_or_default();
    let Some(open) = start.rfind('<') else { return false };
    let tag = start.get(open + 1..).unwrap_or_default();
    tag.starts_with(|letter: char| letter.is_ascii_alphabetic()) && !tag.contains(['>', '\n']) && tag.contains('=')
}

/// Returns the code span at the start of `text`, or only its opening where it is not closed in its line.
fn code_span(text: &str) -> &str {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let opening = text.get(..ticks).unwrap_or_default();
    let line = window(text, LONGEST).lines().next().unwrap_or_default();
    let mut at = ticks;
    while let Some(found) = line.get(at..).and_then(|rest| rest.find(opening)) {
        let start = at + found;
        let run = line.get(start..).map_or(0, |rest| rest.len() - rest.trim_start_matches('`').len());
        at = start + run;
        if run == ticks {
            return text.get(..at).unwrap_or(opening);
        }
    }
    opening
}

/// A shortcode, tag or expression.
#[derive(Debug)]
struct Code<'a> {
    name: &'a str,
    /// What follows the name; all of it for an expression.
    arguments: &'a str,
    /// Whether it is a tag in `{% %}`.
    is_tag: bool,
}

/// Returns the first bytes of `text`, at most `length`.
fn window(text: &str, length: usize) -> &str {
    (0..=length.min(text.len())).rev().find_map(|end| text.get(..end)).unwrap_or_default()
}

/// Reads what opens with `{{` or `{%`, and returns what follows it; `None` where it is text.
fn shortcode(text: &str) -> Option<(Code<'_>, &str)> {
    let near = window(text, LONGEST).split("\n\n").next()?;
    for (open, close, is_tag, is_expression) in [
        ("{{/*", "*/}}", false, true),
        ("{{<", ">}}", false, false),
        ("{{%", "%}}", false, false),
        ("{%", "%}", true, false),
        ("{{", "}}", false, true),
    ] {
        let Some(inner) = near.strip_prefix(open) else { continue };
        let length = inner.find(close)?;
        let after = text.get(open.len() + length + close.len()..)?;
        let inner = inner.get(..length)?.trim_matches(['-', '/', ' ', '\n', '\r', '\t', '{', '}', '~', '+']);
        if open == "{{/*" {
            return Some((Code { name: "", arguments: "", is_tag }, after));
        }
        if inner == "comment" && is_tag {
            let end = window(after, LONGEST_COMMENT).find("{% endcomment %}").map(|at| at + "{% endcomment %}".len());
            let after = end.and_then(|end| after.get(end..)).unwrap_or(after);
            return Some((Code { name: "", arguments: "", is_tag }, after));
        }
        if is_expression {
            return is_template(inner).then_some((Code { name: "", arguments: inner, is_tag }, after));
        }
        let end = inner.find(char::is_whitespace).unwrap_or(inner.len());
        let (name, arguments) = inner.split_at_checked(end)?;
        return Some((Code { name, arguments: arguments.trim(), is_tag }, after));
    }
    None
}

/// Reports whether the inside of double braces is an expression of a template rather than text or a formula.
fn is_template(inner: &str) -> bool {
    !inner.is_empty()
        && inner.chars().all(|letter| letter.is_alphanumeric() || "_.|\"'/ -:,()[]$?&=\n".contains(letter))
        && inner.starts_with(|letter: char| letter.is_alphabetic() || matches!(letter, '"' | '\'' | '.' | '$' | '_'))
}

impl<'a> Code<'a> {
    fn is_expression(&self) -> bool {
        self.name.is_empty()
    }

    /// Reports whether it opens or closes a code block.
    fn opens_code(&self) -> bool {
        let name = self.name.strip_prefix("end").unwrap_or(self.name);
        self.is_tag && matches!(name, "highlight" | "code" | "codeblock" | "prism")
    }

    /// Returns the quoted strings among the arguments.
    fn quoted(&self) -> impl Iterator<Item = &'a str> {
        let mut rest = self.arguments;
        std::iter::from_fn(move || {
            let at = rest.find(['"', '\'', '`', '“'])?;
            let sign = rest.get(at..)?.chars().next()?;
            let inner = rest.get(at + sign.len_utf8()..)?;
            let close = if sign == '“' { '”' } else { sign };
            let end = inner.find(close)?;
            rest = inner.get(end + close.len_utf8()..)?;
            inner.get(..end)
        })
    }

    /// Returns the value of a named argument.
    fn named(&self, name: &str) -> Option<&'a str> {
        let mut from = 0;
        while let Some(found) = self.arguments.get(from..)?.find(name) {
            let at = from + found;
            from = at + name.len();
            let whole = !self
                .arguments
                .get(..at)?
                .ends_with(|letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-');
            let Some(value) = self.arguments.get(from..)?.trim_start().strip_prefix(['=', ':']) else { continue };
            if whole {
                let value = Code { arguments: value.trim_start(), ..*self };
                return if value.arguments.starts_with(['"', '\'', '`', '“']) {
                    value.quoted().next()
                } else {
                    value.arguments.split_whitespace().next()
                };
            }
        }
        None
    }

    /// Returns the Markdown that it stands for: a picture's description, the words it is given to show, or nothing.
    fn shown(&self) -> String {
        if self.is_expression() {
            return self.quoted().next().filter(|text| !text.contains('/')).map(escaped).unwrap_or_default();
        }
        let name = self.name.to_lowercase();
        let picture = ["img", "image", "figure", "picture", "photo", "gallery-item", "kuva", "bild"]
            .iter()
            .any(|word| name.contains(word));
        let given = |names: &[&str]| {
            names.iter().find_map(|name| self.named(name)).map(str::trim).filter(|text| !text.is_empty())
        };
        if picture || (self.named("src").is_some() && self.named("alt").is_some()) {
            let last = || {
                self.quoted()
                    .skip(1)
                    .last()
                    .filter(|text| text.contains(char::is_whitespace) || !text.contains(['.', '/', '-', '_', ':']))
            };
            let alt = given(&["alt", "caption", "title"])
                .or_else(|| if self.arguments.contains('=') { None } else { last() });
            return alt.map(|alt| format!("*\\[{}\\]*", escaped(alt))).unwrap_or_default();
        }
        if matches!(
            name.as_str(),
            "if" | "elsif"
                | "for"
                | "assign"
                | "capture"
                | "set"
                | "include"
                | "raw"
                | "unless"
                | "case"
                | "when"
                | "cycle"
        ) && self.is_tag
        {
            return given(&["caption", "text", "title"]).filter(|_| name == "include").map(escaped).unwrap_or_default();
        }
        let text = given(&["text", "title", "label", "caption", "name", "quote", "content", "summary"]).map(escaped);
        let address = given(&["href", "url", "link"]).filter(|address| !address.contains([' ', '(', ')', '<', '>']));
        match (text, address) {
            (Some(text), Some(address)) => format!("[{text}]({address})"),
            (Some(text), None) => match given(&["abbr"]) {
                Some(short) if short != text => format!("**{text} ({})**", escaped(short)),
                _ => format!("**{text}**"),
            },
            (None, _) => String::new(),
        }
    }
}

/// Text with the signs of Markdown in it escaped.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.split_whitespace().collect::<Vec<_>>().join(" ").chars() {
        if "\\*_[]<>`&#|~".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Skips attributes at the start of `text`: `{#id}`, `{:.class}`, `{: target="_blank"}`, `{.lead}`; `None` where it is text.
fn attributes(text: &str) -> Option<&str> {
    let near = window(text, LONGEST_ATTRIBUTES);
    let inner = near.strip_prefix('{')?;
    let (inner, _) = inner.split_once('}')?;
    let named = inner.strip_prefix([':', '#', '.']).or_else(|| inner.strip_prefix(":.")).unwrap_or_default();
    let named = named.trim_start_matches([' ', '.', '#', ':']);
    let plain = inner.chars().all(|letter| letter.is_alphanumeric() || " -_.#:=\"'/".contains(letter));
    let starts = named.starts_with(|letter: char| letter.is_alphabetic() || letter == '_');
    (plain && starts).then(|| text.get(inner.len() + 2..)).flatten()
}

/// Returns the title of the admonition that a line opens, an empty one where it closes one; `None` for other lines.
fn admonition(line: &str) -> Option<&str> {
    if let Some(rest) = line.strip_prefix(":::") {
        let rest = rest.trim_start_matches(':').trim();
        if rest.starts_with('{') || rest.is_empty() {
            return Some("");
        }
        let name =
            rest.find(|letter: char| !(letter.is_alphanumeric() || matches!(letter, '-' | '_'))).unwrap_or(rest.len());
        let title = rest.get(name..)?.trim();
        let title = title.strip_prefix('[').and_then(|title| title.split(']').next()).unwrap_or(title);
        return Some(if title.starts_with('{') { "" } else { title });
    }
    let rest = line.strip_prefix("!!!").or_else(|| line.strip_prefix("???"))?;
    let rest = rest.strip_prefix('+').unwrap_or(rest);
    let rest = rest.strip_prefix(' ')?.trim();
    let (kind, title) = rest.split_once(' ').unwrap_or((rest, ""));
    let named = !kind.is_empty() && kind.chars().all(|letter| letter.is_alphanumeric() || letter == '-');
    let title = title.trim();
    let quoted = title.is_empty() || title.ends_with('"');
    (named && quoted).then(|| title.split('"').nth(1).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_generators_add_is_replaced_by_what_it_stands_for() {
        for (text, expected) in [
            ("{{< img src=\"a\" alt=\"Kuva sillasta\" >}}Teksti", "*\\[Kuva sillasta\\]* Teksti"),
            ("{{< img src=\"a\" >}}Teksti", "Teksti"),
            ("{% image \"a.jpg\" \"Bron från ovan\" %}", "*\\[Bron från ovan\\]* "),
            ("{% image_with_class \"a.jpg\" \"width-210px\" \"A drawing of it\" %}", "*\\[A drawing of it\\]* "),
            ("{% include figure.html src=\"a.png\" caption=\"Silta\" %}", "Silta "),
            ("[ohje]({{< ref \"x.md\" >}}) ja", "[ohje](x.md) ja"),
            ("[guide]({{ \"/x/\" | url }})", "[guide](/x/)"),
            ("[guide]({% link a/b.md %})", "[guide](a/b.md)"),
            ("<a href=\"{{ site.baseurl }}/x\">ohje</a>", "<a href=\"/x\">ohje</a>"),
            ("{{< note >}}Vain kuntalaisille.{{< /note >}}", "Vain kuntalaisille."),
            ("{{< button href=\"https://example.fi\" text=\"Anmäl dig\" >}}", "[Anmäl dig](https://example.fi) "),
            ("{{% def id=\"A\" name=\"Silta\" abbr=\"S\" %}} Rakenne.", "**Silta (S)**  Rakenne."),
            ("{{% def\n id=\"A\"\n name=\"Silta\" %}} Rakenne.", "**Silta**  Rakenne."),
            ("{{/* ei näy */}}Teksti", "Teksti"),
            ("{% comment %}ei näy{% endcomment %}Teksti", "Teksti"),
            ("Silta {{ site.title }} on", "Silta  on"),
            ("## Otsikko {#id}\n", "## Otsikko \n"),
            ("Teksti.\n{:.class}\n", "Teksti.\n\n"),
            ("[a](b){: target=\"_blank\"}", "[a](b)"),
            (":::note\nTeksti.\n:::\n", "\nTeksti.\n\n"),
            (":::tip[Vinkki]\nTeksti.\n:::\n", "\n**Vinkki**\n\nTeksti.\n\n"),
            ("!!! note \"Obs\"\n    Texten.\n\nNästa.", "\n**Obs**\n\nTexten.\n\nNästa."),
            ("[TOC]\n\nTeksti", "\nTeksti"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }

    #[test]
    fn code_and_text_stay() {
        for text in [
            "`{{< img >}}` näyttää kuvan",
            "```\n{{ a }}\n{% b %}\n```\n",
            "- ~~~\n  {:.a}\n  ~~~\n",
            "Joukko {1, 2} ja {{1, 2}, {3}}",
            "println!(\"{:?}\", a) {:>8}",
            "Auki {{ ja kiinni",
            "Kallis!!! Todella",
            "{ : } {#} {.}",
        ] {
            assert_eq!(plain(text), text);
        }
    }

    #[test]
    fn work_stays_in_proportion_to_the_text() {
        for text in ["{{< ", "{{", "{% a ", "`{", "{:.a", "{% comment %}"] {
            let long = text.repeat(8_000);
            assert!(plain(&long).len() <= long.len());
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([{}<>%#.:/!?`~\"'= \n\\[\\]()a1ä-]{0,6}){0,30}") {
            let _ = plain(&text);
        }
    }
}
