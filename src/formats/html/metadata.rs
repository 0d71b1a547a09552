//! What a page says about its article outside of it: JSON-LD, OpenGraph, `meta` and `link` elements.

use serde_json::Value;

use super::kinds::Element;
use super::nodes::Page;
use crate::calendar::{PartialDate, Zone, read_date};
use crate::text::Clean;

/// Longest JSON-LD script that is read, in bytes.
const LONGEST_JSON: usize = 1024 * 1024;

/// What a page says about its article.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub title: Option<String>,
    pub site: Option<String>,
    pub source: Option<String>,
    pub section: Option<String>,
    pub published: Option<PartialDate>,
    pub modified: Option<PartialDate>,
    pub language: Option<String>,
    pub address: Option<String>,
    /// What relative links start from.
    pub base: Option<String>,
    pub tags: Vec<Clean>,
}

impl Metadata {
    /// Gathers what `page` says; of several answers the most specific one counts.
    pub fn of(page: &Page, zone: &Zone) -> Self {
        let mut found = Self::default();
        for json in page.json.iter().filter(|json| json.len() <= LONGEST_JSON) {
            // A script may be wrapped in a comment or CDATA.
            let start = json.find(['{', '[']).unwrap_or(0);
            let end = json.rfind(['}', ']']).map_or(json.len(), |end| end + 1);
            if let Some(Ok(value)) = json.get(start..end).map(serde_json::from_str::<Value>) {
                found.read_linked_data(&value, zone, 0);
            }
        }
        let meta = |names: &[&str]| names.iter().find_map(|name| meta_content(&page.metadata, name));
        let date = |names: &[&str]| names.iter().find_map(|name| read_date(&meta_content(&page.metadata, name)?, zone));
        found.title = found.title.take().or_else(|| meta(&["og:title", "twitter:title", "dc.title", "dcterms.title"]));
        found.site = meta(&["og:site_name", "application-name"]);
        found.source = found
            .source
            .take()
            .or_else(|| found.site.clone())
            .or_else(|| meta(&["dc.publisher", "dcterms.publisher", "author"]));
        found.section = found.section.take().or_else(|| meta(&["article:section"]));
        found.published = found.published.or_else(|| {
            date(&[
                "article:published_time",
                "og:published_time",
                "datepublished",
                "dc.date.issued",
                "dcterms.issued",
                "dcterms.created",
                "dc.date",
                "dcterms.date",
                "pubdate",
                "publish-date",
                "date",
            ])
        });
        found.modified = found.modified.or_else(|| {
            date(&[
                "article:modified_time",
                "og:updated_time",
                "datemodified",
                "dc.date.modified",
                "dcterms.modified",
                "last-modified",
            ])
        });
        let canonical =
            page.metadata.iter().find(|element| &*element.name == "link" && element.get("rel") == Some("canonical"));
        let canonical =
            canonical.and_then(|link| link.get("href")).map(str::to_owned).filter(|address| is_web(address));
        found.address = canonical
            .or_else(|| meta(&["og:url"]).filter(|address| is_web(address)))
            .or(found.address.take())
            .or_else(|| page.saved_from.clone());
        let base = page.metadata.iter().find(|element| &*element.name == "base").and_then(|base| base.get("href"));
        found.base = base.map(str::to_owned).filter(|base| is_web(base)).or_else(|| found.address.clone());
        if found.tags.is_empty() {
            let keywords = meta(&["keywords", "news_keywords"]).unwrap_or_default();
            let articles = page.metadata.iter().filter(|element| element.get("property") == Some("article:tag"));
            let tags = articles.filter_map(|element| element.get("content")).chain(keywords.split([',', ';']));
            found.tags = tags.map(Clean::line).filter(|tag| !tag.is_empty()).take(50).collect();
        }
        let html = page.metadata.iter().find(|element| &*element.name == "html");
        found.language = html
            .and_then(|html| html.get("lang").or_else(|| html.get("xml:lang")))
            .map(str::to_owned)
            .or_else(|| found.language.take())
            .or_else(|| meta(&["content-language", "og:locale", "dc.language", "dcterms.language"]));
        found
    }

    /// Reads linked data: an article, or a list or graph that holds one.
    fn read_linked_data(&mut self, value: &Value, zone: &Zone, depth: usize) {
        const ARTICLES: [&str; 7] =
            ["NewsArticle", "Article", "ReportageNewsArticle", "BlogPosting", "PressRelease", "Report", "WebPage"];
        match value {
            Value::Array(items) if depth < 4 => {
                for item in items.iter().take(100) {
                    self.read_linked_data(item, zone, depth + 1);
                }
            }
            Value::Object(object) => {
                if let Some(graph) = object.get("@graph").or_else(|| object.get("mainEntity"))
                    && depth < 4
                {
                    self.read_linked_data(graph, zone, depth + 1);
                }
                let is_article = |kind: &Value| kind.as_str().is_some_and(|kind| ARTICLES.contains(&kind));
                let article = object.get("@type").is_some_and(|kind| {
                    is_article(kind) || kind.as_array().is_some_and(|kinds| kinds.iter().any(is_article))
                });
                if article {
                    self.read_article(object, zone);
                }
            }
            _ => {}
        }
    }

