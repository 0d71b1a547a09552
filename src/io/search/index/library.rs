//! A library's index with what changed since it was made: what matches a query, in the order it is shown.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use super::file::{self, Pages};
use super::records::{Record, Records};
use super::texts::Texts;
use crate::app::search::Hit;
use crate::calendar::PartialDate;
use crate::io::store::{Fault, Searchable, Store};
use crate::model::{Entry, Id, Marks};
use crate::search::index::{Damaged, Found, Index, Kept};
use crate::search::{Fields, Matcher, Rank};
use crate::text::fold::Folding;
use crate::text::{Clean, Language};

/// Texts are looked at so many at a time.
const AT_ONCE: usize = 32;
/// Announcements changed since the index was made whose texts are kept in memory; when there are more, an index is made
/// anew.
pub const CHANGED: usize = 1000;

/// An announcement that matches and may have other language versions.
#[derive(Clone, Copy, Debug)]
struct Version {
    hit: Hit,
    order: Order,
    precedence: Precedence,
}

/// Where an announcement stands among those that match: how well it does, then when it was published.
type Order = (Rank, Reverse<Option<PartialDate>>);

/// What decides which language version of an announcement is shown, the least first.
type Precedence = (Rank, usize, (bool, bool, Option<Language>, Id));

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'a> {
    /// What is looked for.
    pub matcher: &'a Matcher,
    /// What is read, starred and tagged.
    pub marks: &'a Marks,
    /// The languages to show an announcement in where its versions match alike, best first.
    pub languages: &'a [Language],
}

/// Called with the way to what was found so far.
type SoFar<'a> = dyn FnMut(&dyn Fn() -> Vec<Hit>) + 'a;

/// The index of a library as it is now.
#[derive(Debug)]
pub struct LibraryIndex {
    index: Option<(Index<Pages>, Records)>,
    /// Numbers in order, each with its place in the index; empty until something has changed.
    places: Vec<(u32, u32)>,
    /// Announcements that came or were changed since the index was made, by number; their texts folded as
    /// `folding` says, where they are few.
    changed: HashMap<u32, Option<(Entry, Kept)>>,
    folding: Folding,
    /// For every announcement of the index whether it was changed or removed since.
    masked: Vec<bool>,
    /// The last change that was looked at.
    seq: i64,
    texts: Texts,
}

