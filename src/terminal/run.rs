//! Runs the event loop: waits for an event, takes all that have come, carries out their effects, draws once.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use crossterm::clipboard::CopyToClipboard;
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Size};

use super::guard::{Guard, Modes};
use super::keyboard::Keyboard;
use super::signals::{Requests, Signals, resized};
use super::surface::Surface;
use super::suspend::{Stopped, somebody_waits, stop};
use super::tty::{Output, Tty};
use crate::app::{Effect, Effects, Event, Key, KeyCode};

/// Longest time a frame waits for the answer to an effect, so that a fast one is drawn at once.
const ANSWER_WAIT: Duration = Duration::from_millis(4);
/// Longest time that a stream of events may delay a frame.
const LONGEST_WITHOUT_FRAME: Duration = Duration::from_millis(20);
/// Longest time that the program, once continued, waits for that signal to arrive as an event.
const UNTIL_RESUMED: Duration = Duration::from_millis(200);

/// Defines what is shown: a state that events change and that can be drawn.
pub trait Screen {
    /// Handles an event; returns the effects.
    fn update(&mut self, event: Event) -> Effects;

    /// Draws everything on empty cells, in the size of the latest [`Event::Resized`]; returns the position of the
    /// visible cursor, if there is one.
    fn draw(&self, cells: &mut Buffer) -> Option<Position>;

    /// Reports whether an answer is about to come without which the frame would be incomplete.
    fn waits(&self) -> bool {
        false
    }
}

/// Carries out effects. Must not block: answers come as events later.
pub trait World {
    /// Carries out an effect.
    fn carry_out(&mut self, effect: Effect);

    /// Called after a frame was drawn: work that it did not need may begin.
    fn drawn(&mut self) {}

    /// Called when the program is about to end: slow work may end while the terminal is restored.
    fn ending(&mut self) {}
}

impl<F: FnMut(Effect)> World for F {
    fn carry_out(&mut self, effect: Effect) {
        self(effect);
    }
}

/// Holds how the terminal is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether clicks and the wheel are wanted; selecting text in the terminal then needs Shift.
    pub mouse: bool,
    /// A sentence to show first, for terminals that may not understand the sequences; Return continues, `q` leaves.
    pub warning: Option<String>,
}

/// Names the reason why the program ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The user quit.
    Quit,
    /// A signal of this number asked for it.
    Signal(i32),
    /// The terminal went away.
    HungUp,
}

impl Ending {
    /// Returns the exit code that shells expect: 0 after quitting, 128 and the signal's number after a signal.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Quit => 0,
            Self::Signal(signal) => u8::try_from(signal).map_or(u8::MAX, |signal| signal.saturating_add(128)),
            Self::HungUp => 129,
        }
    }
}

/// Shows `screen` on the terminal of standard output until the user quits, a signal comes or the terminal goes away.
///
/// `events` receives every event; `sender` is its sending end, which is cloned for the threads that wait for keys and
/// signals. They start after the first frame. The terminal is always restored before this returns, and unless the screen
/// itself asked to quit, it has received [`Event::Terminated`].
///
/// # Errors
/// When standard output is not a terminal, or a thread or pipe cannot be created.
pub fn run(
    screen: &mut dyn Screen,
    world: &mut dyn World,
    events: &Receiver<Event>,
    sender: &Sender<Event>,
    settings: &Settings,
) -> io::Result<Ending> {
    let signals = Signals::catch()?;
    let tty = Arc::new(Tty::open()?);
    let mut inputs =
        Inputs { requests: signals.requests(), tty: Arc::clone(&tty), waiting: Some(signals), keyboard: None };
    if let Some(warning) = &settings.warning
        && let Some(ending) = warn(warning, &mut inputs, events, sender)?
    {
        return Ok(ending);
    }
    let guard = Guard::enter(Arc::clone(&tty), Modes::FullScreen { mouse: settings.mouse })?;
    let surface = Surface::new(Output(Arc::clone(&tty)), tty.size());
    let mut session = Session { screen, world, inputs, guard, surface, away: false, asked: true, ending: None };
    let ran = session.run(events, sender);
    let ending = session.end(ran);
    session.guard.leave();
    ending
}

