//! A desk: the pure core with its effects answered on the spot, driven by keys, shown as a screen of cells.
//!
//! It uses no thread, clock or wait.
#![expect(clippy::panic, reason = "a desk that cannot be worked at fails its test")]

use std::collections::BTreeMap;
use std::sync::Arc;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use tiedote::app::find::FoldedTexts;
use tiedote::app::keymap::parse;
use tiedote::app::search::Asked;
use tiedote::app::{Effect, Event, Key, MouseKind, Settings, State};
use tiedote::formats::{self, Input};
use tiedote::io::files::bundled;
use tiedote::io::files::raw::Files;
use tiedote::io::search::answers::{Answers, watched};
use tiedote::io::search::corpus::Searched;
use tiedote::io::search::excerpts::Seeker;
use tiedote::model::{Announcement, Entry, Location, News, Watch};
use tiedote::text::{Clean, Language};
use tiedote::view;

/// Holds a state with a user in front of it.
pub struct Desk {
    /// The state.
    pub state: State,
    /// Announcements that are not bundled.
    given: Vec<Announcement>,
    /// The texts they were read from.
    texts: Vec<String>,
    /// Effects that were not asserted yet.
    wished: Vec<Effect>,
    /// The latest query, and whether it was answered leniently.
    asked: Asked,
    lenient: bool,
    /// Announcements that arrived later: their indices are the change numbers of the desk's library.
    arrived: Vec<Entry>,
    /// Effects that store something.
    pub kept: Vec<Effect>,
    colours: bool,
}

/// Returns a desk of 120 × 40 with the bundled announcements, in English.
pub fn desk() -> Desk {
    desk_of(Settings::default())
}

/// Returns a desk of 120 × 40 with the bundled announcements, for a user with `settings`.
pub fn desk_of(settings: Settings) -> Desk {
    Desk::with(settings, "articles", bundled::entries(), Vec::new())
}

/// Returns a desk with the announcements of the given Markdown texts only.
pub fn desk_with(texts: &[&str]) -> Desk {
    with_texts(texts, Location::Given)
}

/// Returns a desk whose library holds the announcements of the given Markdown texts.
pub fn desk_keeping(texts: &[&str]) -> Desk {
    with_texts(texts, Location::Kept)
}

fn with_texts(texts: &[&str], place: fn(u32) -> Location) -> Desk {
    let read = |text: &&str| formats::read(&Input::new("text.md", text.as_bytes())).announcements;
    let given: Vec<Announcement> = texts.iter().flat_map(read).collect();
    let entries = (0..).zip(&given).map(|(number, one)| Entry::of(one, place(number))).collect();
    let mut desk = Desk::with(Settings::default(), "texts", entries, given);
    desk.texts = texts.iter().map(ToString::to_string).collect();
    desk
}

impl Desk {
    fn with(settings: Settings, place: &str, entries: Vec<Entry>, given: Vec<Announcement>) -> Self {
        let state = State::new((120, 40), settings, Clean::line(place));
        let desk = Self {
            state,
            given,
            texts: Vec::new(),
            wished: Vec::new(),
            asked: Asked::default(),
            lenient: false,
            arrived: Vec::new(),
            kept: Vec::new(),
            colours: true,
        };
        desk.happens(Event::Found(entries)).happens(Event::ScanFinished)
    }

    /// Presses keys, written as in the key table: `j enter g g`.
    pub fn keys(mut self, keys: &str) -> Self {
        for key in parse(keys).unwrap_or_else(|| panic!("no such keys: {keys}")) {
            self = self.happens(Event::KeyPressed(key));
        }
        self
    }

    /// Types a text, letter by letter.
    pub fn types(mut self, text: &str) -> Self {
        for letter in text.chars() {
            self = self.happens(Event::KeyPressed(Key::from(letter)));
        }
        self
    }

    /// Sends a mouse event at a cell.
    pub fn mouse(self, kind: MouseKind, column: u16, row: u16) -> Self {
        self.happens(Event::MouseMoved { kind, column, row })
    }

    /// Resizes the screen.
    pub fn sized(self, width: u16, height: u16) -> Self {
        self.happens(Event::Resized { width, height })
    }

