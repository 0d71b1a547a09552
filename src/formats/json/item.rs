//! The objects of JSON that hold announcements: no field is needed, none refuses the rest.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::calendar::{UTC, read_date};
use crate::formats::loose::{Several, Value};
use crate::model::Origin;

/// Declares an object of which every field may be missing, of any type, under several names and there more than once:
/// the first value that says something counts.
macro_rules! lenient {
    ($(#[$about:meta])* struct $object:ident { $($field:ident: $kind:ty = $($name:literal)|+,)+ }) => {
        $(#[$about])*
        #[derive(Debug, Default)]
        pub(super) struct $object {
            $(pub $field: $kind,)+
        }

        impl<'de> Deserialize<'de> for $object {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Fields;
                impl<'de> Visitor<'de> for Fields {
                    type Value = $object;

                    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                        formatter.write_str("an object")
                    }

                    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<$object, A::Error> {
                        let mut object = $object::default();
                        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
                            match &*name {
                                $($($name)|+ => {
                                    let value = map.next_value()?;
                                    if !object.$field.says_something() {
                                        object.$field = value;
                                    }
                                })+
                                _ => drop(map.next_value::<IgnoredAny>()?),
                            }
                        }
                        Ok(object)
                    }
                }
                deserializer.deserialize_map(Fields)
            }
        }
    };
}

/// What a field may hold.
trait Says {
    /// Reports whether it is more than an empty value or one of a wrong type.
    fn says_something(&self) -> bool;
}

impl Says for Value {
    fn says_something(&self) -> bool {
        match self {
            Self::Text(text) => !text.trim().is_empty(),
            Self::List(items) => !items.is_empty(),
            Self::Nothing | Self::Wrong => false,
        }
    }
}

impl Says for When {
    fn says_something(&self) -> bool {
        self.value.text().is_some_and(|text| read_date(text, &UTC).is_some())
    }
}

impl<T> Says for Several<T> {
    fn says_something(&self) -> bool {
        !self.0.is_empty()
    }
}

impl Says for Rows {
    fn says_something(&self) -> bool {
        !self.0.is_empty()
    }
}

lenient! {
    /// An announcement, or a list of them under one of the names lists go by.
    struct Item {
        id: Value = "id",
        group: Value = "group",
        translation: Value = "translation",
        title: Value = "title",
        headline: Value = "headline",
        name: Value = "name",
        lead: Value = "lead",
        summary: Value = "summary",
        description: Value = "description",
        language: Value = "language",
        lang: Value = "lang" | "inLanguage",
        section: Value = "section",
        category: Value = "category" | "articleSection",
        source: Value = "source",
        publisher: Value = "publisher",
        author: Value = "author" | "authors",
        published: When = "published",
        date_published: When = "date_published" | "datePublished" | "publishedAt" | "pubDate" | "published_at",
        date: When = "date",
        modified: When = "modified",
        date_modified: When = "date_modified" | "dateModified" | "updatedAt" | "updated" | "updated_at",
        tags: Value = "tags",
        keywords: Value = "keywords" | "categories",
        address: Value = "address",
        url: Value = "url",
        link: Value = "link" | "canonical" | "permalink" | "external_url",
        blocks: Several<Part> = "blocks",
        links: Value = "links",
        notes: Value = "notes",
        content_html: Value = "content_html",
        content: Value = "content",
        html: Value = "html",
        body: Value = "body" | "articleBody",
        text: Value = "text" | "content_text",
        items: Several<Item> = "items" | "releases" | "articles" | "entries" | "results" | "announcements",
    }
}

lenient! {
    /// A block as it is exported.
    struct Part {
        kind: Value = "kind",
        text: Value = "text",
        level: Value = "level",
        speaker: Value = "speaker",
        items: Value = "items",
        markers: Value = "markers",
        rows: Rows = "rows",
        header: Value = "header",
        quoted: Value = "quoted",
        language: Value = "language",
    }
}

#[derive(Debug, Default)]
pub(super) struct Rows(pub Vec<Vec<String>>);

impl<'de> Deserialize<'de> for Rows {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Any {
            Rows(Vec<Value>),
            Other(serde::de::IgnoredAny),
        }
        Ok(Self(match Any::deserialize(deserializer)? {
            Any::Rows(rows) => {
                rows.into_iter().filter_map(|row| if let Value::List(row) = row { Some(row) } else { None }).collect()
            }
            Any::Other(_) => Vec::new(),
        }))
    }
}

/// A date: a text, or an object that says where it came from.
#[derive(Debug, Default)]
pub(super) struct When {
    pub value: Value,
    pub origin: Option<Origin>,
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Any {
            Object {
                value: String,
                #[serde(default)]
                origin: Value,
            },
            Other(Value),
        }
        Ok(match Any::deserialize(deserializer)? {
            Any::Object { value, origin } => {
                Self { value: Value::Text(value), origin: origin.text().and_then(Origin::named) }
            }
            Any::Other(value) => Self { value, origin: None },
        })
    }
}
