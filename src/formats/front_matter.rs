//! Front matter: the fields an author writes above a Markdown text, YAML between `---` or TOML between `+++`.

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::draft::Draft;
use super::loose::Value;
use crate::calendar::{Zone, read_date};
use crate::model::{Dated, Origin};
use crate::text::{Clean, Language};

/// Most bytes of front matter that are parsed; what is longer is no front matter of an announcement.
const LONGEST: usize = 64 * 1024;

/// What stands above the text, apart from it.
#[derive(Clone, Copy, Debug)]
pub struct Split<'a> {
    /// The lines between the fences.
    fields: &'a str,
    toml: bool,
    /// What follows the closing fence.
    pub body: &'a str,
}

/// Takes the front matter off `text`; `None` when it has none.
#[must_use]
pub fn split(text: &str) -> Option<Split<'_>> {
    let text = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    let first = text.lines().next()?;
    let toml = match first.trim_end() {
        "---" => false,
        "+++" => true,
        _ => return None,
    };
    let inside = text.get(first.len()..)?;
    let inside = inside.strip_prefix('\r').unwrap_or(inside).strip_prefix('\n')?;
    let mut at = 0;
    for line in inside.split_inclusive('\n') {
        let fence = line.trim_end();
        if (toml && fence == "+++") || (!toml && (fence == "---" || fence == "...")) {
            let (fields, body) = (inside.get(..at)?, inside.get(at + line.len()..)?);
            // A rule, some text and another rule are not front matter: the first line must look like a field.
            let named = fields.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
            let looks = named.is_none_or(|line| line.starts_with(['{', '[', '"']) || line.contains([':', '=']));
            return looks.then_some(Split { fields, toml, body });
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

/// The fields that are understood; others are left alone.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Fields {
    title: Value,
    headline: Value,
    published: Value,
    date: Value,
    #[serde(alias = "publishDate", alias = "pubDate")]
    publish_date: Value,
    modified: Value,
    updated: Value,
    lastmod: Value,
    section: Value,
    category: Value,
    source: Value,
    publisher: Value,
    author: Value,
    language: Value,
    lang: Value,
    id: Value,
    translation_of: Value,
    tags: Value,
    keywords: Value,
    url: Value,
    address: Value,
    canonical: Value,
}

/// Puts the fields into `draft`; what cannot be understood is told there and the rest is kept.
pub fn apply(split: &Split<'_>, zone: &Zone, draft: &mut Draft) {
    let fields = match parse(split) {
        Ok(fields) => fields,
        Err(reason) => {
            draft.note(&format!("The front matter is broken, so only its simple lines were read: {reason}"));
            plain_lines(split)
        }
    };
    let Fields { title, headline, published, date, publish_date, modified, updated, lastmod, .. } = &fields;
    draft.title = draft.text_of("title", &[title, headline]).unwrap_or_default();
    draft.published = draft.date_of("published", &[published, publish_date, date], zone);
    draft.modified = draft.date_of("modified", &[modified, updated, lastmod], zone);
    draft.section = draft.text_of("section", &[&fields.section, &fields.category]);
    draft.source = draft.text_of("source", &[&fields.source, &fields.publisher, &fields.author]);
    draft.address = draft.text_of("address", &[&fields.canonical, &fields.address, &fields.url]);
    let tag = draft.text_of("language", &[&fields.language, &fields.lang]);
    draft.declare_language(tag.as_deref().unwrap_or_default());
    let id = draft.text_of("id", &[&fields.id]);
    let original = draft.text_of("translation_of", &[&fields.translation_of]);
    draft.translation = original.is_some();
    draft.group = original.or(id);
    draft.tags = [fields.tags, fields.keywords].iter().find_map(Value::list).unwrap_or_default();
}

fn parse(split: &Split<'_>) -> Result<Fields, String> {
    if split.fields.trim().is_empty() {
        return Ok(Fields::default());
    }
    if split.toml {
        return toml::from_str(split.fields).map_err(|error| error.message().to_owned());
    }
    yaml(split.fields).map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())
}

