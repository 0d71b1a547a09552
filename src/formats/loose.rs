//! Values as people write them into fields: a text, a number, a date, a list. Reading one never fails.

use std::fmt;
use std::marker::PhantomData;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor, value::MapAccessDeserializer};

use crate::text::Clean;

/// Most entries kept of a list of values.
const MOST_ENTRIES: usize = 1000;

/// A value of any type.
#[derive(Debug, Default, PartialEq, Eq)]
pub enum Value {
    /// No value.
    #[default]
    Nothing,
    /// A text, or a number as one.
    Text(String),
    /// The texts of a list.
    List(Vec<String>),
    /// Something else.
    Wrong,
}

impl Value {
    /// Returns the text, where it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// Returns one clean line of a text or of a list's texts; `None` when it would be empty.
    #[must_use]
    pub fn line(&self) -> Option<Clean> {
        let line = match self {
            Self::Text(text) => Clean::line(text),
            Self::List(items) => Clean::line(&items.join(", ")),
            Self::Nothing | Self::Wrong => return None,
        };
        Some(line).filter(|line| !line.is_empty())
    }

    /// Returns the values of a list, or of a text that lists them between commas.
    #[must_use]
    pub fn list(&self) -> Option<Vec<Clean>> {
        let items: Vec<Clean> = match self {
            Self::Nothing | Self::Wrong => return None,
            Self::Text(text) => text.split(',').map(Clean::line).collect(),
            Self::List(items) => items.iter().map(|item| Clean::line(item)).collect(),
        };
        Some(items.into_iter().filter(|item| !item.is_empty()).collect())
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Text(value.to_string()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Text(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Nothing)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element::<Value>()? {
            if let Value::Text(text) = item
                && list.len() < MOST_ENTRIES
            {
                list.push(text);
            }
        }
        Ok(Value::List(list))
    }

    /// Reads a TOML date, which is a map of one key, or a map with a `name`.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut found = Value::Wrong;
        while let Some(key) = map.next_key::<String>()? {
            if key == "name" || key == "$__toml_private_datetime" {
                found = map.next_value()?;
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// A list of things of one kind, or a single one; what is of another kind is left out.
#[derive(Debug)]
pub struct Several<T>(pub Vec<T>);

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Several<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SeveralVisitor(PhantomData))
    }
}

struct SeveralVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for SeveralVisitor<T> {
    type Value = Several<T>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any value")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Several<T>, A::Error> {
        T::deserialize(MapAccessDeserializer::new(map)).map(|one| Several(vec![one]))
    }

    /// Reads a list; the elements of lists within it are added to it.
    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Several<T>, A::Error> {
        let mut all = Vec::new();
        while let Some(Several(mut found)) = items.next_element::<Several<T>>()? {
            all.append(&mut found);
        }
        Ok(Several(all))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Several<T>, E> {
        Ok(Several::default())
    }

    fn visit_i64<E>(self, _: i64) -> Result<Several<T>, E> {
        Ok(Several::default())
    }

    fn visit_u64<E>(self, _: u64) -> Result<Several<T>, E> {
        Ok(Several::default())
    }

    fn visit_f64<E>(self, _: f64) -> Result<Several<T>, E> {
        Ok(Several::default())
    }

    fn visit_str<E>(self, _: &str) -> Result<Several<T>, E> {
        Ok(Several::default())
    }

    fn visit_unit<E>(self) -> Result<Several<T>, E> {
        Ok(Several::default())
    }
}
