//! Tells what an element is by its name and attributes alone: a block, hidden, or a part of the page's frame.

use html5ever::tendril::StrTendril;

pub(super) use super::frames::Frame;
use super::names::{frame_of, has_word};

/// A start tag.
#[derive(Clone, Debug)]
pub(super) struct Element {
    /// Its name, in lower case.
    pub name: Box<str>,
    pub attributes: Vec<(Box<str>, StrTendril)>,
}

impl Element {
    /// Returns the value of an attribute.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| **known == *name).map(|(_, value)| value.as_ref())
    }

    /// Returns all attributes.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }
}

/// Elements without an end tag.
pub(super) const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that hold no text to read: programs, pictures, controls, and how a text is pronounced.
const UNSEEN: [&str; 16] = [
    "script",
    "style",
    "svg",
    "iframe",
    "object",
    "video",
    "audio",
    "canvas",
    "select",
    "textarea",
    "datalist",
    "annotation",
    "annotation-xml",
    "template",
    "rt",
    "rp",
];

/// Reports whether nothing inside the element is text to read.
pub(super) fn is_unseen(element: &Element) -> bool {
    // A declarative shadow root is what its element shows.
    UNSEEN.contains(&&*element.name) && !(&*element.name == "template" && element.get("shadowrootmode").is_some())
}

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

/// Reports whether an element starts a block of its own.
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// Classes of text that is only read aloud, and of what is not shown at all.
const HIDING: [&str; 10] = [
    "visually-hidden",
    "visuallyhidden",
    "sr-only",
    "screen-reader-text",
    "screenreader",
    "is-hidden",
    "govuk-visually-hidden",
    "u-visually-hidden",
    "element-invisible",
    "a11y-hidden",
];

/// Reports whether a browser would not show the element. What only assistive technology is told, `aria-hidden`, says
/// nothing of that: dialogs set it on the whole page behind them.
pub(super) fn is_hidden(element: &Element) -> bool {
    if matches!(&*element.name, "html" | "body" | "main") {
        return false;
    }
    if element.get("hidden").is_some()
        || &*element.name == "noscript"
        || (&*element.name == "dialog" && element.get("open").is_none())
    {
        return true;
    }
    let style = element.get("style").is_some_and(|style| {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
        ["display:none", "visibility:hidden"].iter().any(|hidden| style.contains(hidden))
    });
    style || element.get("class").is_some_and(|class| class.split_whitespace().any(|name| HIDING.contains(&name)))
}

/// Reports whether the element is an icon or a link to its own heading, told to assistive technology to be passed over.
pub(super) fn is_sign(element: &Element) -> bool {
    let passed_over = element.get("aria-hidden").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    passed_over
        && (matches!(&*element.name, "i" | "a")
            || has_word(values(element, &["class"]), &["icon", "icons", "material"]))
}

/// Tells what the element's name, role, class and id say of its part in the page; `id` says whether the id counts.
pub(super) fn frame(element: &Element, id: bool) -> Option<Frame> {
    const ROLES: [&str; 8] =
        ["navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu"];
    if matches!(&*element.name, "nav" | "footer" | "aside" | "dialog")
        || element.get("role").is_some_and(|role| ROLES.contains(&role.trim()))
    {
        return Some(Frame::Sure);
    }
    match &*element.name {
        "body" | "html" | "main" | "article" | "a" | "span" | "template" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            return None;
        }
        "p" => return frame_of(values(element, &["class", "id"])).filter(|frame| *frame == Frame::Sure),
        _ => {}
    }
    let attributes: &[&str] = if id { &["class", "id"] } else { &["class"] };
    frame_of(values(element, attributes))
}

/// Reports whether the element calls itself the lead of an article.
pub(super) fn is_lead(element: &Element) -> bool {
    const LEADS: [&str; 16] = [
        "lead",
        "ingress",
        "preamble",
        "standfirst",
        "lede",
        "johdanto",
        "ingressi",
        "intro",
        "summary",
        "introduction",
        "subheadline",
        "subtitle",
        "subline",
        "deck",
        "dek",
        "excerpt",
    ];
    // Other words change what it is: "lead-image", "intro-links".
    const OTHERS: [&str; 7] = ["image", "links", "list", "wrapper", "container", "form", "picture"];
    let class = &["class"];
    matches!(&*element.name, "p" | "div" | "section" | "h2" | "h3" | "span")
        && (has_word(values(element, class), &LEADS)
            || (has_word(values(element, class), &["teaser"]) && has_word(values(element, class), &["text"])))
        && !has_word(values(element, class), &OTHERS)
}

/// Reports whether the element calls itself the caption of a picture, or who made it.
pub(super) fn is_caption(element: &Element) -> bool {
    const CAPTIONS: [&str; 9] = [
        "caption",
        "credit",
        "credits",
        "photographer",
        "kuvateksti",
        "bildtext",
        "bildunterschrift",
        "imagedescription",
        "kuvaaja",
    ];
    &*element.name == "figcaption" || (&*element.name != "caption" && has_word(values(element, &["class"]), &CAPTIONS))
}

/// Reports whether the element calls itself a date or byline.
pub(super) fn is_stamp(element: &Element) -> bool {
    const STAMPS: [&str; 14] = [
        "date",
        "dates",
        "datetime",
        "time",
        "timestamp",
        "published",
        "publish",
        "pubdate",
        "byline",
        "julkaistu",
        "publicerad",
        "paivays",
        "datum",
        "pvm",
    ];
    &*element.name == "time" || has_word(values(element, &["class", "id", "itemprop"]), &STAMPS)
}

/// Returns the values of those of the attributes that an element has.
fn values<'a>(element: &'a Element, attributes: &[&str]) -> impl Iterator<Item = &'a str> {
    attributes.iter().filter_map(|attribute| element.get(attribute))
}
