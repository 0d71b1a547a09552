//! The announcements that are searched, their texts folded and in memory: looked up in an index of them or, those that
//! are not in it, looked through one by one, several at a time. What matches a question, and in which order it is
//! shown, is decided here.

use std::collections::{HashMap, HashSet, hash_map};
use std::sync::Arc;

use crate::app::search::Hit;
use crate::io::workers::share;
use crate::model::{Announcement, Entry, Id, Library, Location, Marks, Renamed};
use crate::search::index::{Index, Kept, in_memory};
use crate::search::{Fields, Gathered, Matcher, Rank};
use crate::text::fold::Folding;
use crate::text::{Clean, Language, soften};

/// So many announcements are looked through before it is asked whether anyone still wants to know.
const STRETCH: usize = 64;
/// Fewer announcements than this are not worth a second thread.
const SHARED: usize = 512;

/// An announcement as it is searched.
#[derive(Clone, Debug)]
pub struct Searched {
    /// What the list knows of it.
    pub entry: Entry,
    /// Its texts, folded strictly.
    text: Arc<str>,
    /// Where each of them ends.
    ends: [usize; 4],
}

impl Searched {
    /// Gathers what is searched of `announcement`.
    #[must_use]
    pub fn of(announcement: &Announcement, location: Location) -> Self {
        let mut text = String::new();
        let ends = Gathered::of(announcement).texts().fold_into(Folding::Strict, &mut text);
        Self { entry: Entry::sketched(announcement, location), text: text.into(), ends }
    }

    /// Reports whether the conditions besides the words hold.
    fn fulfils(&self, matcher: &Matcher, marks: &Marks) -> bool {
        if !matcher.is_conditional() {
            return true;
        }
        let tags: Vec<&str> = marks.tags(self.entry.group).into_iter().flatten().map(Clean::as_str).collect();
        matcher.allows(&Fields::of(&self.entry, marks, &tags))
    }

    /// Returns its texts, folded as asked.
    fn kept(&self, folding: Folding) -> Kept {
        let language = self.entry.language;
        match folding {
            Folding::Strict => Kept { text: self.text.to_string(), ends: self.ends, language },
            Folding::Lenient => {
                let mut text = String::new();
                let ends = soften(&self.text, &self.ends, &mut text);
                Kept { text, ends, language }
            }
        }
    }
}

/// The announcements whose texts an index is made of, as they are at one time.
#[derive(Debug)]
pub struct Snapshot {
    texts: Vec<(Option<Language>, Arc<str>, [usize; 4])>,
    revision: u64,
}

/// An index of the announcements there were when it was made.
#[derive(Debug)]
pub struct Indexed {
    index: Index<Vec<u8>>,
    revision: u64,
}

impl Snapshot {
    /// Returns how many announcements there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.texts.len()
    }

    /// Reports whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// Makes the index; `None` when there are more announcements than it can count.
    #[must_use]
    pub fn index(self) -> Option<Indexed> {
        let texts = self.texts.iter().map(|(language, text, ends)| (*language, &**text, ends));
        Some(Indexed { index: in_memory(texts).ok()?, revision: self.revision })
    }
}

/// What tells announcements that match alike apart.
#[derive(Clone, Copy, Debug)]
struct Standing {
    /// Its place in the list.
    place: u32,
    /// Whether it has other language versions.
    versions: bool,
}

/// Returns the announcements that are searched.
#[derive(Debug, Default)]
pub struct Corpus {
    texts: Vec<Searched>,
    by_id: HashMap<Id, u32>,
    /// The list they make, in which the same announcement in two files is one.
    list: Library,
    /// Beside the texts, once they were looked up; those that are listed under another have none.
    standings: Vec<Option<Standing>>,
    /// The first announcements, looked up rather than looked through.
    index: Option<Index<Vec<u8>>>,
    /// How often one that was there became another: an index made before is of no use.
    revision: u64,
}

impl Corpus {
    /// Returns what the list shows of the announcement `id`.
    #[must_use]
    pub fn entry(&self, id: Id) -> Option<&Entry> {
        Some(&self.texts.get(*self.by_id.get(&id)? as usize)?.entry)
    }

