//! Sets superscripts in plain text: 10⁶ and m² stay what they are.

/// Returns a superscript as it is written after `before`: in raised figures where there are such, behind `^` where a
/// number would else run into another, and as it stands where it can be read so ("2nd").
pub(super) fn raised(text: &str, before: &str) -> String {
    let inner = text.trim();
    if inner.is_empty() || before.trim().is_empty() {
        return text.to_owned();
    }
    if let Some(figures) = inner.chars().map(figure).collect::<Option<String>>() {
        return text.replacen(inner, &figures, 1);
    }
    let runs_on = before.ends_with(|letter: char| letter.is_ascii_digit())
        && inner.starts_with(|letter: char| letter.is_ascii_digit());
    if runs_on { text.replacen(inner, &format!("^{inner}"), 1) } else { text.to_owned() }
}

/// Returns a figure raised.
fn figure(letter: char) -> Option<char> {
    Some(match letter {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_superscript_does_not_run_into_what_it_stands_at() {
        for (before, text, expected) in [
            ("10", "6", "⁶"),
            ("10", "-3", "⁻³"),
            ("m", " 2 ", " ² "),
            ("viite", "12", "¹²"),
            ("2", "nd", "nd"),
            ("10", "6a", "^6a"),
            ("x", "[1]", "[1]"),
            ("", "1", "1"),
        ] {
            assert_eq!(raised(text, before), expected, "{before} {text}");
        }
    }
}
