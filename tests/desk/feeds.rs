//! Tests feeds in the reader: fetching them, following new ones, and how they are told of.

use tiedote::app::feeds::{FeedSettings, Followed, FoundFeed, PassedOver, Refreshed, Refreshing, Standing};
use tiedote::app::sources::Source;
use tiedote::app::{Effect, Event};
use tiedote::calendar::PartialDate;
use tiedote::model::Fault;
use tiedote::text::{Clean, Language};

use super::support::{Desk, desk};

fn progress(done: usize, new: usize, waits_for: Option<&str>) -> Event {
    Event::RefreshProgressed(Refreshing { done, all: 200, new, waits_for: waits_for.map(Clean::line) })
}

fn ended(refreshed: Refreshed) -> Event {
    Event::RefreshEnded(refreshed)
}

#[test]
fn a_refresh_is_told_of_until_it_ends_and_escape_stops_it() {
    let desk = desk().keys("ctrl-r").wishes(&[Effect::Refresh(None)]);
    let desk = desk.happens(progress(37, 12, None)).shows(&["37/200 · 12 new · esc stops"]);
    let desk =
        desk.happens(progress(37, 12, Some("Kunta"))).shows(&["37/200 · 12 new · waiting for Kunta · esc stops"]);
    // It goes on while one reads.
    let desk = desk.keys("enter j").shows(&["37/200"]).keys("esc").wishes(&[Effect::StopRefresh]);
    let stopped = Refreshed { new: 12, stopped: true, ..Refreshed::default() };
    let desk = desk.happens(ended(stopped)).shows(&["Fetching stopped: 12 new, 0 changed"]).hides(&["37/200"]);
    // One that failed altogether leaves nothing behind.
    let desk = desk.happens(progress(1, 0, None)).happens(Event::FetchingEnded).hides(&["1/200"]);
    desk.keys("f5").wishes(&[Effect::Refresh(None)]);
}

#[test]
fn what_came_of_a_refresh_is_said_in_the_reader_s_language() {
    let name = || Clean::line("Kunta");
    let one = vec![(name(), Fault::NotFound)];
    let two = vec![(name(), Fault::NotFound), (name(), Fault::Cut)];
    for (refreshed, said) in [
        (
            Refreshed { new: 3, changed: 1, ..Refreshed::default() },
            ["3 uutta, 1 muuttunutta", "3 nya, 1 ändrade", "3 new, 1 changed"],
        ),
        (
            Refreshed { failed: one, ..Refreshed::default() },
            ["Kunta: osoitteessa ei ole", "Kunta: det finns ingenting", "Kunta: there is nothing"],
        ),
        (
            Refreshed { failed: two, ..Refreshed::default() },
            ["haettua: 2 lähdettä", "hämtas: 2 källor", "fetched: 2 sources"],
        ),
        (passed(PassedOver::Lately), ["ctrl-r hakee silti", "ctrl-r hämtar ändå", "ctrl-r fetches all the same"]),
        (passed(PassedOver::Waits), ["pyytää odottamaan", "ber att få vänta", "asks to wait"]),
        (passed(PassedOver::Held), ["Toinen ohjelma", "Ett annat program", "Another program"]),
        (passed(PassedOver::NoFeeds), ["a lisää", "a lägger till", "a adds one"]),
    ] {
        for (language, said) in Language::ALL.into_iter().zip(said) {
            desk().speaking(language).happens(ended(refreshed.clone())).shows(&[said]);
        }
    }
}

fn passed(passed: PassedOver) -> Refreshed {
    Refreshed { passed: Some(passed), ..Refreshed::default() }
}

#[test]
fn an_address_is_typed_and_what_is_there_is_followed() {
    let desk = desk().keys("a").shows(&["Address:"]).types("kunta.fi/feed").keys("enter");
    let desk = desk.wishes(&[Effect::Follow("kunta.fi/feed".to_owned())]);
    let desk = desk.happens(Event::Followed(Followed::Now { name: Clean::line("Kunta"), new: 20 }));
    // The announcements that come with the program make room for what it brought.
    let desk = desk.wishes(&[Effect::ShowLibrary]).shows(&["Kunta is followed now: 20 new", "No announcements."]);
    let desk = desk.keys("a").types("x").keys("esc").wishes(&[]).keys("a enter").wishes(&[]);
    // A page may name several.
    let found =
        |address: &str, title: &str| FoundFeed { address: Clean::line(address), title: Clean::line(title), items: 7 };
    let several = vec![found("https://kunta.fi/a", "Tiedotteet"), found("https://kunta.fi/b", "")];
    let desk = desk.happens(Event::Followed(Followed::Several(several)));
    let desk = desk.shows(&["Feeds of the page", "▌Tiedotteet", "https://kunta.fi/b"]).keys("j enter");
    desk.wishes(&[Effect::Follow("https://kunta.fi/b".to_owned())]).hides(&["Feeds of the page"]);
}

