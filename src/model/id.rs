//! Identities of announcements, which stay the same when their folder moves.

use std::collections::HashMap;
use std::fmt;
use std::hash::{BuildHasherDefault, Hasher};
use std::str::FromStr;

/// The identity of an announcement: a 64-bit hash of what makes it that announcement.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(u64);

impl Id {
    /// Hashes `parts` to an identity; other parts with the same concatenation give another one.
    ///
    /// FNV-1a (Fowler, Noll, Vo) with the finaliser of `SplitMix64`: stable over versions and machines.
    #[must_use]
    pub fn of(parts: &[&str]) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for part in parts {
            for byte in part.bytes().chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self(hash ^ (hash >> 31))
    }

    /// Returns its 64 bits.
    pub(super) const fn hash(self) -> u64 {
        self.0
    }

    /// Returns its 64 bits as a signed number of the same order, for a database.
    #[must_use]
    pub const fn to_stored(self) -> i64 {
        i64::from_ne_bytes((self.0 ^ (1 << 63)).to_ne_bytes())
    }

    /// Returns the identity that [`Id::to_stored`] made a number of.
    #[must_use]
    pub const fn from_stored(number: i64) -> Self {
        Self(u64::from_ne_bytes(number.to_ne_bytes()) ^ (1 << 63))
    }
}

/// A map keyed by identities, which are hashes already.
pub type IdMap<V> = HashMap<Id, V, BuildHasherDefault<AsIs>>;

/// A hasher that takes an identity for its own hash.
#[derive(Clone, Copy, Debug, Default)]
pub struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

/// Sixteen hexadecimal digits.
impl fmt::Display for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:016x}", self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl FromStr for Id {
    type Err = ();

    /// Parses the sixteen digits that [`Id`] is displayed as.
    fn from_str(text: &str) -> Result<Self, ()> {
        if text.len() != 16 {
            return Err(());
        }
        u64::from_str_radix(text, 16).map(Self).map_err(|_| ())
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::Id;

    #[test]
    fn ids_never_change_between_versions() {
        assert_eq!(Id::of(&["vantaa", "2020"]).to_string(), Id::of(&["vantaa", "2020"]).to_string());
        assert_ne!(Id::of(&["ab", "c"]), Id::of(&["a", "bc"]));
        let id = Id::of(&["tiedote"]);
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string(), "4cae7da27620833f");
        assert_eq!("xyz".parse::<Id>(), Err(()));
        assert_eq!(Id::from_stored(id.to_stored()), id);
        let other = Id::of(&["toinen"]);
        assert_eq!(id.cmp(&other), id.to_stored().cmp(&other.to_stored()));
    }
}
