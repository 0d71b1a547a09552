//! Words for the faults of sources on the web.

use super::{count, fault_words as words, fill};
use crate::app::messages::Text;
use crate::calendar::{Precision, UTC, Zone};
use crate::model::{CertificateFault, Fault, RedirectFault};
use crate::text::{Clean, Language};

/// Returns why a source could not be fetched or read, in a few words to follow its name. Times of day are those of
/// `zone`.
#[must_use]
pub fn fault_words(fault: &Fault, language: Language, zone: &Zone) -> Clean {
    let plain = |text: Text| fill(text.get(language), &[]);
    let named = |text: Text, name: &str| fill(text.get(language), &[("name", name)]);
    match fault {
        Fault::Stopped => plain(words::STOPPED),
        Fault::NoNetwork => plain(words::NO_NETWORK),
        Fault::NotAnAddress => plain(words::NOT_AN_ADDRESS),
        Fault::NoSuchHost(host) => named(words::NO_SUCH_HOST, host),
        Fault::NoRoute(host) => named(words::NO_ROUTE, host),
        Fault::Refused(host) => named(words::REFUSED, host),
        Fault::TimeOut(host) => named(words::TIME_OUT, host),
        Fault::Cut => plain(words::CUT),
        Fault::Garbage => plain(words::GARBAGE),
        Fault::Proxy => plain(words::PROXY),
        Fault::Certificate { host, reason } => certificate(host, reason, language),
        Fault::Insecure(host) => named(words::INSECURE, host),
        Fault::Password => plain(words::PASSWORD),
        Fault::Forbidden => plain(words::FORBIDDEN),
        Fault::NotFound => plain(words::NOT_FOUND),
        Fault::Gone => plain(words::GONE),
        Fault::Wait { until } => match until.and_then(|until| zone.at_second(until)) {
            Some(until) => named(words::WAIT_UNTIL, &until.format(language)),
            None => plain(words::WAIT),
        },
        Fault::OutOfOrder(status) => named(words::OUT_OF_ORDER, &status.to_string()),
        Fault::Status(status) => named(words::STATUS, &status.to_string()),
        Fault::Redirect { to, reason } => {
            let reason = match reason {
                RedirectFault::NotWeb => words::NOT_WEB,
                RedirectFault::TooMany => words::TOO_MANY,
                RedirectFault::Insecure => words::LEADS_TO_INSECURE,
                RedirectFault::Private => words::LEADS_TO_PRIVATE,
                RedirectFault::TooLong => words::TOO_LONG,
            };
            let to = if to.is_empty() { words::NOWHERE.get(language) } else { to.as_str() };
            fill(words::REDIRECT.get(language), &[("to", to), ("reason", reason.get(language))])
        }
        Fault::TooLarge(most) if *most >= 1024 => named(words::TOO_LARGE, &format!("{} MiB", most / 1024)),
        Fault::TooLarge(most) => named(words::TOO_LARGE, &format!("{most} KiB")),
        Fault::Packing(name) => named(words::PACKING, name),
        Fault::Page(title) if title.is_empty() => plain(words::UNTITLED_PAGE),
        Fault::Page(title) => named(words::PAGE, title),
        Fault::Empty => plain(words::EMPTY),
        Fault::Encoding(name) => named(words::ENCODING, name),
        Fault::Unreadable => plain(words::UNREADABLE),
        Fault::NoText => plain(words::NO_TEXT),
        Fault::Panic => plain(words::PANIC),
        Fault::Unknown => plain(words::UNKNOWN),
    }
}

/// Returns the words for a pause of so many seconds before the next attempt: `in 15 minutes`, `in 4 hours`.
#[must_use]
pub fn pause_words(seconds: u32, language: Language) -> String {
    let minutes = seconds.div_ceil(60);
    if minutes < 60 {
        count(minutes.try_into().unwrap_or(usize::MAX), words::IN_A_MINUTE, words::IN_MINUTES, language)
    } else {
        count((minutes / 60).try_into().unwrap_or(usize::MAX), words::IN_AN_HOUR, words::IN_HOURS, language)
    }
}

