//! The query language of the search line, parsed into terms.
//!
//! Words (all of them must be found), `"phrases"`, `-word` (must not be found), `=word` (exactly so), and fields:
//! `title:`, `source:`, `tag:`, `lang:`, `is:unread|starred|changed`, `date:2021..2022-06`. A query still being typed is
//! read as what it would be when closed: `title:` alone asks for nothing, an open quote ends with the line.

mod date;
mod error;

pub use date::DateSpan;
pub use error::{QueryError, QueryErrorKind};

use std::ops::Range;

use crate::text::Language;

/// A query: every term must hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// In the order they were typed.
    pub terms: Vec<Term>,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Whether the condition must *not* hold.
    pub negated: bool,
    /// The condition.
    pub what: What,
    /// Where it stands in the query, in bytes.
    pub range: Range<usize>,
}

/// The condition of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// Something in the text, anywhere or in one field only.
    Text {
        /// The field; `None` is anywhere.
        field: Option<Field>,
        /// The text to search for.
        text: Text,
    },
    /// The source's name contains this.
    Source(String),
    /// One of the tags begins with this.
    Tag(String),
    /// The announcement is in this language.
    Language(Language),
    /// The announcement's state.
    Is(State),
    /// The announcement was published in these days.
    Date(DateSpan),
}

/// A text to search for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Text {
    /// A word in any form.
    Word {
        /// The word as typed.
        word: String,
        /// Whether it is still being typed: words that begin with it match too.
        open: bool,
    },
    /// A word or phrase exactly as it is.
    Exact {
        /// The phrase as typed.
        phrase: String,
        /// Whether it is still being typed.
        open: bool,
    },
}

/// A part of an announcement's text, the weightiest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The title.
    Title,
    /// The lead paragraph.
    Lead,
    /// The body.
    Body,
    /// The contact block.
    Contacts,
}

impl Field {
    /// All fields, the weightiest first.
    pub const ALL: [Self; 4] = [Self::Title, Self::Lead, Self::Body, Self::Contacts];
}

/// A state an announcement may be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Not yet read.
    Unread,
    /// Starred by the reader.
    Starred,
    /// Changed by its publisher since it was read.
    Changed,
}

impl State {
    /// Every state with its name in a query.
    pub const ALL: [(&'static str, Self); 3] =
        [("unread", Self::Unread), ("starred", Self::Starred), ("changed", Self::Changed)];
}

/// The fields a query knows, as typed before the colon.
pub const FIELDS: [&str; 6] = ["title", "source", "tag", "lang", "is", "date"];

/// The most terms of a query; more are a pasted text.
const MOST_TERMS: usize = 64;

impl Query {
    /// Reads a finished query.
    ///
    /// # Errors
    ///
    /// Says what is wrong and where; see [`QueryErrorKind`].
    pub fn parse(text: &str) -> Result<Self, QueryError> {
        Self::read(text, false)
    }

    /// Reads a query that is still being typed: its last word may go on, its last value may be incomplete.
    ///
    /// # Errors
    ///
    /// As [`Query::parse`], but not for what further typing may mend.
    pub fn parse_unfinished(text: &str) -> Result<Self, QueryError> {
        Self::read(text, true)
    }

    /// Reports whether the query has no terms, so that everything matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Returns the terms of `text` that are conditions and not words, as they stand there; none if it is no query.
    #[must_use]
    pub fn conditions(text: &str) -> String {
        let query = Self::parse_unfinished(text).unwrap_or_default();
        let conditions = query.terms.iter().filter(|term| !matches!(term.what, What::Text { .. }));
        let conditions: Vec<&str> = conditions.filter_map(|term| text.get(term.range.clone())).collect();
        conditions.join(" ")
    }

    fn read(text: &str, unfinished: bool) -> Result<Self, QueryError> {
        let mut terms = Vec::new();
        for token in tokens(text) {
            let open = unfinished && token.range.end == text.len();
            if let Some(what) = read_term(&token, open)? {
                if terms.len() == MOST_TERMS {
                    return Err(QueryError::new(QueryErrorKind::TooLong, token.range));
                }
                terms.push(Term { negated: token.negated, what, range: token.range });
            }
        }
        Ok(Self { terms })
    }
}

/// A piece of the query as it stands there.
struct Token {
    negated: bool,
    field: Option<String>,
    exact: bool,
    /// Without its quotes.
    value: String,
    quotes: Quotes,
    range: Range<usize>,
    value_range: Range<usize>,
}

/// The quotes around a value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Quotes {
    None,
    /// Only the first.
    Open,
    Closed,
}

/// Splits the query at blanks outside quotes.
fn tokens(text: &str) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let blank = rest.len() - rest.trim_start().len();
        at += blank;
        let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) else {
            break;
        };
        let token = token(rest, at);
        at = token.range.end.max(at + 1);
        found.push(token);
    }
    found
}

