//! A server of HTTP/1.1 on the loopback: it answers as a test wants it to, records every request, and stops by itself.
#![expect(clippy::disallowed_methods, reason = "a server waits for connections on threads of its own")]
#![expect(clippy::unwrap_used, reason = "a server that cannot work fails its test")]

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};

use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// Holds a request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The connection it came on, from 1.
    pub connection: usize,
    /// Its first line.
    pub line: String,
    /// The path with the query.
    pub path: String,
    /// The lines of its header, as they came.
    pub header: Vec<String>,
}

impl Asked {
    /// Returns the value of a header, whatever the case of its name.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.header.iter().find_map(|line| {
            let (found, value) = line.split_once(':')?;
            found.eq_ignore_ascii_case(name).then(|| value.trim_start())
        })
    }
}

/// Holds an answer.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    header: Vec<u8>,
    body: Vec<u8>,
    length: Option<usize>,
    way: Way,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    /// With its length.
    Whole,
    /// In chunks.
    Chunked,
    /// Until the connection is closed.
    Closing,
    /// Byte for byte as the body has it, with no header; then the connection is closed.
    Raw,
    /// Byte for byte as well, but the connection goes on.
    Tunnel,
    /// The header and the body, and then nothing until the other side closes.
    Hanging,
}

impl Reply {
    /// Returns an answer without a body.
    pub fn new(status: u16) -> Self {
        Self { status, header: Vec::new(), body: Vec::new(), length: None, way: Way::Whole }
    }

    /// Returns an answer that brings `body`.
    pub fn of(body: impl Into<Vec<u8>>) -> Self {
        Self { body: body.into(), ..Self::new(200) }
    }

    /// Returns a redirect.
    pub fn to(status: u16, location: &str) -> Self {
        Self::new(status).with("Location", location)
    }

    /// Returns an answer of these bytes and no others.
    pub fn raw(bytes: impl Into<Vec<u8>>) -> Self {
        Self { way: Way::Raw, ..Self::of(bytes) }
    }

    /// Returns what a proxy answers once it has connected; what follows is for the other side.
    pub fn tunnel() -> Self {
        Self { way: Way::Tunnel, ..Self::of("HTTP/1.1 200 Connection established\r\n\r\n") }
    }

    /// Returns an answer that never comes.
    pub fn never() -> Self {
        Self { way: Way::Hanging, length: Some(usize::MAX), ..Self::new(0) }
    }

    /// Adds a line to the header.
    pub fn with(mut self, name: &str, value: impl AsRef<[u8]>) -> Self {
        self.header.extend_from_slice(name.as_bytes());
        self.header.extend_from_slice(b": ");
        self.header.extend_from_slice(value.as_ref());
        self.header.extend_from_slice(b"\r\n");
        self
    }

    /// Returns the value of a header that was added.
    pub fn header_value(&self, name: &str) -> Option<String> {
        let header = String::from_utf8_lossy(&self.header);
        header.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": ").map(str::to_owned))
    }

    /// States a length that need not be true.
    pub fn of_length(self, length: usize) -> Self {
        Self { length: Some(length), ..self }
    }

    /// Sends the body in chunks.
    pub fn chunked(self) -> Self {
        Self { way: Way::Chunked, ..self }
    }

    /// Ends the body by closing the connection.
    pub fn closing(self) -> Self {
        Self { way: Way::Closing, ..self }
    }

    /// Sends nothing after the body, and waits.
    pub fn hanging(self) -> Self {
        Self { way: Way::Hanging, ..self }
    }

    /// Writes the answer; reports whether the connection goes on.
    fn write(&self, stream: &mut (impl Read + Write)) -> io::Result<bool> {
        if !matches!(self.way, Way::Raw | Way::Tunnel) && self.status > 0 {
            let mut head = format!("HTTP/1.1 {} Answer\r\n", self.status).into_bytes();
            head.extend_from_slice(&self.header);
            let bare = matches!(self.status, 204 | 304);
            match self.way {
                Way::Chunked => head.extend_from_slice(b"Transfer-Encoding: chunked\r\n"),
                Way::Closing => head.extend_from_slice(b"Connection: close\r\n"),
                _ if bare && self.length.is_none() => {}
                _ => {
                    let length = self.length.unwrap_or(self.body.len());
                    head.extend_from_slice(format!("Content-Length: {length}\r\n").as_bytes());
                }
            }
            head.extend_from_slice(b"\r\n");
            stream.write_all(&head)?;
        }
        if self.way == Way::Chunked {
            for chunk in self.body.chunks(1000) {
                write!(stream, "{:x}\r\n", chunk.len())?;
                stream.write_all(chunk)?;
                stream.write_all(b"\r\n")?;
            }
            stream.write_all(b"0\r\n\r\n")?;
        } else {
            stream.write_all(&self.body)?;
        }
        stream.flush()?;
        if self.way == Way::Hanging {
            // Nothing more is asked: this waits until the other side, or the end of the server, closes.
            io::copy(stream, &mut io::sink())?;
        }
        // What lies about its length ends with the connection.
        let honest = self.length.is_none_or(|length| length == self.body.len());
        Ok(honest && matches!(self.way, Way::Whole | Way::Chunked | Way::Tunnel))
    }
}

