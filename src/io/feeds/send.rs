//! One request and its answer, without redirects: the client of a run, the header that is sent, the body read
//! within its limits.

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ureq::http::{HeaderMap, HeaderValue, Response};
use ureq::tls::{RootCerts, TlsConfig};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Proxy};

use super::faults;
use super::lookup::{Found, Lookups};
use super::settings::Limits;
use crate::formats::packed;
use crate::model::Fault;
use crate::text::address::Address;

/// Most bytes that are read of a body nobody wants, so that its connection can be used again.
const UNWANTED: u64 = 64 * 1024;
/// A time after which what is left of the whole is told to the client anew.
const NOTICEABLE: Duration = Duration::from_secs(1);

/// The HTTP clients of a run: one for each proxy and one for none.
#[derive(Debug)]
pub struct Clients {
    agents: Mutex<Agents>,
    lookups: Arc<Lookups>,
    limits: Limits,
    user_agent: String,
}

#[derive(Debug, Default)]
struct Agents {
    stopped: bool,
    /// Whether this machine has no certificates, so that the program's own are used.
    bundled: bool,
    by_proxy: HashMap<Option<String>, Agent>,
    /// Clients that get no further request, but may be at one.
    retired: Vec<Agent>,
}

/// The header of a request, as far as it differs from one to the next.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    pub accept: &'a str,
    pub user_agent: Option<&'a str>,
    pub etag: Option<&'a [u8]>,
    pub modified: Option<&'a [u8]>,
}

impl Clients {
    pub fn new(lookups: Arc<Lookups>, limits: Limits, user_agent: String) -> Self {
        Self { agents: Mutex::default(), lookups, limits, user_agent }
    }

    fn lock(&self) -> MutexGuard<'_, Agents> {
        self.agents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Ends every request at once, and lets no other begin.
    pub fn stop(&self) {
        let mut agents = self.lock();
        agents.stopped = true;
        agents.retire();
        for agent in agents.retired.drain(..) {
            agent.shutdown();
        }
    }

    /// Sends a request to `address` and returns the answer once its header is there; `spent` is what was used of the
    /// time for the whole.
    pub fn send(
        &self,
        address: &Address,
        header: Header<'_>,
        proxy: Option<&str>,
        spent: Duration,
    ) -> Result<Response<ureq::Body>, Fault> {
        let agent = self.agent(proxy)?;
        match self.try_send(&agent, address, header, spent) {
            Err(error) if faults::lacks_certificates(&error) => {
                self.bundle();
                let agent = self.agent(proxy)?;
                self.try_send(&agent, address, header, spent)
            }
            sent => sent,
        }
        .map_err(|error| if self.lock().stopped { Fault::Stopped } else { faults::of_error(error, address.host()) })
    }

    fn try_send(
        &self,
        agent: &Agent,
        address: &Address,
        header: Header<'_>,
        spent: Duration,
    ) -> Result<Response<ureq::Body>, ureq::Error> {
        let mut request =
            agent.get(address.to_string()).header("accept", header.accept).header("accept-encoding", "gzip");
        if let Some(user_agent) = header.user_agent {
            request = request.header("user-agent", user_agent);
        }
        for (name, value) in [("if-none-match", header.etag), ("if-modified-since", header.modified)] {
            if let Some(value) = value.and_then(|value| HeaderValue::from_bytes(value).ok()) {
                request = request.header(name, value);
            }
        }
        if spent < NOTICEABLE {
            return request.call();
        }
        let left = self.limits.total.saturating_sub(spent).max(Duration::from_millis(1));
        request.config().timeout_global(Some(left)).build().call()
    }