    fn read_article(&mut self, article: &serde_json::Map<String, Value>, zone: &Zone) {
        let text = |names: &[&str]| names.iter().find_map(|name| name_of(article.get(*name)?));
        let date = |name: &str| read_date(article.get(name)?.as_str()?, zone);
        let page = article.get("@type").and_then(Value::as_str) == Some("WebPage");
        let fill = |field: &mut Option<String>, names: &[&str]| {
            if field.is_none() {
                *field = text(names);
            }
        };
        // A web page's name is often the site's.
        fill(&mut self.title, if page { &["headline"] } else { &["headline", "name"] });
        fill(&mut self.source, &["publisher", "sourceOrganization", "author"]);
        fill(&mut self.section, &["articleSection"]);
        fill(&mut self.language, &["inLanguage"]);
        fill(&mut self.address, &["url", "mainEntityOfPage", "@id"]);
        self.address = self.address.take().filter(|address| is_web(address));
        self.published = self.published.or_else(|| date("datePublished"));
        self.modified = self.modified.or_else(|| date("dateModified"));
        if self.tags.is_empty() {
            self.tags = match article.get("keywords") {
                Some(Value::String(words)) => words.split(',').map(Clean::line).collect(),
                Some(Value::Array(words)) => words.iter().filter_map(Value::as_str).map(Clean::line).collect(),
                _ => Vec::new(),
            };
            self.tags.retain(|tag| !tag.is_empty());
            self.tags.truncate(50);
        }
    }
}

/// The name of a thing that may be a text, an object with a name or identity, or a list of them.
fn name_of(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => Some(text.clone()),
        Value::Object(object) => {
            object.get("name").or_else(|| object.get("@id")).and_then(Value::as_str).map(str::to_owned)
        }
        Value::Array(items) => items.iter().find_map(|item| match item {
            Value::Array(_) => None,
            item => name_of(item),
        }),
        _ => None,
    };
    text.filter(|text| !text.trim().is_empty())
}

fn meta_content(elements: &[Element], name: &str) -> Option<String> {
    let named = |element: &&Element| {
        ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .any(|attribute| element.get(attribute).is_some_and(|value| value.trim().eq_ignore_ascii_case(name)))
    };
    let mut found = elements.iter().filter(|element| &*element.name == "meta").filter(named);
    found.find_map(|element| element.get("content")).map(str::to_owned).filter(|content| !content.trim().is_empty())
}

/// Whether an address leads to the web.
pub(super) fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map_or("", |(scheme, _)| scheme);
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Resolves a link against `base`; `None` for what leads nowhere outside of the page.
pub(super) fn resolve(link: &str, base: Option<&str>) -> Option<String> {
    let link = link.trim();
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    if let Some((scheme, _)) = link.split_once(':')
        && scheme.chars().all(|character| character.is_ascii_alphanumeric() || "+-.".contains(character))
    {
        let known = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
        return known.then(|| link.to_owned());
    }
    let base = base.filter(|base| is_web(base))?;
    let (scheme, rest) = base.split_once("://")?;
    if let Some(place) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{place}"));
    }
    let place = rest.split(['?', '#']).next()?;
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    if let Some(path) = link.strip_prefix('/') {
        return Some(format!("{scheme}://{host}/{path}"));
    }
    if link.starts_with('?') {
        return Some(format!("{scheme}://{host}/{path}{link}"));
    }
    let mut folders: Vec<&str> = path.split('/').collect();
    folders.pop();
    let (link, tail) = link.find(['?', '#']).and_then(|at| link.split_at_checked(at)).unwrap_or((link, ""));
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => {
                folders.pop();
            }
            part => folders.push(part),
        }
    }
    Some(format!("{scheme}://{host}/{}{tail}", folders.join("/")))
}

#[cfg(test)]
mod tests {
    use super::super::nodes::take_apart;
    use super::*;

    #[test]
    fn linked_data_outranks_the_rest() {
        let page = take_apart(
            r#"<html lang="fi-FI"><head><meta property="og:title" content="Muu"><meta property="og:site_name" content="Kunta">
            <meta name="date" content="2019-01-01"><link rel="canonical" href="https://kunta.fi/a">
            <script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"X"},{"@type":["NewsArticle"],"headline":"Oikea",
            "datePublished":"2020-09-11T08:00:00+03:00","publisher":{"name":"Vantaa"},"keywords":["sote","kunta"]}]}</script></head>"#,
        );
        let found = Metadata::of(&page, &crate::calendar::UTC);
        assert_eq!((found.title.as_deref(), found.source.as_deref()), (Some("Oikea"), Some("Vantaa")));
        assert_eq!(found.published.map(|date| date.to_string()).as_deref(), Some("2020-09-11T05:00"));
        assert_eq!((found.language.as_deref(), found.address.as_deref()), (Some("fi-FI"), Some("https://kunta.fi/a")));
        assert_eq!(found.tags.len(), 2);
    }

    #[test]
    fn links_are_resolved() {
        let base = Some("https://kunta.fi/uutiset/1.html?x=1");
        for (link, expected) in [
            ("2.html", Some("https://kunta.fi/uutiset/2.html")),
            ("../a/b?c#d", Some("https://kunta.fi/a/b?c#d")),
            ("/juuri", Some("https://kunta.fi/juuri")),
            ("//muu.fi/a", Some("https://muu.fi/a")),
            ("?sivu=2", Some("https://kunta.fi/uutiset/1.html?sivu=2")),
            ("HTTP://muu.fi", Some("HTTP://muu.fi")),
            ("mailto:a@b.fi", Some("mailto:a@b.fi")),
            ("#alas", None),
            ("javascript:x()", None),
            ("file:///etc/passwd", None),
        ] {
            assert_eq!(resolve(link, base).as_deref(), expected, "{link}");
        }
        assert_eq!(resolve("2.html", None), None);
    }
}