/// Reads YAML within limits that no front matter comes near, so that nested or repeated aliases cannot grow.
fn yaml<T: DeserializeOwned>(text: &str) -> Result<T, serde_saphyr::Error> {
    let limits = serde_saphyr::budget! {
        max_events: 20_000,
        max_nodes: 10_000,
        max_depth: 32,
        max_aliases: 100,
        max_anchors: 100,
        max_documents: 1,
        max_merge_keys: 10,
    };
    let options = serde_saphyr::options! {
        budget: limits,
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::FirstWins,
        leading_zero_numbers_as_strings: true,
        strict_booleans: true,
        with_snippet: false,
    };
    serde_saphyr::from_str_with_options(text, options)
}

/// Reads `name: value` lines where the whole is not well-formed: a title with a colon in it is the usual reason.
fn plain_lines(split: &Split<'_>) -> Fields {
    let sign = if split.toml { '=' } else { ':' };
    let mut seen = std::collections::HashSet::new();
    let pairs = split.fields.lines().filter_map(|line| {
        let (name, value) = line.split_once(sign)?;
        let value = value.trim();
        let value = match value.chars().next() {
            Some(quote @ ('"' | '\'')) if value.len() > 1 => value.trim_matches(quote),
            Some('[') => value.trim_matches(['[', ']']),
            _ => value,
        };
        let name = name.trim();
        (seen.insert(name) && !value.is_empty()).then_some((name, value))
    });
    Fields::deserialize(serde::de::value::MapDeserializer::<_, serde::de::value::Error>::new(pairs)).unwrap_or_default()
}

impl Draft {
    fn text_of(&mut self, name: &str, values: &[&Value]) -> Option<Clean> {
        let mut wrong = false;
        for value in values {
            match value {
                Value::Text(text) => {
                    let clean = Clean::line(text);
                    if !clean.is_empty() {
                        return Some(clean);
                    }
                }
                // Several authors or publishers are told as one line.
                Value::List(items) if !items.is_empty() => return Some(Clean::line(&items.join(", "))),
                Value::Wrong => wrong = true,
                Value::List(_) | Value::Nothing => {}
            }
        }
        if wrong {
            self.note(&format!("The front matter's {name} is not a text and was left out."));
        }
        None
    }

    /// The first of `values` that is a date; where none is, the first that is anything is told.
    fn date_of(&mut self, name: &str, values: &[&Value], zone: &Zone) -> Option<Dated> {
        let texts = || values.iter().filter_map(|value| value.line());
        if let Some(value) = texts().find_map(|text| read_date(&text, zone)) {
            return Some(Dated { value, origin: Origin::Field });
        }
        let wrong = self.text_of(name, values)?;
        self.note(&format!("The front matter's {name} is not a date: {}", wrong.as_str()));
        None
    }