impl LibraryIndex {
    /// Opens the index of the library; where there is none, everything counts as changed.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn open(store: &Store) -> Result<Self, Fault> {
        let index = file::open(store.path(), store.last_change()?).and_then(|index| {
            let records = Records::read(index.extra().ok()?)?;
            Some((index, records))
        });
        let masked = vec![false; index.as_ref().map_or(0, |(index, _)| index.numbers().len())];
        let (places, changed) = (Vec::new(), HashMap::new());
        let mut opened =
            Self { index, places, changed, folding: Folding::Strict, masked, seq: -1, texts: Texts::default() };
        opened.seq = opened.index_seq().unwrap_or(-1);
        opened.note_changes(store)?;
        Ok(opened)
    }

    /// Reports whether so much has changed since the index was built that it should be built anew.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.changed.len() > CHANGED
    }

    /// Reports whether a text that was looked at is damaged and in no file.
    #[must_use]
    pub fn found_damage(&self) -> bool {
        self.texts.found_damage()
    }

    /// Returns the matches, the best first, newer ones before older ones among equals, and of the language versions of an
    /// announcement the one that matches best. `None` when `stop` says that nobody wants to know any more.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn look(
        &mut self,
        store: &Store,
        question: &Question<'_>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Hit>>, Fault> {
        self.look_telling(store, question, stop, &mut |_| {})
    }

    /// The same; where many texts are to be read, `so_far` is called every now and then with the way to what matches
    /// among the newest.
    ///
    /// # Errors
    ///
    /// When the library cannot be read.
    pub fn look_telling(
        &mut self,
        store: &Store,
        question: &Question<'_>,
        stop: &dyn Fn() -> bool,
        so_far: &mut SoFar<'_>,
    ) -> Result<Option<Vec<Hit>>, Fault> {
        self.catch_up(store)?;
        let Some(changed) = self.look_through(store, question, stop)? else { return Ok(None) };
        let mut texts = std::mem::take(&mut self.texts);
        let found = self.look_up(store, question, &changed, stop, (so_far, &mut texts));
        self.texts = texts;
        if let Ok(found) = found {
            return Ok(found);
        }
        // A damaged index is left alone: everything is looked through, until it is made anew.
        self.index = None;
        self.masked.clear();
        self.changed = store.numbers_after(-1)?.into_iter().map(|number| (number, None)).collect();
        Ok(self.look_through(store, question, stop)?.map(|all| merged(&[], |_| None, |_| None, all)))
    }

    /// Takes note of what was changed since it was last called.
    fn catch_up(&mut self, store: &Store) -> Result<(), Fault> {
        self.note_changes(store)?;
        // Somebody made a newer index meanwhile.
        if self.is_stale() && file::newest(store.path(), self.seq) > self.index_seq() {
            *self = Self::open(store)?;
        }
        Ok(())
    }

    fn note_changes(&mut self, store: &Store) -> Result<(), Fault> {
        // The number first: what comes in between is looked at twice rather than never.
        let now = store.last_change()?;
        if now == self.seq {
            return Ok(());
        }
        let (changed, removed) = (store.numbers_after(self.seq)?, store.removed_after(self.seq)?);
        self.seq = now;
        if let Some((index, _)) = self.index.as_ref().filter(|_| !changed.is_empty() && self.places.is_empty()) {
            self.places = index.numbers().iter().copied().zip(0..).collect();
            self.places.sort_unstable();
        }
        for number in changed {
            let place = self.places.binary_search_by_key(&number, |(number, _)| *number);
            let place = place.ok().and_then(|at| self.places.get(at)).map(|(_, place)| *place as usize);
            if let Some(masked) = place.and_then(|place| self.masked.get_mut(place)) {
                *masked = true;
            }
            self.changed.insert(number, None);
        }
        if let Some((_, records)) = self.index.as_ref().filter(|_| !removed.is_empty()) {
            let removed: HashSet<Id> = removed.into_iter().collect();
            for (rank, masked) in self.masked.iter_mut().enumerate() {
                *masked |= records.get(rank).is_some_and(|record| removed.contains(&record.id));
            }
        }
        Ok(())
    }

    fn index_seq(&self) -> Option<i64> {
        self.index.as_ref().and_then(|(index, _)| i64::try_from(index.seq()).ok())
    }

    /// Returns what matches in the index and among the changed; `None` when stopped.
    fn look_up(
        &self,
        store: &Store,
        question: &Question<'_>,
        changed: &[Version],
        stop: &dyn Fn() -> bool,
        (so_far, texts): (&mut SoFar<'_>, &mut Texts),
    ) -> Result<Option<Vec<Hit>>, Damaged> {
        let Some((index, records)) = &self.index else {
            return Ok(Some(merged(&[], |_| None, |_| None, changed.to_vec())));
        };
        let Question { matcher, marks, languages } = *question;
        let Some(mut found) = index.look(matcher, stop)? else { return Ok(None) };
        if self.masked.contains(&true) {
            found.retain(|nth| !self.masked.get(nth).copied().unwrap_or(true));
        }
        if matcher.is_conditional() {
            found.retain(|nth| records.get(nth).is_some_and(|record| allows(matcher, records, &record, marks)));
        }
        let numbers = index.numbers();
        let mut text = |nth: usize| {
            let searchable = numbers.get(nth).and_then(|number| texts.read(store, *number).ok().flatten());
            searchable.map(|searchable| folded(&searchable, matcher.folding()))
        };
        while !found.settle(AT_ONCE, &mut text) {
            if stop() {
                return Ok(None);
            }
            so_far(&|| in_order(&found, records, changed, languages));
        }
        Ok(Some(in_order(&found, records, changed, languages)))
    }

    /// Looks through what was changed, which is read and folded the first time.
    fn look_through(
        &mut self,
        store: &Store,
        question: &Question<'_>,
        stop: &dyn Fn() -> bool,
    ) -> Result<Option<Vec<Version>>, Fault> {
        let Question { matcher, marks, languages } = *question;
        if self.folding != matcher.folding() {
            self.folding = matcher.folding();
            self.changed.values_mut().for_each(|kept| *kept = None);
        }
        let few = !self.is_stale();
        let (mut found, mut gone) = (Vec::new(), Vec::new());
        for (number, kept) in &mut self.changed {
            if stop() {
                return Ok(None);
            }
            if kept.is_none() {
                let (Some(entry), Some(searchable)) = (store.entry(*number)?, self.texts.read(store, *number)?) else {
                    gone.push(*number);
                    continue;
                };
                *kept = Some((entry, folded(&searchable, matcher.folding())));
            }
            if let Some((entry, texts)) = kept {
                let tags: Vec<&str> = marks.tags(entry.group).into_iter().flatten().map(Clean::as_str).collect();
                let allowed = matcher.allows(&Fields::of(entry, marks, &tags));
                let rank = || matcher.rank_of_texts(&texts.text, &texts.ends, entry.language, stop);
                if let Some(rank) = allowed.then(rank).flatten() {
                    let order = (rank, Reverse(entry.published));
                    let precedence = (rank, wish(entry.language, languages), entry.precedence());
                    found.push(Version { hit: Hit { group: entry.group, id: entry.id }, order, precedence });
                }
            }
            if !few {
                *kept = None;
            }
        }
        for number in gone {
            self.changed.remove(&number);
        }
        // The rank of a text in which the search was cancelled means nothing.
        Ok((!stop()).then_some(found))
    }
}

