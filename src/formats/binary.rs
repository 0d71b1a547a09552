//! Files that are no text, whatever their names say: what they are is noted.

/// How files of other kinds begin, and what they are.
const KINDS: [(&[u8], &str); 14] = [
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an office document"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a document in Rich Text Format"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\0", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "a database"),
];
/// How many bytes are looked at, and of how many one may be a control character that no text has.
const LOOKED_AT: usize = 4096;
const LEAST_TEXT: usize = 20;

/// Returns what is to be noted of a file that is no text; `encoding` is the one it was decoded by.
pub(super) fn note(bytes: &[u8], encoding: &str) -> Option<String> {
    if let Some((_, kind)) = KINDS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(format!("The file is no text: it begins as {kind} does, so its signs mean nothing."));
    }
    // Every other byte of these may be anything.
    if encoding.starts_with("UTF-16") {
        return None;
    }
    let start = bytes.get(..LOOKED_AT).unwrap_or(bytes);
    let odd = start.iter().filter(|byte| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127)).count();
    (odd > start.len() / LEAST_TEXT).then(|| {
        "The file seems to be no text: many of its bytes are no letters, so its signs mean nothing.".to_owned()
    })
}

#[cfg(test)]
mod tests {
    use crate::formats::{Input, read};

    #[test]
    fn what_is_no_text_is_noted_whatever_its_name_says() {
        let noise: Vec<u8> = (0..2000_u32).map(|number| (number * 7919 % 256).to_le_bytes()[0]).collect();
        let zip = [b"PK\x03\x04\x14\0\0\0".as_slice(), &noise].concat();
        for (name, bytes) in
            [("a.txt", zip.as_slice()), ("b.txt.gz", &zip), ("c.md", &noise), ("d.txt", b"%PDF-1.7\n1 0 obj")]
        {
            let reading = read(&Input::new(name, bytes));
            assert!(reading.notes.iter().any(|note| note.0.contains("no text")), "{name}: {:?}", reading.notes);
            assert!(reading.announcements.iter().all(|one| one.notes.iter().any(|note| note.0.contains("no text"))));
        }
        for text in ["Silta avataan.\n\n\u{c}Toinen sivu.", "Teksti \u{1b}[1mlihavalla\u{1b}[0m.", "BZ-tiedote", "x"] {
            let reading = read(&Input::new("a.txt", text.as_bytes()));
            assert!(reading.notes.is_empty(), "{text:?}: {:?}", reading.notes);
        }
    }
}
