//! Names of hosts: in ASCII, by punycode (RFC 3492) where they hold other letters.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest name of a host and longest part of one, in bytes.
const LONGEST: (usize, usize) = (253, 63);

/// Returns a host in ASCII and lower case; `None` where it cannot be one.
pub fn to_ascii(host: &str) -> Option<String> {
    if let Some(inner) = host.strip_prefix('[') {
        let inner = inner.strip_suffix(']')?.to_ascii_lowercase();
        let fits = inner.contains(':') && inner.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
        return (fits && inner.len() <= 45).then(|| format!("[{inner}]"));
    }
    let host: String = decoded(host)?.nfkc().collect::<String>().to_lowercase().nfc().collect();
    let host = host.replace('\u{3002}', ".");
    let host = host.strip_suffix('.').unwrap_or(&host);
    let labels: Option<Vec<String>> = host.split('.').map(label).collect();
    let host = labels?.join(".");
    (host.len() <= LONGEST.0).then_some(host)
}

/// Returns a part of a name in ASCII.
fn label(label: &str) -> Option<String> {
    let fits = |letter: char| letter.is_alphanumeric() || matches!(letter, '-' | '_') || is_combining_mark(letter);
    if label.is_empty() || !label.chars().all(fits) {
        return None;
    }
    let ascii = if label.is_ascii() { label.to_owned() } else { format!("xn--{}", punycode(label)?) };
    (ascii.len() <= LONGEST.1).then_some(ascii)
}

/// Decodes percent-encoded UTF-8.
fn decoded(text: &str) -> Option<String> {
    if !text.contains('%') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?].map(|digit| char::from(digit).to_digit(16));
            bytes.push(u8::try_from(digits[0]? * 16 + digits[1]?).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

/// Encodes a part of a name as RFC 3492 says; `None` where a number grows too large, as no name makes it do.
fn punycode(label: &str) -> Option<String> {
    const BASE: u32 = 36;
    let letters: Vec<u32> = label.chars().map(u32::from).collect();
    // A quadratic work must not be asked for by a long text; what is longer than this is no name.
    if letters.len() > LONGEST.1 {
        return None;
    }
    let mut output: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(output.len()).ok()?;
    let mut handled = basic;
    if basic > 0 {
        output.push('-');
    }
    let (mut code, mut delta, mut bias) = (128_u32, 0_u32, 72_u32);
    while usize::try_from(handled).ok()? < letters.len() {
        let next = letters.iter().copied().filter(|letter| *letter >= code).min()?;
        delta = delta.checked_add((next - code).checked_mul(handled + 1)?)?;
        code = next;
        for letter in &letters {
            if *letter < code {
                delta = delta.checked_add(1)?;
            }
            if *letter != code {
                continue;
            }
            let mut rest = delta;
            for step in 1.. {
                let threshold = (BASE * step).saturating_sub(bias).clamp(1, 26);
                if rest < threshold {
                    break;
                }
                output.push(digit(threshold + (rest - threshold) % (BASE - threshold))?);
                rest = (rest - threshold) / (BASE - threshold);
            }
            output.push(digit(rest)?);
            bias = adapted(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta = delta.checked_add(1)?;
        code += 1;
    }
    Some(output)
}

fn digit(value: u32) -> Option<char> {
    const DIGITS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
    DIGITS.get(usize::try_from(value).ok()?).copied().map(char::from)
}

/// Returns the bias after a letter, as section 6.1 of RFC 3492 says.
fn adapted(delta: u32, count: u32, first: bool) -> u32 {
    let mut delta = delta / if first { 700 } else { 2 };
    delta += delta / count;
    let mut bias = 0;
    while delta > 455 {
        delta /= 35;
        bias += 36;
    }
    bias + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_in_ascii() {
        for (name, expected) in [
            ("Kunta.Example.FI", Some("kunta.example.fi")),
            ("pääkaupunki.fi", Some("xn--pkaupunki-v2aa.fi")),
            ("bücher.example", Some("xn--bcher-kva.example")),
            ("M\u{fc}nchen-Ost.example", Some("xn--mnchen-ost-9db.example")),
            ("他们为什么不说中文.example", Some("xn--ihqwcrb4cv8a8dqg056pqjye.example")),
            ("b%C3%BCcher.example", Some("xn--bcher-kva.example")),
            ("xn--bcher-kva.example.", Some("xn--bcher-kva.example")),
            ("ｅｘａｍｐｌｅ．fi", Some("example.fi")),
            ("127.0.0.1", Some("127.0.0.1")),
            ("[::1]", Some("[::1]")),
            ("[FE80::1]", Some("[fe80::1]")),
            ("[kissa]", None),
            ("[::1", None),
            ("a b.fi", None),
            ("a\u{202e}b.fi", None),
            ("a..fi", None),
            (".", None),
            ("", None),
            ("%zz.fi", None),
            ("%ff.fi", None),
        ] {
            assert_eq!(to_ascii(name).as_deref(), expected, "{name}");
        }
        assert_eq!(to_ascii(&"a".repeat(64)), None);
        assert_eq!(to_ascii(&"ä".repeat(100)), None);
        assert_eq!(to_ascii(&"abcdefgh.".repeat(30)), None);
    }
}
