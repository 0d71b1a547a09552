//! Items of feeds taken in: which announcement each one is, whatever its publisher renamed, and what of it is news.
//! The date never tells, and neither does a title alone.

use std::collections::HashSet;

use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::feeds::put_state;
use super::marks::{next_seq, put, written};
use super::renames::Renames;
use super::revisions::{self, RevisionKind};
use super::rows::{bare, body_of, entry_of};
use super::taking::Taking;
use super::twins::Twin;
use super::{Body, Fault, FeedState, Store, identities};
use crate::calendar::{PartialDate, Precision};
use crate::model::{Announcement, Entry, Id, Location, MarkChange, Marking, Sketch, form, is_withdrawal};

/// Of a feed that is new, so many announcements are left unread.
const UNREAD: usize = 20;
/// Of one text that was published so many days apart, the second is another announcement: some come every month.
const TWINS_APART: i64 = 20;
/// A refresh that knows none of at least so many items tells that something may be missing before them.
const TELLING: usize = 5;
/// How long a key of an item is remembered after it was last met, in seconds.
const REMEMBERED: i64 = 400 * DAY;
/// When a key was last met is kept to the day, in seconds.
const DAY: i64 = 24 * 60 * 60;

/// A feed that was fetched and read.
#[derive(Clone, Debug)]
pub struct FetchedFeed {
    /// The number of its source.
    pub source: i64,
    /// When it was fetched, in seconds since 1970.
    pub at: i64,
    /// The first day whose announcements may stay unread when the feed is new.
    pub recent: Option<PartialDate>,
    /// What it calls itself.
    pub title: Option<String>,
    /// Its items in their order.
    pub items: Vec<FeedItem>,
    /// How it stands now.
    pub state: FeedState,
}

/// An item of a feed.
#[derive(Clone, Debug)]
pub struct FeedItem {
    /// Hashes of all it is called, the most telling first.
    pub keys: Vec<i64>,
    /// Hashes of the names of earlier items it takes the place of.
    pub replaces: Vec<i64>,
    /// Whether it says that those, or it itself, no longer hold.
    pub withdraws: bool,
    /// What it says.
    pub announcement: Announcement,
}

/// What taking one feed in came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedTaken {
    /// The number of its source.
    pub source: i64,
    /// How many announcements are new.
    pub new: usize,
    /// How many have another text.
    pub changed: usize,
    /// Whether it knows nothing of what came before, so that something may be missing.
    pub gap: bool,
}

/// What taking feeds in changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedsTaken {
    /// The number of the change.
    pub seq: i64,
    /// Announcements that came or were changed.
    pub entries: Vec<Entry>,
    /// What each feed came to, in their order.
    pub feeds: Vec<FeedTaken>,
}

/// What became of one item.
enum Outcome {
    Known,
    New(Arrived),
    Changed,
}

/// An announcement that came with a feed.
struct Arrived {
    number: i64,
    group: Id,
    published: Option<PartialDate>,
}

/// What the library knows of an item by its keys: its announcement, unless the reader forgot that, and its form.
struct Known {
    announcement: Option<i64>,
    form: i64,
}

/// An announcement as the library has it.
struct Kept {
    entry: Entry,
    body: Body,
    whole: Announcement,
}

impl Store {
    /// Takes feeds in with how they stand, all or none of them; one that is followed no longer is passed over.
    ///
    /// # Errors
    ///
    /// When they could not be kept.
    pub fn take_feeds(&mut self, feeds: &[FetchedFeed]) -> Result<FeedsTaken, Fault> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let (seq, twins) = (next_seq(&transaction)?, &mut self.twins);
        let (entries, removed, renames) = (Vec::new(), Vec::new(), Renames::default());
        let mut taking = Taking { transaction, seq, twins, entries, removed, renames };
        let followed = taking.followed()?;
        let feeds = feeds.iter().filter(|feed| followed.contains(&feed.source));
        let feeds = feeds.map(|feed| taking.feed(feed)).collect::<rusqlite::Result<_>>()?;
        let Taking { seq, transaction, entries, .. } = taking;
        transaction.commit()?;
        Ok(FeedsTaken { seq, entries, feeds })
    }
}

