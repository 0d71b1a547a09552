//! Handles the library search: the prompt, its results, and moving through them.

use super::State;
use super::telling::grouped;
use crate::app::actions::Action;
use crate::app::find::Match;
use crate::app::list::GUTTER;
use crate::app::list_position::ListPosition;
use crate::app::plan::Focus;
use crate::app::prompt::{Prompt, Purpose};
use crate::app::rows::Rows;
use crate::app::search::{Before, Excerpt, Found, MatchEnd, Results};
use crate::app::{Effect, Effects, messages};
use crate::model::Id;
use crate::search::QueryErrorKind;
use crate::typeset::{Layout, Place};

impl State {
    /// Opens the prompt, with the current query or with `text`: a query or, if `titles`, letters of titles.
    pub(super) fn open_search(&mut self, text: Option<&str>, titles: bool) -> Effects {
        if self.search.before.is_none() {
            let place = self.reader.wanted.map(|id| (id, self.reader.place()));
            self.search.before = Some(Before { list: self.list.position(), place });
        }
        self.screen.focus = Focus::List;
        self.screen.zen = false;
        let known = match (self.search.filters(), titles) {
            (true, false) if self.search.conditions().is_empty() => String::new(),
            // Leaves room to type a further word of the query.
            (true, false) => format!("{} ", self.search.conditions()),
            (false, true) => String::new(),
            _ => self.search.text().to_owned(),
        };
        let text = text.map_or(known, ToOwned::to_owned);
        let other = self.search.open(titles);
        self.prompt = Some(Prompt::new(if titles { Purpose::Titles } else { Purpose::Search }, &text));
        let asked = self.search_typed();
        if other && self.search.asks() && asked.is_empty() { self.ask() } else { asked }
    }

    /// Runs `query` and accepts it, as if it had just been typed.
    pub(super) fn run_search(&mut self, query: Option<&str>) -> Effects {
        let asked = self.open_search(query, false);
        asked.and(self.keep_results())
    }

    /// Limits the filtered titles to announcements that meet the conditions.
    pub(super) fn narrow_titles(&mut self, conditions: &str) -> Effects {
        self.search.fulfil(conditions);
        self.search.fresh = true;
        self.ask().and(self.keep_results())
    }

    /// Carries out an action while a query or letters of titles are typed.
    pub(super) fn act_in_search(&mut self, action: Action) -> Effects {
        let page = isize::try_from(self.list.shown.len().saturating_sub(1)).unwrap_or(1).max(1);
        let by = match action {
            Action::Accept => return self.keep_results(),
            Action::SaveTyped => return self.save_search(),
            Action::ResultUp if !self.search.asks() && !self.search.filters() => {
                // An empty prompt recalls the latest query.
                let last = self.search.last.clone();
                return self.open_search(Some(&last), false);
            }
            Action::ResultDown => 1,
            Action::ResultUp => -1,
            Action::ResultPageDown => page,
            Action::ResultPageUp => -page,
            _ => {
                self.end_search();
                return Effects::none();
            }
        };
        self.search.scroll_to = Some(MatchEnd::First);
        self.move_by(by);
        Effects::none()
    }

    /// Runs the query being typed.
    pub(super) fn search_typed(&mut self) -> Effects {
        let typed = self.typed();
        let ask = self.search.typed(&typed);
        if !self.search.asks() {
            // An empty query restores the list.
            self.find.clear();
            if let Some(before) = self.search.before.clone() {
                self.restore(&before);
            }
        }
        if ask { self.ask() } else { Effects::none() }
    }

    fn ask(&mut self) -> Effects {
        Effect::Search(self.search.ask(&self.library, &self.marks.marks, &self.list.languages)).into()
    }

    /// Accepts the results as the list; a query that is invalid or finds nothing is dropped.
    pub(super) fn keep_results(&mut self) -> Effects {
        if self.search.error.is_some() {
            return Effects::none();
        }
        let nothing = self.search.results().is_some_and(|results| results.hits().is_empty() && results.is_complete());
        if !self.search.asks() || (nothing && !self.search.waits()) {
            self.end_search();
            if nothing {
                self.notify(messages::NO_MATCH);
            }
        }
        if self.search.asks() && !self.search.filters() {
            self.search.last = self.search.text().to_owned();
        }
        self.search.without_letters();
        self.prompt = None;
        self.search.fresh = self.search.waits();
        Effects::none()
    }

