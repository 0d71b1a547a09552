//! Numbers of variable length, and checksums.

/// The index could not be read or is not what was written: it must be rebuilt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged;

/// A source of the bytes of an index.
pub trait Bytes {
    /// Returns the number of bytes.
    fn length(&self) -> u64;

    /// Fills `into` with the bytes from `offset` on.
    ///
    /// # Errors
    ///
    /// When they cannot be read or are not so many.
    fn read(&self, offset: u64, into: &mut [u8]) -> Result<(), Damaged>;
}

impl Bytes for [u8] {
    fn length(&self) -> u64 {
        self.len() as u64
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<(), Damaged> {
        let start = usize::try_from(offset).map_err(|_| Damaged)?;
        let end = start.checked_add(into.len()).ok_or(Damaged)?;
        into.copy_from_slice(self.get(start..end).ok_or(Damaged)?);
        Ok(())
    }
}

impl Bytes for Vec<u8> {
    fn length(&self) -> u64 {
        self.as_slice().length()
    }

    fn read(&self, offset: u64, into: &mut [u8]) -> Result<(), Damaged> {
        self.as_slice().read(offset, into)
    }
}

/// Appends a number as LEB128: seven bits a byte, the lowest bits first.
pub fn put(mut number: u32, out: &mut Vec<u8>) {
    while number >= 0x80 {
        out.push(u8::try_from(number & 0x7f).unwrap_or(0) | 0x80);
        number >>= 7;
    }
    out.push(u8::try_from(number).unwrap_or(0));
}

/// Reads a number off the front of `bytes`.
pub fn take(bytes: &mut &[u8]) -> Result<u32, Damaged> {
    let (mut number, mut shift) = (0_u32, 0);
    loop {
        let (&byte, rest) = bytes.split_first().ok_or(Damaged)?;
        *bytes = rest;
        number |= u32::from(byte & 0x7f).checked_shl(shift).ok_or(Damaged)?;
        if byte < 0x80 {
            return Ok(number);
        }
        shift += 7;
    }
}

/// Reads `count` bytes off the front of `bytes`.
pub fn take_bytes<'a>(bytes: &mut &'a [u8], count: usize) -> Result<&'a [u8], Damaged> {
    let (taken, rest) = bytes.split_at_checked(count).ok_or(Damaged)?;
    *bytes = rest;
    Ok(taken)
}

/// Hashes bytes: eight at a time by FNV-1a's rule, finished as `SplitMix64` does.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325 ^ bytes.len() as u64;
    let mut mix = |word: u64| hash = (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29);
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        mix(u64::from_le_bytes(*chunk));
    }
    let mut last = [0; 8];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    mix(u64::from_le_bytes(last));
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 31)
}

/// Returns four bytes of [`hash`].
pub fn sum(bytes: &[u8]) -> u32 {
    let hash = hash(bytes);
    u32::try_from((hash ^ (hash >> 32)) & 0xffff_ffff).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers: Vec<u32>) {
            let mut bytes = Vec::new();
            for number in &numbers {
                put(*number, &mut bytes);
            }
            let mut rest = bytes.as_slice();
            let back: Vec<u32> = numbers.iter().map(|_| take(&mut rest).unwrap()).collect();
            prop_assert_eq!(back, numbers);
            prop_assert_eq!(take(&mut rest), Err(Damaged));
        }

        #[test]
        fn a_bit_that_fell_over_changes_the_sum(bytes in prop::collection::vec(any::<u8>(), 1..60), at: usize, bit in 0..8_u8) {
            let mut other = bytes.clone();
            let at = at % other.len();
            other[at] ^= 1 << bit;
            prop_assert_ne!(hash(&bytes), hash(&other));
        }
    }
}
