//! Opens the terminal device, once for keys and frames alike; writing to it never blocks for good.

use std::io::{self, PipeReader, PipeWriter, Write};
use std::sync::Arc;
use std::time::{Duration, Instant};

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{Mode, OFlags, open};
use rustix::io::Errno;
use rustix::termios::{self, OptionalActions, QueueSelector, Termios};

/// Largest screen drawn on; a window may claim 65535 × 65535 cells, whose buffers would take hundreds of gigabytes.
const LARGEST: Size = Size { width: 500, height: 200 };
/// The size assumed for a terminal that does not know its own (a serial line says 0 × 0).
const USUAL: Size = Size { width: 80, height: 24 };

/// Holds the terminal that standard output is connected to, opened anew.
///
/// Only so can it be non-blocking without making the shell's own descriptors non-blocking. A terminal that takes no
/// more output (`Ctrl-S` on the other side, a stalled line) must not keep the program from ending.
#[derive(Debug)]
pub(super) struct Tty {
    device: OwnedFd,
    /// Becomes readable when no thread should wait for the terminal any more.
    halted: PipeReader,
    halt: PipeWriter,
}

impl Tty {
    /// Opens the terminal of standard output; keys come from it too, so that standard input may be a document.
    ///
    /// # Errors
    /// When the process has no terminal, or no more files may be opened.
    pub(super) fn open() -> io::Result<Self> {
        let (halted, halt) = io::pipe()?;
        Ok(Self { device: device()?, halted, halt })
    }

    /// Returns the size in cells, between 1 × 1 and 500 × 200.
    pub(super) fn size(&self) -> Size {
        let Ok(told) = termios::tcgetwinsize(&self.device) else { return USUAL };
        let side = |told: u16, usual: u16, largest: u16| if told == 0 { usual } else { told.min(largest) };
        Size {
            width: side(told.ws_col, USUAL.width, LARGEST.width),
            height: side(told.ws_row, USUAL.height, LARGEST.height),
        }
    }

    /// Returns the device, for polling and reading.
    pub(super) fn device(&self) -> BorrowedFd<'_> {
        self.device.as_fd()
    }

    /// Returns the attributes of the terminal.
    pub(super) fn attributes(&self) -> io::Result<Termios> {
        Ok(termios::tcgetattr(&self.device)?)
    }

    /// Sets the attributes of the terminal at once; waiting for its output first could take for ever.
    pub(super) fn set_attributes(&self, attributes: &Termios) -> io::Result<()> {
        Ok(termios::tcsetattr(&self.device, OptionalActions::Now, attributes)?)
    }

    /// Reports whether this process group has the terminal; a shell takes it away from jobs in the background.
    pub(super) fn is_ours(&self) -> bool {
        termios::tcgetpgrp(&self.device).map_or(true, |group| group == rustix::process::getpgrp())
    }

    /// Makes every writer that waits for the terminal give up, now and later. Can be called from any thread.
    pub(super) fn halt(&self) {
        // The only possible failure is a full pipe, which has the same effect.
        let _ = (&self.halt).write(&[0]);
    }

    /// Writes all of `bytes`, waiting for a slow terminal as long as nobody called [`Self::halt`].
    ///
    /// # Errors
    /// When the terminal went away or was given up on.
    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.write_while(bytes, || self.wait_for_room(None))
    }

    /// Writes all of `bytes`, waiting for a slow terminal for `patience` at most.
    ///
    /// # Errors
    /// When the terminal went away or took too long.
    pub(super) fn write_soon(&self, bytes: &[u8], patience: Duration) -> io::Result<()> {
        let end = Instant::now() + patience;
        self.write_while(bytes, || self.wait_for_room(Some(end.saturating_duration_since(Instant::now()))))
    }

    /// Discards output that the terminal has not taken yet.
    pub(super) fn forget_output(&self) {
        let _ = termios::tcflush(&self.device, QueueSelector::OFlush);
    }

    fn write_while(&self, bytes: &[u8], mut wait: impl FnMut() -> io::Result<()>) -> io::Result<()> {
        let mut rest = bytes;
        while !rest.is_empty() {
            match rustix::io::write(&self.device, rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => rest = rest.get(written..).unwrap_or_default(),
                Err(Errno::INTR) => {}
                Err(Errno::AGAIN) => wait()?,
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }

    /// Waits until the terminal takes output: for `patience` at most, or without limit until [`Self::halt`].
    fn wait_for_room(&self, patience: Option<Duration>) -> io::Result<()> {
        let mut waited = [
            PollFd::new(&self.device, PollFlags::OUT),
            PollFd::new(&self.halted, if patience.is_none() { PollFlags::IN } else { PollFlags::empty() }),
        ];
        match poll(&mut waited, patience.and_then(timespec).as_ref()) {
            Ok(0) => Err(io::ErrorKind::TimedOut.into()),
            Ok(_) if patience.is_none() && !waited[1].revents().is_empty() => {
                Err(io::ErrorKind::ConnectionAborted.into())
            }
            Ok(_) | Err(Errno::INTR) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// Writes frames to the terminal: every write is whole, or an error.
#[derive(Debug)]
pub(super) struct Output(pub(super) Arc<Tty>);

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map(|()| bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Returns a duration as `poll` expects it.
pub(super) fn timespec(duration: Duration) -> Option<Timespec> {
    Timespec::try_from(duration).ok()
}

fn device() -> io::Result<OwnedFd> {
    let stdout = io::stdout();
    let flags = OFlags::RDWR | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let named = termios::ttyname(&stdout, Vec::new()).and_then(|name| open(&name, flags, Mode::empty()));
    // Opening by name may be forbidden (after `su`) or impossible (in a container); then try the controlling terminal,
    // and finally the descriptor itself, which may block.
    match named.or_else(|_| open("/dev/tty", flags, Mode::empty())) {
        Ok(device) => Ok(device),
        Err(_) => stdout.as_fd().try_clone_to_owned(),
    }
}
