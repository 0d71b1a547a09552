//! Measures the parts that the user waits for: `cargo bench`. Each line gives a time, and its ratio to the least work
//! with the same result in this process. No time is asserted, since machines differ.
#![expect(clippy::disallowed_methods, reason = "time is what is measured")]

mod support;

use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;
use support::time;
use tiedote::app::{Event, Key, Settings, State};
use tiedote::formats::{self, Input};
use tiedote::io::files::bundled;
use tiedote::model::{Announcement, Entry, Id, Location};
use tiedote::text::fold::{Folding, fold};
use tiedote::text::{Clean, Folded, Language};
use tiedote::typeset::{Fill, Layout, Measure, Method, RowAt, Setting, set_paragraph};
use tiedote::view;

fn main() {
    let paragraphs = paragraphs();
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    typesetting(&paragraphs, bytes);
    let text = long_text(&paragraphs, 5 << 20);
    finding(&text);
    reading(&text);
    moving();
    drawing();
}

/// Prints a time beside the floor it is compared with.
fn tell(what: &str, taken: Duration, floor: Duration, note: &str) {
    let ratio = taken.as_secs_f64() / floor.as_secs_f64().max(1e-9);
    println!("{what:<44} {:>10.3} ms {ratio:>9.2} × floor  {note}", taken.as_secs_f64() * 1e3);
}

/// Returns the Finnish paragraphs of the bundled announcements.
fn paragraphs() -> Vec<String> {
    let finnish = (0..6).filter_map(bundled::read).filter(|one| one.language == Some(Language::Finnish));
    finnish.flat_map(|one| one.document.blocks.iter().map(|block| block.text.to_string()).collect::<Vec<_>>()).collect()
}

/// Repeats paragraphs, numbered and separated by blank lines, up to `length` bytes.
fn long_text(paragraphs: &[String], length: usize) -> String {
    let mut text = "# Pitkä tiedote\n\n".to_owned();
    for (number, paragraph) in (0..).zip(paragraphs.iter().cycle()) {
        if text.len() >= length {
            break;
        }
        let _ = write!(text, "{number}. kappale: {paragraph}\n\n");
    }
    text
}

fn typesetting(paragraphs: &[String], bytes: usize) {
    let setting = Setting { width: 72, language: Some(Language::Finnish), hyphenate: true, method: Method::Body };
    let set = time(|| {
        for paragraph in paragraphs {
            black_box(set_paragraph(paragraph, &[], &setting));
        }
    });
    // The floor: greedily filled lines, measured in characters.
    let floor = time(|| {
        for paragraph in paragraphs {
            let mut lines = vec![0];
            for word in paragraph.split(' ').map(|word| word.chars().count() + 1) {
                match lines.last_mut() {
                    Some(line) if *line + word <= 73 => *line += word,
                    _ => lines.push(word),
                }
            }
            black_box(lines);
        }
    });
    let rate = f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1e6 / set.as_secs_f64();
    tell("typesetting in Finnish at 72 cells", set, floor, &format!("{rate:.1} MB/s"));
}

fn finding(text: &str) {
    let floor = time(|| {
        black_box(memchr::memmem::find_iter(text.as_bytes(), "ei ole tässä").count());
    });
    tell("folding 5 MB", time(|| drop(black_box(fold(text, Folding::Lenient)))), floor, "floor: scanning it once");
    let folded = Folded::with(text, Folding::Lenient);
    for needle in ["ei ole tassa", "hyvinvointialue"] {
        tell(&format!("finding {needle:?} in 5 MB"), time(|| drop(black_box(folded.find(needle)))), floor, "");
    }
}

fn reading(text: &str) {
    let floor = time(|| {
        black_box(text.lines().count());
    });
    let read = || formats::read(&Input::new("long.md", text.as_bytes())).announcements.into_iter().next();
    tell("reading 5 MB of Markdown", time(|| drop(black_box(read()))), floor, "floor: counting its lines");
    let Some(announcement) = read().map(Arc::new) else { return };
    let measure = |width| Measure { width, fill: Fill::Ragged, boilerplate: false };
    let screen = |layout: &mut Layout, from: RowAt| {
        let mut row = from;
        for _ in 0..38 {
            row = layout.next_row(row).unwrap_or(row);
        }
        row
    };
    let opened = time(|| {
        let mut layout = Layout::new(Arc::clone(&announcement), "", measure(66));
        black_box(screen(&mut layout, RowAt::default()));
    });
    tell("opening it: the first screen set", opened, floor, "");
    let mut layout = Layout::new(announcement, "", measure(66));
    let mut row = RowAt::default();
    let paged = time(|| row = screen(&mut layout, row));
    tell("turning a page", paged, floor, "");
    let place = layout.place_of(row);
    let mut width = 40;
    let resized = time(|| {
        width += 3;
        layout.set_measure(measure(width));
        let top = layout.row_of(place);
        black_box(screen(&mut layout, top));
    });
    tell("another width, the same sentence on top", resized, floor, "");
}

/// Returns a state that lists `count` announcements.
fn listing(count: u32) -> State {
    let mut state = State::new((120, 40), Settings::default(), Clean::line("bench"));
    let entry = |number: u32| {
        let title = format!("Tiedote {number}: kaupunginhallitus päätti rakenneuudistuksen jatkosta");
        let id = Id::of(&[&title]);
        let mut entry = Entry::of(&Announcement { id, group: id, ..announcement() }, Location::Given(number));
        entry.title = Clean::line(&title);
        entry
    };
    let entries: Vec<Entry> = (0..count).map(entry).collect();
    drop(state.update(Event::Found(entries)));
    drop(state.update(Event::ScanFinished));
    state
}

/// Returns any announcement.
fn announcement() -> Announcement {
    let reading = formats::read(&Input::new("any.md", b"# Otsikko\n\nTeksti."));
    reading.announcements.into_iter().next().unwrap_or_else(|| unreachable!("a text of two lines is read"))
}

fn moving() {
    let mut floor = None;
    for count in [10, 10_000, 100_000] {
        let mut state = listing(count);
        let taken = time(|| {
            for key in ['j', 'j', 'j', 'k', 'J', 'k', 'j', 'j', 'K', 'k'] {
                drop(black_box(state.update(Event::KeyPressed(Key::from(key)))));
            }
        });
        let floor = *floor.get_or_insert(taken);
        tell(&format!("ten moves in a list of {count}"), taken, floor, "floor: a list of ten");
    }
}

fn drawing() {
    let mut state = State::new((120, 40), Settings::default(), Clean::line("bench"));
    let mut effects = Vec::from_iter(state.update(Event::Found(bundled::entries())));
    while let Some(effect) = effects.pop() {
        if let tiedote::app::Effect::Read { id, location: Location::Bundled(number) } = effect
            && let Some(read) = bundled::read(number)
        {
            effects.extend(state.update(Event::Read { id, text: read.into(), complete: true }));
        }
    }
    let mut cells = Buffer::empty(Rect::new(0, 0, 120, 40));
    let drawn = time(|| {
        for _ in 0..20 {
            cells.reset();
            black_box(view::draw(&state, &mut cells, true));
        }
    });
    let line = "sosiaali- ja terveyspalvelujen rakenneuudistushanke ".repeat(3);
    let mut buffer = Buffer::empty(Rect::new(0, 0, 120, 40));
    let floor = time(|| {
        for _ in 0..20 {
            for y in 0..40 {
                buffer.set_stringn(0, y, &line, 120, Style::new());
            }
        }
        black_box(&buffer);
    });
    tell("twenty frames of 120 × 40", drawn, floor, "floor: filling the cells");
}
