//! Files compressed with gzip.

use std::io::{BufRead, Read};

use flate2::read::MultiGzDecoder;

/// Most bytes a file is unpacked to.
const MOST: u64 = 16 * 1024 * 1024;

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

/// Whether `bytes` start as gzip does.
#[must_use]
pub fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b, 8])
}

/// What comes out of packed bytes as they are read.
pub fn unpacking(packed: impl BufRead) -> impl Read {
    flate2::bufread::MultiGzDecoder::new(packed)
}

/// Unpacks `bytes` as far as they go; `partial` when the file itself goes on after them.
#[must_use]
pub fn unpack(bytes: &[u8], partial: bool) -> Unpacked {
    let mut unpacked = Vec::new();
    let result = MultiGzDecoder::new(bytes).take(MOST + 1).read_to_end(&mut unpacked);
    let long = u64::try_from(unpacked.len()).is_ok_and(|length| length > MOST);
    if long {
        unpacked.truncate(usize::try_from(MOST).unwrap_or(usize::MAX));
    }
    let note = match result {
        _ if long => Some("The file unpacks to more than 16 MB: only the first 16 MB are shown.".to_owned()),
        Err(error) if !partial => Some(format!("The compressed file is damaged, so its end is missing: {error}.")),
        _ => None,
    };
    Unpacked { bytes: unpacked, cut: long || partial || note.is_some(), note }
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
    fn a_bomb_stops_at_the_cap() {
        let unpacked = unpack(&pack(&vec![b' '; 40_000_000]), false);
        assert_eq!(unpacked.bytes.len(), 16 * 1024 * 1024);
        assert!(unpacked.note.is_some());
    }
}
