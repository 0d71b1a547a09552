//! Texts for the clipboard, as terminals take them (OSC 52).

/// The sequence that puts `text` on the clipboard of the terminal.
///
/// The text travels in base64, so that nothing in it can end the sequence early.
pub(super) fn sequence(text: &str) -> Vec<u8> {
    let mut sequence = b"\x1b]52;c;".to_vec();
    for chunk in text.as_bytes().chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for (digit, shift) in [18, 12, 6, 0].into_iter().enumerate() {
            sequence.push(if digit <= chunk.len() { base64((bits >> shift) & 63) } else { b'=' });
        }
    }
    sequence.extend_from_slice(b"\x1b\\");
    sequence
}

fn base64(six_bits: u32) -> u8 {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    usize::try_from(six_bits).ok().and_then(|at| DIGITS.get(at)).copied().unwrap_or(b'=')
}

#[cfg(test)]
mod tests {
    use super::sequence;

    #[test]
    fn texts_travel_in_base64() {
        for (text, code) in
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("yö\u{1b}", "ecO2Gw=="), ("›?~", "4oC6P34=")]
        {
            assert_eq!(sequence(text), format!("\x1b]52;c;{code}\x1b\\").into_bytes(), "{text:?}");
        }
    }
}
