//! The smallest program on `tiedote::terminal`, for tests of what goes wrong with terminals.
//!
//! `q` quits, `y` copies, Ctrl-L repaints, Ctrl-Z suspends; the last event is shown. With the argument `panics`, `p`
//! panics and `w` makes a worker panic.
#![expect(clippy::disallowed_methods, reason = "the smallest program does everything itself")]

use std::io::IsTerminal;
use std::panic;
use std::process::ExitCode;
use std::sync::mpsc::channel;
use std::thread;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::widgets::{Paragraph, Widget};
use tiedote::app::{Effect, Effects, Event, Key, KeyCode, MouseKind};
use tiedote::terminal::{Screen, Settings, World, run};
use tiedote::text::Clean;

/// Holds what is shown: the number of keys, and the last event.
#[derive(Default)]
struct TwoLines {
    keys: usize,
    last: String,
    cursor: Option<(u16, u16)>,
    panics: bool,
}

#[expect(clippy::panic, reason = "panicking on wish is what it is for")]
impl Screen for TwoLines {
    fn update(&mut self, event: Event) -> Effects {
        self.last = match &event {
            Event::Pasted(text) => format!("pasted {} bytes", text.len()),
            event => format!("{event:?}"),
        };
        match event {
            Event::KeyPressed(key) => {
                self.keys += 1;
                match key {
                    Key { code: KeyCode::Char('q'), .. } => Effect::Quit.into(),
                    Key { code: KeyCode::Char('z'), ctrl: true, .. } => Effect::Suspend.into(),
                    Key { code: KeyCode::Char('l'), ctrl: true, .. } => Effect::Repaint.into(),
                    Key { code: KeyCode::Char('y'), .. } => Effect::Copy(Clean::line("copied")).into(),
                    Key { code: KeyCode::Char('p'), .. } if self.panics => panic!("a panic on the drawing thread"),
                    Key { code: KeyCode::Char('w'), .. } if self.panics => {
                        // The reader starts workers by effects; here one thread is enough.
                        let worker = thread::spawn(|| panic::catch_unwind(|| panic!("a panic on a worker")).is_err());
                        self.last = format!("worker panicked: {:?}", worker.join());
                        Effects::none()
                    }
                    _ => Effects::none(),
                }
            }
            Event::MouseMoved { kind: MouseKind::Pressed, column, row } => {
                self.cursor = Some((column, row));
                Effects::none()
            }
            _ => Effects::none(),
        }
    }

    fn draw(&self, cells: &mut Buffer) -> Option<Position> {
        let area = cells.area;
        let text = format!("keys {} at {}x{}\n{}", self.keys, area.width, area.height, self.last);
        let below = "Vantaa ja Kerava\n".repeat(usize::from(area.height));
        Paragraph::new(format!("{text}\n{below}")).render(area, cells);
        self.cursor.map(Position::from)
    }
}

/// Ignores every effect.
struct Nothing;

impl World for Nothing {
    fn carry_out(&mut self, _: Effect) {}
}

fn main() -> ExitCode {
    if !std::io::stdout().is_terminal() {
        return ExitCode::FAILURE;
    }
    let warning = (std::env::var_os("TERM").is_some_and(|term| term == "dumb"))
        .then(|| "TERM=dumb has no full screen. Return tries it all the same, q leaves.".to_owned());
    let (sender, events) = channel();
    let mut screen = TwoLines { panics: std::env::args().any(|argument| argument == "panics"), ..TwoLines::default() };
    match run(&mut screen, &mut Nothing, &events, &sender, &Settings { mouse: true, warning }) {
        Ok(ending) => ExitCode::from(ending.code()),
        Err(error) => {
            eprintln!("two_lines: {error}");
            ExitCode::FAILURE
        }
    }
}