/// Reads the token that `rest` begins with; `at` is its place in the query.
fn token(rest: &str, at: usize) -> Token {
    let mut value = rest;
    let mut negated = false;
    if let Some(after) = rest.strip_prefix(['-', '\u{2212}']) {
        // A lone dash between words is a dash.
        negated = after.starts_with(|next: char| !next.is_whitespace());
        if negated {
            value = after;
        }
    }
    let mut field = None;
    if let Some((name, after)) = value.split_once(':') {
        let plain = !name.is_empty() && name.chars().all(|letter| letter.is_ascii_alphabetic());
        if plain && !after.starts_with("//") {
            field = Some(name.to_owned());
            value = after;
        }
    }
    let mut exact = false;
    if let Some(after) = value.strip_prefix('=') {
        exact = true;
        value = after;
    }
    let start = at + (rest.len() - value.len());
    let quote = value.chars().next().filter(|first| matches!(first, '"' | '”' | '“' | '„'));
    if let Some(quote) = quote {
        let inner = value.strip_prefix(quote).unwrap_or_default();
        let end = inner.find(['"', '”', '“']);
        let text = inner.get(..end.unwrap_or(inner.len())).unwrap_or_default();
        let closing = end.and_then(|end| inner.get(end..)).and_then(|rest| rest.chars().next());
        let length = quote.len_utf8() + text.len() + closing.map_or(0, char::len_utf8);
        return Token {
            negated,
            field,
            exact,
            value: text.to_owned(),
            quotes: if closing.is_some() { Quotes::Closed } else { Quotes::Open },
            range: at..start + length,
            value_range: start..start + length,
        };
    }
    let text = value.split(char::is_whitespace).next().unwrap_or_default();
    Token {
        negated,
        field,
        exact,
        value: text.to_owned(),
        quotes: Quotes::None,
        range: at..start + text.len(),
        value_range: start..start + text.len(),
    }
}

/// Reads a token as a term; `None` when it asks for nothing yet.
fn read_term(token: &Token, open: bool) -> Result<Option<What>, QueryError> {
    let value = token.value.trim();
    let fail = |kind| Err(QueryError::new(kind, token.value_range.clone()));
    let name = token.field.as_deref().map(str::to_ascii_lowercase);
    let Some(name) = name else {
        return Ok(text_term(None, token, value, open));
    };
    if !FIELDS.contains(&name.as_str()) {
        if is_inflected_abbreviation(token, value) {
            // EU:n, klo:lla: a colon joins the ending to an abbreviation.
            let word = format!("{}:{value}", token.field.as_deref().unwrap_or_default());
            return Ok(Some(What::Text { field: None, text: Text::Exact { phrase: word, open } }));
        }
        if open && value.is_empty() && in_capitals(token) {
            return Ok(None);
        }
        let end = token.range.start + usize::from(token.negated) + name.len();
        let range = token.range.start + usize::from(token.negated)..end;
        return Err(QueryError::new(QueryErrorKind::UnknownField(name), range));
    }
    if value.is_empty() {
        return Ok(None);
    }
    Ok(Some(match name.as_str() {
        "title" => return Ok(text_term(Some(Field::Title), token, value, open)),
        "source" => What::Source(value.to_owned()),
        "tag" => What::Tag(value.to_owned()),
        "lang" => {
            let known = Language::from_tag(value).or_else(|| {
                let mut fitting = Language::ALL.into_iter().filter(|known| known.code().starts_with(value));
                fitting.next().filter(|_| open && fitting.next().is_none())
            });
            match known {
                Some(language) => What::Language(language),
                None => return fail(QueryErrorKind::UnknownLanguage(value.to_owned())),
            }
        }
        "is" => {
            let lower = value.to_lowercase();
            let known = State::ALL.into_iter().find(|(name, _)| *name == lower || open && name.starts_with(&lower));
            match known {
                Some((_, state)) => What::Is(state),
                None => return fail(QueryErrorKind::UnknownState(value.to_owned())),
            }
        }
        _ => match DateSpan::parse(value, open) {
            Ok(Some(span)) => What::Date(span),
            Ok(None) => return Ok(None),
            Err(kind) => return fail(kind),
        },
    }))
}

fn text_term(field: Option<Field>, token: &Token, value: &str, open: bool) -> Option<What> {
    let open = open && token.quotes != Quotes::Closed;
    let text = if token.quotes != Quotes::None || token.exact {
        Text::Exact { phrase: value.to_owned(), open: open && token.quotes == Quotes::Open }
    } else {
        // Commas and full stops come along with pasted words.
        let word = value.trim_matches(|letter: char| !letter.is_alphanumeric());
        Text::Word { word: word.to_owned(), open }
    };
    let empty = match &text {
        Text::Word { word, .. } => word.is_empty(),
        Text::Exact { phrase, .. } => phrase.is_empty(),
    };
    (!empty).then_some(What::Text { field, text })
}

/// Reports whether a token is an inflected abbreviation (`EU:n`, `THL:ään`, `sote:n`): a short ending of letters after
/// something that is no misspelt field.
fn is_inflected_abbreviation(token: &Token, value: &str) -> bool {
    const ENDINGS: [&str; 20] = [
        "n", "t", "a", "ä", "ta", "tä", "ssa", "ssä", "sta", "stä", "lla", "llä", "lta", "ltä", "lle", "ksi", "en",
        "an", "in", "iin",
    ];
    let plain = !token.exact && token.quotes == Quotes::None;
    let short = (1..=4).contains(&value.chars().count()) && value.chars().all(char::is_lowercase);
    plain && (ENDINGS.contains(&value) || in_capitals(token) && short)
}

fn in_capitals(token: &Token) -> bool {
    token.field.as_ref().is_some_and(|name| name.contains(char::is_uppercase))
}

#[cfg(test)]
mod tests;
