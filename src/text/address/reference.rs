//! References of RFC 3986: taken apart, resolved, their dots removed and their encoding normalised.

/// A reference taken apart as appendix B of RFC 3986 does.
#[derive(Clone, Copy, Debug)]
pub struct Parts<'a> {
    pub scheme: Option<&'a str>,
    pub authority: Option<&'a str>,
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Takes any text apart.
    pub fn of(text: &'a str) -> Self {
        let (text, fragment) = divided(text, '#');
        let (text, query) = divided(text, '?');
        let scheme = text.split_once(':').filter(|(scheme, _)| is_scheme(scheme));
        let (scheme, text) = scheme.map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
        let (authority, path) = match text.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
                (Some(authority), path)
            }
            None => (None, text),
        };
        Self { scheme, authority, path, query, fragment }
    }
}

fn divided(text: &str, mark: char) -> (&str, Option<&str>) {
    text.split_once(mark).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Resolves `reference` against `base`, as section 5.2 of RFC 3986 says (strictly); any two texts give a text.
#[must_use]
pub fn resolve(base: &str, reference: &str) -> String {
    let (base, given) = (Parts::of(base), Parts::of(reference));
    let (scheme, authority, path, query);
    if given.scheme.is_some() || given.authority.is_some() {
        scheme = given.scheme.or(base.scheme);
        authority = given.authority;
        path = without_dots(given.path);
        query = given.query;
    } else {
        scheme = base.scheme;
        authority = base.authority;
        if given.path.is_empty() {
            path = base.path.to_owned();
            query = given.query.or(base.query);
        } else {
            path = without_dots(&merged(&base, given.path));
            query = given.query;
        }
    }
    let mut resolved = String::new();
    if let Some(scheme) = scheme {
        resolved += scheme;
        resolved.push(':');
    }
    if let Some(authority) = authority {
        resolved += "//";
        resolved += authority;
    }
    resolved += &path;
    for (mark, part) in [('?', query), ('#', given.fragment)] {
        if let Some(part) = part {
            resolved.push(mark);
            resolved += part;
        }
    }
    resolved
}

/// Returns a path that is looked up from where `base` lies.
fn merged(base: &Parts<'_>, path: &str) -> String {
    if path.starts_with('/') {
        return path.to_owned();
    }
    match base.path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{path}"),
        None if base.authority.is_some() => format!("/{path}"),
        None => path.to_owned(),
    }
}

/// Removes the segments `.` and `..` from a path, as section 5.2.4 of RFC 3986 says.
#[must_use]
pub fn without_dots(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut kept: Vec<&str> = Vec::new();
    let segments: Vec<&str> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
    let last = segments.len() - 1;
    for (number, segment) in segments.into_iter().enumerate() {
        let dots = match segment {
            "." => 1,
            ".." => 2,
            _ if is_encoded_dots(segment, 1) => 1,
            _ if is_encoded_dots(segment, 2) => 2,
            _ => 0,
        };
        if dots == 2 {
            kept.pop();
        }
        match dots {
            0 => kept.push(segment),
            _ if number == last => kept.push(""),
            _ => {}
        }
    }
    let path = kept.join("/");
    if rooted { format!("/{path}") } else { path }
}

/// Reports whether a segment is `count` dots, some of them percent-encoded.
fn is_encoded_dots(segment: &str, count: usize) -> bool {
    segment.contains('%') && segment.to_ascii_lowercase().replace("%2e", ".") == ["", ".", ".."][count]
}

/// Decodes what is percent-encoded without need, and writes the rest of the encoding in capitals (section 6.2.2).
pub fn normalized(text: &str) -> String {
    let mut normalized = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('%') {
        normalized += before;
        let code = after.get(..2).filter(|code| code.bytes().all(|byte| byte.is_ascii_hexdigit()));
        if let Some((byte, behind)) = code.and_then(|code| u8::from_str_radix(code, 16).ok().zip(after.get(2..))) {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                normalized.push(char::from(byte));
            } else {
                push_encoded(&mut normalized, byte);
            }
            rest = behind;
        } else {
            normalized.push('%');
            rest = after;
        }
    }
    normalized + rest
}

/// Appends a byte, percent-encoded.
pub fn push_encoded(text: &mut String, byte: u8) {
    text.push('%');
    for half in [byte >> 4, byte & 15] {
        text.extend(char::from_digit(u32::from(half), 16).map(|digit| digit.to_ascii_uppercase()));
    }
}
