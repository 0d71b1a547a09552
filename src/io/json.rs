//! JSON as it is printed: nothing in a line of it acts on a terminal, and a path can be opened by whoever reads it.

use std::fmt::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;

use serde::Serialize;

/// Writes `value` as a line of JSON, without its end; control characters and marks of direction are escaped.
///
/// # Errors
///
/// When the value has no JSON.
pub fn line(value: &impl Serialize) -> serde_json::Result<String> {
    let json = serde_json::to_string(value)?;
    let acts = |letter: char| {
        letter.is_control()
            || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !json.contains(acts) {
        return Ok(json);
    }
    // They stand in strings only.
    let mut escaped = String::with_capacity(json.len() + 16);
    for letter in json.chars() {
        if acts(letter) {
            let _ = write!(escaped, "\\u{:04x}", u32::from(letter));
        } else {
            escaped.push(letter);
        }
    }
    Ok(escaped)
}

/// A path as JSON says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct JsonPath {
    /// Its text; where its bytes are no UTF-8, with signs that stand for them.
    pub path: Option<String>,
    /// Its bytes, where they are no UTF-8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<Vec<u8>>,
}

impl JsonPath {
    /// Returns how JSON says `path`.
    #[must_use]
    pub fn of(path: &Path) -> Self {
        Self {
            path: Some(path.to_string_lossy().into_owned()),
            path_bytes: path.to_str().is_none().then(|| path.as_os_str().as_bytes().to_vec()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;

    #[test]
    fn a_path_can_be_opened_and_acts_on_no_terminal() {
        for bytes in [b"a\nb.md".as_slice(), b"a\tb.md", b"a\x1b[2J.md", "a\u{9b}2J\u{202e}.md".as_bytes(), b"a\xff.md"]
        {
            let path = Path::new(OsStr::from_bytes(bytes));
            let printed = line(&JsonPath::of(path)).unwrap();
            assert!(printed.chars().all(|letter| !letter.is_control() && letter != '\u{202e}'), "{printed}");
            let read: serde_json::Value = serde_json::from_str(&printed).unwrap();
            let text = read["path"].as_str().unwrap();
            match read["path_bytes"].as_array() {
                None => assert_eq!(text.as_bytes(), bytes),
                Some(numbers) => {
                    let numbers: Vec<u64> = numbers.iter().filter_map(serde_json::Value::as_u64).collect();
                    assert_eq!(numbers, bytes.iter().map(|byte| u64::from(*byte)).collect::<Vec<_>>());
                }
            }
        }
    }
}
