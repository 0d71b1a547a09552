//! Tests every action of the table.

use tiedote::app::actions::{ACTIONS, Action};
use tiedote::app::plan::Focus;
use tiedote::app::reader::Progress;
use tiedote::app::{Effect, Event, State};
use tiedote::model::Id;
use tiedote::text::Clean;
use tiedote::typeset::Fill;

use super::support::{Desk, desk, desk_keeping, desk_with};
use super::{many, reading, rows};

#[test]
fn every_action_does_what_it_says() {
    assert!(ACTIONS.len() > 30);
    for entry in ACTIONS {
        scene(entry.action);
    }
}

/// Tests `action`; a new action needs a scene.
fn scene(action: Action) {
    match action {
        Action::SwitchPane => drop(desk().keys("tab").has("the text", in_text).keys("tab").has("the list", in_list)),
        Action::NextAnnouncement => {
            drop(desk().keys("J").shows(&["2/2", "2 unread"]));
            drop(desk().keys("enter J").shows(&["2/2", "0 unread"]).has("the text", in_text));
        }
        Action::PreviousAnnouncement => drop(desk().keys("J K").shows(&["1/2"]).has("the list", in_list)),
        Action::NextMatch => drop(koe().keys("enter n").shows(&["2/3"])),
        Action::PreviousMatch => drop(koe().keys("enter 2 n N").shows(&["2/3"])),
        Action::SwitchLanguage => switches_language(),
        Action::SwitchFill => switches_fill(),
        Action::WidenText => drop(desk().keys("+").shows(&["Text width: 68"]).keys("5 +").shows(&["Text width: 78"])),
        Action::NarrowText => {
            drop(desk().keys("-").shows(&["Text width: 64"]).keys("9 9 -").shows(&["Text width: 24"]));
        }
        Action::WidenList => assert!(list_width(&desk().keys("3 >").state) == list_width(&desk().state) + 6),
        Action::NarrowList => assert!(list_width(&desk().keys("<").state) == list_width(&desk().state) - 2),
        Action::Zen => {
            drop(desk().keys("z").has("the text alone", |state| state.screen.plan.list.is_none() && in_text(state)));
        }
        Action::SwitchTheme => drop(desk().keys("T").has("the next theme", |state| state.settings.theme == 1)),
        Action::ShowBoilerplate => drop(desk().keys("x").has("boilerplate shown", |state| state.settings.boilerplate)),
        Action::ShowRaw => drop(desk().keys("=").shows(&["The file as it is", "published: "])),
        Action::About => drop(desk().keys("i").shows(&["About this announcement", "comes with the program"])),
        Action::CopyText => copies(),
        Action::Palette => drop(desk().keys(":").types("zen").keys("enter").has("zen", |state| state.screen.zen)),
        Action::Help => drop(desk().keys("?").shows(&["Half a pane down", "In the list"])),
        Action::Suspend => drop(desk().keys("ctrl-z").wishes(&[Effect::Suspend])),
        Action::Repaint => drop(desk().keys("ctrl-l").wishes(&[Effect::Repaint])),
        Action::Cancel => {
            drop(
                desk().keys("enter /").types("prom").keys("enter esc").has("no search", |state| !state.find.is_live()),
            );
        }
        Action::QuitNow => quits_from_anywhere(),
        Action::Quit => drop(desk().keys("q").wishes(&[Effect::Quit])),
        Action::Refresh => drop(desk().keys("ctrl-r").wishes(&[Effect::Refresh(None)])),
        Action::AddFeed => drop(desk().keys("a").types("kunta.fi").shows(&["Address: kunta.fi"])),
        Action::Messages => drop(desk().keys("L + M").shows(&["Messages", "Text width: 68", "Language version"])),
        action => {
            let tried =
                scene_of_list(action) || scene_of_text(action) || scene_of_panel(action) || scene_of_prompt(action);
            assert!(tried, "{action:?} has no scene here");
        }
    }
}

