//! The vocabularies that feeds mix, told by the addresses of their namespaces or, where these are missing, by prefix.

/// Names the vocabulary an element belongs to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Vocabulary {
    /// RSS of any version, and everything without a namespace.
    #[default]
    Rss,
    /// Atom 1.0 (RFC 4287) and 0.3.
    Atom,
    /// The content module of RSS: `content:encoded`.
    Content,
    /// Dublin Core, also its terms.
    DublinCore,
    /// Media RSS.
    Media,
    /// XHTML within a feed.
    Xhtml,
    /// Podcasts: `itunes:summary`.
    Podcast,
    /// The syndication module of RSS: `sy:updatePeriod`.
    Syndication,
    /// The Common Alerting Protocol (OASIS CAP 1.1 and 1.2).
    Alert,
    /// Services that count readers: `feedburner:origLink`.
    Burner,
    /// A vocabulary whose elements say nothing that is read.
    Other,
}

/// Addresses of namespaces, by how they begin, in lower case without their scheme.
const ADDRESSES: [(&str, Vocabulary); 20] = [
    ("www.w3.org/2005/atom", Vocabulary::Atom),
    ("purl.org/atom/", Vocabulary::Atom),
    ("purl.org/rss/1.0/modules/syndication", Vocabulary::Syndication),
    ("purl.org/net/rss1.1", Vocabulary::Rss),
    ("www.itunes.com/dtds/podcast", Vocabulary::Podcast),
    ("purl.org/rss/1.0/modules/content", Vocabulary::Content),
    ("purl.org/rss/1.0/modules/", Vocabulary::Other),
    ("purl.org/rss/", Vocabulary::Rss),
    ("my.netscape.com/rdf/", Vocabulary::Rss),
    ("channel.netscape.com/rdf/", Vocabulary::Rss),
    ("backend.userland.com/rss", Vocabulary::Rss),
    ("blogs.law.harvard.edu/tech/rss", Vocabulary::Rss),
    ("purl.org/dc/", Vocabulary::DublinCore),
    ("search.yahoo.com/mrss", Vocabulary::Media),
    ("www.w3.org/1999/xhtml", Vocabulary::Xhtml),
    ("www.w3.org/1999/02/22-rdf-syntax-ns#", Vocabulary::Rss),
    ("urn:oasis:names:tc:emergency:cap:", Vocabulary::Alert),
    ("www.incident.com/cap/", Vocabulary::Alert),
    ("rssnamespace.org/feedburner/", Vocabulary::Burner),
    ("www.pheedo.com/namespace/pheedo", Vocabulary::Burner),
];

/// Prefixes that feeds use without declaring them.
const PREFIXES: [(&str, Vocabulary); 15] = [
    ("atom", Vocabulary::Atom),
    ("a10", Vocabulary::Atom),
    ("content", Vocabulary::Content),
    ("dc", Vocabulary::DublinCore),
    ("dcterms", Vocabulary::DublinCore),
    ("media", Vocabulary::Media),
    ("xhtml", Vocabulary::Xhtml),
    ("itunes", Vocabulary::Podcast),
    ("sy", Vocabulary::Syndication),
    ("rdf", Vocabulary::Rss),
    ("rss", Vocabulary::Rss),
    ("cap", Vocabulary::Alert),
    ("feedburner", Vocabulary::Burner),
    ("pheedo", Vocabulary::Burner),
    ("", Vocabulary::Rss),
];

impl Vocabulary {
    /// Returns the vocabulary of the namespace `address`.
    #[must_use]
    pub fn at(address: &str) -> Self {
        let address = address.trim().to_ascii_lowercase();
        let bare = address.split_once("://").map_or(address.as_str(), |(_, rest)| rest);
        ADDRESSES.iter().find(|(known, _)| bare.starts_with(known)).map_or(Self::Other, |(_, vocabulary)| *vocabulary)
    }

    /// Returns the vocabulary that `prefix` usually stands for.
    #[must_use]
    pub fn usual(prefix: &str) -> Self {
        let known = PREFIXES.iter().find(|(known, _)| known.eq_ignore_ascii_case(prefix));
        known.map_or(Self::Other, |(_, vocabulary)| *vocabulary)
    }
}
