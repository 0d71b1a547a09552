//! Errors in a query, each told in one sentence.

use std::fmt;
use std::ops::Range;

/// A query that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The kind of the error.
    pub kind: QueryErrorKind,
    /// Where, in bytes of the query.
    pub range: Range<usize>,
}

/// The kinds of errors in a query. [`fmt::Display`] tells them in English; other languages match on the kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum QueryErrorKind {
    /// There is no such field.
    UnknownField(String),
    /// No such value for `is:`.
    UnknownState(String),
    /// No such value for `lang:`.
    UnknownLanguage(String),
    /// Not a date or span of dates.
    BadDate(String),
    /// The span ends before it begins.
    DatesReversed,
    /// More terms than a query may have.
    TooLong,
}

impl QueryError {
    pub(super) const fn new(kind: QueryErrorKind, range: Range<usize>) -> Self {
        Self { kind, range }
    }
}

impl fmt::Display for QueryErrorKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField(name) => {
                write!(out, "there is no field “{name}:”; known are title:, source:, tag:, lang:, is: and date:")
            }
            Self::UnknownState(value) => {
                write!(out, "is: takes unread, starred or changed, not “{value}”")
            }
            Self::UnknownLanguage(value) => write!(out, "lang: takes fi, sv or en, not “{value}”"),
            Self::BadDate(value) => {
                write!(out, "“{value}” is no date; write 2021, 2021-06, 2021-06-15 or a span as 2021..2022-06")
            }
            Self::DatesReversed => write!(out, "the date range ends before it begins"),
            Self::TooLong => write!(out, "the query has too many search terms"),
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.kind.fmt(out)
    }
}

impl std::error::Error for QueryError {}