/// Tests an action of panels; returns whether it is one.
fn scene_of_panel(action: Action) -> bool {
    let panel = || desk().sized(60, 10).keys("i");
    let first =
        |desk: &Desk| desk.state.top_panel().and_then(|panel| panel.shown().next()).map(|(line, _)| line.clone());
    let (start, later) = (first(&panel()), first(&panel().keys("j")));
    assert_ne!(start, later, "the panel has to be longer than the screen");
    match action {
        Action::ClosePanel => drop(panel().keys("esc").has("no panel", |state| state.panels.is_empty())),
        Action::Choose => drop(desk().keys("F enter").shows(&["is:unread", "2 found"])),
        Action::PanelDown => assert_eq!(first(&panel().keys("j")), later),
        Action::PanelUp => assert_eq!(first(&panel().keys("j k")), start),
        Action::PanelHalfDown => assert_ne!(first(&panel().keys("d")), start),
        Action::PanelHalfUp => assert_eq!(first(&panel().keys("d u")), start),
        Action::PanelPageDown => assert_ne!(first(&panel().keys("space")), start),
        Action::PanelPageUp => assert_eq!(first(&panel().keys("space b")), start),
        Action::PanelFirst => assert_eq!(first(&panel().keys("j G g g")), start),
        Action::PanelLast => assert_ne!(first(&panel().keys("G")), start),
        Action::NextGroup => drop(desk().keys("F tab").shows(&["▌Van"])),
        Action::EditFeed => super::feeds::edits_one(),
        Action::RefreshSource => super::feeds::refreshes_one(),
        Action::WatchSearch => drop(desk().keys("/").types("sote").keys("enter W esc A w").shows(&["watched"])),
        Action::Remove => drop(desk().keys("/").types("sote").keys("enter W esc A d").shows(&["None yet"])),
        _ => return false,
    }
    true
}

/// Tests an action of prompts; returns whether it is one.
fn scene_of_prompt(action: Action) -> bool {
    let typed = || desk().keys("/").types("sote");
    match action {
        Action::Accept => drop(typed().keys("enter").shows(&["2 found"]).hides(&["/sote"])),
        Action::Leave => drop(typed().keys("esc").shows(&["2 unread"]).hides(&["/sote"])),
        Action::SaveTyped => drop(typed().keys("ctrl-s").shows(&["Search saved"])),
        Action::ResultDown => drop(typed().keys("down").shows(&["2/2"])),
        Action::ResultUp => drop(typed().keys("down up").shows(&["1/2"])),
        Action::ResultPageDown => drop(typed().keys("pagedown").shows(&["2/2"])),
        Action::ResultPageUp => drop(typed().keys("pagedown pageup").shows(&["1/2"])),
        Action::FindEverywhere => drop(desk().keys("enter /").types("sote").keys("tab").shows(&["/sote", "2 found"])),
        _ => return false,
    }
    true
}

