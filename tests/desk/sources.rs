//! Tests the sources panel, saved searches, and the news of watched ones.

use tiedote::app::sources::Source;
use tiedote::app::{Effect, Event};
use tiedote::model::{Entry, Id, Location, SavedSearch, SearchChange};
use tiedote::text::{Clean, Language};

use super::support::{Desk, desk, desk_with};

/// Returns the saved searches as they are to be stored.
fn saved(desk: &Desk) -> Vec<SavedSearch> {
    let mut saved: Vec<SavedSearch> = Vec::new();
    for effect in &desk.kept {
        let Effect::SaveSearches(change) = effect else { continue };
        let changed = match change {
            SearchChange::Kept(search) => std::slice::from_ref(search),
            SearchChange::Looked(searches) => searches.as_slice(),
            SearchChange::Deleted(query) => {
                saved.retain(|search| search.query != *query);
                &[]
            }
        };
        for search in changed {
            match saved.iter_mut().find(|known| known.query == search.query) {
                Some(known) => known.clone_from(search),
                None => saved.push(search.clone()),
            }
        }
    }
    saved
}

/// Returns a desk on which `query` is saved and watched.
fn watching(query: &str) -> Desk {
    let texts = ["# Vanha katu\n\nSe on vanha.", "# Toinen\n\nUusi katu avataan."];
    desk_with(&texts).keys("/").types(query).keys("enter W esc A w esc")
}

/// Makes the second text arrive once more, under another name.
fn arrives(desk: Desk) -> Desk {
    let known = desk.state.library.entries().filter(|entry| entry.location == Location::Given(1)).cloned();
    let (id, title) = (Id::of(&["arrival"]), Clean::line("Uutinen"));
    let entries = known.map(|entry| Entry { id, group: id, title: title.clone(), ..entry }).collect();
    desk.happens(Event::Changed { entries, removed: Vec::new() })
}

#[test]
fn a_search_is_saved_and_run_again() {
    let desk = desk().keys("/").types("sote").keys("ctrl-s").shows(&["Search saved"]).keys("esc");
    let desk = desk.keys("A").shows(&["Sources", "Saved searches", "sote", "enter search"]);
    let desk = desk.keys("enter").shows(&["2 found"]).hides(&["Saved searches", "/sote"]);
    let desk = desk.keys("W esc A").shows(&["sote"]);
    assert_eq!(saved(&desk).len(), 1);
    desk.keys("d").shows(&["None yet"]).keys("enter d w q").hides(&["Sources"]);
}

#[test]
fn what_is_no_search_is_not_saved() {
    let desk = desk().keys("W").shows(&["No search to save"]).keys("f").types("sote").keys("enter W");
    let desk = desk.shows(&["No search to save"]);
    assert!(saved(&desk).is_empty());
}

#[test]
fn what_comes_and_matches_a_watched_search_is_counted_and_marked_until_it_is_read() {
    let desk = watching("katu");
    assert!(saved(&desk)[0].watched);
    let desk = arrives(desk.hides(&["◆"])).shows(&["◆ Uutinen"]).keys("A").shows(&["katu", "◆ 1 new"]).keys("esc");
    assert_eq!(saved(&desk)[0].news.len(), 1);
    let desk = desk.keys("g g j enter q").hides(&["◆"]).keys("A").shows(&["watched"]);
    assert!(saved(&desk)[0].news.is_empty());
    // Announcements that do not match are not shown as new.
    arrives(watching("hevonen")).hides(&["◆"]);
}

#[test]
fn what_is_new_stays_new_under_another_name_and_is_not_counted_once_it_is_gone() {
    let desk = arrives(watching("katu"));
    let arrived = desk.state.library.entry(Id::of(&["arrival"])).cloned().unwrap();
    let id = Id::of(&["renamed"]);
    let renamed = Entry { id, group: id, title: Clean::line("Toisin"), ..arrived.clone() };
    // The text it is read from is in the list twice here; only the later one is renamed.
    let desk = desk.happens(Event::Changed { entries: vec![renamed], removed: vec![arrived.id] });
    let desk = desk.shows(&["◆ Toisin"]).keys("A").shows(&["◆ 1 new"]).keys("esc");
    let desk = desk.happens(Event::Changed { entries: Vec::new(), removed: vec![id] });
    desk.keys("A").hides(&["1 new"]).shows(&["watched"]);
}

