//! Counts the end tags still to come of elements that hide their content, so that one which is never closed hides nothing.

/// Elements whose content is not shown and that publishers leave open. Not scripts and styles: what follows them is code.
const HIDING: [&str; 13] = [
    "iframe", "object", "video", "audio", "canvas", "select", "datalist", "textarea", "svg", "template", "noembed",
    "noframes", "xmp",
];

/// How many end tags of each of [`HIDING`] have not been read yet.
#[derive(Debug, Default)]
pub(super) struct Ends([usize; HIDING.len()]);

impl Ends {
    /// Counts the end tags in `html`.
    pub fn of(html: &str) -> Self {
        let mut ends = Self::default();
        let bytes = html.as_bytes();
        for at in memchr::memmem::find_iter(bytes, b"</") {
            let rest = bytes.get(at + 2..).unwrap_or_default();
            let is_named = |name: &&str| {
                let behind = rest.get(name.len()).is_none_or(|byte| !byte.is_ascii_alphanumeric());
                behind && rest.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name.as_bytes()))
            };
            if let Some(count) = HIDING.iter().position(is_named).and_then(|at| ends.0.get_mut(at)) {
                *count += 1;
            }
        }
        ends
    }

    /// Counts an end tag of `name` as read.
    pub fn pass(&mut self, name: &str) {
        if let Some(count) = HIDING.iter().position(|known| *known == name).and_then(|at| self.0.get_mut(at)) {
            *count = count.saturating_sub(1);
        }
    }

    /// Reports whether `name` is an element that hides its content and no end tag of it is left.
    pub fn are_none(&self, name: &str) -> bool {
        HIDING.iter().position(|known| *known == name).and_then(|at| self.0.get(at)) == Some(&0)
    }
}

#[cfg(test)]
mod tests {
    use super::super::nodes::plain_text;

    #[test]
    fn what_is_never_closed_hides_nothing() {
        for name in ["iframe", "object", "video", "select", "textarea", "svg", "xmp"] {
            let open = format!("<p>Silta</p><{name} src='x'><p>avataan &auml;</p><b>maanantaina</b>");
            assert_eq!(plain_text(&open), " Silta avataan ämaanantaina", "{name}");
            let upper = name.to_uppercase();
            let closed = format!("<p>Silta</p><{name}>piilo</{upper} ><p>avataan</p>");
            assert_eq!(plain_text(&closed), " Silta avataan", "{name}");
            let second = format!("<{name}>piilo</{name}>Silta <{name}>avataan");
            assert_eq!(plain_text(&second), "Silta avataan", "{name}");
        }
        assert_eq!(plain_text("a<iframe src='x'/>b<iframe>c</iframe>d"), "abd");
        assert_eq!(plain_text("a<script>b"), "a");
        assert_eq!(plain_text("a<object>b</objects>c"), "abc");
    }
}
