//! Addresses of the web: read, resolved against each other (RFC 3986) and compared; it looks nothing up.
//! It knows `http` and `https` only; [`resolve`] alone takes any scheme.

mod host;
mod reference;

use std::fmt;

pub use reference::resolve;

/// Longest address that is taken, in bytes.
const LONGEST: usize = 8 * 1024;

/// The address of something on the web that can be asked for: `http` or `https`, a host in ASCII, a path and a query
/// in which what may not stand there is percent-encoded. It has no fragment and no login.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    secure: bool,
    host: Box<str>,
    /// The port, where it is not the scheme's own.
    port: Option<u16>,
    /// The path and the query; begins with a slash.
    rest: Box<str>,
}

/// Names what is wrong with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressError {
    /// There is none.
    Empty,
    /// Its scheme is neither `http` nor `https`.
    Scheme,
    /// It names no host, or one that cannot be.
    Host,
    /// Its port is no number up to 65535.
    Port,
    /// It holds a user name or a password.
    Login,
    /// It is longer than 8 KiB.
    TooLong,
}

impl Address {
    /// Reads a complete address.
    ///
    /// # Errors
    ///
    /// Names what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = tidied(text)?;
        let parts = reference::Parts::of(&text);
        let secure = match parts.scheme {
            Some(scheme) if scheme.eq_ignore_ascii_case("https") => true,
            Some(scheme) if scheme.eq_ignore_ascii_case("http") => false,
            _ => return Err(AddressError::Scheme),
        };
        let authority = parts.authority.ok_or(AddressError::Host)?;
        if authority.contains('@') {
            return Err(AddressError::Login);
        }
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, port),
            _ => (authority, ""),
        };
        let host = host::to_ascii(host).ok_or(AddressError::Host)?;
        let digits = port.bytes().all(|byte| byte.is_ascii_digit());
        let port = match port {
            "" => None,
            _ if !digits => return Err(AddressError::Port),
            _ => Some(port.parse().map_err(|_| AddressError::Port)?),
        };
        let port = port.filter(|port| *port != default_port(secure));
        let mut rest = encoded(&reference::without_dots(parts.path));
        if !rest.starts_with('/') {
            rest.insert(0, '/');
        }
        if let Some(query) = parts.query {
            rest.push('?');
            rest += &encoded(query);
        }
        if rest.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        Ok(Self { secure, host: host.into(), port, rest: rest.into() })
    }

    /// Reads an address as people write it: without a scheme it is `https`; `feed:` before or instead of one is left out.
    ///
    /// # Errors
    ///
    /// Names what is wrong with it.
    pub fn typed(text: &str) -> Result<Self, AddressError> {
        let text = tidied(text)?;
        let inner = match text.split_once(':') {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("feed") => rest.trim_start_matches("//"),
            _ => &text,
        };
        let scheme = inner.split_once("://").map(|(scheme, _)| scheme);
        if scheme.is_some_and(|scheme| !scheme.contains(['/', '?', '#'])) {
            return Self::parse(inner);
        }
        // What stands before a colon is a host where a port follows, and a scheme otherwise.
        let after = inner.split(['/', '?', '#']).next().and_then(|place| place.split_once(':')).map(|(_, after)| after);
        if after.is_some_and(|after| after.is_empty() || !after.starts_with(|first: char| first.is_ascii_digit())) {
            return Err(if inner.contains('@') { AddressError::Login } else { AddressError::Scheme });
        }
        Self::parse(&format!("https://{inner}"))
    }

    /// Resolves a reference that was found at this address.
    ///
    /// # Errors
    ///
    /// Names what is wrong with the address it leads to.
    pub fn join(&self, reference: &str) -> Result<Self, AddressError> {
        let reference = tidied(reference)?;
        Self::parse(&resolve(&self.to_string(), &reference))
    }

    /// Reports whether the scheme is `https`.
    #[must_use]
    pub const fn is_secure(&self) -> bool {
        self.secure
    }

    /// Returns the host in ASCII and lower case; an IPv6 address stands in brackets.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Returns the port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port.unwrap_or_else(|| default_port(self.secure))
    }

    /// Returns host and port as a connection is made to: `kunta.example.fi:443`.
    #[must_use]
    pub fn endpoint(&self) -> String {
        format!("{}:{}", self.host, self.port())
    }

    /// Returns the same address with the scheme `https`, where it has the default port.
    #[must_use]
    pub fn secured(&self) -> Option<Self> {
        (!self.secure && self.port.is_none()).then(|| Self { secure: true, ..self.clone() })
    }

    /// Returns the form in which addresses of one feed are equal: without scheme, `www.`, final slashes and parameters
    /// that follow readers, and with percent-encoding only where it is needed.
    #[must_use]
    pub fn canonical(&self) -> String {
        let host = self.host.strip_prefix("www.").unwrap_or(&self.host);
        let (path, query) = self.rest.split_once('?').unwrap_or((&self.rest, ""));
        let mut canonical = host.to_owned();
        if let Some(port) = self.port {
            canonical.push(':');
            canonical += &port.to_string();
        }
        canonical += reference::normalized(path).trim_end_matches('/');
        let kept = query.split('&').filter(|part| !part.is_empty() && !is_tracking(part));
        for (number, parameter) in kept.enumerate() {
            canonical.push(if number == 0 { '?' } else { '&' });
            canonical += &reference::normalized(parameter);
        }
        canonical
    }
}

/// Writes the address as it is asked for.
impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = if self.secure { "https" } else { "http" };
        write!(formatter, "{scheme}://{}", self.host)?;
        if let Some(port) = self.port {
            write!(formatter, ":{port}")?;
        }
        formatter.write_str(&self.rest)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "<{self}>")
    }
}

/// Reports whether a parameter of a query, `name=value`, tells only who follows the link or from where.
#[must_use]
pub fn is_tracking(parameter: &str) -> bool {
    const NAMES: [&str; 12] = [
        "_ga", "_hsenc", "_hsmi", "cmpid", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "mkt_tok", "msclkid",
        "xtor",
    ];
    const BEGINNINGS: [&str; 4] = ["utm_", "mtm_", "pk_", "at_"];
    let name = parameter.split('=').next().unwrap_or_default().to_ascii_lowercase();
    NAMES.contains(&name.as_str()) || BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
}

const fn default_port(secure: bool) -> u16 {
    if secure { 443 } else { 80 }
}

/// Returns a reference without what browsers leave out of one: blanks around it, tabs and line ends in it.
fn tidied(text: &str) -> Result<String, AddressError> {
    // Encoding makes it three times as long at most; what is longer than that can only be refused.
    if text.len() > LONGEST + 1024 {
        return Err(AddressError::TooLong);
    }
    let text = text.trim_matches(|letter: char| letter.is_whitespace() || letter.is_control());
    if text.is_empty() {
        return Err(AddressError::Empty);
    }
    let mut tidied: String = text.chars().filter(|letter| !matches!(letter, '\t' | '\n' | '\r')).collect();
    // Backslashes are slashes in what is looked for, not in what is asked of it.
    let path = tidied.find(['?', '#']).unwrap_or(tidied.len());
    if let Some((before, after)) = tidied.split_at_checked(path)
        && before.contains('\\')
    {
        tidied = before.replace('\\', "/") + after;
    }
    Ok(tidied)
}

/// Percent-encodes what may stand neither in a path nor in a query; what is encoded already stays as it is.
fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_graphic() && !matches!(letter, '"' | '<' | '>' | '`' | '{' | '}' | '^') {
            encoded.push(letter);
        } else {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                reference::push_encoded(&mut encoded, byte);
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests;
