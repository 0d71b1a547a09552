//! `tiedote [PATH…]` on a terminal: the reader.

use std::cell::Cell;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc::channel;

use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::{colours, nothing_in, opening, tell};
use crate::app::{Effect, Effects, Event, Memory, Problem, Settings, State, messages};
use crate::io::files::{self, bundled};
use crate::io::library::keeper::Keeping;
use crate::io::store::{self, Store};
use crate::io::{World, clock, reason};
use crate::model::{Entry, Id, Location};
use crate::terminal::{self, Screen};
use crate::text::{Clean, Language};
use crate::typeset::Place;
use crate::view;

/// Rows of the list read before the first frame, before and after the one selected.
const FIRST_ROWS: u32 = 40;

/// Opens the reader on `paths`, or on the bundled announcements when there are none.
///
/// `languages` are the language the program speaks and those to show texts in, best first.
pub fn run(paths: &[PathBuf], languages: (Language, Vec<Language>), library: Option<&Path>) -> ExitCode {
    let (given, paths): (Vec<PathBuf>, Vec<PathBuf>) = paths.iter().cloned().partition(|path| path.as_os_str() == "-");
    let bundled = given.is_empty() && paths.is_empty();
    let given = if given.is_empty() { Ok(Vec::new()) } else { from_standard_input() };
    let given = match given {
        Ok(bytes) => bytes,
        Err(sentence) => {
            tell(&sentence);
            return ExitCode::FAILURE;
        }
    };
    if let Some(sentence) = missing(&paths).filter(|_| given.is_empty()) {
        tell(&sentence);
        return ExitCode::FAILURE;
    }
    let (sender, events) = channel();
    let mut world = World::new(sender.clone(), &given);
    if !given.is_empty() && world.given_entries().is_empty() {
        tell(&Clean::line("standard input holds no announcement"));
        return ExitCode::FAILURE;
    }
    let settings = Settings { language: languages.0, languages: languages.1, ..Settings::default() };
    let state = State::new((0, 0), settings, place_name(&paths, bundled));
    let mut reader = Reader { state, colours: colours(), drawn: Cell::new(false) };
    let keeping = kept(library, bundled, &mut reader, &mut world);
    let listed = keeping.as_ref().is_some_and(|keeping| keeping.shown && keeping.store.is_some());
    let bundled = bundled && reader.state.library.is_empty() && !follows(keeping.as_ref());
    if listed && !bundled {
        reader.state.place_name = Clean::line(reader.state.say(messages::LIBRARY));
    }
    world.fetch_with(super::feeds::settings());
    if let Some(keeping) = keeping {
        world.keep(keeping);
    }
    if bundled {
        world.show_bundled();
    }
    if bundled || !world.given_entries().is_empty() {
        let known = if bundled { bundled::entries() } else { world.given_entries() };
        reader.begin(&mut world, known);
    }
    for problem in world.given_problems() {
        reader.begin_with(&mut world, Event::Failed(problem));
    }
    if !paths.is_empty() {
        world.scan(paths.clone());
    } else if !listed {
        reader.begin_with(&mut world, Event::ScanFinished);
    }
    let settings = terminal::Settings { mouse: true, warning: warning(&reader.state) };
    let ended = terminal::run(&mut reader, &mut world, &events, &sender, &settings);
    // What waits to be kept is kept first.
    let lost = world.finish();
    let (code, sentence) = match ended {
        Ok(ending) => outcome(ending.code(), &reader.state, &paths, lost),
        Err(error) => (1, Some(Clean::line(&format!("the terminal cannot be used: {}", reason::of(&error))))),
    };
    sentence.iter().for_each(tell);
    // Giving back the memory of a long list one piece at a time would only keep the reader waiting.
    std::mem::forget((reader, events));
    ExitCode::from(code)
}

/// Returns the exit code after the reader ended with `code`, and what is to be said: that marks were lost, or that
/// everything was looked through and there was nothing to show.
fn outcome(code: u8, state: &State, paths: &[PathBuf], lost: Option<Problem>) -> (u8, Option<Clean>) {
    if let Some(lost) = lost {
        return (code.max(1), Some(lost.sentence(state.settings.language)));
    }
    if state.library.is_empty() && !state.loading.scanning {
        return (1, Some(nothing(state, paths)));
    }
    (code, None)
}