    /// Ends the search and restores the state before it.
    pub(super) fn end_search(&mut self) {
        let before = self.search.end();
        self.prompt = None;
        self.find.clear();
        if let Some(before) = before {
            self.restore(&before);
        }
    }

    fn restore(&mut self, before: &Before) {
        self.list.restore(before.list);
        let Some((id, place)) = before.place else { return };
        if self.reader.wanted == Some(id) && self.reader.layout.is_some() {
            self.reader.go_to(place);
        } else {
            // The position is restored when the text is read again.
            self.memory.places.insert(id, place);
        }
    }

    /// Takes over results.
    pub(super) fn take_found(&mut self, found: Found) -> Effects {
        let selected = self.list.row(self.rows());
        if !self.search.take(found) {
            return Effects::none();
        }
        let rows = Rows::of(&self.library, &self.search);
        if self.search.fresh {
            self.list.restore(ListPosition::top(rows.group(0).or(self.list.selected)));
            self.search.scroll_to = Some(MatchEnd::First);
            self.search.fresh = self.prompt.as_ref().is_some_and(|prompt| prompt.purpose.searches());
        } else if let (None, Some(row)) = (self.list.row(rows), selected) {
            let row = row.min(rows.len().saturating_sub(1));
            self.list.selected = rows.group(row).or(self.list.selected);
        }
        let marked = |results: &Results| results.has_words() && !results.hits().is_empty();
        if !self.search.results().is_some_and(marked) && !self.find.is_own() {
            self.find.clear();
        }
        Effects::none()
    }

    pub(super) fn take_excerpts(&mut self, excerpts: Vec<(Id, Excerpt)>) -> Effects {
        self.search.take_excerpts(excerpts);
        Effects::none()
    }

    /// Repeats the search because announcements have changed.
    pub(super) fn search_again(&mut self) -> Effects {
        if !self.search.asks() {
            return Effects::none();
        }
        let library = &self.library;
        self.search.forget(|hit| library.entry(hit.id).is_some());
        self.ask()
    }

    /// Updates the text shown and the visible rows from the results: shows known matches and requests the others.
    pub(super) fn settle_search(&mut self) -> Effects {
        if !self.search.is_live() {
            return Effects::none();
        }
        if self.show_found() {
            self.settle();
        }
        let cells = self.screen.plan.list.map_or(0, |list| list.width.saturating_sub(GUTTER + 1));
        let mut shown: Vec<Id> = self.reader.wanted.into_iter().collect();
        shown.extend(self.list.shown.iter().map(|shown| shown.id).filter(|id| Some(*id) != self.reader.wanted));
        let missing = self.search.missing(&shown, cells);
        let wanted: Vec<_> =
            missing.into_iter().filter_map(|id| Some((id, self.library.entry(id)?.location.clone()))).collect();
        if wanted.is_empty() {
            return Effects::none();
        }
        Effect::Excerpts { ticket: self.search.ticket(), wanted, cells }.into()
    }

    /// Marks the matches in the text shown, and scrolls to one if that is due; reports whether it scrolled.
    fn show_found(&mut self) -> bool {
        if self.find.is_own() || self.reader.raw {
            return false;
        }
        let Some(id) = self.reader.wanted else { return false };
        let Some(parts) = self.reader.layout.as_ref().map(Layout::parts) else { return false };
        let Some(excerpt) = self.search.excerpt(id) else { return false };
        let ticket = excerpt.ticket;
        if !self.find.shows_results_of(ticket) {
            let matches: Vec<Match> = excerpt.matches.iter().filter(|found| found.part < parts).cloned().collect();
            self.find.show_results(ticket, matches);
        }
        // The rest of a long text may hold the match to scroll to.
        let whole = self.reader.complete || self.find.current().is_some();
        if let Some(end) =
            self.search.scroll_to.filter(|end| whole && (*end == MatchEnd::First || self.reader.complete))
        {
            self.search.scroll_to = None;
            self.find.select_end(end == MatchEnd::Last);
            self.show_match();
            return true;
        }
        false
    }

