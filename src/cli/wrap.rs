//! `tiedote wrap`: sets bare paragraphs, one a line, as `fmt` does.

use crate::text::{Language, normalize_paragraph};
use crate::typeset::{Method, Setting, set_paragraph};
use std::io::{self, BufRead, BufWriter, Write};

/// Reads paragraphs, one a line, and writes each set as body text of `width` cells, with a blank line after it.
///
/// Nothing in the text is interpreted; bytes that are not UTF-8 come out as U+FFFD, and blank lines are passed over.
///
/// # Errors
///
/// What reading or writing fails with.
pub fn run(width: u16, language: Option<Language>, mut input: impl BufRead, output: impl Write) -> io::Result<()> {
    let setting = Setting { width, language, hyphenate: true, method: Method::Body };
    let mut output = BufWriter::with_capacity(1 << 16, output);
    let mut raw = Vec::new();
    while input.read_until(b'\n', &mut raw)? > 0 {
        let (text, hints) = normalize_paragraph(String::from_utf8_lossy(&raw).trim_end_matches(['\n', '\r']));
        raw.clear();
        let lines = set_paragraph(&text, &hints, &setting);
        if lines.is_empty() {
            continue;
        }
        for line in &lines {
            output.write_all(line.of(&text).as_bytes())?;
            output.write_all(if line.hyphen { b"-\n" } else { b"\n" })?;
        }
        output.write_all(b"\n")?;
    }
    output.flush()
}

#[cfg(test)]
mod tests {
    use super::run;
    use crate::text::Language;

    #[test]
    fn paragraphs_are_set_one_by_one() {
        let input = "uuden Keravan hyvinvointialueen asukas\r\n\n  toinen\tkappale \n\u{ad}\n";
        let mut output = Vec::new();
        run(15, Some(Language::Finnish), input.as_bytes(), &mut output).unwrap();
        assert_eq!(
            String::from_utf8(output).unwrap(),
            "uuden Keravan\nhyvinvointi-\nalueen asukas\n\ntoinen kappale\n\n"
        );
    }
}
