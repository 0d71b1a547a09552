//! Runs a program on a pseudo-terminal: what it shows, what it is sent, how it ends.

use std::fmt::Debug;
use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};

/// Longest time anything may take before the test fails; nothing waits that long when all is well.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Describes a program to run.
#[derive(Clone, Debug)]
pub struct Program {
    /// The command and its arguments.
    pub command: Vec<String>,
    /// A text on the screen once it has started.
    pub ready: &'static str,
    /// The keys that quit it.
    pub quit: &'static str,
    /// Environment variables to set.
    pub environment: Vec<(&'static str, &'static str)>,
}

impl Program {
    /// Returns the same program, started by a shell with job control that runs `script`, in which `$0` is the program.
    pub fn under_shell(&self, script: &str) -> Self {
        let mut command = vec!["sh".to_owned(), "-m".to_owned(), "-c".to_owned(), script.to_owned()];
        command.extend(self.command.iter().cloned());
        Self { command, ..self.clone() }
    }
}

/// Holds a running program and its terminal.
pub struct Run {
    pub child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    seen: Arc<Seen>,
    before: String,
}

struct Seen {
    terminal: Mutex<Terminal>,
    changed: Condvar,
    /// Whether the terminal stops reading after the next output.
    deaf: AtomicBool,
}

struct Terminal {
    parser: vt100::Parser,
    bytes: Vec<u8>,
    /// Whether nothing reads any more.
    closed: bool,
}

impl Run {
    /// Starts `program` on a terminal of 80 × 24 cells and waits until it is ready.
    pub fn ready(program: &Program) -> Self {
        let run = Self::start(program);
        run.wait_for(program.ready, |screen| screen.contents().contains(program.ready));
        run
    }

    /// Starts `program` on a terminal of 80 × 24 cells.
    pub fn start(program: &Program) -> Self {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let before = attributes(&*pair.master);
        let mut builder = CommandBuilder::new(&program.command[0]);
        builder.args(&program.command[1..]);
        builder.env("TERM", "xterm-256color");
        // The test must not touch the user's library.
        builder.env_remove("HOME");
        builder.env_remove("XDG_DATA_HOME");
        for (name, value) in &program.environment {
            builder.env(name, value);
        }
        let seen = Arc::new(Seen {
            terminal: Mutex::new(Terminal {
                parser: vt100::Parser::new(24.try_into().unwrap(), 80.try_into().unwrap(), 0),
                bytes: Vec::new(),
                closed: false,
            }),
            changed: Condvar::new(),
            deaf: AtomicBool::new(false),
        });
        let reader = pair.master.try_clone_reader().unwrap();
        let shared = Arc::clone(&seen);
        thread::spawn(move || listen(reader, &shared));
        let writer = pair.master.take_writer().unwrap();
        let child = pair.slave.spawn_command(builder).unwrap();
        Self { child, master: pair.master, writer, seen, before }
    }

    /// Types `keys`.
    pub fn send(&mut self, keys: impl AsRef<[u8]>) {
        self.writer.write_all(keys.as_ref()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Sends a signal to the process `pid`.
    pub fn signal(pid: u32, signal: Signal) {
        kill_process(Pid::from_raw(pid.try_into().unwrap()).unwrap(), signal).unwrap();
    }

    /// Returns the process id.
    pub fn pid(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    /// Changes the size of the window.
    pub fn resize(&self, columns: u16, rows: u16) {
        let side = |cells: u16| cells.max(1).try_into().unwrap();
        // The screen for the new size is compared only once both sides know the size.
        let mut terminal = self.seen.terminal.lock().unwrap();
        self.master.resize(size(columns, rows)).unwrap();
        terminal.parser.screen_mut().set_size(side(rows), side(columns));
    }

    /// Waits until the screen is as `wished`.
    pub fn wait_for(&self, what: impl Debug, wished: impl Fn(&vt100::Screen) -> bool) {
        let end = Instant::now() + TIMEOUT;
        let mut terminal = self.seen.terminal.lock().unwrap();
        while !wished(terminal.parser.screen()) {
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "never {what:?} on\n{}", terminal.parser.screen().contents());
            terminal = self.seen.changed.wait_timeout(terminal, left).unwrap().0;
        }
    }

    /// Waits until the screen shows `text`.
    pub fn shows(&self, text: &str) {
        self.wait_for(text, |screen| screen.contents().contains(text));
    }

    /// Waits until the program ends; returns its exit code.
    pub fn code(&mut self) -> u32 {
        let end = Instant::now() + TIMEOUT;
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            assert!(Instant::now() < end, "still running; the screen is\n{}", self.screen());
            thread::sleep(Duration::from_millis(2));
        }
    }

    /// Returns the text on the screen.
    pub fn screen(&self) -> String {
        self.seen.terminal.lock().unwrap().parser.screen().contents()
    }

    /// Returns all bytes that were sent to the terminal.
    pub fn sent(&self) -> Vec<u8> {
        self.seen.terminal.lock().unwrap().bytes.clone()
    }

    /// Asserts that the terminal is as it was before the program started. The last output may still be on its way.
    pub fn is_as_before(&self) {
        self.wait_for("a terminal left in order", |screen| {
            !screen.alternate_screen()
                && !screen.hide_cursor()
                && !screen.bracketed_paste()
                && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
        });
        assert_eq!(attributes(&*self.master), self.before);
    }

    /// Reports whether the terminal has the attributes from before the program started.
    pub fn is_set_up_as_before(&self) -> bool {
        attributes(&*self.master) == self.before
    }

    /// Stops reading what the program sends; `provoke` makes it send something.
    pub fn go_deaf(&mut self, provoke: &str) {
        self.seen.deaf.store(true, Ordering::SeqCst);
        self.send(provoke);
        let mut terminal = self.seen.terminal.lock().unwrap();
        while !terminal.closed {
            terminal = self.seen.changed.wait(terminal).unwrap();
        }
    }

    /// Closes the terminal under the program; returns the process.
    pub fn hang_up(mut self, provoke: &str) -> Box<dyn Child + Send + Sync> {
        self.go_deaf(provoke);
        self.child
    }
}

fn listen(mut reader: Box<dyn Read + Send>, seen: &Seen) {
    let mut buffer = [0; 8192];
    while let Ok(length @ 1..) = reader.read(&mut buffer) {
        let mut terminal = seen.terminal.lock().unwrap();
        terminal.parser.process(&buffer[..length]);
        terminal.bytes.extend_from_slice(&buffer[..length]);
        drop(terminal);
        seen.changed.notify_all();
        if seen.deaf.load(Ordering::SeqCst) {
            break;
        }
    }
    drop(reader);
    seen.terminal.lock().unwrap().closed = true;
    seen.changed.notify_all();
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, ..PtySize::default() }
}

/// Returns the attributes of the terminal in a form that can be compared.
fn attributes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios())
}