/// Shows a sentence and waits for a key; returns an ending if the user leaves.
fn warn(
    warning: &str,
    inputs: &mut Inputs,
    events: &Receiver<Event>,
    sender: &Sender<Event>,
) -> io::Result<Option<Ending>> {
    let guard = Guard::enter(Arc::clone(&inputs.tty), Modes::Raw)?;
    inputs.start(sender, &guard)?;
    let line: String = warning.chars().filter(|character| !character.is_control()).collect();
    inputs.tty.write(format!("{line}\r\n").as_bytes())?;
    let go_on = [Key::plain(KeyCode::Enter), Key::ctrl('j'), Key::from(' ')];
    let leave = [Key::from('q'), Key::plain(KeyCode::Esc), Key::ctrl('c'), Key::ctrl('d')];
    while let Ok(event) = events.recv() {
        match event {
            Event::Terminated => return Ok(Some(inputs.ending())),
            Event::KeyPressed(key) if leave.contains(&key) => return Ok(Some(Ending::Quit)),
            Event::KeyPressed(key) if go_on.contains(&key) => break,
            _ => {}
        }
    }
    Ok(None)
}

/// Holds the threads that wait for keys and signals.
struct Inputs {
    tty: Arc<Tty>,
    requests: Arc<Requests>,
    /// The signals, until their thread runs.
    waiting: Option<Signals>,
    keyboard: Option<Keyboard>,
}

impl Inputs {
    /// Starts the threads that are not running yet.
    fn start(&mut self, sender: &Sender<Event>, guard: &Guard) -> io::Result<()> {
        if let Some(signals) = self.waiting.take() {
            signals.listen(Arc::clone(&self.tty), sender.clone(), guard.leaver())?;
            self.keyboard = Some(Keyboard::start(Arc::clone(&self.tty), sender.clone())?);
        }
        Ok(())
    }

    /// Returns the reason why the program is to end.
    fn ending(&self) -> Ending {
        self.requests.ending().map_or(Ending::HungUp, Ending::Signal)
    }
}

/// Holds a running program on a terminal.
struct Session<'a> {
    screen: &'a mut dyn Screen,
    world: &'a mut dyn World,
    inputs: Inputs,
    guard: Guard,
    surface: Surface<Output>,
    /// Whether the terminal was given back and is not drawn on.
    away: bool,
    /// Whether an answer was requested since the last frame; true before the first one.
    asked: bool,
    ending: Option<Ending>,
}

