//! Refreshing: what feeds publish is fetched, read and taken into the library, each as it comes.
//! It asks only what it is told to ask, and a feed that fails keeps all it ever brought.

pub mod full_text;
mod items;
pub mod lock;
pub mod plan;
pub mod state;
pub mod subscribe;

use std::collections::HashSet;
use std::sync::Arc;
use std::time::{Duration, Instant};

use plan::{Cause, Passed};
use state::Hints;

use crate::calendar::Moment;
use crate::formats::feed::{About, FeedKind, FeedReading, FeedSource, read_feed};
use crate::io::feeds::run::{Job, Next, Outcome, Run};
use crate::io::feeds::{Answer, Body, Content, Failure, Fetcher, Request, Settings, Validators};
use crate::io::store::{
    Fault as StoreFault, FaultKind, Feed, FeedState, FeedTaken, FeedsTaken, FetchedFeed, Host, Store, hash,
};
use crate::io::{clock, reason, zone};
use crate::model::Fault;
use crate::text::Clean;
use crate::text::address::Address;

/// Results that are kept in one transaction, at most.
const BATCH: usize = 32;
/// How long results are gathered before they are stored together.
const BATCH_WAIT: Duration = Duration::from_millis(200);
/// Days back from which announcements of a new feed may stay unread, in seconds.
const RECENT: i64 = 30 * 24 * 60 * 60;
/// How long a host that asks to wait without saying how long is left alone, in seconds.
const WAIT: i64 = 15 * 60;
/// How long a host is left alone at most, in seconds.
const LONGEST_WAIT: i64 = 7 * 24 * 60 * 60;

/// What is to be refreshed.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Only the feeds of these numbers.
    pub only: Option<Vec<i64>>,
    /// Why.
    pub cause: Cause,
    /// How many feeds are asked at once at most.
    pub most: usize,
    /// The limits and proxies.
    pub settings: Settings,
}

/// A report of [`refresh`].
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// So many feeds are asked.
    Begun(usize),
    /// A feed is not asked now.
    Passed(i64, Clean, Passed),
    /// Announcements were taken in.
    Taken(FeedsTaken),
    /// A feed was asked.
    Asked(Asked),
    /// Nothing came for a moment.
    Waiting,
    /// There is no network; nobody is blamed.
    Offline,
}

/// What came of asking one feed.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    /// The number of its source.
    pub source: i64,
    /// What it is called.
    pub name: Clean,
    /// What it brought, or why it brought nothing.
    pub came: Result<FeedTaken, Fault>,
    /// Whether it failed before too.
    pub failed_before: bool,
    /// How many of its items could not be read.
    pub skipped: usize,
    /// The address it is fetched from in future, where that changed.
    pub moved: Option<Address>,
}

/// One request of a refresh.
struct Question {
    feed: Feed,
    address: Address,
    validators: Validators,
    arrival: Moment,
}

/// What came of a request.
enum Came {
    /// Nothing changed; whether the text came again.
    Unchanged(Box<Answer>, bool),
    /// A feed, with a hash of its bytes.
    Read(Box<Answer>, Box<FeedReading>, i64),
    /// Nothing that can be read.
    Failed(Failure),
}

impl Outcome for Came {
    fn may_be_offline(&self) -> bool {
        matches!(self, Self::Failed(failure) if Err::<(), _>(failure.clone()).may_be_offline())
    }
}

/// Refreshes feeds; reports go to `tell`, which returns whether to go on. What came until then is kept.
///
/// # Errors
///
/// When the library cannot be read or written.
pub fn refresh(store: &mut Store, wish: Wish, tell: &mut dyn FnMut(Step) -> bool) -> Result<(), StoreFault> {
    let now = clock::now();
    let mut settings = wish.settings;
    let mut questions = Vec::new();
    for feed in store.feeds()? {
        if wish.only.as_ref().is_some_and(|only| !only.contains(&feed.source)) {
            continue;
        }
        let Ok(address) = Address::parse(&feed.address) else { continue };
        let host = store.host(address.host())?;
        if let Some(passed) = plan::passed(&feed, host.as_ref(), wish.cause, now.seconds) {
            tell(Step::Passed(feed.source, feed.name(), passed));
            continue;
        }
        note_host(&mut settings, host.as_ref(), now.seconds);
        let held = store.count_of_feed(feed.source)? > 0;
        let all = state::wants_all(&feed.state, now.seconds, held);
        let validators = if all { Validators::default() } else { feed.state.validators.clone() };
        questions.push(Question { feed, address, validators, arrival: now });
    }
    if !tell(Step::Begun(questions.len())) || questions.is_empty() {
        return Ok(());
    }
    let jobs: Vec<Job<Question>> =
        questions.into_iter().map(|question| Job::new(&question.address.clone(), question)).collect();
    let fetcher = Arc::new(Fetcher::new(settings));
    let run = Run::start(fetcher, jobs, wish.most, ask)
        .map_err(|error| StoreFault::new(FaultKind::Other, reason::of(&error)))?;
    let kept = Intake { store, tell }.run(&run);
    if run.is_offline() {
        tell(Step::Offline);
    }
    kept
}

