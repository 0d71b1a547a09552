//! Where a redirect may lead: decided from addresses alone, without asking anyone.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use crate::model::RedirectFault;
use crate::text::address::{Address, AddressError};

/// How far a network address reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// This machine.
    Machine,
    /// The cable it hangs on; clouds serve their secrets there.
    Link,
    /// A private network.
    Private,
    /// The whole net.
    Public,
}

impl Reach {
    /// Returns how far `address` reaches.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(address) => Self::of_v4(address),
            IpAddr::V6(address) => Self::of_v6(address),
        }
    }

    fn of_v4(address: Ipv4Addr) -> Self {
        match address.octets() {
            [0 | 127, ..] => Self::Machine,
            [169, 254, ..] => Self::Link,
            [10, ..] | [192, 168, ..] => Self::Private,
            [172, 16..=31, ..] | [100, 64..=127, ..] | [198, 18..=19, ..] | [192, 0, 0, _] => Self::Private,
            // Addresses of many receivers, and those nobody has.
            [224..=255, ..] => Self::Private,
            _ => Self::Public,
        }
    }

    fn of_v6(address: Ipv6Addr) -> Self {
        let [first, second, .., before, last] = address.segments();
        let [high, low] = [before, last].map(u16::to_be_bytes);
        let embedded = || Self::of_v4(Ipv4Addr::new(high[0], high[1], low[0], low[1]));
        match address.segments() {
            [0, 0, 0, 0, 0, 0, 0, 0 | 1] => Self::Machine,
            // An address of version 4 in one of version 6: mapped, compatible, or translated.
            [0, 0, 0, 0, 0, 0 | 0xffff, ..] | [0x64, 0xff9b, 0 | 1, ..] => embedded(),
            [0x2002, a, b, ..] => {
                let [[a, b], [c, d]] = [a, b].map(u16::to_be_bytes);
                Self::of_v4(Ipv4Addr::new(a, b, c, d))
            }
            _ if first & 0xffc0 == 0xfe80 => Self::Link,
            _ if first & 0xfe00 == 0xfc00 || first & 0xffc0 == 0xfec0 || first & 0xff00 == 0xff00 => Self::Private,
            _ if first == 0x2001 && second == 0 => Self::Private,
            _ => Self::Public,
        }
    }

    /// Returns how far a host reaches that is looked up by a proxy, as its name alone tells.
    #[must_use]
    pub fn of_name(host: &str) -> Self {
        if let Ok(address) = host.trim_matches(['[', ']']).parse() {
            return Self::of(address);
        }
        let within =
            |zone: &str| host.strip_suffix(zone).is_some_and(|before| before.is_empty() || before.ends_with('.'));
        if within("localhost") {
            Self::Machine
        } else if !host.contains('.') || ["local", "internal", "lan", "home.arpa"].into_iter().any(within) {
            Self::Private
        } else {
            Self::Public
        }
    }

    /// Reports whether a redirect may lead from an address of this reach to one that reaches `to`: not from the open
    /// net into a private one, and to the cable from nowhere else.
    #[must_use]
    pub fn may_lead_to(self, to: Self) -> bool {
        to == Self::Public || self == to || (self != Self::Public && to != Self::Link)
    }
}

/// Reports whether a status is a redirect, and whether it is permanent.
#[must_use]
pub const fn permanence(status: u16) -> Option<bool> {
    match status {
        301 | 308 => Some(true),
        302 | 303 | 307 => Some(false),
        _ => None,
    }
}

/// Returns where a redirect found at `from` leads, the `hops`th in a row (from 1) of at most `most`.
///
/// `location` holds the bytes as they came: what is not UTF-8 is taken as Latin-1.
///
/// # Errors
///
/// Says why it is not followed.
pub fn next(from: &Address, location: Option<&[u8]>, hops: usize, most: usize) -> Result<Address, RedirectFault> {
    let target = text(location.unwrap_or_default());
    let to = from.join(&target).map_err(|error| match error {
        AddressError::TooLong => RedirectFault::TooLong,
        _ => RedirectFault::NotWeb,
    })?;
    if from.is_secure() && !to.is_secure() {
        return Err(RedirectFault::Insecure);
    }
    if hops > most || to == *from {
        return Err(RedirectFault::TooMany);
    }
    Ok(to)
}

