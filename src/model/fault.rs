//! Faults: why a source on the web could not be fetched or read, and when it is worth trying again.

use serde::{Deserialize, Serialize};

use crate::text::Clean;

/// Describes why something on the web could not be fetched or read. Kept in the library, so names stay as they are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The request was stopped, by the user or with the program.
    Stopped,
    /// No host could be looked up: there is no network.
    NoNetwork,
    /// What was to be fetched is no address of the web.
    NotAnAddress,
    /// The host is unknown.
    NoSuchHost(Clean),
    /// There is no way to the host.
    NoRoute(Clean),
    /// The host takes no connections there.
    Refused(Clean),
    /// The host did not answer in time.
    TimeOut(Clean),
    /// The answer ended too early.
    Cut,
    /// The answer is not HTTP.
    Garbage,
    /// The proxy does not connect.
    Proxy,
    /// The certificate of the host does not prove that it is it.
    Certificate {
        /// The host.
        host: Clean,
        /// The reason.
        reason: CertificateFault,
    },
    /// No secure connection could be agreed on.
    Insecure(Clean),
    /// A password is asked for: status 401 or 407.
    Password,
    /// Programs are refused: status 403, or a page that tells programs from people.
    Forbidden,
    /// There is nothing there: status 404.
    NotFound,
    /// It was taken away for good: status 410.
    Gone,
    /// The host asks to wait: status 429 or 503.
    Wait {
        /// Seconds since the beginning of 1970 until when, where it says so.
        until: Option<i64>,
    },
    /// The host is out of order: status 500–599.
    OutOfOrder(u16),
    /// Another status.
    Status(u16),
    /// A redirect was not followed.
    Redirect {
        /// Where it leads, shortened.
        to: Clean,
        /// The reason.
        reason: RedirectFault,
    },
    /// The answer or its header is larger than the limit, in KiB.
    TooLarge(u32),
    /// The answer is compressed in an unknown way, of this name.
    Packing(Clean),
    /// A page of this title stands where a feed should be.
    Page(Clean),
    /// There is nothing in the answer.
    Empty,
    /// The text is in an unknown encoding, of this name.
    Encoding(Clean),
    /// What was fetched could not be read.
    Unreadable,
    /// The page does not hold the text of the announcement that leads to it.
    NoText,
    /// Reading it made a thread panic.
    Panic,
    /// A fault that a newer version of the program knows.
    #[serde(other)]
    Unknown,
}

/// Names what is wrong with a certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CertificateFault {
    /// Who issued it is not known here, or a part of the chain is missing.
    Issuer,
    /// It is for other hosts, of which one is named.
    Name(Clean),
    /// It ended; seconds since the beginning of 1970, where known.
    Expired(Option<i64>),
    /// It does not begin yet; seconds since the beginning of 1970, where known.
    NotYetValid(Option<i64>),
    /// It was withdrawn, or is wrong in another way.
    Invalid,
}

/// Names why a redirect is not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedirectFault {
    /// It leads nowhere, or to no address of the web.
    NotWeb,
    /// It is one of too many, perhaps in a circle.
    TooMany,
    /// It leads from a secure to an insecure address.
    Insecure,
    /// It leads from a public to a private network.
    Private,
    /// Its address is too long.
    TooLong,
}

/// Seconds of a quarter of an hour.
const QUARTER: u32 = 15 * 60;
/// Seconds of an hour.
const HOUR: u32 = 60 * 60;
/// Seconds of a day.
const DAY: u32 = 24 * HOUR;