/// Tests an action of the list; returns whether it is one.
fn scene_of_list(action: Action) -> bool {
    match action {
        Action::ListDown => drop(many(60).keys("j").shows(&["2/60"]).keys("5 j").shows(&["7/60"])),
        Action::ListUp => drop(many(60).keys("9 j k").shows(&["9/60"]).keys("2 0 k").shows(&["1/60"])),
        Action::ListHalfDown => {
            drop(many(60).keys("ctrl-d").has("further down", |state| at(state) > 2 && at(state) < 20));
        }
        Action::ListHalfUp => drop(many(60).keys("ctrl-d ctrl-u").shows(&["1/60"])),
        Action::ListPageDown => drop(many(60).keys("pagedown").has("a screen down", |state| at(state) > 8)),
        Action::ListPageUp => drop(many(60).keys("space b").shows(&["1/60"])),
        Action::ListFirst => drop(many(60).keys("G g g").shows(&["1/60"]).keys("1 2 g g").shows(&["12/60"])),
        Action::ListLast => drop(many(60).keys("G").shows(&["60/60", "Tiedote 60"]).keys("7 G").shows(&["7/60"])),
        Action::Open => drop(desk().keys("enter").has("the text", in_text).shows(&["1 unread"])),
        Action::ToggleRead => drop(desk().keys("r").shows(&["1 unread"]).keys("r").shows(&["2 unread"])),
        Action::AllRead => drop(many(60).keys("R").shows(&["0 unread"])),
        Action::SaveSearch => drop(desk().keys("/").types("sote").keys("enter W").shows(&["Search saved"])),
        Action::Sources => drop(desk().keys("A").shows(&["Saved searches", "None yet"])),
        Action::Filter => drop(desk().keys("f").types("rakhank").shows(&["1 found", "Titles: rakhank"])),
        Action::FilterMenu => drop(desk().keys("F").shows(&["Unread", "Source", "Language", "Year"])),
        Action::Search => drop(desk().keys("/").types("sote").shows(&["2 found"])),
        Action::Star => drop(desk().keys("s").shows(&["★"]).keys("s").hides(&["★"])),
        Action::Tag => drop(desk().keys("t").types("sote").shows(&["Tags: sote"]).keys("enter").hides(&["Tags"])),
        Action::Forget => forgets(),
        Action::Undo => drop(desk().keys("r U").shows(&["2 unread", "Mark undone"])),
        _ => return false,
    }
    true
}

/// Tests an action of the text; returns whether it is one.
fn scene_of_text(action: Action) -> bool {
    let page = rows(&reading()).len();
    match action {
        Action::LineDown => assert_eq!(rows(&reading().keys("3 j"))[0], rows(&reading())[3]),
        Action::LineUp => assert_eq!(rows(&reading().keys("3 j 2 k"))[0], rows(&reading())[1]),
        Action::PageDown => assert_eq!(rows(&reading().keys("space"))[0], rows(&reading())[page - 2]),
        Action::PageUp => assert_eq!(rows(&reading().keys("space space b")), rows(&reading().keys("space"))),
        Action::HalfDown => assert_eq!(rows(&reading().keys("d"))[0], rows(&reading())[page / 2]),
        Action::HalfUp => assert_eq!(rows(&reading().keys("d u")), rows(&reading())),
        Action::TextStart => assert_eq!(rows(&reading().keys("G g g")), rows(&reading())),
        Action::TextEnd => drop(reading().keys("G").has("the end", |state| state.reader.progress() == Progress::End)),
        Action::NextPart => drop(reading().keys(". .").has("a later part", |state| state.reader.place().part == 2)),
        Action::PreviousPart => {
            drop(reading().keys(". . ,").has("the part before", |state| state.reader.place().part == 1));
        }
        Action::Find => drop(koe().shows(&[" /koe", "1/3"])),
        Action::Back => drop(reading().keys("q").has("the list", in_list).keys("enter h").has("the list", in_list)),
        _ => return false,
    }
    true
}

/// Returns a desk with a search that finds three announcements.
fn koe() -> Desk {
    desk_with(&["# Otsikko\n\nkoe koe koe"]).keys("enter /").types("koe")
}

fn in_text(state: &State) -> bool {
    state.screen.focus == Focus::Reader
}

fn in_list(state: &State) -> bool {
    state.screen.focus == Focus::List
}

/// Returns the number of the selected row, from 1.
fn at(state: &State) -> usize {
    state.list.row(state.rows()).map_or(0, |row| row + 1)
}

fn list_width(state: &State) -> u16 {
    state.screen.plan.list.map_or(0, |area| area.width)
}