/// Returns bytes of a header as text.
#[must_use]
pub fn text(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reach(address: &str) -> Reach {
        Reach::of(address.parse().unwrap())
    }

    #[test]
    fn addresses_reach_as_far_as_they_are_made_for() {
        use Reach::{Link, Machine, Private, Public};
        for (address, expected) in [
            ("127.0.0.1", Machine),
            ("127.8.9.1", Machine),
            ("0.0.0.0", Machine),
            ("::1", Machine),
            ("::", Machine),
            ("::ffff:127.0.0.1", Machine),
            ("169.254.169.254", Link),
            ("fe80::1", Link),
            ("::ffff:169.254.169.254", Link),
            ("10.1.2.3", Private),
            ("172.16.0.1", Private),
            ("172.31.255.255", Private),
            ("172.32.0.1", Public),
            ("192.168.0.1", Private),
            ("100.64.0.1", Private),
            ("224.0.0.1", Private),
            ("255.255.255.255", Private),
            ("fd00::1", Private),
            ("ff02::1", Private),
            ("64:ff9b::10.0.0.1", Private),
            ("64:ff9b::8.8.8.8", Public),
            ("2002:7f00:1::", Machine),
            ("::10.0.0.1", Private),
            ("193.166.3.2", Public),
            ("2001:708:10::1", Public),
        ] {
            assert_eq!(reach(address), expected, "{address}");
        }
        for (name, expected) in [
            ("kunta.example.fi", Public),
            ("localhost", Machine),
            ("a.localhost", Machine),
            ("notlocalhost.example.fi", Public),
            ("palvelin", Private),
            ("tulostin.local", Private),
            ("10.0.0.1", Private),
            ("[::1]", Machine),
        ] {
            assert_eq!(Reach::of_name(name), expected, "{name}");
        }
    }

    #[test]
    fn redirects_do_not_lead_inwards() {
        use Reach::{Link, Machine, Private, Public};
        for from in [Machine, Link, Private, Public] {
            assert!(from.may_lead_to(Public) && from.may_lead_to(from));
        }
        for to in [Machine, Link, Private] {
            assert!(!Public.may_lead_to(to));
        }
        assert!(!Machine.may_lead_to(Link) && !Private.may_lead_to(Link));
        assert!(Machine.may_lead_to(Private) && Private.may_lead_to(Machine));
    }

    #[test]
    fn redirects_lead_where_they_say_or_are_refused() {
        let from = Address::parse("https://kunta.example.fi/tiedotteet/feed").unwrap();
        let led = |location: &str| next(&from, Some(location.as_bytes()), 1, 5).map(|address| address.to_string());
        assert_eq!(led("/uusi").as_deref(), Ok("https://kunta.example.fi/uusi"));
        assert_eq!(led("//muu.example.fi/a#b").as_deref(), Ok("https://muu.example.fi/a"));
        assert_eq!(led("uusi/ä").as_deref(), Ok("https://kunta.example.fi/tiedotteet/uusi/%C3%A4"));
        assert_eq!(led("http://kunta.example.fi/a"), Err(RedirectFault::Insecure));
        assert_eq!(led("file:///etc/passwd"), Err(RedirectFault::NotWeb));
        assert_eq!(led("javascript:alert(1)"), Err(RedirectFault::NotWeb));
        assert_eq!(led("https://matti:salasana@example.fi/"), Err(RedirectFault::NotWeb));
        assert_eq!(led(""), Err(RedirectFault::NotWeb));
        assert_eq!(led("/tiedotteet/feed"), Err(RedirectFault::TooMany));
        assert_eq!(led(&"a".repeat(1_000_000)), Err(RedirectFault::TooLong));
        assert_eq!(next(&from, None, 1, 5), Err(RedirectFault::NotWeb));
        assert_eq!(next(&from, Some(b"/a"), 6, 5), Err(RedirectFault::TooMany));
        assert_eq!(next(&from, Some(b"/\xe4"), 1, 5).unwrap().to_string(), "https://kunta.example.fi/%C3%A4");
        assert_eq!(
            [301, 308, 302, 303, 307, 304, 300].map(permanence).map(|kind| kind.map_or(2, u8::from)),
            [1, 1, 0, 0, 0, 2, 2]
        );
    }
}