    /// Returns the client for requests through `proxy`.
    fn agent(&self, proxy: Option<&str>) -> Result<Agent, Fault> {
        let mut agents = self.lock();
        if agents.stopped {
            return Err(Fault::Stopped);
        }
        let key = proxy.map(str::to_owned);
        if let Some(agent) = agents.by_proxy.get(&key) {
            return Ok(agent.clone());
        }
        let proxy = proxy.map(Proxy::new).transpose().map_err(|_| Fault::Proxy)?;
        // No certificate is read before the first secure request.
        let roots = if agents.bundled { RootCerts::WebPki } else { RootCerts::PlatformVerifier };
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .proxy(proxy)
            .user_agent(&self.user_agent)
            .tls_config(TlsConfig::builder().root_certs(roots).build())
            .max_response_header_size(self.limits.header)
            .max_idle_connections(64)
            .max_idle_connections_per_host(1)
            .timeout_global(Some(self.limits.total))
            .timeout_connect(Some(self.limits.connect))
            .timeout_per_read(Some(self.limits.read))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Found(Arc::clone(&self.lookups)));
        agents.by_proxy.insert(key, agent.clone());
        Ok(agent)
    }

    /// Takes the program's own certificates from now on.
    fn bundle(&self) {
        let mut agents = self.lock();
        if !agents.bundled {
            agents.bundled = true;
            agents.retire();
        }
    }

    /// Reads the body of an answer, unpacked.
    pub fn body(&self, response: Response<ureq::Body>, host: &str) -> Result<Vec<u8>, Fault> {
        let packing = packing(response.headers())?;
        let most = self.limits.body;
        if response.body().content_length().is_some_and(|length| length > most) {
            return Err(too_large(most));
        }
        let reader = response.into_body().into_with_config().limit(most).reader();
        let body = unpacked(BufReader::new(reader), packing, most, host);
        if self.lock().stopped { Err(Fault::Stopped) } else { body }
    }
}

impl Agents {
    /// Gives no further request to the clients there are.
    fn retire(&mut self) {
        let retired = self.by_proxy.drain().map(|(_, agent)| agent);
        self.retired.extend(retired);
    }
}

/// Reads what is left of an unwanted body, where that is little, so that the connection is used again.
pub fn drain(response: Response<ureq::Body>) {
    let body = response.into_body();
    if body.content_length().is_some_and(|length| length <= UNWANTED) {
        // What cannot be read is not wanted either.
        let _ = std::io::copy(&mut body.into_reader(), &mut std::io::sink());
    }
}

/// Returns whether the header says that the body is packed, in the one way that is known.
fn packing(header: &HeaderMap) -> Result<bool, Fault> {
    let mut packed = false;
    for value in header.get_all("content-encoding") {
        let value = super::redirect::text(value.as_bytes());
        for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match name.to_ascii_lowercase().as_str() {
                "gzip" | "x-gzip" => packed = true,
                "identity" => {}
                _ => return Err(Fault::Packing(faults::short(name))),
            }
        }
    }
    Ok(packed)
}

/// Reads a body of at most `most` bytes. Its first bytes tell whether it is packed, whatever its header says.
fn unpacked(mut reader: impl BufRead, packing: bool, most: u64, host: &str) -> Result<Vec<u8>, Fault> {
    let mut start = Vec::new();
    reader.by_ref().take(3).read_to_end(&mut start).map_err(|error| faults::of_io(&error, host))?;
    let is_packed = packed::is_packed(&start);
    let whole = start.as_slice().chain(reader);
    let mut bytes =
        if is_packed { read(packed::unpacking(BufReader::new(whole)), most, host)? } else { read(whole, most, host)? };
    // Packed files are packed again by servers that do not look at what they send.
    for _ in 0..2 {
        if !is_packed || !packed::is_packed(&bytes) {
            break;
        }
        bytes = read(packed::unpacking(bytes.as_slice()), most, host)?;
    }
    // What says that it is packed and is not may be read, unless it is nothing that can be.
    if packing && !is_packed && bytes.contains(&0) { Err(Fault::Garbage) } else { Ok(bytes) }
}

fn read(reader: impl Read, most: u64, host: &str) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    reader.take(most + 1).read_to_end(&mut bytes).map_err(|error| faults::of_io(&error, host))?;
    if bytes.len() as u64 > most {
        return Err(too_large(most));
    }
    Ok(bytes)
}

fn too_large(most: u64) -> Fault {
    Fault::TooLarge(faults::kibibytes(most))
}
