//! Reads what a page says of its article outside of it: JSON-LD, OpenGraph, `meta` and `link` elements.

use serde_json::Value;

use super::addresses::is_web;
use super::kinds::Element;
use super::nodes::{Page, plain_text};
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
    /// The names of the organisations that linked data defines, by their identity.
    names: Vec<(String, String)>,
}

impl Metadata {
    /// Gathers what `page` says; of several answers the most specific one counts.
    pub fn of(page: &Page, zone: &Zone) -> Self {
        let mut found = Self::default();
        for json in page.json.iter().filter(|json| json.len() <= LONGEST_JSON) {
            let json = unwrapped(json);
            let start = json.find(['{', '[']).unwrap_or(0);
            let end = json.rfind(['}', ']']).map_or(json.len(), |end| end + 1);
            if let Some(Ok(value)) = json.get(start..end).map(serde_json::from_str::<Value>) {
                found.read_linked_data(&value, zone, 0);
            }
        }
        // A reference is worth what it leads to.
        if let Some(source) = found.source.take_if(|source| is_web(source) || source.starts_with('#')) {
            found.source = found.names.iter().find(|(id, _)| *id == source).map(|(_, name)| name.clone());
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
                if let (Some(id), Some(name)) =
                    (object.get("@id").and_then(Value::as_str), object.get("name").and_then(name_of))
                    && self.names.len() < 100
                {
                    self.names.push((id.to_owned(), name));
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

    /// Fills in what an article says of itself where nothing is known yet.
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
        // An organisation that writes on the site of another one is who announces.
        if article.get("author").is_some_and(is_organisation) {
            fill(&mut self.source, &["author"]);
        }
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

/// Returns the name that a JSON-LD value states: the value may be a text, an object with `name` or `@id`, or a list of them.
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
    // Many systems write character references and tags into linked data as they do into pages.
    text.map(|text| if text.contains(['&', '<']) { plain_text(&text) } else { text })
        .filter(|text| !text.trim().is_empty())
}

/// Reports whether a thing of linked data, or the first of a list, is an organisation.
fn is_organisation(value: &Value) -> bool {
    let first = value.as_array().and_then(|items| items.first()).unwrap_or(value);
    first.get("@type").and_then(Value::as_str).is_some_and(|kind| kind.ends_with("Organization"))
}

/// Returns a script without the comment or CDATA section that it may be wrapped in.
pub(super) fn unwrapped(script: &str) -> &str {
    const STARTS: [&str; 5] = ["<![CDATA[", "<!--", "//", "/*", "*/"];
    const ENDS: [&str; 5] = ["]]>", "-->", "//", "/*", "*/"];
    let mut script = script.trim();
    while let Some(rest) = STARTS.iter().find_map(|start| script.strip_prefix(start)) {
        script = rest.trim_start();
    }
    while let Some(rest) = ENDS.iter().find_map(|end| script.strip_suffix(end)) {
        script = rest.trim_end();
    }
    script
}

/// Returns what the first `meta` element of that name says.
fn meta_content(elements: &[Element], name: &str) -> Option<String> {
    let named = |element: &&Element| {
        ["property", "name", "itemprop", "http-equiv"]
            .iter()
            .any(|attribute| element.get(attribute).is_some_and(|value| value.trim().eq_ignore_ascii_case(name)))
    };
    let mut found = elements.iter().filter(|element| &*element.name == "meta").filter(named);
    found.find_map(|element| element.get("content")).map(str::to_owned).filter(|content| !content.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::nodes::take_apart;
    use super::*;

    #[test]
    fn linked_data_is_read_in_every_wrapping() {
        let data = r#"{"@type":"NewsArticle","headline":"Suomi &amp; Ruotsi &#8211; yhteisty&ouml;","datePublished":"2020-09-11"}"#;
        for script in [
            data.to_owned(),
            format!("<![CDATA[{data}]]>"),
            format!("//<![CDATA[\n{data}\n//]]>"),
            format!("/*<![CDATA[*/ {data} /*]]>*/"),
            format!("<!-- {data} -->"),
        ] {
            let page = take_apart(&format!("<script type='application/ld+json'>{script}</script>"));
            let found = Metadata::of(&page, &crate::calendar::UTC);
            assert_eq!(found.title.as_deref(), Some("Suomi & Ruotsi – yhteistyö"), "{script}");
            assert_eq!(found.published.map(|date| date.to_string()).as_deref(), Some("2020-09-11"), "{script}");
        }
    }

    #[test]
    fn an_organisation_that_writes_announces() {
        let source = |author: &str| {
            let page = take_apart(&format!(
                r#"<script type="application/ld+json">{{"@type":"NewsArticle","headline":"Bron öppnas","author":{author},"publisher":{{"@type":"Organization","name":"Myndigheter.example"}}}}</script>"#
            ));
            Metadata::of(&page, &crate::calendar::UTC).source
        };
        assert_eq!(source(r#"{"@type":"Organization","name":"Väylävirasto"}"#).as_deref(), Some("Väylävirasto"));
        assert_eq!(
            source(r#"[{"@type":"GovernmentOrganization","name":"Trafikverket"}]"#).as_deref(),
            Some("Trafikverket")
        );
        assert_eq!(source(r#"{"@type":"Person","name":"Ritva Aho"}"#).as_deref(), Some("Myndigheter.example"));
        let page = take_apart(
            r#"<script type="application/ld+json">{"@graph":[{"@type":"Article","headline":"Silta avataan","publisher":{"@id":"https://example.fi//organisation"}},
            {"@type":"Organization","@id":"https://example.fi//organisation","name":"Esimerkkikunta"}]}</script>"#,
        );
        assert_eq!(Metadata::of(&page, &crate::calendar::UTC).source.as_deref(), Some("Esimerkkikunta"));
    }

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
}