/// Folds the texts for matching.
fn folded(searchable: &Searchable, folding: Folding) -> Kept {
    let mut text = String::new();
    let ends = searchable.texts().fold_into(folding, &mut text);
    Kept { text, ends, language: searchable.language }
}

/// Returns the place of a language among the preferred ones; the least is preferred most.
fn wish(language: Option<Language>, languages: &[Language]) -> usize {
    languages.iter().position(|wished| Some(*wished) == language).unwrap_or(usize::MAX)
}

/// Merges what is found in the index with what matches of the changed, in the order it is shown.
fn in_order(found: &Found, records: &Records, changed: &[Version], languages: &[Language]) -> Vec<Hit> {
    let touched: HashSet<Id> = changed.iter().map(|one| one.hit.group).collect();
    let order = |nth: u32, record: &Record| Some((found.rank(nth)?, Reverse(record.published)));
    let alone = |nth: u32| {
        let (hit, versions) = records.hit(nth as usize)?;
        (!versions && (touched.is_empty() || !touched.contains(&hit.group))).then_some(hit)
    };
    let found_in_order = found.in_order();
    let mut versions = changed.to_vec();
    for nth in found_in_order.iter().copied().filter(|nth| alone(*nth).is_none()) {
        let Some(record) = records.get(nth as usize) else { continue };
        let Some(order) = order(nth, &record) else { continue };
        let own = (record.translation, record.language.is_none(), record.language, record.id);
        let precedence = (order.0, wish(record.language, languages), own);
        versions.push(Version { hit: Hit { group: record.group, id: record.id }, order, precedence });
    }
    let place = |nth: u32| records.get(nth as usize).and_then(|record| order(nth, &record));
    merged(&found_in_order, alone, place, versions)
}

/// Reports whether the conditions besides the words hold of an announcement of the index.
fn allows(matcher: &Matcher, records: &Records, record: &Record, marks: &Marks) -> bool {
    let tags: Vec<&str> = marks.tags(record.group).into_iter().flatten().map(Clean::as_str).collect();
    matcher.allows(&Fields {
        source: records.source(record),
        tags: &tags,
        language: record.language,
        published: record.published.map(crate::search::days),
        unread: !marks.is_read(record.group),
        starred: marks.is_starred(record.group),
        changed: marks.is_changed(record.group),
    })
}

/// Merges the best of each announcement's `versions` into `found`, which keeps its order, at the place its rank gives it;
/// ends where `alone` ends.
fn merged(
    found: &[u32],
    alone: impl Fn(u32) -> Option<Hit>,
    place: impl Fn(u32) -> Option<Order>,
    mut versions: Vec<Version>,
) -> Vec<Hit> {
    versions.sort_unstable_by_key(|version| (version.hit.group, version.precedence));
    versions.dedup_by_key(|version| version.hit.group);
    versions.sort_by_key(|version| version.order);
    let mut all = Vec::with_capacity(found.len() + versions.len());
    if versions.is_empty() {
        all.extend(found.iter().filter_map(|nth| alone(*nth)));
        return all;
    }
    let mut versions = versions.into_iter().peekable();
    for (hit, order) in found.iter().filter_map(|nth| alone(*nth).zip(place(*nth))) {
        while let Some(version) = versions.next_if(|version| version.order <= order) {
            all.push(version.hit);
        }
        all.push(hit);
    }
    all.extend(versions.map(|version| version.hit));
    all
}
