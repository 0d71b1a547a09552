//! Faults of requests, from the errors of the HTTP client.

use std::error::Error as _;
use std::io::{self, ErrorKind};

use rustls::CertificateError;

use super::lookup::LookupError;
use crate::model::{CertificateFault, Fault};
use crate::text::Clean;

/// How large a header of too many lines is said to be, in KiB: it has other limits, but nobody counts lines.
const HEADER: u32 = 64;
/// Longest name from outside that a fault holds, in characters.
const LONGEST_NAME: usize = 200;

/// Returns text from outside as a fault holds it: clean and short.
pub fn short(text: &str) -> Clean {
    let mut letters = text.chars();
    let mut short: String = letters.by_ref().take(LONGEST_NAME).collect();
    if letters.next().is_some() {
        short.push('…');
    }
    Clean::line(&short)
}

/// Returns the fault of a host without an address.
pub fn of_lookup(error: LookupError, host: &str) -> Fault {
    match error {
        LookupError::Unknown => Fault::NoSuchHost(short(host)),
        LookupError::TimeOut => Fault::TimeOut(short(host)),
        LookupError::Stopped => Fault::Stopped,
    }
}

/// Returns the fault that an error of the HTTP client means, met at `host`.
pub fn of_error(error: ureq::Error, host: &str) -> Fault {
    use ureq::Error;
    match error {
        Error::Io(error) => of_io(&error, host),
        Error::Timeout(_) => Fault::TimeOut(short(host)),
        Error::HostNotFound => Fault::NoSuchHost(short(host)),
        Error::Rustls(error) => of_tls(&error, host),
        Error::Tls(_) | Error::TlsRequired | Error::Pem(_) => Fault::Insecure(short(host)),
        Error::LargeResponseHeader(_, most) => Fault::TooLarge(kibibytes(most as u64)),
        Error::BodyExceedsLimit(most) => Fault::TooLarge(kibibytes(most)),
        Error::ConnectProxyFailed(_) | Error::InvalidProxyUrl => Fault::Proxy,
        Error::ConnectionFailed => Fault::NoRoute(short(host)),
        Error::BodyStalled => Fault::Cut,
        Error::BadUri(_) => Fault::NotAnAddress,
        Error::Protocol(error) if error.to_string().contains("too many headers") => Fault::TooLarge(HEADER),
        _ => Fault::Garbage,
    }
}

/// Returns the fault that an error of a connection or of unpacking means.
pub fn of_io(error: &io::Error, host: &str) -> Fault {
    if let Some(inner) = error.get_ref() {
        if let Some(tls) = inner.downcast_ref::<rustls::Error>() {
            return of_tls(tls, host);
        }
        if let Some(ureq::Error::BodyExceedsLimit(most)) = inner.downcast_ref() {
            return Fault::TooLarge(kibibytes(*most));
        }
        if let Some(ureq::Error::Timeout(_)) = inner.downcast_ref() {
            return Fault::TimeOut(short(host));
        }
    }
    match error.kind() {
        ErrorKind::ConnectionRefused => Fault::Refused(short(host)),
        ErrorKind::NetworkUnreachable
        | ErrorKind::HostUnreachable
        | ErrorKind::NetworkDown
        | ErrorKind::AddrNotAvailable
        | ErrorKind::PermissionDenied => Fault::NoRoute(short(host)),
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Fault::TimeOut(short(host)),
        ErrorKind::InvalidData | ErrorKind::InvalidInput | ErrorKind::Other => Fault::Garbage,
        _ => Fault::Cut,
    }
}

/// Reports whether an error says that this machine has no certificates.
pub fn lacks_certificates(error: &ureq::Error) -> bool {
    matches!(error, ureq::Error::Rustls(rustls::Error::General(text)) if text.contains("CA certificates"))
}

fn of_tls(error: &rustls::Error, host: &str) -> Fault {
    let rustls::Error::InvalidCertificate(error) = error else { return Fault::Insecure(short(host)) };
    let date = |time: &rustls::pki_types::UnixTime| i64::try_from(time.as_secs()).ok();
    let reason = match error {
        CertificateError::UnknownIssuer => CertificateFault::Issuer,
        CertificateError::NotValidForNameContext { presented, .. } => {
            CertificateFault::Name(short(presented.first().map_or("", |name| bare(name))))
        }
        CertificateError::NotValidForName => CertificateFault::Name(Clean::default()),
        CertificateError::ExpiredContext { not_after, .. } => CertificateFault::Expired(date(not_after)),
        CertificateError::Expired => CertificateFault::Expired(None),
        CertificateError::NotValidYetContext { not_before, .. } => CertificateFault::NotYetValid(date(not_before)),
        CertificateError::NotValidYet => CertificateFault::NotYetValid(None),
        // One that its owner signed stands at the place of its issuer.
        CertificateError::Other(other) if is_own_issuer(other) => CertificateFault::Issuer,
        _ => CertificateFault::Invalid,
    };
    Fault::Certificate { host: short(host), reason }
}

fn is_own_issuer(error: &rustls::OtherError) -> bool {
    const OWN: &str = "CaUsedAsEndEntity";
    error.to_string().contains(OWN) || error.source().is_some_and(|source| source.to_string().contains(OWN))
}

/// Returns the name in the description of a certificate's name, such as `DnsName("kunta.example.fi")`.
fn bare(name: &str) -> &str {
    name.split('"').nth(1).unwrap_or(name)
}

/// Returns a number of bytes in KiB.
pub fn kibibytes(bytes: u64) -> u32 {
    u32::try_from(bytes / 1024).unwrap_or(u32::MAX)
}
