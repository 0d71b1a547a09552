//! The feeds that a page names: in its head for programs, and in its text for people.

use super::nodes::{Node, take_apart};

/// Most links of a page that are looked at.
const MOST: usize = 64;

/// A feed that a page names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedLink {
    /// Its address as it is written, which may be relative.
    pub address: String,
    /// What the page calls it.
    pub title: String,
    /// Whether the head of the page names it, rather than a link in its text.
    pub declared: bool,
}

/// Returns the feeds that a page names, those of its head first.
#[must_use]
pub fn feed_links(html: &str) -> Vec<FeedLink> {
    let page = take_apart(html);
    let mut links = Vec::new();
    let mut note = |address: &str, title: &str, declared: bool| {
        let address = address.trim();
        let known = links.iter().any(|link: &FeedLink| link.address == address);
        if !address.is_empty() && !known && links.len() < MOST {
            links.push(FeedLink { address: address.to_owned(), title: title.trim().to_owned(), declared });
        }
    };
    for element in &page.metadata {
        let value = |name: &str| element.get(name).unwrap_or_default();
        let relations = value("rel").to_ascii_lowercase();
        let mut relations = relations.split_ascii_whitespace();
        let alternate = relations.clone().any(|relation| relation == "alternate");
        if relations.any(|relation| relation == "feed") || alternate && is_feed_media(value("type")) {
            note(value("href"), value("title"), true);
        }
    }
    let mut nodes = page.nodes.iter().peekable();
    while let Some(node) = nodes.next() {
        let Node::Start(element) = node else { continue };
        let Some(address) = element.get("href").filter(|_| &*element.name == "a") else { continue };
        if is_feed_name(address) {
            let title = match nodes.peek() {
                Some(Node::Text(text)) => text.as_str(),
                _ => "",
            };
            note(address, title, false);
        }
    }
    links
}

/// Reports whether a media type is that of a feed.
fn is_feed_media(media: &str) -> bool {
    let media = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(
        media.as_str(),
        "application/rss+xml"
            | "application/atom+xml"
            | "application/rdf+xml"
            | "application/feed+json"
            | "application/cap+xml"
            | "application/xml"
            | "text/xml"
            | "application/json"
    )
}

/// Reports whether an address ends as those of feeds do.
fn is_feed_name(address: &str) -> bool {
    let path = address.split(['#', '?']).next().unwrap_or_default().trim_end_matches('/').to_ascii_lowercase();
    let last = path.rsplit('/').next().unwrap_or_default();
    matches!(last, "rss" | "feed" | "feeds" | "atom" | "rdf" | "rss2")
        || [".rss", ".atom", ".rdf"].iter().any(|ending| last.ends_with(ending))
        || [".xml", ".json"].iter().any(|ending| {
            last.strip_suffix(ending).is_some_and(|name| ["rss", "feed", "atom"].iter().any(|word| name.contains(word)))
        })
        || address.to_ascii_lowercase().contains("feed=rss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn feeds_of_the_head_come_before_those_of_the_text() {
        let html = r#"<html><head><title>Kunta</title>
            <link rel="stylesheet" href="/a.css" type="text/css">
            <link rel="alternate" hreflang="sv" href="/sv" type="text/html">
            <link REL="Alternate" TYPE="application/rss+xml; charset=utf-8" title="Tiedotteet" href="/tiedotteet/rss">
            <link rel="feed" href="feed.json"></head>
            <body><a href="/tiedotteet/rss">RSS</a> <a href="https://kunta.example.fi/kuulutukset.rss">Kuulutukset</a>
            <a href="/?feed=rss2">Blogi</a> <a href="/feedback">Palaute</a> <a href="/data/vuosi.xml">Data</a></body>"#;
        let links = feed_links(html);
        let told: Vec<(&str, &str, bool)> =
            links.iter().map(|link| (link.address.as_str(), link.title.as_str(), link.declared)).collect();
        assert_eq!(
            told,
            [
                ("/tiedotteet/rss", "Tiedotteet", true),
                ("feed.json", "", true),
                ("https://kunta.example.fi/kuulutukset.rss", "Kuulutukset", false),
                ("/?feed=rss2", "Blogi", false),
            ]
        );
    }

    #[test]
    fn names_of_feeds_are_told_from_other_names() {
        for name in ["/feed/", "/RSS", "/uutiset.atom", "atom.xml", "/a/rss.xml?lang=fi", "feed.json", "/index.rdf"] {
            assert!(is_feed_name(name), "{name}");
        }
        for name in ["/", "/rss-ohje", "/sitemap.xml", "/tiedote/1", "data.json", "/feeding"] {
            assert!(!is_feed_name(name), "{name}");
        }
    }
}