    /// Adds an announcement, or what became of it.
    pub fn add(&mut self, text: Searched) {
        self.standings.clear();
        if let Some(id) = self.list.listed_id(&text.entry)
            && let Some(known) = self.by_id.get(&id).and_then(|number| self.texts.get_mut(*number as usize))
            && known.entry.location == text.entry.location
        {
            let entry = if id == text.entry.id { text.entry } else { text.entry.known_by(id) };
            self.list.update([entry.clone()]);
            *known = Searched { entry, ..text };
            self.revise();
            return;
        }
        let change = self.list.add([text.entry.clone()]);
        for renamed in change.renamed {
            self.rename(renamed);
        }
        // An announcement that stands in several files is searched once, unless the list prefers another of them.
        let id = self.list.listed_id(&text.entry);
        let entry = id.and_then(|id| self.list.entry(id)).unwrap_or(&text.entry);
        let entry = Entry { id: entry.id, group: entry.group, translation: entry.translation, ..text.entry };
        let Ok(number) = u32::try_from(self.texts.len()) else { return };
        if let hash_map::Entry::Vacant(free) = self.by_id.entry(entry.id) {
            free.insert(number);
            self.texts.push(Searched { entry, ..text });
        }
    }

    /// Lets a text go by the identity its announcement has now.
    fn rename(&mut self, renamed: Renamed) {
        let Some(number) = self.by_id.remove(&renamed.before) else { return };
        if let Some(text) = self.texts.get_mut(number as usize) {
            text.entry = text.entry.clone().known_by(renamed.now);
        }
        self.by_id.insert(renamed.now, number);
    }

    /// Forgets an announcement.
    pub fn remove(&mut self, id: Id) {
        let Some(number) = self.by_id.remove(&id) else { return };
        self.standings.clear();
        self.revise();
        self.list.remove(id);
        self.texts.swap_remove(number as usize);
        if let Some(moved) = self.texts.get(number as usize) {
            self.by_id.insert(moved.entry.id, number);
        }
    }

    fn revise(&mut self) {
        self.index = None;
        self.revision += 1;
    }