#[test]
fn what_is_wrong_with_an_address_is_said() {
    for (followed, said) in [
        (Followed::Already(Clean::line("Kunta")), "Kunta is followed already"),
        (Followed::Nothing(Clean::line("Etusivu")), "The page names no feed: Etusivu"),
        (Followed::Failed(Clean::line("https://kunta.fi/"), Fault::Forbidden), "https://kunta.fi/: refuses programs"),
    ] {
        desk().happens(Event::Followed(followed)).shows(&[said]);
    }
}

/// Returns a desk with the sources panel open on a folder and feeds.
fn listed(desk: Desk) -> Desk {
    let feed = |number, name: &str, standing| Source {
        path: Clean::line(name),
        count: Some(7),
        number: Some(number),
        feed: Some(standing),
    };
    let fails = Standing {
        fault: Some(Fault::OutOfOrder(502)),
        since: PartialDate::parse_iso("2026-11-25"),
        asked: true,
        ..Standing::default()
    };
    let came = |days| Standing { came: Some(days), asked: true, ..Standing::default() };
    desk.happens(Event::SourcesListed(vec![
        Source { path: Clean::line("/tiedotteet"), count: Some(7), number: Some(1), feed: None },
        feed(2, "Kunta", came(0)),
        feed(3, "Virasto", came(23)),
        feed(4, "Laitos", fails),
        feed(5, "Seura", Standing::default()),
    ]))
}

#[test]
fn the_sources_panel_tells_how_each_feed_stands() {
    let desk = listed(desk().keys("A"));
    desk.shows(&[
        "Kunta",
        "new today",
        "last new 3 weeks ago",
        "out of order (502) · since 25 November 2026",
        "not fetched yet",
    ]);
    let desk = listed(super::support::desk().speaking(Language::Finnish).keys("A"));
    desk.shows(&["uutta tänään", "uusin 3 viikkoa sitten", "25.11.2026 alkaen", "ei vielä haettu"]);
}

/// Tests the key that fetches the marked feed.
pub fn refreshes_one() {
    listed(desk().keys("A")).keys("j r").wishes(&[Effect::Refresh(Some(2))]);
}

/// Tests the key that edits the settings of the marked feed.
pub fn edits_one() {
    let desk = listed(desk().keys("A")).keys("j e").shows(&["Name:"]).types("Oma kunta").keys("enter");
    let desk = desk.shows(&["Tags:"]).types("kunta, ").types("tie").keys("enter").shows(&["Hours between"]);
    let desk =
        desk.types("x").keys("enter").shows(&["must be a number", "(empty: never): x"]).keys("ctrl-u").types("6");
    let settings = FeedSettings {
        name: Clean::line("Oma kunta"),
        tags: ["kunta", "tie"].map(Clean::line).to_vec(),
        hours: Some(6),
    };
    desk.keys("enter").wishes(&[Effect::SetFeed(2, settings)]).shows(&["Settings of the feed saved"]);
    listed(super::support::desk().keys("A")).keys("j e enter esc").wishes(&[]).hides(&["Tags:"]);
}

#[test]
fn a_feed_of_the_sources_is_fetched_shown_and_followed_no_longer() {
    let desk = listed(desk().keys("A")).shows(&["▌/tiedotteet"]).keys("r").wishes(&[]);
    let desk = desk.keys("j r").shows(&["▌Kunta"]).wishes(&[Effect::Refresh(Some(2))]);
    let desk = desk.keys("d").shows(&["Stop following it?"]).keys("d").wishes(&[Effect::Unfollow(2)]);
    let desk = desk.keys("enter").hides(&["Sources"]);
    let desk = listed(desk.keys("esc A")).keys("a").shows(&["Address:"]);
    desk.hides(&["Sources"]);
}