fn note_host(settings: &mut Settings, host: Option<&Host>, now: i64) {
    let Some(host) = host else { return };
    if host.https_until.is_some_and(|until| until > now) {
        settings.https_only.insert(host.name.clone());
    }
    if let Some(until) = host.not_before.filter(|until| *until > now) {
        settings.waits.insert(host.name.clone(), until);
    }
}

/// Fetches and reads one feed: the work of a thread.
fn ask(fetcher: &Fetcher, question: &Question) -> Came {
    let mut request = Request::feed(question.address.clone()).with_validators(question.validators.clone());
    request.user_agent.clone_from(&question.feed.details.agent);
    let answer = match fetcher.fetch(&request) {
        Ok(answer) => answer,
        Err(failure) => return Came::Failed(failure),
    };
    let Content::Body(body) = &answer.content else { return Came::Unchanged(Box::new(answer), false) };
    let sum = hash(&body.bytes);
    let known = question.feed.state.hash == Some(sum) && question.feed.state.reader == state::READER;
    if known && !question.validators.is_empty() {
        return Came::Unchanged(Box::new(answer), true);
    }
    let reading = reading(&answer.address, body, question.arrival);
    match unreadable(&reading.kind) {
        None => Came::Read(Box::new(answer), Box::new(reading), sum),
        Some(fault) => Came::Failed(Failure { fault, address: answer.address, moved: answer.moved }),
    }
}

/// Reads the body of an answer as a feed.
fn reading(address: &Address, body: &Body, arrival: Moment) -> FeedReading {
    let base = body.location.as_ref().unwrap_or(address).to_string();
    let charset = body.charset.as_deref();
    read_feed(&body.bytes, &FeedSource { charset, base: Some(&base), arrival: Some(arrival), zone: zone::reader() })
}

/// Returns a feed that was read, on its way into the library.
fn fetched(feed: &Feed, answer: &Answer, reading: FeedReading, sum: i64, now: i64) -> FetchedFeed {
    let state = state::read(&feed.state, answer, sum, hints(&reading.about), &reading.notes, now);
    let title = Some(reading.about.title.to_string()).filter(|title| !title.is_empty());
    let name = feed.details.name.as_ref().map(|name| Clean::line(name));
    let recent = zone::reader().at_second(now - RECENT);
    let items = items::items(reading, name.as_ref());
    FetchedFeed { source: feed.source, at: now, recent, title, items, state }
}

/// Returns the fault of what is no feed.
fn unreadable(kind: &FeedKind) -> Option<Fault> {
    match kind {
        FeedKind::Page(title) => Some(Fault::Page(title.clone())),
        FeedKind::Empty => Some(Fault::Empty),
        FeedKind::Other => Some(Fault::Unreadable),
        _ => None,
    }
}

/// Keeping what comes, batch by batch.
struct Intake<'a> {
    store: &'a mut Store,
    tell: &'a mut dyn FnMut(Step) -> bool,
}

/// Results that wait to be kept together.
#[derive(Default)]
struct Batch {
    fetched: Vec<FetchedFeed>,
    states: Vec<(i64, FeedState)>,
    hosts: Vec<Host>,
    asked: Vec<Asked>,
}

