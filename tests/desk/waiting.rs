//! Tests keys pressed before a text is read, and texts that were read ahead.

use tiedote::app::find::FoldedTexts;
use tiedote::app::{Effect, Event, Key, KeyCode, Memory, Prepared, Settings, State};
use tiedote::io::files::bundled;
use tiedote::model::{Id, Location};
use tiedote::text::Clean;
use tiedote::typeset::{FIRST, Layout, META, Place};

use super::support::{Desk, desk, desk_with};

/// Returns a state that lists the bundled announcements and waits for the text of the first.
fn waiting() -> Option<(State, Id, Prepared)> {
    let mut state = State::new((120, 40), Settings::default(), Clean::line("desk"));
    let wished: Vec<Effect> = state.update(Event::Found(bundled::entries())).into_iter().collect();
    let asked = wished.into_iter().find_map(|effect| match effect {
        Effect::Read { id, location: Location::Bundled(number) } => Some((id, bundled::read(number)?)),
        _ => None,
    });
    asked.map(|(id, announcement)| (state, id, announcement.into()))
}

/// Returns the position in the text after `keys`, of which the first `before` are pressed before the text is read.
fn place(keys: &str, before: usize) -> Option<Place> {
    let (mut state, id, text) = waiting()?;
    let press = |state: &mut State, key: char| drop(state.update(Event::KeyPressed(key.into())));
    keys.chars().take(before).for_each(|key| press(&mut state, key));
    drop(state.update(Event::Read { id, text, complete: true }));
    keys.chars().skip(before).for_each(|key| press(&mut state, key));
    (state.reader.wanted == Some(id)).then(|| state.reader.place())
}

#[test]
fn keys_pressed_before_a_text_has_come_scroll_it_once_it_has() {
    for keys in ["ld", "ldd", "ljjk", "l ", "l b", "lG", "lGu", "ldgg", "lddgj"] {
        let all = keys.chars().count();
        let at_once = place(keys, 1);
        assert!(at_once.is_some());
        assert_eq!(at_once == Some(Place::default()), keys.ends_with('b') || keys.ends_with("gg"), "{keys}");
        for before in 1..=all {
            assert_eq!(place(keys, before), at_once, "{keys}, of which {before} before the text");
        }
    }
}

/// Returns the position in a text of which the first part is read after the first `before` keys, and the rest at the
/// end.
fn place_after_parts(keys: &str, before: usize) -> Option<Place> {
    let (mut state, id, text) = waiting()?;
    drop(state.update(Event::Resized { width: 80, height: 12 }));
    let mut part = (*text.announcement).clone();
    part.document.blocks.truncate(part.document.blocks.len() / 2);
    let press = |state: &mut State, key: char| drop(state.update(Event::KeyPressed(key.into())));
    keys.chars().take(before).for_each(|key| press(&mut state, key));
    drop(state.update(Event::Read { id, text: part.into(), complete: false }));
    keys.chars().skip(before).for_each(|key| press(&mut state, key));
    let seen = state.reader.place();
    drop(state.update(Event::Read { id, text, complete: true }));
    let stays = seen == state.reader.place();
    assert_eq!(stays, !keys.ends_with('G'), "{keys}, of which {before} before the first part");
    Some(state.reader.place())
}

#[test]
fn the_end_is_gone_to_once_it_has_come_unless_one_went_elsewhere() {
    let end = place_after_parts("lG", 2);
    assert_eq!(place_after_parts("lG", 1), end);
    assert!(end > place_after_parts("lGk", 1) && end > place_after_parts("lGd", 1));
    assert_eq!(place_after_parts("lGgg", 1), Some(Place::default()));
    place_after_parts("lG,", 2);
    for keys in ["lGk", "lGu", "lGgg", "lGkGk", "lGkkj"] {
        for before in 1..=keys.chars().count() {
            place_after_parts(keys, before);
        }
    }
    assert_eq!(place_after_parts("lGkG", 1), end);
}

