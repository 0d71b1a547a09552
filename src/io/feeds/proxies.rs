//! Proxies: which of them a request goes through, by its scheme and host.

use crate::text::address::Address;

/// The proxies the environment names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies {
    /// The one for `http`.
    http: Option<String>,
    /// The one for `https`.
    https: Option<String>,
    /// Hosts that are asked directly: names with all below them, or `*` for all.
    direct: Vec<String>,
}

impl Proxies {
    /// Makes them of the variables `http_proxy`, `https_proxy`, `all_proxy` and `no_proxy`, which `variable` returns;
    /// those in small letters go before those in capitals.
    #[must_use]
    pub fn of(variable: impl Fn(&str) -> Option<String>) -> Self {
        let read = |name: &str| variable(name).or_else(|| variable(&name.to_uppercase()));
        let proxy = |name: &str| read(name).filter(|value| !value.trim().is_empty());
        let all = proxy("all_proxy");
        let direct = read("no_proxy").unwrap_or_default();
        let direct = direct.split([',', ' ']).map(|host| host.trim().trim_start_matches("*.").trim_start_matches('.'));
        Self {
            http: proxy("http_proxy").or_else(|| all.clone()),
            https: proxy("https_proxy").or(all),
            direct: direct.filter(|host| !host.is_empty()).map(str::to_lowercase).collect(),
        }
    }

    /// Returns the proxy that a request for `address` goes through; this machine is always asked directly.
    #[must_use]
    pub fn through(&self, address: &Address) -> Option<&str> {
        let proxy = if address.is_secure() { &self.https } else { &self.http }.as_deref()?;
        let host = address.host();
        let own = host == "localhost" || host == "[::1]" || host.starts_with("127.");
        (!own && !self.direct.iter().any(|direct| is_within(address, direct))).then_some(proxy)
    }
}

/// Reports whether an address belongs to `zone`: a host, perhaps with a port, or `*`.
fn is_within(address: &Address, zone: &str) -> bool {
    let (zone, port) = match zone.rsplit_once(':') {
        Some((host, port)) if !host.contains(':') || host.ends_with(']') => (host, port.parse().ok()),
        _ => (zone, None),
    };
    let host = address.host().trim_matches(['[', ']']);
    let zone = zone.trim_matches(['[', ']']);
    let named = host.strip_suffix(zone).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    zone == "*" || (named && port.is_none_or(|port: u16| port == address.port()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proxies(variables: &[(&str, &str)]) -> Proxies {
        Proxies::of(|name| variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned()))
    }

    fn through(proxies: &Proxies, address: &str) -> Option<String> {
        proxies.through(&Address::parse(address).unwrap()).map(str::to_owned)
    }

    #[test]
    fn the_scheme_chooses_the_proxy() {
        let both = proxies(&[("http_proxy", "http://a:1"), ("HTTPS_PROXY", "http://b:2"), ("HTTP_PROXY", "http://x")]);
        assert_eq!(through(&both, "http://kunta.example.fi").as_deref(), Some("http://a:1"));
        assert_eq!(through(&both, "https://kunta.example.fi").as_deref(), Some("http://b:2"));
        let one = proxies(&[("HTTPS_PROXY", "http://b:2"), ("http_proxy", " ")]);
        assert_eq!(through(&one, "http://kunta.example.fi"), None);
        let all = proxies(&[("ALL_PROXY", "http://c:3"), ("https_proxy", "http://b:2")]);
        assert_eq!(through(&all, "http://kunta.example.fi").as_deref(), Some("http://c:3"));
        assert_eq!(through(&all, "https://kunta.example.fi").as_deref(), Some("http://b:2"));
        assert_eq!(through(&Proxies::default(), "https://kunta.example.fi"), None);
    }

    #[test]
    fn some_hosts_are_asked_directly() {
        let some = proxies(&[("all_proxy", "http://a"), ("no_proxy", "example.fi, .Intra.fi *.x.fi,y.fi:8080,::2")]);
        for (address, direct) in [
            ("https://example.fi", true),
            ("https://kunta.example.fi", true),
            ("https://notexample.fi", false),
            ("https://a.intra.fi", true),
            ("https://x.fi", true),
            ("https://y.fi", false),
            ("https://y.fi:8080", true),
            ("https://[::2]/", true),
            ("http://localhost:8000", true),
            ("http://127.0.0.1:8000", true),
            ("http://[::1]:8000", true),
        ] {
            assert_eq!(through(&some, address).is_none(), direct, "{address}");
        }
        let none = proxies(&[("all_proxy", "http://a"), ("NO_PROXY", "*")]);
        assert_eq!(through(&none, "https://kunta.example.fi"), None);
    }
}
