//! The thread that fetches feeds for the reader, while there is something to fetch; it ends with that.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::refresh::lock::{Locking, lock};
use super::refresh::plan::{Cause, Passed};
use super::refresh::subscribe::{self, Found};
use super::refresh::{Asked, Step, Wish, refresh};
use crate::app::feeds::{Followed, FoundFeed, PassedOver, Refreshed, Refreshing};
use crate::app::{Event, Problem, Reason};
use crate::io::feeds::{Fetcher, Settings};
use crate::io::reason;
use crate::io::store::{self, FeedDetails, Store};
use crate::io::workers::hire;
use crate::model::Fault;
use crate::text::Clean;
use crate::text::address::Address;

/// How many feeds are asked at once.
const AT_ONCE: usize = 16;
/// The same wish again within this time asks also what was passed over.
const INSISTING: Duration = Duration::from_secs(10);
/// After this time without an answer it is told who is waited for.
const SLOW: Duration = Duration::from_secs(1);

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// Fetch one feed, or all.
    Refresh(Option<i64>),
    /// Fetch what is due by its schedule.
    Due,
    /// Follow the feed at an address.
    Follow(String),
}

/// Fetches feeds, one task at a time, each on a thread of its own.
#[derive(Debug)]
pub struct Refresher {
    library: PathBuf,
    settings: Settings,
    events: Sender<Event>,
    /// Set to stop the task under way.
    stop: Arc<AtomicBool>,
    /// Whether a task is under way.
    busy: Arc<AtomicBool>,
    /// The wish that was passed over last, and when.
    passed: Arc<Mutex<Option<(Task, Instant)>>>,
}

impl Refresher {
    /// Makes a refresher of the library at `library`; nothing is opened before the first task.
    #[must_use]
    pub fn new(library: PathBuf, settings: Settings, events: Sender<Event>) -> Self {
        let (stop, busy) = (Arc::default(), Arc::default());
        Self { library, settings, events, stop, busy, passed: Arc::default() }
    }

    /// Begins a task, unless one is under way. `taken` is called whenever something was taken in, and with true when all
    /// is over.
    pub fn begin(&self, task: Task, taken: impl Fn(bool) + Send + 'static) {
        if self.busy.swap(true, Ordering::SeqCst) {
            return;
        }
        self.stop.store(false, Ordering::SeqCst);
        let mut passed = self.passed.lock().unwrap_or_else(PoisonError::into_inner);
        let insisted = passed.take().is_some_and(|(before, at)| before == task && at.elapsed() < INSISTING);
        drop(passed);
        let errand = Errand {
            library: self.library.clone(),
            settings: self.settings.clone(),
            events: self.events.clone(),
            stop: Arc::clone(&self.stop),
        };
        let (busy, passed) = (Arc::clone(&self.busy), Arc::clone(&self.passed));
        hire("feeds", &self.events, move || {
            let _idle = Idle { busy, events: errand.events.clone() };
            let over = match &task {
                Task::Refresh(only) => {
                    let cause = if insisted { Cause::AskedAgain } else { Cause::Asked };
                    errand.refresh(*only, cause, &|| taken(false))
                }
                Task::Due => {
                    errand.refresh(None, Cause::Schedule(None), &|| taken(false));
                    false
                }
                Task::Follow(address) => {
                    errand.follow(address, &|| taken(false));
                    false
                }
            };
            taken(true);
            if over {
                *passed.lock().unwrap_or_else(PoisonError::into_inner) = Some((task, Instant::now()));
            }
        });
    }

    /// Stops the task under way: what came is kept, what hangs is left.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::SeqCst);
    }
}

/// Says that no task is under way, however it ended.
struct Idle {
    busy: Arc<AtomicBool>,
    events: Sender<Event>,
}

impl Drop for Idle {
    fn drop(&mut self) {
        self.busy.store(false, Ordering::SeqCst);
        let _ = self.events.send(Event::FetchingEnded);
    }
}

/// A task under way.
struct Errand {
    library: PathBuf,
    settings: Settings,
    events: Sender<Event>,
    stop: Arc<AtomicBool>,
}

/// What is told of a refresh, step by step.
struct Progress {
    shown: Refreshing,
    end: Refreshed,
    waits: bool,
    /// The feeds that were asked for and have not answered.
    pending: Vec<(i64, Clean)>,
    last: Instant,
}

impl Errand {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn tell(&self, event: Event) {
        let _ = self.events.send(event);
    }

    /// Opens the library to write to; tells why that is not possible.
    fn open(&self) -> Option<Store> {
        let opened = store::open(&self.library);
        for notice in opened.notices {
            self.tell(Event::Failed(notice));
        }
        opened.store.filter(Store::is_writable)
    }

