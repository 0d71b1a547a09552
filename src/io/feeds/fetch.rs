//! Fetching what lies at an address: the rules for redirects, validators, waiting and secure requests.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ureq::http::{HeaderMap, Response};

use super::answer::{Answer, Body, Content, Failure, Freshness, PageLink, Request, Validators};
use super::faults;
use super::gate::Gate;
use super::headers::{self, Caching};
use super::lookup::{self, Lookups, Resolve};
use super::proxies::Proxies;
use super::redirect::{self, Reach};
use super::send::{Clients, Header, drain};
use super::settings::{Limits, Settings};
use crate::io::clock;
use crate::model::{Fault, RedirectFault};
use crate::text::address::Address;

/// Longest validator that is kept, in bytes.
const LONGEST_VALIDATOR: usize = 1024;

/// Fetches what lies at addresses, from several threads at once: made for a run and dropped at its end.
#[derive(Debug)]
pub struct Fetcher {
    clients: Clients,
    lookups: Arc<Lookups>,
    gate: Gate,
    limits: Limits,
    proxies: Proxies,
    https_only: HashSet<String>,
}

/// A request on its way through redirects.
struct Journey {
    address: Address,
    moved: Option<Address>,
    /// Whether all redirects so far are permanent.
    permanent: bool,
    /// How far the addresses so far reach.
    reach: Option<Reach>,
    hops: usize,
    spent: Duration,
    https_until: Vec<(String, i64)>,
}

