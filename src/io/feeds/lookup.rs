//! Looking up hosts: each once in a run, on a thread that is left behind when it takes too long.

use std::collections::{HashMap, HashSet};
use std::net::{SocketAddr, ToSocketAddrs};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::io::workers;

/// From so many hosts that cannot be looked up, while none can, there is no network.
const TELLING: usize = 3;

/// Most addresses of a host that are tried.
const MOST: usize = 16;

/// The reason for which a host has no address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LookupError {
    /// Nobody knows it.
    Unknown,
    /// Nobody answered in time.
    TimeOut,
    /// The run was stopped.
    Stopped,
}

/// Looks up hosts and remembers their addresses, so that what was allowed is also what is connected to.
#[derive(Debug)]
pub struct Lookups {
    known: Mutex<Known>,
    changed: Condvar,
    limit: Duration,
    resolve: Resolve,
}

/// Returns the addresses of a host with a port.
pub type Resolve = fn(&str) -> std::io::Result<Vec<SocketAddr>>;

/// Asks the system.
pub fn system(endpoint: &str) -> std::io::Result<Vec<SocketAddr>> {
    endpoint.to_socket_addrs().map(Iterator::collect)
}

/// What is known of hosts.
#[derive(Debug, Default)]
struct Known {
    /// The addresses by host and port; `None` while they are looked up.
    hosts: HashMap<String, Option<Result<Vec<SocketAddr>, LookupError>>>,
    /// Hosts that could not be looked up.
    failed: HashSet<String>,
    /// Whether one could.
    found: bool,
    stopped: bool,
}

impl Lookups {
    /// Makes lookups that take at most `limit` each.
    pub fn new(limit: Duration, resolve: Resolve) -> Self {
        Self { known: Mutex::default(), changed: Condvar::new(), limit, resolve }
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the network addresses of a host with a port, such as `kunta.example.fi:443`, at least one.
    ///
    /// # Errors
    ///
    /// Says why there is none.
    pub fn find(self: &Arc<Self>, endpoint: &str) -> Result<Vec<SocketAddr>, LookupError> {
        if let Ok(address) = endpoint.parse() {
            return Ok(vec![address]);
        }
        let mut known = self.lock();
        if known.stopped {
            return Err(LookupError::Stopped);
        }
        if !known.hosts.contains_key(endpoint) {
            known.hosts.insert(endpoint.to_owned(), None);
            let resolve = self.resolve;
            let (lookups, wanted) = (Arc::clone(self), endpoint.to_owned());
            let started = workers::detach("lookup", move || {
                let found = resolve(&wanted).ok().filter(|found| !found.is_empty()).ok_or(LookupError::Unknown);
                lookups.lock().learn(&wanted, found);
                lookups.changed.notify_all();
            });
            if started.is_err() {
                known.hosts.remove(endpoint);
                return Err(LookupError::TimeOut);
            }
        }
        let waits = |known: &mut Known| !known.stopped && matches!(known.hosts.get(endpoint), Some(None));
        let waited = self.changed.wait_timeout_while(known, self.limit, waits);
        let (mut known, _) = waited.unwrap_or_else(PoisonError::into_inner);
        if known.stopped {
            return Err(LookupError::Stopped);
        }
        if let Some(Some(found)) = known.hosts.get(endpoint) {
            return found.clone();
        }
        known.failed.insert(endpoint.to_owned());
        Err(LookupError::TimeOut)
    }

    /// Reports whether several hosts could not be looked up and none could.
    pub fn is_offline(&self) -> bool {
        let known = self.lock();
        !known.found && known.failed.len() >= TELLING
    }

    /// Reports whether a host could be looked up.
    pub fn is_online(&self) -> bool {
        self.lock().found
    }

    /// Ends every lookup.
    pub fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }
}

impl Known {
    fn learn(&mut self, endpoint: &str, found: Result<Vec<SocketAddr>, LookupError>) {
        match &found {
            // This machine knows its own name without a network.
            Ok(addresses) => self.found |= addresses.iter().any(|address| !address.ip().is_loopback()),
            Err(_) => {
                self.failed.insert(endpoint.to_owned());
            }
        }
        if found.is_ok() {
            self.failed.remove(endpoint);
        }
        self.hosts.insert(endpoint.to_owned(), Some(found));
    }
}

/// Hands the addresses that were looked up to the HTTP client.
#[derive(Debug)]
pub struct Found(pub Arc<Lookups>);

impl Resolver for Found {
    fn resolve(
        &self,
        uri: &Uri,
        _config: &ureq::config::Config,
        _timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?;
        let secure = uri.scheme_str() == Some("https");
        let port = uri.port_u16().unwrap_or(if secure { 443 } else { 80 });
        let found = self.0.find(&format!("{host}:{port}")).map_err(|_| ureq::Error::HostNotFound)?;
        let mut handed = self.empty();
        for address in found.into_iter().take(MOST) {
            handed.push(address);
        }
        Ok(handed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_hosts_without_an_address_are_no_network() {
        let (address, unknown): (SocketAddr, _) = ("192.0.2.1:80".parse().unwrap(), Err(LookupError::Unknown));
        let mut known = Known::default();
        known.learn("a:80", unknown.clone());
        known.learn("b:80", unknown.clone());
        known.learn("a:80", unknown.clone());
        let lookups = |known: Known| Lookups { known: Mutex::new(known), ..Lookups::new(Duration::ZERO, system) };
        let first = lookups(known);
        assert!(!first.is_offline() && !first.is_online());
        first.lock().learn("c:80", unknown);
        assert!(first.is_offline());
        first.lock().learn("localhost:80", Ok(vec!["127.0.0.1:80".parse().unwrap()]));
        assert!(first.is_offline());
        first.lock().learn("d:80", Ok(vec![address]));
        assert!(!first.is_offline() && first.is_online());
    }

    #[test]
    fn numbers_are_not_looked_up_and_a_stop_ends_what_is() {
        let lookups = Arc::new(Lookups::new(Duration::from_mins(10), system));
        assert_eq!(lookups.find("[::1]:8080"), Ok(vec!["[::1]:8080".parse().unwrap()]));
        assert!(!lookups.is_online());
        lookups.lock().hosts.insert("kunta.example.fi:80".to_owned(), None);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| lookups.find("kunta.example.fi:80"));
            lookups.stop();
            assert_eq!(waiting.join().unwrap(), Err(LookupError::Stopped));
        });
    }
}
