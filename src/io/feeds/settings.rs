//! What a run is to know before it begins, and the limits of its requests.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use super::proxies::Proxies;

/// The name of the program, as it tells it to hosts.
pub const USER_AGENT: &str = concat!("tiedote/", env!("CARGO_PKG_VERSION"), " (feed reader)");

/// The limits of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For the whole, with its redirects.
    pub total: Duration,
    /// For looking up a host.
    pub lookup: Duration,
    /// For a connection, with what makes it secure.
    pub connect: Duration,
    /// For anything to come.
    pub read: Duration,
    /// Most bytes of a header.
    pub header: usize,
    /// Most bytes of a body, as it comes and unpacked.
    pub body: u64,
    /// Most redirects.
    pub redirects: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            total: Duration::from_secs(30),
            lookup: Duration::from_secs(5),
            connect: Duration::from_secs(6),
            read: Duration::from_secs(10),
            header: 64 * 1024,
            body: 16 * 1024 * 1024,
            redirects: 5,
        }
    }
}

/// What a run is to know before it begins.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The limits.
    pub limits: Limits,
    /// The pause between two requests to one host; this machine needs none.
    pub pause: Duration,
    /// The proxies.
    pub proxies: Proxies,
    /// Hosts that want to be asked by `https` only.
    pub https_only: HashSet<String>,
    /// Hosts that want to be left alone, each with the time until when, in seconds since the beginning of 1970.
    pub waits: HashMap<String, i64>,
    /// The value of the header `User-Agent`.
    pub user_agent: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            limits: Limits::default(),
            pause: Duration::from_millis(500),
            proxies: Proxies::default(),
            https_only: HashSet::new(),
            waits: HashMap::new(),
            user_agent: USER_AGENT.to_owned(),
        }
    }
}