/// Answers requests until it is dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: Option<JoinHandle<()>>,
    secure: bool,
}

#[derive(Default)]
struct Shared {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    stopped: bool,
    asked: Vec<Asked>,
    connections: Vec<TcpStream>,
}

impl Server {
    /// Starts a server that answers each request as `answer` says.
    pub fn start(answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::listening(None, answer)
    }

    /// Starts a server of TLS.
    pub fn secure(config: ServerConfig, answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        Self::listening(Some(Arc::new(config)), answer)
    }

    fn listening(config: Option<Arc<ServerConfig>>, answer: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let shared = Arc::<Shared>::default();
        let secure = config.is_some();
        let (handed, answer) = (Arc::clone(&shared), Arc::new(answer));
        let accepting = thread::spawn(move || {
            let mut threads = Vec::new();
            for stream in listener.incoming() {
                let Ok(stream) = stream else { break };
                let number = {
                    let mut state = handed.state.lock().unwrap();
                    if state.stopped {
                        break;
                    }
                    state.connections.push(stream.try_clone().unwrap());
                    state.connections.len()
                };
                let (shared, answer, config) = (Arc::clone(&handed), Arc::clone(&answer), config.clone());
                threads.push(thread::spawn(move || {
                    let closed = stream.try_clone().unwrap();
                    // A connection that breaks is the other side's to tell.
                    let _ = match config {
                        Some(config) => {
                            let connection = ServerConnection::new(config).unwrap();
                            serve(StreamOwned::new(connection, stream), number, &shared, &*answer)
                        }
                        None => serve(stream, number, &shared, &*answer),
                    };
                    let _ = closed.shutdown(Shutdown::Both);
                }));
            }
            for thread in threads {
                thread.join().unwrap();
            }
        });
        Self { address, shared, accepting: Some(accepting), secure }
    }

    /// Returns the port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// Returns the address of a path that begins with a slash.
    pub fn url(&self, path: &str) -> String {
        let (scheme, host) = if self.secure { ("https", "localhost") } else { ("http", "127.0.0.1") };
        format!("{scheme}://{host}:{}{path}", self.port())
    }

    /// Returns the requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.state.lock().unwrap().asked.clone()
    }

    /// Returns the number of connections so far.
    pub fn connections(&self) -> usize {
        self.shared.state.lock().unwrap().connections.len()
    }

    /// Waits until so many requests have come.
    pub fn wait_for(&self, count: usize) {
        let state = self.shared.state.lock().unwrap();
        drop(self.shared.changed.wait_while(state, |state| state.asked.len() < count).unwrap());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        {
            let mut state = self.shared.state.lock().unwrap();
            state.stopped = true;
            for connection in &state.connections {
                let _ = connection.shutdown(Shutdown::Both);
            }
        }
        // Wakes the thread that waits for connections.
        drop(TcpStream::connect(self.address));
        if let Some(thread) = self.accepting.take() {
            let joined = thread.join();
            assert!(joined.is_ok() || thread::panicking(), "the server failed");
        }
    }
}

/// Answers the requests of a connection.
fn serve<S: Read + Write>(
    stream: S,
    connection: usize,
    shared: &Shared,
    answer: &dyn Fn(&Asked) -> Reply,
) -> io::Result<()> {
    let mut stream = BufReader::new(stream);
    loop {
        let mut lines = Vec::new();
        loop {
            let mut line = Vec::new();
            if stream.read_until(b'\n', &mut line)? == 0 {
                return Ok(());
            }
            let line = String::from_utf8_lossy(&line).trim_end_matches(['\r', '\n']).to_owned();
            if line.is_empty() {
                break;
            }
            lines.push(line);
        }
        let line = lines.remove(0);
        let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
        let asked = Asked { connection, line, path, header: lines };
        shared.state.lock().unwrap().asked.push(asked.clone());
        shared.changed.notify_all();
        if !answer(&asked).write(stream.get_mut())? {
            return Ok(());
        }
    }
}
