//! Elements of a feed with what is in them, and how they are read as text or as HTML.

use super::entities::escape;
use super::names::Vocabulary;
use crate::formats::html;

/// An element with what is in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Element {
    /// Its vocabulary.
    pub vocabulary: Vocabulary,
    /// Its name without the prefix, in lower case.
    pub name: Box<str>,
    /// Its attributes: names in lower case, with their prefixes. `xml:base` is resolved.
    pub attributes: Vec<(Box<str>, String)>,
    /// What is in it, in order.
    pub content: Vec<Content>,
}

/// Something within an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Character data.
    Text(String),
    /// Another element.
    Element(Element),
}

impl Element {
    /// Returns the value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| value.as_str())
    }

    /// Returns the elements directly within it.
    pub fn children(&self) -> impl Iterator<Item = &Self> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// Returns the elements directly within it of that vocabulary and name.
    pub fn all<'a>(&'a self, vocabulary: Vocabulary, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children().filter(move |child| child.vocabulary == vocabulary && *child.name == *name)
    }

    /// Returns the first element directly within it of that vocabulary and name.
    #[must_use]
    pub fn child(&self, vocabulary: Vocabulary, name: &str) -> Option<&Self> {
        self.children().find(|child| child.vocabulary == vocabulary && *child.name == *name)
    }

    /// Returns all character data within this element and its descendants.
    #[must_use]
    pub fn text(&self) -> String {
        if let [Content::Text(text)] = self.content.as_slice() {
            return text.clone();
        }
        let mut text = String::new();
        self.gather(&mut text);
        text
    }

    fn gather(&self, text: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(piece) => text.push_str(piece),
                Content::Element(element) => element.gather(text),
            }
        }
    }

    /// Returns what is in it as HTML; links within an element that has an `xml:base` of its own are resolved.
    #[must_use]
    pub fn markup(&self) -> String {
        let mut html = String::new();
        self.write(None, &mut html);
        html
    }

    fn write(&self, base: Option<&str>, html: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(text) => escape(text, html),
                Content::Element(element) => element.write_tagged(base, html),
            }
        }
    }

    fn write_tagged(&self, base: Option<&str>, html: &mut String) {
        let base = self.attribute("xml:base").or(base);
        html.push('<');
        html.push_str(&self.name);
        for (name, value) in &self.attributes {
            let link = matches!(&**name, "href" | "src" | "cite").then(|| html::resolved(value, base)).flatten();
            html.push(' ');
            html.push_str(name);
            html.push_str("=\"");
            escape(link.as_deref().unwrap_or(value), html);
            html.push('"');
        }
        html.push('>');
        self.write(base, html);
        if !matches!(&*self.name, "br" | "img" | "hr" | "wbr") {
            html.push_str("</");
            html.push_str(&self.name);
            html.push('>');
        }
    }
}