    /// Switches the language of the interface.
    pub fn speaking(mut self, language: Language) -> Self {
        self.state.settings.language = language;
        let (width, height) = self.state.screen.size;
        self.sized(width, height)
    }

    /// Draws without colours.
    pub fn colourless(mut self) -> Self {
        self.colours = false;
        self
    }

    /// Handles an event. Effects that read are answered at once, effects that store are noted; others must be asserted
    /// with [`wishes`](Self::wishes) before the next event.
    pub fn happens(mut self, event: Event) -> Self {
        assert!(self.wished.is_empty(), "not expected before {event:?}: {:?}", self.wished);
        if let Event::Changed { entries, .. } = &event {
            let unknown = entries.iter().filter(|entry| self.state.library.entry(entry.id).is_none());
            self.arrived.extend(unknown.cloned());
        }
        let mut effects: Vec<Effect> = self.state.update(event).into_iter().collect();
        while !effects.is_empty() {
            let effect = effects.remove(0);
            let (id, location) = match &effect {
                Effect::Read { id, location } => (id, location),
                Effect::ReadRaw { id, location } => {
                    let given = match location {
                        Location::Given(number) => self.texts[*number as usize].as_bytes(),
                        _ => &[],
                    };
                    let read = Files { given, library: None }.read(*id, location, true);
                    let Ok((announcement, complete)) = read else { panic!("nothing to read at {location:?}") };
                    let event = Event::RawRead { id: *id, text: announcement.into(), complete };
                    effects.extend(self.state.update(event));
                    continue;
                }
                Effect::Search(asked) => {
                    let mut answers = Answers::default();
                    let known: Vec<Location> =
                        self.state.library.entries().map(|entry| entry.location.clone()).collect();
                    for location in known {
                        answers.change().add(Searched::of(&self.read(&location), location));
                    }
                    let found = answers.answer(asked, true, &|| false).map(|found| asked.narrow(found));
                    self.asked = asked.clone();
                    self.lenient = found.as_ref().is_some_and(|found| found.lenient);
                    let events = found.map(Event::SearchFound);
                    effects.extend(events.into_iter().flat_map(|event| self.state.update(event)));
                    continue;
                }
                Effect::Excerpts { ticket, wanted, cells } => {
                    let seeker = Seeker::of(&self.asked.sought, self.lenient);
                    let excerpts = wanted.iter();
                    let excerpts = excerpts
                        .map(|(id, location)| (*id, seeker.excerpt(&self.read(location), *ticket, *cells, &|| false)));
                    let event = Event::Excerpted(excerpts.collect());
                    effects.extend(self.state.update(event));
                    continue;
                }
                Effect::Watch(watches) => {
                    let news = watches.iter().filter_map(|watch| self.news(watch)).collect();
                    effects.extend(self.state.update(Event::Watched(news)));
                    continue;
                }
                Effect::ListSources => {
                    effects.extend(self.state.update(Event::SourcesListed(Vec::new())));
                    continue;
                }
                Effect::SaveSearches(_)
                | Effect::SaveMarks { .. }
                | Effect::ForgetSteps(_)
                | Effect::SaveSession(_)
                | Effect::SavePlace(..) => {
                    self.kept.push(effect);
                    continue;
                }
                Effect::Fold(announcement) => {
                    let texts = FoldedTexts::of(announcement);
                    let announcement = Arc::clone(announcement);
                    effects.extend(self.state.update(Event::Folded { announcement, texts }));
                    continue;
                }
                Effect::Prefetch { .. } | Effect::Outdated(_) => continue,
                _ => {
                    self.wished.push(effect);
                    continue;
                }
            };
            let text = self.read(location).into();
            effects.extend(self.state.update(Event::Read { id: *id, text, complete: true }));
        }
        self
    }

    /// Edits a text of the library: its announcement becomes that of the new text, whatever its id.
    pub fn edits(mut self, number: u32, text: &str) -> Self {
        let place = Location::Kept(number);
        let before = self.state.library.entries().find(|entry| entry.location == place).map(|entry| entry.id);
        let now = formats::read(&Input::new("text.md", text.as_bytes())).announcements.swap_remove(0);
        let entry = Entry::of(&now, place);
        let removed = before.into_iter().filter(|id| *id != entry.id).collect();
        self.given[number as usize] = now;
        self.happens(Event::Changed { entries: vec![entry], removed })
    }

