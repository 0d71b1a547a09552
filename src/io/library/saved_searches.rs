//! The saved searches as they were last told, so that what other running programs change in them is noticed.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::Event;
use crate::io::store::{Fault, Store};
use crate::model::{SavedSearch, SearchChange};
use crate::text::Clean;

/// What is known of the saved searches.
#[derive(Debug, Default)]
pub struct Searches {
    /// Their queries, and which are watched.
    known: BTreeMap<Clean, bool>,
    /// Those that another program changed while this one may have.
    contested: BTreeSet<Clean>,
}

impl Searches {
    /// Takes all searches there are as told.
    pub fn told(&mut self, searches: &[SavedSearch]) {
        self.known = searches.iter().map(|search| (search.query.clone(), search.watched)).collect();
    }

    /// Returns what others saved, deleted or watch differently since the last report.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn look(&mut self, store: &Store) -> Result<Option<Event>, Fault> {
        let now: BTreeMap<Clean, bool> = store.search_names()?.into_iter().collect();
        if now == self.known {
            return Ok(None);
        }
        let gone: Vec<Clean> = self.known.keys().filter(|query| !now.contains_key(query)).cloned().collect();
        let mut came = store.searches()?;
        came.retain(|search| self.known.get(&search.query) != Some(&search.watched));
        self.contested.extend(came.iter().map(|search| search.query.clone()).chain(gone.iter().cloned()));
        self.known = now;
        Ok(Some(Event::SearchesChanged { came, gone }))
    }

    /// Takes note of a change this program has kept. What comes back is to be told: what others did to the same search
    /// was told when this change was wished already, and is not the last word.
    pub fn kept(&mut self, change: &SearchChange) -> Option<Event> {
        let (query, came, gone) = match change {
            SearchChange::Kept(search) => {
                self.known.insert(search.query.clone(), search.watched);
                (&search.query, vec![search.clone()], Vec::new())
            }
            SearchChange::Deleted(query) => {
                self.known.remove(query);
                (query, Vec::new(), vec![query.clone()])
            }
            SearchChange::Looked(_) => return None,
        };
        self.contested.contains(query).then_some(Event::SearchesChanged { came, gone })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::store;

    #[test]
    fn what_another_program_does_to_the_searches_is_told_and_what_this_one_does_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let mut own = store::open(&folder.path().join("library.db")).store.unwrap();
        let mut other = own.another().unwrap();
        let search =
            |query: &str, watched| SavedSearch { query: Clean::line(query), watched, ..SavedSearch::default() };
        let kept = |query, watched| SearchChange::Kept(search(query, watched));
        let told = |searches: &mut Searches, store: &Store| match searches.look(store).unwrap() {
            Some(Event::SearchesChanged { came, gone }) => {
                let came: Vec<(String, bool)> =
                    came.iter().map(|search| (search.query.to_string(), search.watched)).collect();
                Some((came, gone.iter().map(ToString::to_string).collect::<Vec<_>>()))
            }
            _ => None,
        };
        let mut searches = Searches::default();
        for change in [kept("katu", false), kept("silta", false)] {
            own.change_searches(&change).unwrap();
            assert_eq!(searches.kept(&change), None);
        }
        assert_eq!(told(&mut searches, &own), None);
        other.change_searches(&kept("katu", true)).unwrap();
        other.change_searches(&kept("koulu", false)).unwrap();
        other.change_searches(&SearchChange::Deleted(Clean::line("silta"))).unwrap();
        let came = vec![("katu".to_owned(), true), ("koulu".to_owned(), false)];
        assert_eq!(told(&mut searches, &own), Some((came, vec!["silta".to_owned()])));
        assert_eq!(told(&mut searches, &own), None);
        // Somebody deleted it here before it was told that it is watched there.
        let change = SearchChange::Deleted(Clean::line("katu"));
        own.change_searches(&change).unwrap();
        let event = Event::SearchesChanged { came: Vec::new(), gone: vec![Clean::line("katu")] };
        assert_eq!(searches.kept(&change), Some(event));
    }
}