fn certificate(host: &Clean, reason: &CertificateFault, language: Language) -> Clean {
    // The day is that of the certificate, not of the reader.
    let day = |seconds: &Option<i64>| {
        seconds
            .and_then(|seconds| UTC.at_second(seconds))
            .map(|date| date.to_precision(Precision::Day).format(language))
            .unwrap_or_default()
    };
    let (text, detail) = match reason {
        CertificateFault::Issuer => (words::ISSUER, String::new()),
        CertificateFault::Name(name) if name.is_empty() => (words::OTHER_NAME, String::new()),
        CertificateFault::Name(name) => (words::NAME, name.to_string()),
        CertificateFault::Expired(None) => (words::EXPIRED, String::new()),
        CertificateFault::Expired(end) => (words::EXPIRED_ON, day(end)),
        CertificateFault::NotYetValid(None) => (words::NOT_YET_VALID, String::new()),
        CertificateFault::NotYetValid(start) => (words::VALID_FROM, day(start)),
        CertificateFault::Invalid => (words::INVALID, String::new()),
    };
    fill(text.get(language), &[("name", host.as_str()), ("detail", &detail)])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Returns one of every fault, with what is told about each.
    fn every() -> Vec<(Fault, &'static str)> {
        let name = || Clean::line("kunta.{example}.fi");
        let certificate = |reason| Fault::Certificate { host: name(), reason };
        let redirect = |reason| Fault::Redirect { to: name(), reason };
        let host = "kunta.{example}.fi";
        vec![
            (Fault::Stopped, ""),
            (Fault::NoNetwork, ""),
            (Fault::NotAnAddress, ""),
            (Fault::NoSuchHost(name()), host),
            (Fault::NoRoute(name()), host),
            (Fault::Refused(name()), host),
            (Fault::TimeOut(name()), host),
            (Fault::Cut, ""),
            (Fault::Garbage, ""),
            (Fault::Proxy, ""),
            (certificate(CertificateFault::Issuer), host),
            (certificate(CertificateFault::Name(Clean::line("muu.fi"))), "muu.fi"),
            (certificate(CertificateFault::Name(Clean::default())), host),
            (certificate(CertificateFault::Expired(Some(1_577_836_800))), "2020"),
            (certificate(CertificateFault::Expired(None)), host),
            (certificate(CertificateFault::NotYetValid(Some(3_471_292_800))), "2080"),
            (certificate(CertificateFault::NotYetValid(None)), host),
            (certificate(CertificateFault::Invalid), host),
            (Fault::Insecure(name()), host),
            (Fault::Password, ""),
            (Fault::Forbidden, ""),
            (Fault::NotFound, ""),
            (Fault::Gone, ""),
            (Fault::Wait { until: None }, ""),
            (Fault::Wait { until: Some(1_577_836_800) }, "2020"),
            (Fault::OutOfOrder(502), "502"),
            (Fault::Status(418), "418"),
            (redirect(RedirectFault::NotWeb), host),
            (redirect(RedirectFault::TooMany), host),
            (redirect(RedirectFault::Insecure), host),
            (redirect(RedirectFault::Private), host),
            (redirect(RedirectFault::TooLong), host),
            (Fault::TooLarge(16 * 1024), "16 MiB"),
            (Fault::TooLarge(64), "64 KiB"),
            (Fault::Packing(Clean::line("xyz")), "xyz"),
            (Fault::Page(Clean::line("Huolto")), "Huolto"),
            (Fault::Page(Clean::default()), ""),
            (Fault::Empty, ""),
            (Fault::Encoding(Clean::line("xyz")), "xyz"),
            (Fault::Unreadable, ""),
            (Fault::NoText, ""),
            (Fault::Panic, ""),
            (Fault::Unknown, ""),
        ]
    }

    #[test]
    fn every_fault_has_words_of_its_own_in_every_language() {
        for language in Language::ALL {
            let mut told = BTreeSet::new();
            for (fault, detail) in every() {
                let words = fault_words(&fault, language, &UTC);
                assert!(words.contains(detail), "{words}: {detail}");
                assert!(!words.is_empty() && !words.ends_with('.') && !words.contains("{}"), "{words}");
                assert!(told.insert(words.to_string()), "{words} is told of two faults");
            }
        }
        let nowhere = Fault::Redirect { to: Clean::default(), reason: RedirectFault::NotWeb };
        assert!(fault_words(&nowhere, Language::English, &UTC).contains("nowhere"));
    }

    #[test]
    fn a_pause_is_told_in_minutes_or_hours() {
        for (seconds, expected) in [
            (0, "in 0 minutes"),
            (1, "in a minute"),
            (900, "in 15 minutes"),
            (3600, "in an hour"),
            (86_400, "in 24 hours"),
        ] {
            assert_eq!(pause_words(seconds, Language::English), expected);
        }
        assert_eq!(pause_words(3600, Language::Finnish), "tunnin kuluttua");
        assert_eq!(pause_words(900, Language::Swedish), "om 15 minuter");
    }
}
