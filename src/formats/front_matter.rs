//! Front matter: the fields an author writes above a Markdown text, YAML between `---` or TOML between `+++`.

use serde::Deserialize;
use serde::de::{DeserializeOwned, Deserializer, IgnoredAny, MapAccess, Visitor};

use super::draft::Draft;
use super::loose::Value;
use crate::calendar::{PartialDate, Zone, date_in_name, read_date};
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
            return is_fields(fields, toml).then_some(Split { fields, toml, body });
        }
        at += line.len();
        if at > LONGEST {
            return None;
        }
    }
    None
}

/// Reports whether what stands between two fences is fields and not a text between two rules: nothing, or fields of which
/// one is known here, or fields with names as programs have them; never paragraphs parted by blank lines.
fn is_fields(text: &str, toml: bool) -> bool {
    let sign = if toml { '=' } else { ':' };
    let (mut known, mut named, mut other, mut prose) = (0_usize, 0_usize, 0_usize, false);
    let mut after_blank = false;
    let mut open = false;
    for line in text.lines() {
        let bare = line.trim();
        if bare.is_empty() {
            after_blank = true;
            continue;
        }
        let inner = line.starts_with([' ', '\t', '#', '}', ']', '[']) || bare.starts_with("- ") || bare == "-" || open;
        let name = line.split_once(sign).map(|(name, value)| (name.trim_matches([' ', '"', '\'', '{']), value));
        match name {
            _ if inner => {}
            Some((name, value))
                if is_name(name) && (toml || value.is_empty() || value.starts_with([' ', '\t', '\r'])) =>
            {
                known += usize::from(is_known(name));
                named += usize::from(name.starts_with(|letter: char| letter.is_ascii_lowercase()));
                other += usize::from(!name.starts_with(|letter: char| letter.is_ascii_lowercase()));
            }
            _ => prose |= after_blank,
        }
        // A list or a text of several lines that TOML begins goes on until it is closed.
        open = toml && (open || bare.ends_with('[') || bare.matches("\"\"\"").count() == 1);
        open &= !(bare.ends_with(']') || (bare.matches("\"\"\"").count() == 1 && !bare.contains('=')));
        after_blank = false;
    }
    let blank = text.trim().is_empty();
    let opens_at_once = text.lines().next().is_some_and(|first| !first.trim().is_empty());
    blank || (!prose && (known > 0 || (named > 0 && other == 0 && opens_at_once)))
}

/// Reports whether a word can be the name of a field.
fn is_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 40
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.'))
}

/// The names each field goes by, the most telling first.
const TITLE: &[&str] = &["title", "headline"];
const PUBLISHED: &[&str] = &[
    "published",
    "publish_date",
    "publishDate",
    "pubDate",
    "pubdate",
    "date_published",
    "datePublished",
    "published_at",
    "publishedAt",
    "date",
    "created",
    "created_at",
];
const MODIFIED: &[&str] =
    &["modified", "updated", "lastmod", "lastMod", "last_modified_at", "dateModified", "updated_at"];
const SECTION: &[&str] = &["section", "category"];
const SOURCE: &[&str] = &["source", "publisher", "organization", "author", "authors", "byline"];
const ADDRESS: &[&str] = &["canonical", "address", "url"];
const LANGUAGE: &[&str] = &["language", "lang", "locale"];
const ID: &[&str] = &["id"];
const ORIGINAL: &[&str] = &["translation_of"];
const TAGS: &[&str] = &["tags", "keywords", "topics", "categories"];
const SUMMARY: &[&str] = &["lead", "ingress", "description", "summary", "deck", "excerpt"];
/// The fields whose path may state a day; the names of [`ADDRESS`] are among them.
const PLACES: &[&str] = &["path", "permalink", "url", "canonical", "address"];

/// Every name of [`Fields`].
const KNOWN: [&[&str]; 11] =
    [TITLE, PUBLISHED, MODIFIED, SECTION, SOURCE, LANGUAGE, ID, ORIGINAL, TAGS, SUMMARY, PLACES];

/// Reports whether a field of that name is read.
fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|names| names.contains(&name))
}