#[test]
fn where_a_text_was_left_is_not_gone_back_to_once_one_went_elsewhere() {
    let (state, id, text) = waiting().unwrap();
    let part = |kept: usize| {
        let mut part = (*text.announcement).clone();
        part.document.blocks.truncate(kept);
        Prepared::from(part)
    };
    let blocks = text.announcement.document.blocks.len();
    let left = Place { part: FIRST + u32::try_from(blocks - 2).unwrap(), offset: 0 };
    for (key, returns) in [(None, true), (Some('j'), false), (Some('G'), false)] {
        let mut state = state.clone();
        drop(state.update(Event::Resized { width: 80, height: 12 }));
        drop(state.update(Event::Remembered(Memory { places: vec![(id, left)], ..Memory::default() })));
        drop(state.update(Event::KeyPressed('l'.into())));
        drop(state.update(Event::Read { id, text: part(blocks / 2), complete: false }));
        if let Some(key) = key {
            drop(state.update(Event::KeyPressed(key.into())));
        }
        drop(state.update(Event::Read { id, text: text.clone(), complete: true }));
        assert_eq!(state.reader.place() == left, returns, "{key:?}");
    }
}

#[test]
fn a_text_set_ahead_is_shown_like_any_other() {
    let (mut state, id, text) = waiting().unwrap();
    let mut ahead = text.clone();
    let measure = desk().state.reader.layout.as_ref().map(Layout::measure).unwrap();
    ahead.set(measure, 40);
    assert!(ahead.is_set(measure) && !text.is_set(measure));
    let mut other = state.clone();
    drop(state.update(Event::Read { id, text, complete: true }));
    let rows = state.reader.rows.clone();
    let layout = ahead.laid_out("11.9.2020 · Kunta", measure);
    assert!(rows.iter().all(|row| layout.part_of(row.unit) == META || layout.ready(row.unit).is_some()));
    drop(other.update(Event::Read { id, text: ahead, complete: true }));
    assert!(rows == other.reader.rows && rows.len() > 30);
}

#[test]
fn the_reading_time_stands_beside_what_comes_before_it() {
    for width in 30..=90 {
        let desk = desk().sized(width, 24).keys("enter");
        let layout = desk.state.reader.layout.as_ref().unwrap();
        let unit = (0..9).find(|unit| layout.part_of(*unit) == META).unwrap();
        let last = layout.ready(unit).and_then(|set| set.lines.last()).unwrap();
        let line = layout.block(META).unwrap().text.get(last.start() as usize..).unwrap();
        assert!(line.ends_with("min") && line.find('·').is_some_and(|at| at > 0), "{width}: {line:?}");
    }
}

/// Returns a desk with an announcement so long that its texts are folded by a worker.
fn long() -> Desk {
    let text = "Tavallista tekstiä riittää tässä tiedotteessa pitkälle.\n\n".repeat(6000);
    desk_with(&[&format!("# Pitkä tiedote\n\n{text}Lopussa on Harvinaisnéula.\n\n{text}")]).keys("enter")
}

#[test]
fn a_long_text_is_searched_once_it_was_folded() {
    long().keys("/").types("harvinaisneula").shows(&["Harvinaisnéula", "1/1"]).keys("enter").shows(&["Harvinaisnéula"]);
    long()
        .keys("/")
        .types("riittää")
        .has("many matches", |state| state.find.count().1 > 10_000)
        .keys("enter n n")
        .keys("/")
        .types("harvinais")
        .shows(&["1/1"]);
    long().keys("/").types("puuttuu").shows(&["No match"]).keys("enter").shows(&["No match"]);
}

#[test]
fn what_is_typed_before_a_long_text_was_folded_is_found_once_it_was() {
    for close in ["", "enter"] {
        let mut state = long().state.clone();
        let press = |state: &mut State, key: Key| state.update(Event::KeyPressed(key)).into_iter().collect::<Vec<_>>();
        let asked = press(&mut state, '/'.into());
        let [Effect::Fold(announcement)] = &asked[..] else { unreachable!("{asked:?}") };
        "harvinaisneula".chars().for_each(|typed| assert_eq!(press(&mut state, typed.into()), []));
        if close == "enter" {
            assert_eq!(press(&mut state, Key::plain(KeyCode::Enter)), []);
        }
        assert!(state.find.waits() && state.find.current().is_none() && state.notices.current.is_none());
        let texts = FoldedTexts::of(announcement);
        drop(state.update(Event::Folded { announcement: announcement.clone(), texts }));
        assert_eq!(state.find.count(), (1, 1));
        assert!(state.reader.place() > Place::default());
    }
}