    /// Returns the announcements as they are now, for indexing them on another thread.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        let texts = self.texts.iter().map(|text| (text.entry.language, Arc::clone(&text.text), text.ends));
        Snapshot { texts: texts.collect(), revision: self.revision }
    }

    /// Looks announcements up in an index from now on, unless it is of what they no longer are.
    pub fn look_up_in(&mut self, indexed: Indexed) {
        self.index = Some(indexed.index).filter(|_| indexed.revision == self.revision);
    }

    /// Looks up where the announcements stand in the list, where any came or went.
    fn look_up_standings(&mut self) {
        if self.standings.len() == self.texts.len() {
            return;
        }
        let mut standings = vec![None; self.texts.len()];
        for (place, row) in (0..).zip(0..self.list.len()) {
            let versions = self.list.has_versions(row);
            let alone: Vec<&Entry> = self.list.leader(row).into_iter().collect();
            for entry in if versions { self.list.versions(row) } else { alone } {
                let number = self.by_id.get(&entry.id).and_then(|number| standings.get_mut(*number as usize));
                if let Some(standing) = number {
                    *standing = Some(Standing { place, versions });
                }
            }
        }
        self.standings = standings;
    }

    /// The numbers of the announcements that match, in rising order, and how well; only those of `among`, where that
    /// is said. `None` when `abandoned` says that nobody wants to know any more.
    #[must_use]
    pub fn matching(
        &self,
        matcher: &Matcher,
        marks: &Marks,
        among: Option<&[u32]>,
        abandoned: &(dyn Fn() -> bool + Sync),
    ) -> Option<Vec<(u32, Rank)>> {
        let (mut looked_up, first) = self.look_up(matcher, marks, abandoned)?;
        let rest: Vec<u32>;
        let among = if let Some(among) = among {
            among.get(among.partition_point(|number| *number < first)..).unwrap_or_default()
        } else {
            rest = (first..).take(self.texts.len().saturating_sub(first as usize)).collect();
            &rest
        };
        let texts = self.texts.as_slice();
        for found in share(among.len(), SHARED, |part| {
            look_through(texts, matcher, marks, among.get(part).unwrap_or_default(), abandoned)
        }) {
            looked_up.append(&mut found?);
        }
        Some(looked_up)
    }

    /// Returns what matches of the announcements in the index, and how many those are: none without an index.
    fn look_up(
        &self,
        matcher: &Matcher,
        marks: &Marks,
        abandoned: &(dyn Fn() -> bool + Sync),
    ) -> Option<(Vec<(u32, Rank)>, u32)> {
        let nothing = || (Vec::new(), 0);
        let Some(index) = &self.index else { return Some(nothing()) };
        // What is in memory is what was written; if it is not, everything is looked through.
        let Ok(looked) = index.look(matcher, &abandoned) else { return Some(nothing()) };
        let mut found = looked?;
        let mut texts = |nth: usize| self.texts.get(nth).map(|text| text.kept(matcher.folding()));
        while !found.settle(STRETCH, &mut texts) {
            if abandoned() {
                return None;
            }
        }
        let conditional = matcher.is_conditional();
        let allowed = |number: u32| {
            !conditional || self.texts.get(number as usize).is_some_and(|text| text.fulfils(matcher, marks))
        };
        let matching = found.ranks().filter(|hit| allowed(hit.nth)).map(|hit| (hit.nth, hit.rank)).collect();
        Some((matching, u32::try_from(index.numbers().len()).ok()?))
    }

    /// Returns the matches as the list shows them: the best first, the newer before the older among equals, and of the language
    /// versions of an announcement the one that matches best.
    #[must_use]
    pub fn ranked(&mut self, mut matching: Vec<(u32, Rank)>, languages: &[Language]) -> Vec<Hit> {
        self.look_up_standings();
        let standing = |number: u32| self.standings.get(number as usize).copied().flatten();
        matching.retain(|(number, _)| standing(*number).is_some());
        let entry = |number: u32| self.texts.get(number as usize).map(|text| &text.entry);
        let mut shared: Vec<(Id, (u32, Rank))> = matching
            .iter()
            .filter(|(number, _)| standing(*number).is_some_and(|standing| standing.versions))
            .filter_map(|hit| Some((entry(hit.0)?.group, *hit)))
            .collect();
        if shared.len() > 1 {
            shared.sort_by_key(|(group, (number, rank))| {
                let entry = entry(*number);
                let wished = entry.and_then(|entry| entry.language);
                let wish = languages.iter().position(|language| Some(*language) == wished).unwrap_or(usize::MAX);
                (*group, *rank, wish, entry.map(Entry::precedence))
            });
            let mut groups = HashSet::new();
            let best: HashSet<u32> =
                shared.into_iter().filter(|(group, _)| groups.insert(*group)).map(|(_, (number, _))| number).collect();
            matching.retain(|(number, _)| {
                best.contains(number) || standing(*number).is_some_and(|standing| !standing.versions)
            });
        }
        matching.sort_unstable_by_key(|(number, rank)| (*rank, standing(*number).map(|standing| standing.place)));
        matching
            .into_iter()
            .filter_map(|(number, _)| entry(number).map(|entry| Hit { group: entry.group, id: entry.id }))
            .collect()
    }
}

/// Looks announcements through: which match, and how well.
fn look_through(
    texts: &[Searched],
    matcher: &Matcher,
    marks: &Marks,
    numbers: &[u32],
    abandoned: &(dyn Fn() -> bool + Sync),
) -> Option<Vec<(u32, Rank)>> {
    let mut found = Vec::new();
    let mut soft = String::new();
    for stretch in numbers.chunks(STRETCH) {
        if abandoned() {
            return None;
        }
        for number in stretch {
            let Some(text) = texts.get(*number as usize).filter(|text| text.fulfils(matcher, marks)) else { continue };
            let language = text.entry.language;
            let rank = match matcher.folding() {
                Folding::Strict => matcher.rank_of_texts(&text.text, &text.ends, language, abandoned),
                Folding::Lenient => {
                    soft.clear();
                    let ends = soften(&text.text, &text.ends, &mut soft);
                    matcher.rank_of_texts(&soft, &ends, language, abandoned)
                }
            };
            found.extend(rank.map(|rank| (*number, rank)));
        }
    }
    // The rank of a text in which the search was cancelled means nothing.
    if abandoned() { None } else { Some(found) }
}
