//! Which elements are blocks, which are never shown, and which are the page's and not the article's.

use html5ever::tendril::StrTendril;

/// A start tag.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Its name, in lower case.
    pub name: Box<str>,
    pub attributes: Vec<(Box<str>, StrTendril)>,
}

impl Element {
    /// The value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| value.as_ref())
    }

    /// All attributes.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }
}

/// Elements without an end tag.
pub(super) const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that are never shown, with everything inside.
pub(super) const UNSEEN: [&str; 16] = [
    "script", "style", "template", "svg", "math", "iframe", "object", "video", "audio", "canvas", "noscript", "select",
    "textarea", "button", "label", "dialog",
];

/// Elements that start a block of their own.
const BLOCKS: [&str; 45] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "ul",
    "ol",
    "dl",
    "table",
    "pre",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "form",
    "fieldset",
    "address",
    "center",
    "details",
    "summary",
    "hgroup",
    "li",
    "dt",
    "dd",
    "caption",
    "body",
    "html",
    "head",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "tfoot",
    "listing",
    "blockquote",
    "figcaption",
];

/// Whether an element starts a block of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Whether a browser would not show the element.
pub(super) fn is_hidden(element: &Element) -> bool {
    const HIDING: [&str; 6] =
        ["visually-hidden", "visuallyhidden", "sr-only", "screen-reader-text", "screenreader", "is-hidden"];
    if element.get("hidden").is_some() || element.get("aria-hidden").is_some_and(|value| value == "true") {
        return true;
    }
    let style = element.get("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        ["display:none", "visibility:hidden"].iter().any(|hidden| style.contains(hidden))
    });
    style || element.get("class").is_some_and(|class| class.split_whitespace().any(|name| HIDING.contains(&name)))
}

/// Words of classes and identities that only boilerplate has.
const WORDS: [&str; 40] = [
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "breadcrumb",
    "crumbs",
    "share",
    "sharing",
    "social",
    "some",
    "newsletter",
    "related",
    "sidebar",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "navi",
    "topbar",
    "skip",
    "skiplink",
    "advert",
    "ad",
    "ads",
    "promo",
    "footer",
    "sidfot",
    "alapalkki",
    "murupolku",
    "lankstig",
    "jaa",
    "dela",
    "evaste",
    "evasteet",
    "kakor",
    "pagination",
    "pager",
    "search",
    "login",
    "tooltip",
];

/// Whether an element says that it is not part of the article.
pub(super) fn is_boilerplate(element: &Element) -> bool {
    const ROLES: [&str; 8] =
        ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu"];
    if matches!(&*element.name, "nav" | "footer" | "aside")
        || element.get("role").is_some_and(|role| ROLES.contains(&role))
    {
        return true;
    }
    if matches!(&*element.name, "body" | "html" | "main" | "article" | "p" | "h1" | "a" | "span") {
        return false;
    }
    // A class is boilerplate by a word of its own, "share-buttons", and not by a part of one, "shareholders".
    ["class", "id"].iter().filter_map(|attribute| element.get(attribute)).any(|names| {
        let mut words = names.split(|character: char| !character.is_ascii_alphanumeric());
        words.any(|word| WORDS.iter().any(|known| known.eq_ignore_ascii_case(word)))
    })
}
