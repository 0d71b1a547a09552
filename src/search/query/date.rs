//! Spans of days in a query.

use std::ops::RangeInclusive;

use super::error::QueryErrorKind;

/// Days from the first to the last, each `None` where the span is open; a day is the number `yyyymmdd`.
///
/// Numbers, not dates: comparing is all that is asked of them, and `2021-02-31` as the end of February harms nobody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct DateSpan {
    /// The first day.
    pub first: Option<u32>,
    /// The last day.
    pub last: Option<u32>,
}

impl DateSpan {
    /// Reports whether any day of `days` lies in the span: a date known to the month counts if the month touches it.
    #[must_use]
    pub fn touches(&self, days: &RangeInclusive<u32>) -> bool {
        self.first.is_none_or(|first| *days.end() >= first) && self.last.is_none_or(|last| *days.start() <= last)
    }

    /// Reads `2021`, `2021-06`, `2021-06-15`, `1.6.2021`, `2021..2022-06`, `..2020`, `2021-05-01..`.
    ///
    /// `None` when nothing is asked for yet, as an open value may be incomplete (`202`, `2021-`).
    pub(super) fn parse(text: &str, open: bool) -> Result<Option<Self>, QueryErrorKind> {
        let Some((first, last)) = text.split_once("..") else {
            // One dot on the way to two is no fault; the dots of 1.6.2021 are inside.
            let whole = if open { text.trim_end_matches(['.', '-']) } else { text };
            if whole.is_empty() {
                return Ok(None);
            }
            return Ok(days(whole, open)?.map(|days| Self { first: Some(*days.start()), last: Some(*days.end()) }));
        };
        let side = |part: &str, open: bool| {
            if part.is_empty() { Ok(None) } else { days(part, open) }
        };
        let first = side(first.trim(), false)?.map(|days| *days.start());
        let typed = last.trim();
        let typed = if open { typed.trim_end_matches(['.', '-']) } else { typed };
        let last = side(typed, open)?.map(|days| *days.end());
        match (first, last) {
            (None, None) => Ok(None),
            // 2021..2 on the way to 2022 was caught above; what is whole must be in order.
            (Some(first), Some(last)) if last < first => {
                if open && may_go_on(typed) {
                    Ok(Some(Self { first: Some(first), last: None }))
                } else {
                    Err(QueryErrorKind::DatesReversed)
                }
            }
            _ => Ok(Some(Self { first, last })),
        }
    }
}

/// Reports whether the last month or day of a date may be the beginning of a number of two digits.
fn may_go_on(date: &str) -> bool {
    date.rsplit_once('-').is_some_and(|(_, number)| matches!(number, "1" | "2" | "3"))
}

/// Returns the days that a single date covers, such as a year, a month or a day; `None` if `open` (the user is still
/// typing) and `text` is too short to be a date.
fn days(text: &str, open: bool) -> Result<Option<RangeInclusive<u32>>, QueryErrorKind> {
    let bad = || QueryErrorKind::BadDate(text.to_owned());
    let digits = |part: &str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let finnish = text.contains('.');
    let mut parts: Vec<&str> = text.split(if finnish { '.' } else { '-' }).collect();
    if open && parts.iter().all(|part| digits(part)) {
        let incomplete = if finnish {
            parts.len() < 3 || parts.last().is_some_and(|year| year.len() < 4)
        } else {
            parts.first().is_some_and(|year| year.len() < 4) && parts.len() == 1
        };
        if incomplete {
            return Ok(None);
        }
        // 2021-0 on the way to 2021-06.
        if !finnish && parts.last() == Some(&"0") {
            parts.pop();
        }
    }
    if finnish {
        if parts.len() != 3 {
            return Err(bad());
        }
        parts.reverse();
    }
    if parts.len() > 3 || parts.first().is_some_and(|year| year.len() != 4) || !parts.iter().all(|part| digits(part)) {
        return Err(bad());
    }
    let mut numbers = parts.iter().map(|part| part.parse::<u32>().unwrap_or(0));
    let year = numbers.next().unwrap_or(0);
    let (month, day) = (numbers.next(), numbers.next());
    let fits = month.is_none_or(|month| (1..=12).contains(&month)) && day.is_none_or(|day| (1..=31).contains(&day));
    if !fits {
        return Err(bad());
    }
    let first = year * 10_000 + month.unwrap_or(1) * 100 + day.unwrap_or(1);
    let last = year * 10_000 + month.unwrap_or(12) * 100 + day.unwrap_or(31);
    Ok(Some(first..=last))
}