fn forgets() {
    desk().keys("X").shows(&["Only announcements in the library"]).keys("X").wishes(&[]);
    let desk = desk_keeping(&["# Yksi\n\nTeksti.", "# Toinen\n\nTeksti."]);
    let nothing = Id::of(&[]);
    let (id, group) = desk.state.library.leader(0).map_or((nothing, nothing), |entry| (entry.id, entry.group));
    desk.keys("X")
        .shows(&["Forget this announcement?"])
        .keys("j k X")
        .shows(&["Forget this announcement?"])
        .keys("delete")
        .wishes(&[Effect::Forget(group)])
        .happens(Event::Forgotten { held: Some(Clean::line("/tmp/a.md")) })
        .shows(&["1/2", "Not forgotten: its file still exists: /tmp/a.md"])
        .keys("X X")
        .wishes(&[Effect::Forget(group)])
        .happens(Event::Changed { entries: Vec::new(), removed: vec![id] })
        .happens(Event::Forgotten { held: None })
        .shows(&["1/1", "Forgotten"]);
}

fn switches_language() {
    desk()
        .shows(&["Rakenneuudistushanke loppuu", "joulukuu 2021"])
        .keys("L")
        .shows(&["Strukturreformprojektet", "december 2021"])
        .keys("L")
        .shows(&["Structural reform project", "December 2021"])
        .keys("L")
        .shows(&["Rakenneuudistushanke loppuu"]);
    desk_with(&["# Vain suomeksi\n\nTeksti."]).keys("L").shows(&["Only in one language"]);
}

fn switches_fill() {
    let fill = |wanted| move |state: &State| state.settings.fill == wanted;
    desk()
        .keys("w")
        .shows(&["Justified"])
        .has("even lines", fill(Fill::Justified))
        .keys("w")
        .shows(&["Not hyphenated"])
        .has("whole words", fill(Fill::Unhyphenated))
        .keys("w")
        .has("ragged lines", fill(Fill::Ragged));
}

fn copies() {
    desk_with(&["---\nsource: Vantaa\npublished: 2020-09-11\nlanguage: fi\n---\n# Otsikko\n\nYksi kappale.\n\nToinen."])
        .keys("Y")
        .shows(&["Text copied"])
        .wishes_that("the whole text is copied", |wished| {
            matches!(wished, [Effect::Copy(text)] if text.as_str() == "Otsikko\n\n11.9.2020 · Vantaa\n\nYksi kappale.\n\nToinen.")
        });
}

fn quits_from_anywhere() {
    for keys in ["", "enter", "z", "?", ":", "/", "g", "enter / a"] {
        let desk = if keys.is_empty() { desk() } else { desk().keys(keys) };
        desk.keys("ctrl-c").wishes(&[Effect::Quit]);
    }
}

#[test]
fn q_steps_back_and_escape_never_quits() {
    desk().keys("enter z").keys("q").has("the list", in_list).keys("q").wishes(&[Effect::Quit]);
    desk().keys("esc esc esc enter esc esc z esc esc").has("still there", |state| !state.library.is_empty());
}

#[test]
fn keys_that_wait_for_more_are_shown_and_can_be_taken_back() {
    many(60).keys("1 2").shows(&[" 12 "]).keys("g").shows(&[" 12g "]).keys("g").shows(&["12/60"]);
    many(60).keys("1 2 g esc j").shows(&["2/60"]);
    many(60).keys("g x j").shows(&["2/60"]);
}

#[test]
fn a_page_down_at_the_end_goes_to_the_next_unread() {
    desk()
        .keys("enter G space")
        .shows(&["2/2", "0 unread", "Vantaa ja Kerava toteuttavat"])
        .has("the text", in_text)
        .keys("G space")
        .shows(&["Nothing unread"]);
}

#[test]
fn keys_do_nothing_harmful_where_there_is_nothing() {
    for entry in ACTIONS.iter().filter(|entry| !matches!(entry.action, Action::Quit | Action::QuitNow)) {
        for keys in entry.keys.iter().filter(|keys| **keys != "q") {
            let desk = desk_with(&[]).wishes(&[Effect::Quit]);
            desk.keys(keys).wishes_that("nothing, or the terminal's own", |wished| {
                wished.iter().all(|effect| matches!(effect, Effect::Suspend | Effect::Repaint | Effect::Refresh(None)))
            });
        }
    }
}