/// Opens the library, and where it is what is read, fills the first screen from it.
fn kept(asked: Option<&Path>, shown: bool, reader: &mut Reader, world: &mut World) -> Option<Keeping> {
    // Without a home there is nothing to keep, and reading goes on.
    let path = opening::place(asked).ok()?;
    let store = if path.symlink_metadata().is_ok() {
        let opened = store::open(&path);
        for notice in opened.notices {
            reader.begin_with(world, Event::Failed(notice));
        }
        // What could not be opened was told; it is not made anew over what is there.
        Some(opened.store?)
    } else {
        None
    };
    match &store {
        Some(store) if shown => reader.begin_with_library(world, store),
        None if shown => reader.begin_with(world, Event::Remembered(Memory::default())),
        _ => {}
    }
    Some(Keeping { path, store, shown })
}

/// Reports whether the library follows anything.
fn follows(keeping: Option<&Keeping>) -> bool {
    let store = keeping.and_then(|keeping| keeping.store.as_ref());
    store.is_some_and(|store| store.sources().is_ok_and(|sources| !sources.is_empty()))
}

/// The state and how it is drawn.
struct Reader {
    state: State,
    colours: bool,
    /// Whether anything was drawn: before that, no event needs to be dated, and the time zone is not looked up.
    drawn: Cell<bool>,
}

impl Reader {
    /// Adds the announcements that are available without waiting.
    fn begin(&mut self, world: &mut World, entries: Vec<Entry>) {
        self.begin_with(world, Event::Found(entries));
    }

    /// Shows what the library has for the first frame: the rows about the one that was selected, and its text.
    ///
    /// What cannot be read of it is told by the thread that reads the rest.
    fn begin_with_library(&mut self, world: &mut World, store: &Store) {
        // Each question by itself would lock the library anew.
        let _reading = store.reading().ok();
        let places = store.places().unwrap_or_default();
        let place = |(id, part, offset): (Id, u32, u32)| (id, Place { part, offset });
        let session = store.session().unwrap_or_default();
        let selected = session.get("selected").and_then(|id| id.parse().ok());
        let memory = Memory { session, places: places.into_iter().map(place).collect() };
        self.begin_with(world, Event::Remembered(memory));
        let rows = store.first_rows(FIRST_ROWS, selected).unwrap_or_default();
        let groups: Vec<Id> = rows.iter().map(|entry| entry.group).collect();
        self.begin_with(world, Event::Marked(store.marks_of(&groups).unwrap_or_default()));
        let mut effects: Vec<Effect> = self.state.update(Event::Found(rows)).into_iter().collect();
        while let Some(effect) = effects.pop() {
            let Effect::Read { id, location: Location::Kept(number) } = effect else { continue };
            let read = store.text(number, u32::try_from(files::HEAD).ok());
            let whole = matches!(read, Ok(Some((_, true))));
            if let Ok(Some((announcement, complete))) = read {
                let event = Event::Read { id, text: announcement.into(), complete };
                effects.extend(self.state.update(event));
            }
            // What could not be read of it is read, or told, by the thread that reads texts.
            if !whole {
                world.perform(Effect::Read { id, location: Location::Kept(number) });
            }
        }
    }

    /// Takes an event in before there is a terminal. Bundled texts are read on the spot, so that the first frame
    /// shows one without a thread being started for it.
    fn begin_with(&mut self, world: &mut World, event: Event) {
        let mut effects: Vec<Effect> = self.state.update(event).into_iter().collect();
        while let Some(effect) = effects.pop() {
            match effect {
                Effect::Read { id, location: Location::Bundled(number) } => {
                    if let Some(announcement) = bundled::read(number) {
                        let event = Event::Read { id, text: announcement.into(), complete: true };
                        effects.extend(self.state.update(event));
                    }
                }
                effect => world.perform(effect),
            }
        }
    }
}

impl Screen for Reader {
    fn update(&mut self, event: Event) -> Effects {
        if self.drawn.get() { self.state.update_at(clock::now(), event) } else { self.state.update(event) }
    }

    fn draw(&self, cells: &mut Buffer) -> Option<Position> {
        self.drawn.set(true);
        view::draw(&self.state, cells, self.colours)
    }

    fn waits(&self) -> bool {
        self.state.waits()
    }
}

impl terminal::World for World {
    fn carry_out(&mut self, effect: Effect) {
        self.perform(effect);
    }

    fn drawn(&mut self) {
        Self::drawn(self);
    }

    fn ending(&mut self) {
        Self::ending(self);
    }
}