impl Fault {
    /// Returns after how many seconds a source that met the fault is tried again, after `faults` failures in a row
    /// (this one among them); `None` where only the user's wish is to try it again.
    ///
    /// A time that the host asks to wait is not in it.
    #[must_use]
    pub fn pause(&self, faults: u32) -> Option<u32> {
        let before = faults.saturating_sub(1);
        match self {
            Self::Gone | Self::NotAnAddress => None,
            // Nobody is to blame: the next time is as good as any.
            Self::Stopped | Self::NoNetwork => Some(0),
            Self::NotFound => Some(match before {
                0 => HOUR,
                1 => 4 * HOUR,
                _ => DAY,
            }),
            Self::NoSuchHost(_)
            | Self::NoRoute(_)
            | Self::Refused(_)
            | Self::TimeOut(_)
            | Self::Cut
            | Self::Garbage
            | Self::Proxy
            | Self::Wait { .. }
            | Self::OutOfOrder(_) => Some(QUARTER.saturating_mul(1 << before.min(7)).min(DAY)),
            Self::Certificate { .. }
            | Self::Insecure(_)
            | Self::Password
            | Self::Forbidden
            | Self::Status(_)
            | Self::Redirect { .. }
            | Self::TooLarge(_)
            | Self::Packing(_)
            | Self::Page(_)
            | Self::Empty
            | Self::Encoding(_)
            | Self::Unreadable
            | Self::NoText
            | Self::Panic
            | Self::Unknown => Some(DAY),
        }
    }

    /// Reports whether the fault says nothing of the source: the request was stopped, or there is no network.
    #[must_use]
    pub const fn is_blameless(&self) -> bool {
        matches!(self, Self::Stopped | Self::NoNetwork)
    }
}

/// Returns a time of `seconds` moved by at most `percent` per cent, always in the same way for the same `key`, so that
/// not all that waits comes at once.
#[must_use]
pub fn spread(seconds: u32, percent: u32, key: &str) -> u32 {
    let hash = key.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    let most = u64::from(seconds) * u64::from(percent.min(100)) / 100;
    // The upper bits of such a hash are mixed best.
    let moved = u64::from(seconds) - most + u64::from(hash >> 8) * (2 * most + 1) / (1 << 24);
    u32::try_from(moved).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fails_is_tried_less_and_less_often() {
        let quarters = |fault: Fault| (1..=9).map(|faults| fault.pause(faults).unwrap() / QUARTER).collect::<Vec<_>>();
        let doubling = [1, 2, 4, 8, 16, 32, 64, 96, 96];
        assert_eq!(quarters(Fault::OutOfOrder(502)), doubling);
        assert_eq!(quarters(Fault::TimeOut(Clean::default())), doubling);
        assert_eq!(quarters(Fault::Wait { until: None }), doubling);
        assert_eq!(quarters(Fault::NotFound), [4, 16, 96, 96, 96, 96, 96, 96, 96]);
        assert_eq!(quarters(Fault::Forbidden), [96; 9]);
        assert_eq!(Fault::Gone.pause(1), None);
        assert_eq!(Fault::Stopped.pause(u32::MAX), Some(0));
        assert_eq!(Fault::Cut.pause(u32::MAX), Some(DAY));
    }

    #[test]
    fn what_waits_is_spread_within_its_bounds() {
        let times: Vec<u32> = (0..1000).map(|number| spread(1000, 20, &format!("host{number}.example.fi"))).collect();
        assert!(times.iter().all(|time| (800..=1200).contains(time)));
        let early = times.iter().filter(|time| **time < 1000).count();
        assert!((400..600).contains(&early), "{early} of 1000 come early");
        assert_eq!(spread(1000, 20, "a"), spread(1000, 20, "a"));
        assert_eq!((spread(0, 20, "a"), spread(700, 0, "a")), (0, 700));
        assert!(spread(u32::MAX, 100, "b") > 0);
    }

    #[test]
    fn a_fault_is_kept_and_read_again() {
        let host = Clean::line("kunta.example.fi");
        for fault in [
            Fault::Gone,
            Fault::NoSuchHost(host.clone()),
            Fault::Certificate { host, reason: CertificateFault::Expired(Some(3)) },
            Fault::Wait { until: Some(7) },
            Fault::Redirect { to: Clean::line("file:///etc"), reason: RedirectFault::NotWeb },
            Fault::OutOfOrder(503),
        ] {
            let kept = serde_json::to_string(&fault).unwrap();
            assert_eq!(serde_json::from_str::<Fault>(&kept).unwrap(), fault, "{kept}");
        }
        assert_eq!(serde_json::from_str::<Fault>("\"of_tomorrow\"").unwrap(), Fault::Unknown);
    }
}
