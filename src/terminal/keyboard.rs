//! The thread that waits for keys. It sleeps until something comes; there is no tick.

use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;

use super::parser::Parser;
use super::tty::{Tty, timespec};
use crate::app::Event;

/// How long pausing waits for the thread, which is only ever busy for as long as a read takes.
const PATIENCE: Duration = Duration::from_millis(100);
const PAUSE: u8 = 0;
const GO_ON: u8 = 1;

/// The running thread, which can be told to leave the keys to another program for a while.
#[derive(Debug)]
pub(super) struct Keyboard {
    orders: PipeWriter,
    paused: Receiver<()>,
}

impl Keyboard {
    /// Starts the thread; what the terminal sends goes to `events`, and [`Event::Terminated`] once it went away.
    ///
    /// # Errors
    /// When no pipe or thread can be had.
    pub(super) fn start(tty: Arc<Tty>, events: Sender<Event>) -> io::Result<Self> {
        let (ordered, orders) = io::pipe()?;
        let (pausing, paused) = channel();
        let mut reader = Reader { tty, ordered, pausing, events, parser: Parser::default() };
        thread::Builder::new().name("keyboard".into()).stack_size(128 * 1024).spawn(move || reader.read())?;
        Ok(Self { orders, paused })
    }

    /// Stops reading keys; returns once no read is under way.
    pub(super) fn pause(&mut self) {
        if self.orders.write_all(&[PAUSE]).is_ok() {
            // A thread that ended cannot answer, and need not.
            let _ = self.paused.recv_timeout(PATIENCE);
        }
    }

    /// Reads keys again.
    pub(super) fn go_on(&mut self) {
        let _ = self.orders.write_all(&[GO_ON]);
    }
}

/// What the thread works with.
struct Reader {
    tty: Arc<Tty>,
    ordered: PipeReader,
    pausing: Sender<()>,
    events: Sender<Event>,
    parser: Parser,
}

impl Reader {
    /// Reads until the terminal or the program goes away.
    fn read(&mut self) {
        let ending = self.read_on();
        if ending.is_err() {
            self.tty.halt();
            let _ = self.events.send(Event::Terminated);
        }
    }

    /// `Ok` when the program went away, an error when the terminal did.
    fn read_on(&mut self) -> io::Result<()> {
        let mut buffer = [0; 4096];
        loop {
            let (typed, ordered) = self.wait()?;
            if ordered && !self.obey() {
                return Ok(());
            }
            let mut open = true;
            let mut tell = |event| open &= self.events.send(event).is_ok();
            match typed {
                Typed::Nothing if ordered => {}
                Typed::Nothing => self.parser.give_up(&mut tell),
                // Orders first: after a pause there may be nothing left to read.
                Typed::Something if ordered => {}
                Typed::Something => match rustix::io::read(self.tty.device(), &mut buffer) {
                    Ok(0) => return Err(io::ErrorKind::UnexpectedEof.into()),
                    Ok(length) => self.parser.feed(buffer.get(..length).unwrap_or_default(), &mut tell),
                    Err(Errno::INTR | Errno::AGAIN) => {}
                    Err(error) => return Err(error.into()),
                },
            }
            if !open {
                return Ok(());
            }
        }
    }

    /// Waits for keys or orders: for ever, or while a sequence is unfinished for a moment.
    fn wait(&self) -> io::Result<(Typed, bool)> {
        let patience = self.parser.patience().and_then(timespec);
        let device = self.tty.device();
        let mut waited = [PollFd::new(&device, PollFlags::IN), PollFd::new(&self.ordered, PollFlags::IN)];
        loop {
            match poll(&mut waited, patience.as_ref()) {
                Ok(_) => break,
                Err(Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let [typed, ordered] = waited.map(|one| one.revents());
        // A terminal that hung up and has nothing left to say would wake us for ever.
        if typed.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) && !typed.contains(PollFlags::IN) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok((if typed.is_empty() { Typed::Nothing } else { Typed::Something }, !ordered.is_empty()))
    }

    /// Carries out an order; whether there was one rather than the end of them.
    fn obey(&mut self) -> bool {
        let mut order = [GO_ON];
        while matches!(self.ordered.read(&mut order), Ok(1)) {
            if order == [GO_ON] {
                return true;
            }
            if self.pausing.send(()).is_err() {
                return false;
            }
        }
        false
    }
}

/// What the terminal has for us.
enum Typed {
    Nothing,
    Something,
}
