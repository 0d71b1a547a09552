//! What an element says of its part in the page.

/// What an element's name, role, class or id says of its part in the page; it holds only for what is small enough.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Frame {
    /// A word that names boilerplate and other things as well: "sidebar", "banner".
    Likely,
    /// A word for what leads to other texts and holds links: "teaser", "card".
    Teasers,
    /// A word for texts of others, be they long: "comments", "related".
    Others,
    /// A word for rows of links and buttons: "menu", "share".
    Links,
    /// An element, role or word that is hardly ever the article's: `nav`, "cookie".
    Sure,
}