/// The fields that are understood; others are left alone.
#[derive(Debug, Default)]
struct Fields(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Fields {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Fields;

            fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str("fields")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                let mut pairs = Vec::new();
                while let Some(Key(name)) = map.next_key()? {
                    if is_known(&name) && pairs.len() < KNOWN.iter().map(|names| names.len()).sum() {
                        pairs.push((name, map.next_value()?));
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(Fields(pairs))
            }

            fn visit_unit<E>(self) -> Result<Fields, E> {
                Ok(Fields::default())
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// The name of a field, whatever it is written as.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = Value::deserialize(deserializer)?;
        Ok(Self(if let Value::Text(name) = name { name } else { String::new() }))
    }
}

impl Fields {
    /// Returns the fields of these names that have a value, in the order of the names.
    fn all(&self, names: &[&str]) -> Vec<&Value> {
        let named = |name: &&str| self.0.iter().find(|(known, _)| known == *name).map(|(_, value)| value);
        names.iter().filter_map(named).filter(|value| **value != Value::Nothing).collect()
    }
}

/// What the fields say beside what a draft holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// What the text is about, in the words of its author.
    pub summary: Option<Clean>,
    /// The day in the path that the text has on its site.
    pub day: Option<PartialDate>,
}

/// Puts the fields into `draft` and returns the others; what cannot be understood is told there and the rest is kept.
pub fn apply(split: &Split<'_>, zone: &Zone, draft: &mut Draft) -> Beside {
    let fields = match parse(split) {
        Ok(fields) => fields,
        Err(reason) => {
            draft.note(&format!("The front matter is broken, so only its simple lines were read: {reason}"));
            plain_lines(split)
        }
    };
    draft.title = draft.text_of("title", &fields.all(TITLE)).unwrap_or_default();
    draft.published = draft.date_of("published", &fields.all(PUBLISHED), zone);
    draft.modified = draft.date_of("modified", &fields.all(MODIFIED), zone);
    draft.section = draft.text_of("section", &fields.all(SECTION));
    draft.source = draft.text_of("source", &fields.all(SOURCE));
    draft.address = draft.text_of("address", &fields.all(ADDRESS));
    let tag = draft.text_of("language", &fields.all(LANGUAGE));
    draft.declare_language(tag.as_deref().unwrap_or_default());
    let id = draft.text_of("id", &fields.all(ID));
    let original = draft.text_of("translation_of", &fields.all(ORIGINAL));
    draft.translation = original.is_some();
    draft.group = original.or(id);
    let tags = fields.all(TAGS);
    draft.tags = tags.into_iter().filter_map(Value::list).find(|tags| !tags.is_empty()).unwrap_or_default();
    let summary = fields.all(SUMMARY);
    let places = fields.all(PLACES);
    Beside {
        summary: summary.into_iter().find_map(Value::line),
        day: places.into_iter().filter_map(Value::text).find_map(date_in_name),
    }
}

fn parse(split: &Split<'_>) -> Result<Fields, String> {
    if split.fields.trim().is_empty() {
        return Ok(Fields::default());
    }
    if split.toml {
        return toml::from_str(split.fields).map_err(|error| error.message().to_owned());
    }
    let whole = yaml(split.fields);
    let whole = whole.or_else(|error| yaml(&continued(split.fields)).map_err(|_| error));
    whole.map_err(|error| error.to_string().lines().next().unwrap_or_default().to_owned())
}

/// Sets in the further lines of quoted texts, which some generators let begin in the first column.
fn continued(fields: &str) -> String {
    let mut text = String::with_capacity(fields.len());
    let mut open: Option<char> = None;
    for line in fields.lines() {
        let value = match open {
            Some(_) => {
                text.push_str("  ");
                line
            }
            None => line.split_once(": ").map_or("", |(_, value)| value.trim_start()),
        };
        text.push_str(line);
        text.push('\n');
        let quote = open.or_else(|| value.chars().next().filter(|quote| matches!(quote, '"' | '\'')));
        let inner = if open.is_some() { value } else { value.get(1..).unwrap_or_default() };
        open = quote.filter(|quote| {
            let sign = if *quote == '"' { "\\\"" } else { "''" };
            !inner.replace(sign, "").trim_end().ends_with(*quote)
        });
    }
    text
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

    /// Returns the first of `values` that is a date; where none is, a note tells the first value.
    fn date_of(&mut self, name: &str, values: &[&Value], zone: &Zone) -> Option<Dated> {
        // A switch that says whether a text is published is no date.
        let values: Vec<&Value> =
            values.iter().copied().filter(|value| !matches!(value.text(), Some("true" | "false"))).collect();
        let texts = || values.iter().filter_map(|value| value.line());
        if let Some(value) = texts().find_map(|text| read_date(&text, zone)) {
            return Some(Dated { value, origin: Origin::Field });
        }
        let wrong = self.text_of(name, &values)?;
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
    fn text_between_two_rules_stays_text() {
        for text in [
            "---\n\n# Silta avataan\n\nTeksti: alkaa tästä.\n\n---\n\nToinen osa.\n",
            "---\n\nHuomio: suljettu.\n\nTyöt jatkuvat.\n---\n",
            "---\n- Aika: ma klo 10\n- Paikka: sali\n---\nTeksti.\n",
            "---\n[Lue](https://example.fi)\n---\nTeksti.\n",
            "---\nObs: vägen är stängd.\n---\nTexten.\n",
            "---\n\nNote: the road is closed.\n\nWork goes on.\n\n---\n",
            "---\n\"Silta on valmis\", sanoo johtaja: nyt.\n---\n",
            "---\ntitle\n\nMore text: here.\n---\n",
        ] {
            assert!(split(text).is_none(), "{text}");
            let file = crate::formats::read(&crate::formats::Input::new("a.md", text.as_bytes()));
            let shown: String =
                file.announcements[0].document.blocks.iter().map(|block| block.text.to_string()).collect();
            let shown = shown + &file.announcements[0].title;
            let letters = |text: &str| text.chars().filter(|letter| letter.is_alphabetic()).count();
            assert!(letters(&shown) + 16 >= letters(text), "{text}: {shown}");
        }
        for text in [
            "---\nlayout: post\nweight: 3\n---\n",
            "---\n# generated\n\ntitle: Silta\n\ntags:\n- a\n- b\n\nmenu:\n  main:\n    weight: 3\n---\n",
            "---\ntitle: Silta\nexcerpt: >\n  Silta avataan.\n\n  Tie suljetaan: nyt.\n---\n",
            "+++\npath = \"2020/03/12/a\"\nauthors = [\n\"A\",\n\"B\"\n]\n\n[extra]\nx = 1\n+++\n",
        ] {
            assert!(split(text).is_some(), "{text}");
        }
    }

    #[test]
    fn fields_of_generators_are_understood() {
        let long = draft(
            "---\ntitle: \"An open source government\nis faster\"\ndate: 2020-09-11\nauthors:\n- a-berg\n- b-salo\ntopics: [one, two]\n---\n",
        );
        assert_eq!(
            (long.title.as_str(), long.source.as_deref()),
            ("An open source government is faster", Some("a-berg, b-salo"))
        );
        assert_eq!((long.tags.len(), long.notes.len()), (2, 0), "{:?}", long.notes);
        let both = draft(
            "---\npubDate: pian\npublishDate: 2020-09-11\ndate: 2019-01-01\ncategories: []\nkeywords: silta, tie\nlang: sv\nlanguage:\n---\n",
        );
        assert_eq!(both.published.unwrap().value.to_string(), "2020-09-11");
        assert_eq!((both.tags.len(), both.language), (2, Some(Language::Swedish)));
        let switched = draft("---\npublished: true\ndate: 11. syyskuuta 2020\n---\n");
        assert_eq!((switched.published.unwrap().value.to_string().as_str(), switched.notes.len()), ("2020-09-11", 0));
    }

    #[test]
    fn a_day_stands_in_the_path_or_the_name_where_no_field_has_it() {
        let read = |name: &str, text: &str| {
            crate::formats::read(&crate::formats::Input::new(name, text.as_bytes())).announcements.remove(0)
        };
        for (name, text, expected) in [
            ("2016-03-04-silta.md", "---\ntitle: Silta\n---\nTeksti.", Some(("2016-03-04", Origin::FileName))),
            (
                "a.md",
                "+++\npath = \"2020/03/12/x\"\ntitle = \"Bron\"\n+++\nText.",
                Some(("2020-03-12", Origin::Address)),
            ),
            (
                "2016-03-04-silta.md",
                "---\ntitle: Silta\ndate: 2020-09-11\n---\nTeksti.",
                Some(("2020-09-11", Origin::Field)),
            ),
            ("silta.md", "---\ntitle: Silta\n---\nTeksti.", None),
        ] {
            let found = read(name, text).published.map(|dated| (dated.value.to_string(), dated.origin));
            assert_eq!(found.as_ref().map(|(value, origin)| (value.as_str(), *origin)), expected, "{name}");
        }
    }

    #[test]
    fn a_summary_is_the_lead_unless_the_text_says_it() {
        let read = |summary: &str| {
            let text = format!(
                "---\ntitle: Silta\n{summary}\n---\nSilta avataan maanantaina kello 12.\n\nTie suljetaan.\n\nTyö jatkuu.\n"
            );
            crate::formats::read(&crate::formats::Input::new("a.md", text.as_bytes())).announcements.remove(0)
        };
        for (summary, lead, blocks) in [
            ("description: Uusi silta lyhentää matkaa.", "Uusi silta lyhentää matkaa.", 4),
            ("excerpt: >\n  The new bridge makes the way\n  shorter.", "The new bridge makes the way shorter.", 4),
            ("summary: Silta avataan maanantaina", "Silta avataan maanantaina kello 12.", 3),
            ("deck: Silta", "Silta avataan maanantaina kello 12.", 3),
            ("deck:", "Silta avataan maanantaina kello 12.", 3),
        ] {
            let found = read(summary);
            assert_eq!(
                (found.lead().map(Clean::as_str), found.document.blocks.len()),
                (Some(lead), blocks),
                "{summary}"
            );
        }
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