    /// Takes a language tag; one that is not known is told.
    pub(super) fn declare_language(&mut self, tag: &str) {
        self.language = Language::from_tag(tag);
        self.declared_language = !tag.trim().is_empty();
        if self.declared_language && self.language.is_none() {
            self.note(&format!("The language {tag} is not known here: it is set without hyphenation."));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::UTC;
    use proptest::prelude::*;

    fn draft(text: &str) -> Draft {
        let mut draft = Draft::default();
        apply(&split(text).unwrap(), &UTC, &mut draft);
        draft
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let yaml = "---\ntitle: Silta avataan\npublished: 2021-12\nlang: fi\nid: silta\ntags: [silta, liikenne]\nextra: {a: 1}\n---\nTeksti.";
        let toml = "+++\ntitle = \"Silta avataan\"\ndate = \"2021-12\"\nlanguage = \"fi\"\nid = \"silta\"\ntags = \"silta, liikenne\"\n+++\nTeksti.";
        let (one, other) = (draft(yaml), draft(toml));
        assert_eq!(one, other);
        assert_eq!(one.title.as_str(), "Silta avataan");
        assert_eq!(one.published.unwrap().value.to_string(), "2021-12");
        assert_eq!((one.language, one.group.as_deref()), (Some(Language::Finnish), Some("silta")));
        assert_eq!(one.tags.len(), 2);
        assert!(one.notes.is_empty(), "{:?}", one.notes);
    }

    #[test]
    fn dates_come_in_every_type() {
        for (line, expected) in [
            ("---\ndate: 2021\n---\n", "2021"),
            ("---\ndate: 2021-12-31\n---\n", "2021-12-31"),
            ("---\ndate: 2021-12-31 16:43:00 +0200\n---\n", "2021-12-31T14:43"),
            ("---\ndate: \"2021-12\"\n---\n", "2021-12"),
            ("---\ndate: 11.9.2020\n---\n", "2020-09-11"),
            ("---\ndate: 11.9.2020 klo 8.05\n---\n", "2020-09-11T08:05"),
            ("+++\ndate = 2020-09-11\n+++\n", "2020-09-11"),
            ("+++\ndate = 2020-09-11T08:05:00Z\n+++\n", "2020-09-11T08:05"),
            ("+++\ndate = 2020\n+++\n", "2020"),
        ] {
            let draft = draft(line);
            assert_eq!(draft.published.map(|dated| dated.value.to_string()).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn a_wrong_field_costs_only_itself() {
        let draft =
            draft("---\ntitle: [a, b]\npublished: pian\nsource: {x: 1}\nlanguage: xx\nsection: Ajankohtaista\n---\n");
        assert_eq!(draft.title.as_str(), "a, b");
        assert_eq!(draft.section.as_deref(), Some("Ajankohtaista"));
        assert_eq!((draft.published, draft.source.as_deref(), draft.notes.len()), (None, None, 3));
    }

    #[test]
    fn a_broken_one_still_gives_its_simple_lines() {
        let draft = draft("---\ntitle: Vantaa: silta avataan\ntags: [a, b\npublished: 2021-12\n---\nTeksti.");
        assert_eq!(draft.title.as_str(), "Vantaa: silta avataan");
        assert_eq!(draft.published.unwrap().value.to_string(), "2021-12");
        assert_eq!(draft.notes.len(), 1);
    }

    #[test]
    fn rules_are_not_front_matter() {
        assert!(split("---\n\nTeksti ja viiva.\n\n---\nLisää.").is_none());
        assert!(split("---\nauki").is_none());
        assert!(split("Teksti\n---\n").is_none());
        assert_eq!(split("---\r\ntitle: a\r\n---\r\nb").unwrap().body, "b");
        assert_eq!(split("---\n---\nb").unwrap().body, "b");
    }

    #[test]
    fn bombs_are_defused() {
        let mut bomb = String::from("---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..12 {
            let before = format!("*a{}", level - 1);
            bomb += &[&format!("a{level}: &a{level} ["), [before.as_str(); 9].join(", ").as_str(), "]\n"].concat();
        }
        bomb += "title: Pommi\ntags: *a11\n---\n";
        let draft = draft(&bomb);
        assert_eq!(draft.title.as_str(), "Pommi");
        let deep = format!("---\ntitle: Syvä\nx: {}\n---\n", "[".repeat(20_000));
        assert_eq!(self::draft(&deep).title.as_str(), "Syvä");
        let deep = format!("+++\ntitle = \"Syvä\"\nx = {}\n+++\n", "[".repeat(20_000));
        assert_eq!(self::draft(&deep).title.as_str(), "Syvä");
    }

    proptest! {
        #[test]
        fn any_front_matter_is_read(fields in "([a-z]{0,9}[:=]{0,2}[ -~\u{e4}\n]{0,20}\n?){0,12}", toml in any::<bool>()) {
            let fence = if toml { "+++" } else { "---" };
            if let Some(split) = split(&format!("{fence}\n{fields}\n{fence}\n")) {
                apply(&split, &UTC, &mut Draft::default());
            }
        }
    }
}