    /// Returns the announcements that arrived since the last look and match.
    fn news(&self, watch: &Watch) -> Option<News> {
        let looked = usize::try_from(watch.looked.unwrap_or(i64::MAX)).unwrap_or(0);
        let fresh = self.arrived.get(looked.min(self.arrived.len())..).unwrap_or_default();
        let texts = fresh.iter().map(|entry| (entry.clone(), self.read(&entry.location)));
        let matching = watched(std::slice::from_ref(&watch.query), texts);
        let groups = matching.into_iter().flat_map(|(_, groups)| groups).collect();
        let now = i64::try_from(self.arrived.len()).unwrap_or(0);
        (watch.looked != Some(now)).then(|| News { query: watch.query.clone(), groups, looked: now })
    }

    /// Returns the layout of the screen as stored.
    pub fn session(&self) -> BTreeMap<String, String> {
        let saved = self.kept.iter().filter_map(|effect| match effect {
            Effect::SaveSession(session) => Some(session.clone()),
            _ => None,
        });
        saved.flatten().collect()
    }

    fn read(&self, location: &Location) -> Announcement {
        let announcement = match location {
            Location::Bundled(number) => bundled::read(*number),
            Location::Given(number) | Location::Kept(number) => self.given.get(*number as usize).cloned(),
            Location::File { .. } => None,
        };
        announcement.unwrap_or_else(|| panic!("nothing to read at {location:?}"))
    }

    /// Asserts the effects since the last assertion.
    pub fn wishes(mut self, wanted: &[Effect]) -> Self {
        assert_eq!(std::mem::take(&mut self.wished), wanted);
        self
    }

    /// Asserts a property of the effects since the last assertion.
    pub fn wishes_that(mut self, what: &str, holds: impl Fn(&[Effect]) -> bool) -> Self {
        let wished = std::mem::take(&mut self.wished);
        assert!(holds(&wished), "it is not so that {what}: {wished:?}");
        self
    }

    /// Asserts that the screen shows each text, somewhere on one row.
    pub fn shows(self, texts: &[&str]) -> Self {
        let screen = self.screen();
        for text in texts {
            assert!(screen.contains(text), "{text:?} is not on the screen:\n{screen}");
        }
        self
    }

    /// Asserts that the screen shows none of the texts.
    pub fn hides(self, texts: &[&str]) -> Self {
        let screen = self.screen();
        for text in texts {
            assert!(!screen.contains(text), "{text:?} is on the screen:\n{screen}");
        }
        self
    }

    /// Asserts a property of the state.
    pub fn has(self, what: &str, holds: impl Fn(&State) -> bool) -> Self {
        assert!(holds(&self.state), "the state does not have it that {what}:\n{}", self.screen());
        self
    }

    /// Returns the cells of the screen, and the position of the visible cursor.
    pub fn cells(&self) -> (Buffer, Option<(u16, u16)>) {
        let (width, height) = self.state.screen.size;
        let mut cells = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = view::draw(&self.state, &mut cells, self.colours);
        (cells, cursor.map(Into::into))
    }

    /// Returns the text on the screen, a line for each row, without trailing blanks.
    pub fn screen(&self) -> String {
        let (buffer, _) = self.cells();
        let width = usize::from(buffer.area.width).max(1);
        let rows = buffer.content.chunks(width).map(|row| {
            let mut text = String::new();
            let mut covered = 0;
            for cell in row {
                // The right half of a wide character is a cell of its own that shows nothing.
                if covered == 0 {
                    text += cell.symbol();
                    covered = tiedote::text::width(cell.symbol()).saturating_sub(1);
                } else {
                    covered -= 1;
                }
            }
            text.trim_end().to_owned() + "\n"
        });
        rows.collect()
    }
}

/// Fails the test if effects were not asserted.
impl Drop for Desk {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            assert!(self.wished.is_empty(), "not expected: {:?}", self.wished);
        }
    }
}