#[test]
fn searches_of_earlier_times_are_there() {
    let search = |query: &str| SavedSearch { query: Clean::line(query), ..SavedSearch::default() };
    let desk = desk().keys("/").types("sote").keys("enter W");
    let desk = desk.happens(Event::SearchesKnown(vec![search("vantaa"), search("sote")]));
    let queries: Vec<&str> = desk.state.searches.iter().map(|search| search.query.as_str()).collect();
    assert_eq!(queries, ["vantaa", "sote"]);
    let desk = desk.keys("A j").speaking(Language::Finnish).shows(&["Tallennetut haut", "w seuraa"]);
    desk.keys("k w d").has("one left", |state| state.searches.len() == 1);
}

#[test]
fn what_another_program_does_to_the_saved_searches_shows_in_the_open_pane() {
    let search = |query: &str, watched| SavedSearch { query: Clean::line(query), watched, ..SavedSearch::default() };
    let changed = |came: Vec<SavedSearch>, gone: &[&str]| Event::SearchesChanged {
        came,
        gone: gone.iter().map(|query| Clean::line(query)).collect(),
    };
    let searches = ["katu", "silta", "koulu"].map(|query| search(query, false)).to_vec();
    let desk = desk().happens(Event::SearchesKnown(searches)).keys("A j j").hides(&["satama"]);
    let desk = desk.happens(changed(vec![search("satama", true), search("katu", true)], &["silta"]));
    let desk = desk.shows(&["satama", "katu"]).hides(&["silta"]);
    let desk = desk.has("both watched", |state| state.searches.iter().filter(|search| search.watched).count() == 2);
    // The marked search is deleted.
    let desk = desk.keys("d").shows(&["katu", "satama"]).hides(&["koulu"]);
    let desk = desk.happens(changed(Vec::new(), &["katu", "satama"])).shows(&["None yet"]);
    desk.keys("d enter").hides(&["satama"]);
}

/// Returns a desk with the sources panel open on folders of a library.
fn listed(desk: Desk, folders: &[(i64, &str)]) -> Desk {
    let row = |(number, path): &(i64, &str)| Source {
        path: Clean::line(path),
        count: Some(7),
        number: Some(*number),
        feed: None,
    };
    desk.happens(Event::SourcesListed(folders.iter().map(row).collect()))
}

#[test]
fn a_folder_is_followed_no_longer_once_that_was_confirmed() {
    let folders = [(3, "/tiedotteet"), (5, "/uutiset")];
    let desk = listed(desk().keys("A"), &folders).shows(&["▌/tiedotteet", "d stop following"]);
    let desk = desk.keys("w enter j d").shows(&["▌/uutiset", "Stop following it?"]);
    // Any other key withdraws the confirmation.
    let desk = desk.keys("k").hides(&["Stop following"]).keys("j d").wishes(&[]);
    let desk = desk.speaking(Language::Swedish).shows(&["Sluta följa den?"]).keys("d").wishes(&[Effect::Unfollow(5)]);
    let desk = listed(desk, &folders[..1]).happens(Event::Unfollowed).hides(&["/uutiset"]);
    desk.shows(&["▌/tiedotteet", "Följs inte längre"]).keys("q").hides(&["/tiedotteet"]);
}

#[test]
fn folders_and_searches_are_marked_in_one_row_and_stay_marked() {
    let folders = [(3, "/tiedotteet"), (5, "/uutiset")];
    let desk = desk().keys("/").types("sote").keys("enter W esc A").shows(&["▌sote", "w watch"]);
    let desk = listed(desk, &folders).shows(&["▌sote"]).keys("k").shows(&["▌/uutiset"]);
    let desk = listed(desk, &folders[1..]).shows(&["▌/uutiset"]).keys("j d").hides(&["sote "]);
    let desk = desk.shows(&["None yet", "▌/uutiset", "d stop following"]);
    desk.keys("G d g d").wishes(&[]).keys("delete").wishes(&[Effect::Unfollow(5)]);
}
