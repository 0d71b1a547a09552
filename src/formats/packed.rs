//! Files compressed with gzip.

use std::io::{self, BufRead, Read};

use flate2::bufread::GzDecoder;

/// Most bytes a file is unpacked to.
const MOST: u64 = 16 * 1024 * 1024;
/// How many times what is packed is unpacked.
const DEEPEST: usize = 3;
/// What a packed stream starts with.
const MAGIC: [u8; 3] = [0x1f, 0x8b, 8];

/// What came out of a compressed file.
#[derive(Debug)]
pub struct Unpacked {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether there was, or should have been, more.
    pub cut: bool,
    /// Why.
    pub note: Option<String>,
}

/// Reports whether `bytes` start as gzip does.
#[must_use]
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&MAGIC)
}

/// Returns what comes out of packed bytes as they are read: of all packed streams that follow one another.
pub fn unpacking(packed: impl BufRead) -> impl Read {
    Unpacking { decoder: Some(GzDecoder::new(packed)), strange: 0 }
}

/// Packed streams that follow one another, as they are unpacked.
struct Unpacking<R> {
    /// The stream being unpacked, until all are.
    decoder: Option<GzDecoder<R>>,
    /// How many bytes follow that are no packed stream; blocks of zeros, as tapes and disks add them, do not count.
    strange: u64,
}

impl<R: BufRead> Read for Unpacking<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        while let Some(decoder) = &mut self.decoder {
            let read = decoder.read(buffer)?;
            if read > 0 || buffer.is_empty() {
                return Ok(read);
            }
            let Some(mut rest) = self.decoder.take().map(GzDecoder::into_inner) else { break };
            let follows = rest.fill_buf()?;
            if MAGIC.iter().zip(follows).all(|(expected, byte)| expected == byte) && !follows.is_empty() {
                self.decoder = Some(GzDecoder::new(rest));
                continue;
            }
            let (mut length, mut zeros) = (0, true);
            loop {
                let follows = rest.fill_buf()?;
                if follows.is_empty() {
                    break;
                }
                zeros &= follows.iter().all(|byte| *byte == 0);
                let count = follows.len();
                length += count as u64;
                rest.consume(count);
            }
            self.strange = if zeros { 0 } else { length };
        }
        Ok(0)
    }
}

/// Unpacks `bytes` as far as they go; `partial` when the file itself goes on after them.
#[must_use]
pub fn unpack(bytes: &[u8], partial: bool) -> Unpacked {
    let mut unpacked = Vec::new();
    let mut unpacking = Unpacking { decoder: Some(GzDecoder::new(bytes)), strange: 0 };
    let result = unpacking.by_ref().take(MOST + 1).read_to_end(&mut unpacked);
    let long = u64::try_from(unpacked.len()).is_ok_and(|length| length > MOST);
    if long {
        unpacked.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    }
    let note = match result {
        _ if long => Some("The file unpacks to more than 16 MB: only the first 16 MB are shown.".to_owned()),
        Err(error) if !partial => Some(format!("The compressed file is damaged, so its end is missing: {error}.")),
        _ => None,
    };
    let cut = long || partial || note.is_some();
    let strange = (unpacking.strange > 0 && !partial)
        .then(|| format!("The compressed text is followed by {} bytes that are not gzip.", unpacking.strange));
    Unpacked { bytes: unpacked, cut, note: note.or(strange) }
}

/// Unpacks `bytes`, and what comes out of them as long as that is packed again, a few times.
#[must_use]
pub fn unpack_all(bytes: &[u8], partial: bool) -> Unpacked {
    let mut unpacked = unpack(bytes, partial);
    for _ in 1..DEEPEST {
        if !is_packed(&unpacked.bytes) {
            break;
        }
        let inner = unpack(&unpacked.bytes, unpacked.cut);
        unpacked = Unpacked { note: unpacked.note.or(inner.note), ..inner };
    }
    unpacked
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn what_was_packed_comes_out() {
        let packed = pack("Tiedote".as_bytes());
        assert!(is_packed(&packed));
        let unpacked = unpack(&packed, false);
        assert_eq!((unpacked.bytes.as_slice(), unpacked.cut, unpacked.note), (b"Tiedote".as_slice(), false, None));
    }

    #[test]
    fn a_damaged_file_gives_what_it_has() {
        let text = (0..20_000).map(|number| number.to_string()).collect::<Vec<_>>().join(" ");
        let packed = pack(text.as_bytes());
        let unpacked = unpack(&packed[..packed.len() / 2], false);
        assert!(unpacked.cut && unpacked.note.is_some() && text.as_bytes().starts_with(&unpacked.bytes));
        assert!(unpacked.bytes.len() > 1000);
        assert!(unpack(&packed[..packed.len() / 2], true).note.is_none());
        assert!(unpack(b"\x1f\x8b\x08rubbish", false).note.is_some());
    }

    #[test]
    fn what_follows_a_packed_text_is_told_unless_it_is_only_zeros() {
        let packed = pack(b"Silta avataan.");
        let with = |tail: &[u8]| unpack(&[packed.as_slice(), tail].concat(), false);
        for tail in [Vec::new(), vec![0; 2], vec![0; 70_000]] {
            let unpacked = with(&tail);
            assert_eq!((unpacked.bytes.as_slice(), unpacked.cut), (b"Silta avataan.".as_slice(), false));
            assert_eq!(unpacked.note, None);
        }
        for (tail, count) in [(b"\r\n".as_slice(), "2 bytes"), (b"\0\0x", "3 bytes"), (b"\x1e\x8b\x08", "3 bytes")] {
            let unpacked = with(tail);
            assert!(!unpacked.cut && unpacked.bytes == b"Silta avataan.");
            assert!(unpacked.note.is_some_and(|note| note.contains(count)), "{tail:?}");
        }
        let twice = with(&pack(b" Vesi katkeaa."));
        assert_eq!((twice.bytes.as_slice(), twice.note), (b"Silta avataan. Vesi katkeaa.".as_slice(), None));
        let broken = with(b"\x1f\x8b\x08rubbish");
        assert!(broken.cut && broken.bytes == b"Silta avataan." && broken.note.is_some());
        let mut streamed = Vec::new();
        unpacking([packed.as_slice(), b"\0\0\0"].concat().as_slice()).read_to_end(&mut streamed).unwrap();
        assert_eq!(streamed, b"Silta avataan.");
    }

    #[test]
    fn what_was_packed_twice_is_unpacked_twice() {
        let unpacked = unpack_all(&pack(&pack(b"Silta avataan.")), false);
        assert_eq!((unpacked.bytes.as_slice(), unpacked.note), (b"Silta avataan.".as_slice(), None));
        let deep = (0..9).fold(b"Silta".to_vec(), |inner, _| pack(&inner));
        assert!(is_packed(&unpack_all(&deep, false).bytes), "no file is unpacked for ever");
    }

    #[test]
    fn a_bomb_stops_at_the_cap() {
        let unpacked = unpack(&pack(&vec![b' '; 40_000_000]), false);
        assert_eq!(unpacked.bytes.len(), 16 * 1024 * 1024);
        assert!(unpacked.note.is_some());
    }
}