impl Fetcher {
    /// Makes a fetcher; nothing is opened before the first request.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self::resolving(settings, lookup::system)
    }

    /// Makes a fetcher that looks up hosts by `resolve`.
    pub(super) fn resolving(settings: Settings, resolve: Resolve) -> Self {
        let Settings { limits, pause, proxies, https_only, waits, user_agent } = settings;
        let lookups = Arc::new(Lookups::new(limits.lookup, resolve));
        let clients = Clients::new(Arc::clone(&lookups), limits, user_agent);
        Self { clients, lookups, gate: Gate::new(pause, waits), limits, proxies, https_only }
    }

    /// Fetches what lies at an address, after all redirects. Waits while the host is asked something else.
    ///
    /// # Errors
    ///
    /// Says what went wrong and where.
    pub fn fetch(&self, request: &Request) -> Result<Answer, Failure> {
        let mut journey = Journey {
            address: request.address.clone(),
            moved: None,
            permanent: true,
            reach: None,
            hops: 0,
            spent: Duration::ZERO,
            https_until: Vec::new(),
        };
        loop {
            match self.step(request, &mut journey) {
                Ok(None) => {}
                Ok(Some(answer)) => return Ok(answer),
                Err(fault) => {
                    let fault = if self.is_stopped() { Fault::Stopped } else { fault };
                    return Err(Failure { fault, address: journey.address, moved: journey.moved });
                }
            }
        }
    }

    /// Ends every request at once, and lets no other begin.
    pub fn stop(&self) {
        self.gate.stop();
        self.lookups.stop();
        self.clients.stop();
    }

    /// Reports whether the run was stopped.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.gate.is_stopped()
    }

    /// Reports whether several hosts could not be looked up and none could: there is no network.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.lookups.is_offline()
    }

    /// Reports whether a host could be looked up: there is a network.
    #[must_use]
    pub fn is_online(&self) -> bool {
        self.lookups.is_online()
    }

    /// Sends one request of a journey; `None` where a redirect leads on.
    fn step(&self, request: &Request, journey: &mut Journey) -> Result<Option<Answer>, Fault> {
        if self.https_only.contains(journey.address.host())
            && let Some(secured) = journey.address.secured()
        {
            journey.address = secured;
        }
        let address = journey.address.clone();
        let now = clock::now().seconds;
        if let Some(until) = self.gate.wait(address.host()).filter(|until| *until > now) {
            return Err(Fault::Wait { until: Some(until) });
        }
        let began = Instant::now();
        let proxy = self.proxies.through(&address);
        let reach = self.reach(&address, proxy.is_some())?;
        // A host of several addresses is trusted as little as any of them.
        let (inner, outer) = reach;
        if journey.reach.is_some_and(|from| !from.may_lead_to(inner)) {
            return Err(refused(&address.to_string(), RedirectFault::Private));
        }
        journey.reach = Some(journey.reach.map_or(outer, |from| from.max(outer)));
        journey.spent += began.elapsed();
        let own = outer == Reach::Machine;
        let host = if own { address.endpoint() } else { address.host().to_owned() };
        let pass = self.gate.enter(&host, own).ok_or(Fault::Stopped)?;
        let began = Instant::now();
        let known = Some(&request.validators).filter(|known| known.address == address.to_string());
        let header = Header {
            accept: request.accept,
            user_agent: request.user_agent.as_deref(),
            etag: known.and_then(|known| known.etag.as_deref()),
            modified: known.and_then(|known| known.modified.as_deref()),
        };
        let response = self.clients.send(&address, header, proxy, journey.spent)?;
        let conditional = header.etag.is_some() || header.modified.is_some();
        let arrived = self.arrived(response, journey, known.filter(|_| conditional));
        journey.spent += began.elapsed();
        drop(pass);
        arrived
    }

    /// Returns how far the addresses of a host reach at least and at most.
    fn reach(&self, address: &Address, proxied: bool) -> Result<(Reach, Reach), Fault> {
        if proxied {
            let reach = Reach::of_name(address.host());
            return Ok((reach, reach));
        }
        let found = self.lookups.find(&address.endpoint());
        let found = found.map_err(|error| faults::of_lookup(error, address.host()))?;
        let reaches = || found.iter().map(SocketAddr::ip).map(Reach::of);
        Ok((reaches().min().unwrap_or(Reach::Public), reaches().max().unwrap_or(Reach::Public)))
    }

    /// Handles an answer whose header is there; `None` where a redirect leads on.
    fn arrived(
        &self,
        response: Response<ureq::Body>,
        journey: &mut Journey,
        known: Option<&Validators>,
    ) -> Result<Option<Answer>, Fault> {
        let now = clock::now().seconds;
        let status = response.status().as_u16();
        let header = response.headers().clone();
        journey.note_https(&header, now);
        if let Some(permanent) = redirect::permanence(status) {
            drain(response);
            self.turn(journey, &header, permanent)?;
            return Ok(None);
        }
        let content = match (status, known) {
            (304, Some(_)) => {
                drain(response);
                Content::Unchanged
            }
            (200 | 203, _) => Content::Body(self.body(response, &journey.address)?),
            _ => {
                drain(response);
                return Err(self.fault_of(status, &header, &journey.address, now));
            }
        };
        let mut validators = validators(&header, &journey.address);
        if let (Content::Unchanged, Some(known)) = (&content, known) {
            validators.etag = validators.etag.or_else(|| known.etag.clone());
            validators.modified = validators.modified.or_else(|| known.modified.clone());
        }
        Ok(Some(Answer {
            content,
            address: journey.address.clone(),
            moved: journey.moved.clone(),
            validators,
            freshness: Freshness { until: fresh_until(&header, now) },
            https_until: std::mem::take(&mut journey.https_until),
        }))
    }

    /// Follows a redirect, where that is allowed.
    fn turn(&self, journey: &mut Journey, header: &HeaderMap, permanent: bool) -> Result<(), Fault> {
        let location = header.get("location").map(ureq::http::HeaderValue::as_bytes);
        journey.hops += 1;
        let to = redirect::next(&journey.address, location, journey.hops, self.limits.redirects)
            .map_err(|reason| refused(&redirect::text(location.unwrap_or_default()), reason))?;
        if journey.spent > self.limits.total {
            return Err(Fault::TimeOut(faults::short(journey.address.host())));
        }
        journey.permanent &= permanent;
        if journey.permanent {
            journey.moved = Some(to.clone());
        }
        journey.address = to;
        Ok(())
    }

    /// Reads the body of an answer and what its header says about it.
    fn body(&self, response: Response<ureq::Body>, address: &Address) -> Result<Body, Fault> {
        let header = response.headers().clone();
        let (media, charset) = headers::content_type(&value(&header, "content-type").unwrap_or_default());
        let location = value(&header, "content-location").and_then(|location| address.join(&location).ok());
        let links = header.get_all("link").iter().flat_map(|value| headers::links(&redirect::text(value.as_bytes())));
        let links = links.filter_map(|link| {
            let to = address.join(&link.reference).ok()?;
            Some(PageLink { address: to, relation: link.relation, media: link.media, title: link.title })
        });
        let links = links.collect();
        let bytes = self.clients.body(response, address.host())?;
        if bytes.is_empty() {
            return Err(Fault::Empty);
        }
        Ok(Body { bytes, media, charset, location, links })
    }

    /// Returns the fault that a status means.
    fn fault_of(&self, status: u16, header: &HeaderMap, address: &Address, now: i64) -> Fault {
        // Walls against programs say so, whatever their status.
        if header.contains_key("cf-mitigated") {
            return Fault::Forbidden;
        }
        match status {
            401 | 407 => Fault::Password,
            403 => Fault::Forbidden,
            404 => Fault::NotFound,
            410 => Fault::Gone,
            429 | 503 => {
                let until = value(header, "retry-after").and_then(|value| headers::retry_after(&value, now));
                // Without a time it is left alone as long as after a first fault.
                let pause = Fault::Wait { until }.pause(1).unwrap_or_default();
                self.gate.leave(address.host(), until.unwrap_or(now + i64::from(pause)));
                Fault::Wait { until }
            }
            500..600 => Fault::OutOfOrder(status),
            _ => Fault::Status(status),
        }
    }
}