impl Session<'_> {
    /// Runs until there is an ending.
    ///
    /// # Errors
    /// When the terminal went away or a thread cannot be started.
    fn run(&mut self, events: &Receiver<Event>, sender: &Sender<Event>) -> io::Result<()> {
        self.take(resized(&self.inputs.tty))?;
        self.draw(events)?;
        // The size may have changed before this thread listened; signals were caught from the start.
        self.inputs.start(sender, &self.guard)?;
        while self.ending.is_none() {
            let event = if self.away {
                match events.recv_timeout(UNTIL_RESUMED) {
                    Ok(event) => event,
                    // In the background the terminal belongs to another program, however long that takes.
                    Err(RecvTimeoutError::Timeout) if !self.inputs.tty.is_ours() => continue,
                    Err(RecvTimeoutError::Timeout) => Event::Resumed,
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            } else {
                let Ok(event) = events.recv() else { break };
                event
            };
            self.take(event)?;
            let begun = Instant::now();
            while self.ending.is_none() && begun.elapsed() < LONGEST_WITHOUT_FRAME {
                let Ok(event) = events.try_recv() else { break };
                self.take(event)?;
            }
            self.draw(events)?;
        }
        Ok(())
    }

    /// Handles one event and carries out its effects.
    fn take(&mut self, event: Event) -> io::Result<()> {
        match event {
            Event::Terminated => {
                self.ending = Some(self.inputs.ending());
            }
            Event::Resumed if self.inputs.requests.stopping() => {
                self.suspend(Stopped::Program);
                return Ok(());
            }
            // Continued in the background, without the terminal: the program that has the terminal may still end this
            // one.
            Event::Resumed if self.away && !self.inputs.tty.is_ours() => return Ok(()),
            Event::Resumed => self.come_back()?,
            Event::Resized { width, height } => self.surface.set_size(Size { width, height }),
            _ => {}
        }
        let effects = self.screen.update(event);
        self.carry_out(effects)
    }

    fn carry_out(&mut self, effects: Effects) -> io::Result<()> {
        for effect in effects {
            match effect {
                // The signal that came first is the better reason.
                Effect::Quit => self.ending = self.ending.or(Some(Ending::Quit)),
                Effect::Suspend => self.suspend(Stopped::Job),
                Effect::Repaint => self.surface.clear(),
                Effect::Copy(text) => {
                    self.surface.send(CopyToClipboard::to_clipboard_from(text.as_str()))?;
                }
                effect => {
                    self.asked |= matches!(effect, Effect::Read { .. });
                    self.world.carry_out(effect);
                }
            }
        }
        Ok(())
    }

    /// Draws, unless the terminal is away; waits a moment first if an answer would complete the frame.
    fn draw(&mut self, events: &Receiver<Event>) -> io::Result<()> {
        if std::mem::take(&mut self.asked) {
            let end = Instant::now() + ANSWER_WAIT;
            while self.ending.is_none() && !self.away && self.screen.waits() {
                let Ok(event) = events.recv_timeout(end.saturating_duration_since(Instant::now())) else { break };
                self.take(event)?;
            }
            self.asked = false;
        }
        if self.ending.is_none() && !self.away {
            let screen = &*self.screen;
            self.surface.draw(|cells| screen.draw(cells))?;
            self.world.drawn();
        }
        Ok(())
    }

    /// Restores the terminal and stops; [`Self::come_back`] follows once an event reports that the program continues.
    ///
    /// It does not follow at once, because a program that is ended while it is stopped continues in the background,
    /// where it must not touch the terminal but end.
    fn suspend(&mut self, stopped: Stopped) {
        if self.away || !somebody_waits() {
            return;
        }
        if let Some(keyboard) = &mut self.inputs.keyboard {
            keyboard.pause();
        }
        self.guard.leave();
        self.away = true;
        stop(stopped);
    }

    /// Enters the terminal again, whose size and content may have changed.
    fn come_back(&mut self) -> io::Result<()> {
        self.guard.enter_again()?;
        if std::mem::take(&mut self.away)
            && let Some(keyboard) = &mut self.inputs.keyboard
        {
            keyboard.go_on();
        }
        self.surface.forget();
        self.take(resized(&self.inputs.tty))
    }

    /// Returns the ending of a loop that `ran`; a terminal that went away is an ending, not an error.
    fn end(&mut self, ran: io::Result<()>) -> io::Result<Ending> {
        self.world.ending();
        if self.ending.is_none() {
            if let Err(error) = ran
                && !gone(&error)
            {
                return Err(error);
            }
            self.ending = Some(self.inputs.ending());
            let last = self.screen.update(Event::Terminated);
            for effect in last {
                if !matches!(effect, Effect::Quit | Effect::Suspend | Effect::Repaint | Effect::Copy(_)) {
                    self.world.carry_out(effect);
                }
            }
        }
        Ok(self.ending.unwrap_or(Ending::HungUp))
    }
}

/// Reports whether an error means that the terminal went away or was given up on.
fn gone(error: &io::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, TimedOut, UnexpectedEof, WriteZero};
    matches!(error.kind(), BrokenPipe | ConnectionAborted | TimedOut | UnexpectedEof | WriteZero)
        || error.raw_os_error() == Some(rustix::io::Errno::IO.raw_os_error())
}
