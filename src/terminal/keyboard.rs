//! Runs the thread that reads keys. It sleeps until there is input; there is no tick.

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

/// Longest time that pausing waits for the thread, which is only busy for the duration of a read.
const PAUSE_TIMEOUT: Duration = Duration::from_millis(100);
const PAUSE: u8 = 0;
const GO_ON: u8 = 1;

/// Handles the running thread, which can be paused while another program uses the keyboard.
#[derive(Debug)]
pub(super) struct Keyboard {
    orders: PipeWriter,
    paused: Receiver<()>,
}

impl Keyboard {
    /// Starts the thread; input is sent to `events`, and [`Event::Terminated`] when the terminal went away.
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

    /// Pauses reading keys; returns once no read is under way.
    pub(super) fn pause(&mut self) {
        if self.orders.write_all(&[PAUSE]).is_ok() {
            // A thread that has ended cannot answer.
            let _ = self.paused.recv_timeout(PAUSE_TIMEOUT);
        }
    }

    /// Resumes reading keys.
    pub(super) fn go_on(&mut self) {
        let _ = self.orders.write_all(&[GO_ON]);
    }
}

/// Holds what the thread works with.
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

    /// Reads until the program ends (`Ok`) or the terminal goes away (an error).
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
                // Orders come first: after a pause there may be nothing left to read.
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

    /// Waits for input or orders: without limit, or for a moment while a sequence is unfinished.
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
        // A terminal that hung up and has nothing left to read would be reported as ready for ever.
        if typed.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) && !typed.contains(PollFlags::IN) {
            return Err(io::ErrorKind::BrokenPipe.into());
        }
        Ok((if typed.is_empty() { Typed::Nothing } else { Typed::Something }, !ordered.is_empty()))
    }

    /// Carries out an order; returns false when there will be no more.
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

/// Names the outcome of waiting for input.
enum Typed {
    Nothing,
    Something,
}