    /// Moves `by` matches on: within the announcement shown, then to the next result.
    pub(super) fn step_found(&mut self, by: isize) {
        let step = by.signum();
        for _ in 0..by.unsigned_abs() {
            let visible = self.screen.plan.reader.is_some();
            if visible && self.find.shows_results_of(self.search.ticket()) && self.find.step_within(step) {
                self.show_match();
                continue;
            }
            self.step_result(step);
        }
    }

    fn step_result(&mut self, step: isize) {
        let rows = self.rows();
        let Some(last) = rows.len().checked_sub(1) else { return };
        let here = self.list.row(rows).unwrap_or(0);
        let next = here.checked_add_signed(step).filter(|next| *next <= last);
        let row = next.unwrap_or(if step > 0 { 0 } else { last });
        if next.is_none() {
            self.notify(if step > 0 { messages::WRAPPED_DOWN } else { messages::WRAPPED_UP });
        }
        self.select(row);
        self.search.scroll_to = Some(if step > 0 { MatchEnd::First } else { MatchEnd::Last });
        if row == here {
            self.find.select_end(step < 0);
            self.show_match();
            return;
        }
        self.find.clear();
        if self.screen.focus == Focus::Reader {
            self.open();
        }
    }

    /// Returns the message about the error in the query, if any.
    #[must_use]
    pub fn complaint(&self) -> Option<String> {
        let error = self.search.error.as_ref()?;
        Some(match &error.kind {
            QueryErrorKind::UnknownField(name) => {
                let known = self.say(messages::KNOWN_FIELDS);
                format!("{} {name}: · {known}", self.say(messages::UNKNOWN_FIELD))
            }
            QueryErrorKind::UnknownState(value) => format!("{} “{value}”", self.say(messages::UNKNOWN_STATE)),
            QueryErrorKind::UnknownLanguage(value) => format!("{} “{value}”", self.say(messages::UNKNOWN_LANGUAGE)),
            QueryErrorKind::BadDate(value) => format!("{} “{value}”", self.say(messages::BAD_DATE)),
            QueryErrorKind::DatesReversed => self.say(messages::DATES_REVERSED).to_owned(),
            QueryErrorKind::TooLong => self.say(messages::TOO_LONG).to_owned(),
        })
    }

    /// Returns the number of results, as shown in the list's header and the prompt.
    #[must_use]
    pub fn found_note(&self) -> Option<String> {
        if !self.search.asks() {
            return None;
        }
        let searching = self.say(messages::SEARCHING);
        let Some(results) = self.search.results() else { return Some(searching.to_owned()) };
        let count = grouped(results.hits().len() as u64);
        Some(match (results.hits().is_empty(), results.is_complete()) {
            (true, false) => searching.to_owned(),
            (false, false) => format!("{count}, {searching}"),
            (true, true) => self.say(messages::NO_MATCH).to_owned(),
            (false, true) if results.is_lenient() => {
                format!("{count} {} ({})", self.say(messages::FOUND), self.say(messages::LENIENT))
            }
            (false, true) => format!("{count} {}", self.say(messages::FOUND)),
        })
    }

    /// Reports whether a response to the search is about to come.
    pub(super) fn search_waits(&self) -> bool {
        let unmarked =
            |id| self.search.results().is_some_and(Results::has_matches) && self.search.excerpt(id).is_none();
        self.search.waits() || self.reader.wanted.is_some_and(unmarked)
    }

    /// Reports whether a search, not the user, determines positions in texts.
    pub(super) fn is_searching(&self) -> bool {
        self.search.is_live() && self.screen.focus == Focus::List
    }

    /// Returns the position of a match in the text.
    pub(super) fn place_of(found: &Match) -> Place {
        Place { part: found.part, offset: u32::try_from(found.range.start).unwrap_or(0) }
    }
}