    /// Refreshes; returns whether everything was passed over.
    fn refresh(&self, only: Option<i64>, cause: Cause, taken: &dyn Fn()) -> bool {
        let scheduled = matches!(cause, Cause::Schedule(_));
        let ended = |passed| Event::RefreshEnded(Refreshed { passed: Some(passed), scheduled, ..Refreshed::default() });
        let Some(mut store) = self.open() else {
            self.tell(Event::RefreshEnded(Refreshed::default()));
            return false;
        };
        let names: Vec<(i64, Clean)> =
            store.feeds().unwrap_or_default().into_iter().map(|feed| (feed.source, feed.name())).collect();
        if names.is_empty() {
            self.tell(ended(PassedOver::NoFeeds));
            return false;
        }
        let _lock = match lock(&self.library) {
            Ok(Locking::Ours(lock)) => lock,
            Ok(Locking::Held(_)) => {
                self.tell(ended(PassedOver::Held));
                return false;
            }
            Err(error) => {
                self.tell(Event::Failed(Problem::at(&self.library, reason::of(&error))));
                return false;
            }
        };
        let wish = Wish { only: only.map(|only| vec![only]), cause, most: AT_ONCE, settings: self.settings.clone() };
        let mut progress = Progress {
            shown: Refreshing::default(),
            end: Refreshed { scheduled, ..Refreshed::default() },
            waits: true,
            pending: names.into_iter().filter(|(source, _)| only.is_none_or(|only| only == *source)).collect(),
            last: Instant::now(),
        };
        let done = refresh(&mut store, wish, &mut |step| {
            self.step(&mut progress, step, taken);
            !self.is_stopped()
        });
        if let Err(fault) = done {
            self.tell(Event::Failed(Problem::at(&self.library, fault.reason)));
        }
        let over = progress.shown.all == 0;
        if over {
            progress.end.passed = Some(if progress.waits { PassedOver::Waits } else { PassedOver::Lately });
        }
        progress.end.stopped = self.is_stopped();
        self.tell(Event::RefreshEnded(progress.end));
        over
    }

    fn step(&self, progress: &mut Progress, step: Step, taken: &dyn Fn()) {
        let Progress { shown, end, waits, pending, last } = progress;
        match step {
            Step::Begun(all) => shown.all = all,
            Step::Passed(source, _, passed) => {
                *waits &= matches!(passed, Passed::Waits(_));
                pending.retain(|(known, _)| *known != source);
                return;
            }
            Step::Taken(_) => return taken(),
            Step::Asked(Asked { source, name, came, .. }) => {
                pending.retain(|(known, _)| *known != source);
                shown.done += 1;
                shown.waits_for = None;
                *last = Instant::now();
                match came {
                    Ok(came) => {
                        shown.new += came.new;
                        end.new += came.new;
                        end.changed += came.changed;
                    }
                    Err(fault) => end.failed.push((name, fault)),
                }
            }
            Step::Waiting => {
                let waits_for = pending.first().filter(|_| last.elapsed() >= SLOW).map(|(_, name)| name.clone());
                if waits_for == shown.waits_for {
                    return;
                }
                shown.waits_for = waits_for;
            }
            Step::Offline => end.failed.push((Clean::default(), Fault::NoNetwork)),
        }
        if shown.all > 0 {
            self.tell(Event::RefreshProgressed(shown.clone()));
        }
    }

    /// Follows the feed at an address, or tells which there are.
    fn follow(&self, typed: &str, taken: &dyn Fn()) {
        let told = |followed| self.tell(Event::Followed(followed));
        let Ok(address) = Address::typed(typed) else {
            return told(Followed::Failed(Clean::line(typed), Fault::NotAnAddress));
        };
        let shown = Refreshing { all: 1, ..Refreshing::default() };
        self.tell(Event::RefreshProgressed(shown.clone()));
        let named = Clean::line(&address.to_string());
        let fetcher = Fetcher::new(self.settings.clone());
        let found = std::thread::scope(|scope| {
            let finding = std::thread::Builder::new()
                .name("find".to_owned())
                .spawn_scoped(scope, || subscribe::find(&fetcher, &address));
            let Ok(finding) = finding else { return Err(Fault::Stopped) };
            let began = Instant::now();
            let mut waiting = false;
            while !finding.is_finished() {
                std::thread::park_timeout(Duration::from_millis(50));
                if self.is_stopped() {
                    fetcher.stop();
                }
                if !waiting && began.elapsed() >= SLOW {
                    waiting = true;
                    let waits_for = Some(named.clone());
                    self.tell(Event::RefreshProgressed(Refreshing { waits_for, ..shown.clone() }));
                }
            }
            finding.join().unwrap_or(Err(Fault::Panic))
        });
        let mut found = match found {
            Ok(Found::Feeds(found)) => found,
            Ok(Found::Nothing(title)) => return told(Followed::Nothing(title)),
            Err(fault) => return told(Followed::Failed(named, fault)),
        };
        if found.len() > 1 {
            let several = found.into_iter().map(|feed| FoundFeed {
                address: Clean::line(&feed.address.to_string()),
                title: feed.title,
                items: feed.items,
            });
            return told(Followed::Several(several.collect()));
        }
        let (Some(candidate), Some(mut store)) = (found.pop(), self.open()) else {
            let failed = Problem::at(&self.library, Reason::Unwritable);
            self.tell(Event::Failed(failed));
            return told(Followed::Failed(named, Fault::Stopped));
        };
        let feeds = store.feeds().unwrap_or_default();
        if let Some(feed) = subscribe::known(&feeds, &candidate.address) {
            return told(Followed::Already(feed.name()));
        }
        let name = if candidate.title.is_empty() { named } else { candidate.title.clone() };
        match subscribe::follow(&mut store, candidate, &FeedDetails::default()) {
            Ok((_, came)) => {
                taken();
                told(Followed::Now { name, new: came.new });
            }
            Err(fault) => self.tell(Event::Failed(Problem::at(Path::new(&self.library), fault.reason))),
        }
    }
}