impl Intake<'_> {
    fn run(&mut self, run: &Run<Question, Came>) -> Result<(), StoreFault> {
        let mut batch = Batch::default();
        let mut since = Instant::now();
        loop {
            let next = run.next_within(BATCH_WAIT.saturating_sub(since.elapsed()).max(Duration::from_millis(1)));
            let over = matches!(next, Next::Over);
            match next {
                Next::Done((question, came)) => {
                    let came = came.unwrap_or_else(|| {
                        let address = question.address.clone();
                        Came::Failed(Failure { fault: Fault::Panic, address, moved: None })
                    });
                    batch.take(question, came);
                }
                Next::Waiting | Next::Over => {}
            }
            if over || batch.asked.len() >= BATCH || since.elapsed() >= BATCH_WAIT {
                since = Instant::now();
                if !self.keep(std::mem::take(&mut batch))? {
                    run.stop();
                    return Ok(());
                }
            }
            if over {
                return Ok(());
            }
        }
    }

    /// Keeps a batch; reports whether to go on.
    fn keep(&mut self, batch: Batch) -> Result<bool, StoreFault> {
        let Batch { fetched, states, hosts, asked } = batch;
        if asked.is_empty() {
            return Ok((self.tell)(Step::Waiting));
        }
        if !states.is_empty() || !hosts.is_empty() {
            self.store.note_feeds(&states, &hosts)?;
        }
        let taken = if fetched.is_empty() { FeedsTaken::default() } else { self.store.take_feeds(&fetched)? };
        let mut on = true;
        for mut asked in asked {
            if let Some(own) = taken.feeds.iter().find(|feed| feed.source == asked.source) {
                asked.came = Ok(own.clone());
            }
            if let Some(address) = &asked.moved
                && !self.store.move_feed(asked.source, &address.to_string())?
            {
                asked.moved = None;
            }
            on &= (self.tell)(Step::Asked(asked));
        }
        if !taken.entries.is_empty() {
            on &= (self.tell)(Step::Taken(taken));
        }
        Ok(on)
    }
}

impl Batch {
    /// Puts what came of one request into the self.
    fn take(&mut self, question: Question, came: Came) {
        let Question { feed, address, arrival, .. } = question;
        let (before, now) = (&feed.state, arrival.seconds);
        let (mut skipped, mut taken) = (0, Ok(FeedTaken { source: feed.source, ..FeedTaken::default() }));
        let state = match came {
            Came::Unchanged(answer, text) => {
                self.note_https(&answer);
                state::unchanged(before, &answer, now, text)
            }
            Came::Read(answer, reading, sum) => {
                self.note_https(&answer);
                skipped = reading.stated.saturating_sub(reading.items.len());
                let fetched = fetched(&feed, &answer, *reading, sum, now);
                let state = fetched.state.clone();
                self.fetched.push(fetched);
                state
            }
            Came::Failed(failure) => {
                if let Some((host, until)) = failure.wait() {
                    let until = until.unwrap_or(now + WAIT).min(now + LONGEST_WAIT);
                    self.hosts.push(Host { name: host.to_owned(), not_before: Some(until), https_until: None });
                }
                let state = state::failed(before, &failure, now);
                taken = Err(failure.fault);
                state
            }
        };
        if self.fetched.last().is_none_or(|fetched| fetched.source != feed.source) {
            self.states.push((feed.source, state.clone()));
        }
        self.asked.push(Asked {
            source: feed.source,
            name: feed.name(),
            came: taken,
            failed_before: before.fault.is_some(),
            skipped,
            moved: state::moves_to(&state, &address, now),
        });
    }

    /// Notes which hosts want to be asked by https only.
    fn note_https(&mut self, answer: &Answer) {
        let known: HashSet<String> = self.hosts.iter().map(|host| host.name.clone()).collect();
        for (name, until) in &answer.https_until {
            if !known.contains(name) {
                self.hosts.push(Host { name: name.clone(), not_before: None, https_until: Some(*until) });
            }
        }
    }
}

/// Returns what a feed says of when to come again.
fn hints(about: &About) -> Hints {
    let bits = |numbers: &[u8], first: u8| {
        numbers
            .iter()
            .filter_map(|number| number.checked_sub(first))
            .fold(0, |bits, number| bits | 1_u32.checked_shl(number.into()).unwrap_or(0))
    };
    Hints {
        minutes: about.ttl.max(about.period),
        skip_hours: bits(&about.skip_hours, 0),
        skip_days: bits(&about.skip_days, 1),
    }
}