fn from_standard_input() -> Result<Vec<u8>, Clean> {
    let mut bytes = Vec::new();
    let read = std::io::stdin().lock().take(files::LARGEST).read_to_end(&mut bytes);
    read.map_err(|error| Clean::line(&format!("standard input: {}", reason::of(&error))))?;
    if bytes.is_empty() { Err(Clean::line("standard input holds no announcement")) } else { Ok(bytes) }
}

/// Returns the warning for a terminal that understands no escape sequences.
fn warning(state: &State) -> Option<String> {
    let dumb = std::env::var_os("TERM").is_none_or(|term| term.is_empty() || term == "dumb");
    dumb.then(|| state.say(messages::DUMB_TERMINAL).to_owned())
}

/// Returns what to say when none of the paths exists.
fn missing(paths: &[PathBuf]) -> Option<Clean> {
    let mut first = None;
    for path in paths {
        match path.metadata() {
            Ok(_) => return None,
            Err(error) => {
                let sentence = format!("{}: {}", path.display(), reason::of(&error));
                first.get_or_insert(Clean::line(&sentence));
            }
        }
    }
    first
}

/// Returns why there was nothing to show.
fn nothing(state: &State, paths: &[PathBuf]) -> Clean {
    let first = state.notices.problems().next().map(|problem| Clean::line(&problem.to_string()));
    first.unwrap_or_else(|| nothing_in(paths))
}

/// Returns what the status row calls the paths that are read.
fn place_name(paths: &[PathBuf], bundled: bool) -> Clean {
    match paths {
        [] if bundled => Clean::line("articles"),
        [] => Clean::line("-"),
        [path] => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            Clean::line(&name.to_string_lossy())
        }
        [path, rest @ ..] => {
            let name = path.file_name().unwrap_or(path.as_os_str());
            Clean::line(&format!("{} + {}", name.to_string_lossy(), rest.len()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::Reason;
    use crate::formats::{self, Input};
    use crate::io::store::Body;

    #[test]
    fn the_first_screen_of_a_library_is_read_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = store::open(&folder.path().join("library.db")).store.unwrap();
        let kept: Vec<(Entry, Body)> = (0..60)
            .map(|number| {
                let text = format!("---\ntitle: Tiedote {number}\n---\n\nTeksti numero {number}.");
                let read = formats::read(&Input::new("a.md", text.as_bytes())).announcements.remove(0);
                (Entry::of(&read, Location::Kept(0)), Body::of(&read))
            })
            .collect();
        store.adopt(&kept).unwrap();
        let before = store.questions_alone();
        let state = State::new((80, 24), Settings::default(), Clean::default());
        let mut reader = Reader { state, colours: true, drawn: Cell::new(false) };
        let mut world = World::new(channel().0, b"");
        reader.begin_with_library(&mut world, &store);
        assert_eq!(reader.state.library.len(), 40);
        assert!(reader.state.reader.text.is_some());
        assert_eq!(store.questions_alone(), before);
    }

    #[test]
    fn who_leaves_before_all_was_looked_through_is_not_told_that_there_is_nothing() {
        let mut state = State::new((80, 24), Settings::default(), Clean::default());
        let paths = [PathBuf::from("tiedotteet")];
        assert_eq!(outcome(0, &state, &paths, None), (0, None));
        let _ = state.update(Event::ScanFinished);
        let (code, sentence) = outcome(0, &state, &paths, None);
        assert_eq!((code, sentence.as_deref()), (1, Some("tiedotteet: no announcements here")));
        let _ = state.update(Event::Found(bundled::entries()));
        assert_eq!(outcome(0, &state, &paths, None), (0, None));
    }

    #[test]
    fn lost_marks_are_told_in_the_language_of_the_reader_and_fail() {
        let settings = Settings { language: Language::Finnish, ..Settings::default() };
        let state = State::new((80, 24), settings, Clean::default());
        let lost = Problem::MarksLost { path: Clean::line("l.db"), marks: 2, reason: Reason::Full };
        let (code, sentence) = outcome(0, &state, &[], Some(lost.clone()));
        assert_eq!(code, 1);
        assert!(sentence.is_some_and(|sentence| sentence.contains("muutoksia: 2 (l.db")));
        assert_eq!(outcome(143, &state, &[], Some(lost)).0, 143);
        let doubtful = Problem::MarksDoubtful { path: Clean::line("l.db"), marks: 7 };
        let (code, sentence) = outcome(0, &state, &[], Some(doubtful));
        assert_eq!(code, 1);
        assert!(sentence.is_some_and(|sentence| sentence.contains("ehkä jäivät tallentamatta: 7 (l.db")));
    }
}