impl Journey {
    /// Notes that a host wants secure requests only, where it says so in a secure answer.
    fn note_https(&mut self, header: &HeaderMap, now: i64) {
        let host = self.address.host();
        let named = !host.starts_with('[') && host.parse::<std::net::Ipv4Addr>().is_err();
        if self.address.is_secure()
            && named
            && let Some(until) =
                value(header, "strict-transport-security").and_then(|value| headers::https_until(&value, now))
        {
            self.https_until.push((host.to_owned(), until));
        }
    }
}

/// Returns the first value of a header as text.
fn value(header: &HeaderMap, name: &str) -> Option<String> {
    header.get(name).map(|value| redirect::text(value.as_bytes()))
}

fn fresh_until(header: &HeaderMap, now: i64) -> Option<i64> {
    let control: Vec<String> =
        header.get_all("cache-control").iter().map(|value| redirect::text(value.as_bytes())).collect();
    let [age, expires, date] = ["age", "expires", "date"].map(|name| value(header, name));
    Caching {
        control: &control.join(","),
        age: age.as_deref().unwrap_or_default(),
        expires: expires.as_deref(),
        date: date.as_deref().unwrap_or_default(),
    }
    .fresh_until(now)
}

fn validators(header: &HeaderMap, address: &Address) -> Validators {
    let kept = |name: &str| {
        let value = header.get(name)?.as_bytes();
        (!value.is_empty() && value.len() <= LONGEST_VALIDATOR).then(|| value.to_vec())
    };
    Validators { address: address.to_string(), etag: kept("etag"), modified: kept("last-modified") }
}

fn refused(to: &str, reason: RedirectFault) -> Fault {
    Fault::Redirect { to: faults::short(to), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    #[test]
    fn a_host_whose_first_address_is_dead_is_asked_at_its_second() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let resolve = |endpoint: &str| {
            let (_, port) = endpoint.rsplit_once(':').unwrap();
            Ok(["127.0.0.2", "127.0.0.1"].map(|host| format!("{host}:{port}").parse().unwrap()).to_vec())
        };
        let fetcher = Fetcher::resolving(Settings::default(), resolve);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = Vec::new();
                while !asked.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    stream.read_exact(&mut byte).unwrap();
                    asked.extend(byte);
                }
                stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n<a>").unwrap();
            });
            let address = Address::parse(&format!("http://kunta.example.fi:{port}/")).unwrap();
            let Content::Body(body) = fetcher.fetch(&Request::feed(address)).unwrap().content else { panic!() };
            assert_eq!(body.bytes, b"<a>");
        });
    }
}