impl Taking<'_> {
    fn feed(&mut self, feed: &FetchedFeed) -> rusqlite::Result<FeedTaken> {
        let first = !self
            .transaction
            .prepare_cached("SELECT 1 FROM feed_items WHERE source = ? LIMIT 1")?
            .exists([feed.source])?;
        let mut taken = FeedTaken { source: feed.source, ..FeedTaken::default() };
        let (mut arrived, mut met) = (Vec::new(), false);
        let mut claimed = HashSet::new();
        for item in &feed.items {
            let known = self.known_by(feed.source, item.keys.get(..1).unwrap_or_default())?;
            claimed.extend(known.and_then(|known| known.announcement));
        }
        // The last item is the oldest: what came first is known when another language or an update of it comes.
        for item in feed.items.iter().rev() {
            match self.feed_item(feed, item, &mut claimed)? {
                Outcome::Known => met = true,
                Outcome::New(new) => {
                    taken.new += 1;
                    arrived.push(new);
                }
                Outcome::Changed => {
                    taken.changed += 1;
                    met = true;
                }
            }
        }
        taken.gap = !first && !met && feed.items.len() >= TELLING;
        if first {
            arrived.reverse();
            arrived.sort_by_key(|new: &Arrived| std::cmp::Reverse(new.published));
            self.settle_first(feed, &arrived)?;
        }
        let mut state = feed.state.clone();
        if taken.new > 0 {
            state.came = Some(feed.at);
        }
        put_state(&self.transaction, feed.source, &state)?;
        if let Some(title) = &feed.title {
            let sql = "UPDATE sources SET title = ?2 WHERE number = ?1 AND title IS NOT ?2";
            self.transaction.prepare_cached(sql)?.execute(params![feed.source, title])?;
        }
        let sql = "DELETE FROM feed_items WHERE source = ? AND last < ?";
        self.transaction.prepare_cached(sql)?.execute([feed.source, feed.at - REMEMBERED])?;
        Ok(taken)
    }

    /// Marks as read what a new feed brings, except the latest, as one step that can be undone. Searches that are
    /// watched begin with what comes later.
    fn settle_first(&self, feed: &FetchedFeed, arrived: &[Arrived]) -> rusqlite::Result<()> {
        let recent = |published: &Option<PartialDate>| match (published, feed.recent) {
            (Some(published), Some(recent)) => published.to_precision(Precision::Day) >= recent,
            _ => true,
        };
        let (mut left, mut seen) = (UNREAD, HashSet::new());
        for Arrived { number, group, published } in arrived {
            self.transaction.prepare_cached("UPDATE announcements SET came = 0 WHERE number = ?")?.execute([number])?;
            if !seen.insert(*group) {
                continue;
            }
            if left > 0 && recent(published) {
                left -= 1;
                continue;
            }
            let sql = "SELECT 1 FROM marks WHERE grp = ?";
            if self.transaction.prepare_cached(sql)?.exists([group.to_stored()])? {
                continue;
            }
            let (before, after) = (Marking::default(), Marking { read: true, ..Marking::default() });
            let (was, is) = (written(&before), written(&after));
            put(&self.transaction, &MarkChange { group: *group, before, after }, self.seq)?;
            let sql = "INSERT OR REPLACE INTO marks_history VALUES (?, ?, ?, ?)";
            self.transaction.prepare_cached(sql)?.execute(params![self.seq, group.to_stored(), was, is])?;
        }
        Ok(())
    }

    /// Takes an item in: by its own keys, else by its identity or text anywhere in the library, else as a new one.
    fn feed_item(
        &mut self,
        feed: &FetchedFeed,
        item: &FeedItem,
        claimed: &mut HashSet<i64>,
    ) -> rusqlite::Result<Outcome> {
        let said = form(&item.announcement);
        if let Some(known) = self.known_item(feed.source, item, said)? {
            // What the reader forgot stays away.
            let outcome = match known.announcement {
                Some(_) if known.form == said => Outcome::Known,
                Some(number) => self.update(feed, item, said, number, Some(known.form), false)?,
                None => Outcome::Known,
            };
            self.note_keys(feed, item, known.announcement, said)?;
            return Ok(outcome);
        }
        if let Some(Known { announcement: Some(number), form }) = self.known_by(feed.source, &item.replaces)? {
            let outcome = self.update(feed, item, said, number, Some(form), true)?;
            self.note_keys(feed, item, Some(number), said)?;
            return Ok(outcome);
        }
        let fresh = Entry::sketched(&item.announcement, Location::Kept(0));
        let place = format!("{}:{}", feed.source, item.keys.first().copied().unwrap_or_default());
        let (fresh, mut found) = identities::resolve(&self.transaction, &fresh, &place)?;
        if found.is_none() {
            found = self.twin(&fresh, claimed)?;
        }
        if let Some(number) = found {
            claimed.insert(number);
            let outcome = self.update(feed, item, said, number, None, false)?;
            self.note_keys(feed, item, Some(number), said)?;
            return Ok(outcome);
        }
        let (group, published) = (fresh.group, fresh.published);
        let number = self.insert(&fresh, &Body::of(&item.announcement))?;
        claimed.insert(number);
        self.note_keys(feed, item, Some(number), said)?;
        Ok(Outcome::New(Arrived { number, group, published }))
    }

    /// Finds what an item was before by its first key or, where it says about the same, by another.
    fn known_item(&self, source: i64, item: &FeedItem, said: i64) -> rusqlite::Result<Option<Known>> {
        let Some((first, others)) = item.keys.split_first() else { return Ok(None) };
        if let Some(known) = self.known_by(source, &[*first])? {
            return Ok(Some(known));
        }
        let Some(known) = self.known_by(source, others)? else { return Ok(None) };
        // Some publishers give one address to all they announce.
        let same = match known.announcement {
            Some(number) if known.form != said => self.kept(number)?.is_none_or(|kept| {
                let fresh = Entry::sketched(&item.announcement, Location::Kept(0));
                Sketch::title_key(&kept.entry.title) == Sketch::title_key(&fresh.title) || kept.entry.agrees(&fresh)
            }),
            Some(_) => true,
            None => known.form == said,
        };
        Ok(Some(known).filter(|_| same))
    }

    /// Finds the announcement that says the same as an item of another name and address, however it is dated. What
    /// other items of the feed are, and what is much older, is another announcement.
    fn twin(&mut self, fresh: &Entry, claimed: &HashSet<i64>) -> rusqlite::Result<Option<i64>> {
        let undated = Entry { published: None, ..fresh.clone() };
        let Some(Twin { number, .. }) = self.twins.find(&self.transaction, &undated)? else { return Ok(None) };
        if claimed.contains(&number) {
            return Ok(None);
        }
        let sql = "SELECT abs(julianday(substr(?2, 1, 10)) - julianday(substr(published, 1, 10))) > ?3
            FROM announcements WHERE number = ?1";
        let published = fresh.published.map(|date| date.to_string());
        let mut apart = self.transaction.prepare_cached(sql)?;
        let apart: Option<bool> = apart.query_row(params![number, published, TWINS_APART], |row| row.get(0))?;
        Ok(Some(number).filter(|_| apart != Some(true)))
    }

    /// Looks the keys of an item up, one after the other.
    fn known_by(&self, source: i64, keys: &[i64]) -> rusqlite::Result<Option<Known>> {
        let sql = "SELECT announcement, form FROM feed_items WHERE source = ? AND key = ?";
        let mut statement = self.transaction.prepare_cached(sql)?;
        for key in keys {
            let known = |row: &rusqlite::Row<'_>| Ok(Known { announcement: row.get(0)?, form: row.get(1)? });
            let known = statement.query_row([source, *key], known).optional()?;
            if known.is_some() {
                return Ok(known);
            }
        }
        Ok(None)
    }

    /// Stores all keys of an item, with its form; those that are known and were met lately are left as they are.
    fn note_keys(
        &self,
        feed: &FetchedFeed,
        item: &FeedItem,
        announcement: Option<i64>,
        said: i64,
    ) -> rusqlite::Result<()> {
        let sql = "INSERT INTO feed_items VALUES (?1, ?2, ?3, ?4, ?4, ?5) ON CONFLICT (source, key) DO UPDATE
            SET announcement = ?3, last = ?4, form = ?5
            WHERE last <= ?4 - ?6 OR form <> ?5 OR announcement IS NOT ?3";
        let mut statement = self.transaction.prepare_cached(sql)?;
        for key in &item.keys {
            statement.execute(params![feed.source, key, announcement, feed.at, said, DAY])?;
        }
        Ok(())
    }

    /// Gives announcement `number` the text of an item of another form, unless the one it has is to stay.
    ///
    /// `before` is the form the item had; `replaces` says that it names the announcement as one it takes the place of.
    fn update(
        &mut self,
        feed: &FetchedFeed,
        item: &FeedItem,
        said: i64,
        number: i64,
        before: Option<i64>,
        replaces: bool,
    ) -> rusqlite::Result<Outcome> {
        let Some(kept) = self.kept(number)? else { return Ok(Outcome::Known) };
        let had = form(&kept.whole);
        let withdraws = item.withdraws || is_withdrawal(&item.announcement) && !is_withdrawal(&kept.whole);
        if said == had && !withdraws {
            return Ok(Outcome::Known);
        }
        let mut announcement = item.announcement.clone();
        // The first day it was published counts: feeds date what they touch anew.
        announcement.published = kept.whole.published.or(announcement.published);
        let fresh = Entry {
            id: kept.entry.id,
            group: kept.entry.group,
            ..Entry::sketched(&announcement, kept.entry.location.clone())
        };
        let richer = fresh.sketch.as_ref().zip(kept.entry.sketch.as_ref()).is_some_and(|(new, old)| new.is_richer(old));
        let own = replaces || before == Some(had);
        if (!own && !richer) || (!replaces && is_summary(&announcement, &kept.whole)) {
            return Ok(Outcome::Known);
        }
        let body = Body::of(&announcement);
        // Of one text two extractions are no news, and neither is one that was there before.
        let news = own && !revisions::had_form(&self.transaction, number, said)?;
        if own && !revisions::had_form(&self.transaction, number, had)? {
            let kind = if withdraws { RevisionKind::Withdrawal } else { RevisionKind::Words };
            let old = (&kept.entry.title, &kept.body, had);
            revisions::keep(&self.transaction, number, feed.at, old, kind)?;
        }
        if news {
            self.compare_with_read(number, &fresh, &body)?;
            // The text of its page is that of before.
            self.transaction.prepare_cached("DELETE FROM fulltexts WHERE announcement = ?")?.execute([number])?;
        }
        self.change(number, &fresh, &body)?;
        Ok(if news { Outcome::Changed } else { Outcome::Known })
    }

    fn kept(&self, number: i64) -> rusqlite::Result<Option<Kept>> {
        let (known, body) = (entry_of(&self.transaction, number)?, body_of(&self.transaction, number)?);
        Ok(known.zip(body).map(|(known, body)| {
            let whole = body.clone().fill(bare(known.clone()));
            let entry = Entry { id: known.id, group: known.group, ..Entry::sketched(&whole, known.location) };
            Kept { entry, body, whole }
        }))
    }
}

/// Reports whether `new` only begins as `old` does and says much less.
fn is_summary(new: &Announcement, old: &Announcement) -> bool {
    let letters = |announcement: &Announcement| -> String {
        let blocks = announcement.document.blocks.iter();
        blocks.flat_map(|block| block.text.chars()).filter(|letter| letter.is_alphanumeric()).collect()
    };
    let (new, old) = (letters(new), letters(old));
    new.len() < old.len() * 3 / 5 && old.contains(&new)
}

#[cfg(test)]
mod tests;
