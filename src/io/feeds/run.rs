//! A run: many requests at once, a host never with two, and each result handed out as it comes.

use std::collections::{HashMap, VecDeque};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::answer::Failure;
use super::fetch::Fetcher;
use super::redirect::Reach;
use crate::io::workers;
use crate::model::Fault;
use crate::text::address::Address;

/// Something to be done that begins with a request.
#[derive(Clone, Debug)]
pub struct Job<J> {
    /// The host it begins at.
    host: String,
    /// What is done.
    item: J,
}

impl<J> Job<J> {
    /// Makes a job whose first request is for `address`.
    pub fn new(address: &Address, item: J) -> Self {
        // Servers on this machine are told apart by their ports, as they are when they are asked.
        let own = Reach::of_name(address.host()) == Reach::Machine;
        Self { host: if own { address.endpoint() } else { address.host().to_owned() }, item }
    }
}

/// What came of a job.
pub trait Outcome {
    /// Reports whether it says nothing of the host if there is no network.
    fn may_be_offline(&self) -> bool;
}

impl<T> Outcome for Result<T, Failure> {
    fn may_be_offline(&self) -> bool {
        self.as_ref().is_err_and(|failure| matches!(failure.fault, Fault::NoSuchHost(_) | Fault::TimeOut(_)))
    }
}

/// A job that is done, with what came of it; `None` where it panicked.
pub type Done<J, R> = (J, Option<R>);

/// What [`Run::next_within`] has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next<T> {
    /// A job that is done.
    Done(T),
    /// Nothing yet.
    Waiting,
    /// Nothing more: all is done, or the run was stopped, or there is no network.
    Over,
}

/// Jobs under way. Dropped, it stops.
pub struct Run<J, R> {
    fetcher: Arc<Fetcher>,
    shared: Arc<Shared<J, R>>,
}

struct Shared<J, R> {
    state: Mutex<State<J, R>>,
    changed: Condvar,
}

struct State<J, R> {
    /// The jobs that wait, by host; a host that was asked goes to the end, so that all others come between.
    hosts: VecDeque<VecDeque<Job<J>>>,
    /// How many threads are at work.
    working: usize,
    done: VecDeque<Done<J, R>>,
    /// Results that say nothing of a host unless it turns out that there is a network.
    held: Vec<Done<J, R>>,
    stopped: bool,
    offline: bool,
}

impl<J, R> Shared<J, R> {
    fn lock(&self) -> MutexGuard<'_, State<J, R>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<J: Send + 'static, R: Outcome + Send + 'static> Run<J, R> {
    /// Begins to do jobs by `work` on up to `most` threads.
    ///
    /// # Errors
    ///
    /// Says why no thread could be started.
    pub fn start(
        fetcher: Arc<Fetcher>,
        jobs: impl IntoIterator<Item = Job<J>>,
        most: usize,
        work: impl Fn(&Fetcher, &J) -> R + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let hosts = by_host(jobs);
        let count = most.max(1).min(hosts.len());
        let state =
            State { hosts, working: 0, done: VecDeque::new(), held: Vec::new(), stopped: false, offline: false };
        let run = Self { fetcher, shared: Arc::new(Shared { state: Mutex::new(state), changed: Condvar::new() }) };
        let work = Arc::new(work);
        for number in 0..count {
            let (fetcher, shared, work) = (Arc::clone(&run.fetcher), Arc::clone(&run.shared), Arc::clone(&work));
            run.shared.lock().working += 1;
            let started = workers::detach("fetch", move || toil(&fetcher, &shared, &*work));
            if let Err(error) = started {
                run.shared.lock().working -= 1;
                // With fewer threads it only takes longer.
                if number == 0 {
                    return Err(error);
                }
                break;
            }
        }
        Ok(run)
    }
}

impl<J, R> Run<J, R> {
    /// Returns a job that is done, after at most `wait`.
    pub fn next_within(&self, wait: Duration) -> Next<Done<J, R>> {
        let state = self.shared.lock();
        let waits = |state: &mut State<J, R>| state.done.is_empty() && state.working > 0 && !state.stopped;
        let waited = self.shared.changed.wait_timeout_while(state, wait, waits);
        let (mut state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match state.done.pop_front() {
            Some(done) => Next::Done(done),
            None if state.working > 0 && !state.stopped => Next::Waiting,
            None => Next::Over,
        }
    }

    /// Returns how many jobs are not done yet, apart from those at work.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.shared.lock().hosts.iter().map(VecDeque::len).sum()
    }

    /// Reports whether the run ended because there is no network; what did not come of it says nothing of any host.
    #[must_use]
    pub fn is_offline(&self) -> bool {
        self.shared.lock().offline
    }

    /// Stops at once: what is done can still be taken, what hangs is left.
    pub fn stop(&self) {
        stop(&self.fetcher, &self.shared);
    }

    /// Returns what stops the run from another thread.
    pub fn stopper(&self) -> impl Fn() + Send + Sync + 'static
    where
        J: Send + 'static,
        R: Send + 'static,
    {
        let (fetcher, shared) = (Arc::clone(&self.fetcher), Arc::clone(&self.shared));
        move || stop(&fetcher, &shared)
    }
}

/// Hands out the jobs that are done, as they come.
impl<J, R> Iterator for Run<J, R> {
    type Item = Done<J, R>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_within(Duration::MAX) {
                Next::Done(done) => return Some(done),
                Next::Waiting => {}
                Next::Over => return None,
            }
        }
    }
}

impl<J, R> Drop for Run<J, R> {
    fn drop(&mut self) {
        self.stop();
    }
}

fn stop<J, R>(fetcher: &Fetcher, shared: &Shared<J, R>) {
    shared.lock().stopped = true;
    shared.changed.notify_all();
    fetcher.stop();
}

/// Gathers jobs by their hosts, both in the order in which they come.
fn by_host<J>(jobs: impl IntoIterator<Item = Job<J>>) -> VecDeque<VecDeque<Job<J>>> {
    let mut hosts: VecDeque<VecDeque<Job<J>>> = VecDeque::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for job in jobs {
        let place = *places.entry(job.host.clone()).or_insert(hosts.len());
        match hosts.get_mut(place) {
            Some(host) => host.push_back(job),
            None => hosts.push_back(VecDeque::from([job])),
        }
    }
    hosts
}

/// Does jobs until none waits: the work of one thread.
fn toil<J, R: Outcome>(fetcher: &Fetcher, shared: &Shared<J, R>, work: &dyn Fn(&Fetcher, &J) -> R) {
    let mut state = shared.lock();
    while !state.stopped
        && !state.offline
        && let Some(mut host) = state.hosts.pop_front()
    {
        let Some(job) = host.pop_front() else { continue };
        drop(state);
        let result = catch_unwind(AssertUnwindSafe(|| work(fetcher, &job.item))).ok();
        state = shared.lock();
        if !host.is_empty() {
            state.hosts.push_back(host);
        }
        if !state.stopped {
            state.take(fetcher, (job.item, result));
        }
        shared.changed.notify_all();
    }
    state.working -= 1;
    if state.working == 0 && !state.offline {
        // Too few hosts were asked to tell that it is the network.
        let held = std::mem::take(&mut state.held);
        state.done.extend(held);
    }
    shared.changed.notify_all();
}

impl<J, R: Outcome> State<J, R> {
    /// Takes a result in.
    fn take(&mut self, fetcher: &Fetcher, done: Done<J, R>) {
        if fetcher.is_offline() {
            self.offline = true;
            self.hosts.clear();
        }
        let doubtful = done.1.as_ref().is_some_and(Outcome::may_be_offline);
        if doubtful && !fetcher.is_online() {
            self.held.push(done);
        } else {
            self.done.push_back(done);
        }
        if fetcher.is_online() {
            let held = std::mem::take(&mut self.held);
            self.done.extend(held);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::feeds::{Request, Settings};
    use crate::text::Clean;
    use std::collections::BTreeSet;
    use std::sync::mpsc;

    /// What came of a job of a test; the made-up hosts are never looked up.
    type Made = Result<u32, Failure>;

    fn jobs(list: &[(&str, u32)]) -> Vec<Job<u32>> {
        let job = |(url, number): &(&str, u32)| Job::new(&Address::parse(url).unwrap(), *number);
        list.iter().map(job).collect()
    }

    fn started(
        list: &[(&str, u32)],
        most: usize,
        work: impl Fn(&Fetcher, &u32) -> Made + Send + Sync + 'static,
    ) -> Run<u32, Made> {
        Run::start(Arc::new(Fetcher::new(Settings::default())), jobs(list), most, work).unwrap()
    }

    fn failed(fault: Fault) -> Made {
        Err(Failure { fault, address: Address::parse("http://a/").unwrap(), moved: None })
    }

    #[test]
    fn every_job_is_done_once_and_hosts_take_turns() {
        let list = [("http://a/1", 1), ("http://a/2", 2), ("http://b/1", 3), ("http://a/3", 4), ("http://c/", 5)];
        let order: Vec<u32> = started(&list, 1, |_, number| Ok(*number)).map(|(number, _)| number).collect();
        assert_eq!(order, [1, 3, 5, 2, 4]);
        let many: Vec<(String, u32)> =
            (0..300).map(|number| (format!("http://host{}/", number % 37), number)).collect();
        let many: Vec<(&str, u32)> = many.iter().map(|(url, number)| (url.as_str(), *number)).collect();
        let done: Vec<u32> = started(&many, 16, |_, number| Ok(*number)).map(|(number, _)| number).collect();
        assert_eq!(done.len(), 300);
        assert_eq!(done.into_iter().collect::<BTreeSet<_>>().len(), 300);
        assert_eq!(started(&[], 16, |_, number| Ok(*number)).count(), 0);
    }

    #[test]
    fn a_panic_costs_no_more_than_its_job() {
        let run = started(&[("http://a/", 1), ("http://b/", 2), ("http://c/", 3)], 1, |_, number| {
            assert_ne!(*number, 2, "made to fail");
            Ok(*number)
        });
        let done: Vec<(u32, bool)> = run.map(|(number, result)| (number, result.is_some())).collect();
        assert_eq!(done, [(1, true), (2, false), (3, true)]);
    }

    #[test]
    fn results_come_while_others_are_at_work_and_a_stop_waits_for_none() {
        let (release, held) = mpsc::channel::<()>();
        let held = Mutex::new(held);
        let mut run = started(&[("http://a/", 1), ("http://b/", 2), ("http://b/2", 3)], 2, move |_, number| {
            if *number == 1 {
                let _ = held.lock().unwrap().recv();
            }
            Ok(*number)
        });
        assert_eq!(run.next(), Some((2, Some(Ok(2)))));
        assert_eq!(run.next(), Some((3, Some(Ok(3)))));
        assert_eq!((run.next_within(Duration::ZERO), run.waiting()), (Next::Waiting, 0));
        let stop = run.stopper();
        std::thread::scope(|scope| {
            scope.spawn(stop);
            assert_eq!(run.next(), None);
        });
        assert!(run.fetcher.is_stopped());
        drop(release);
    }

    #[test]
    fn hosts_are_blamed_only_with_a_network() {
        let unknown = |_: &Fetcher, number: &u32| match number {
            9 => failed(Fault::Gone),
            _ => failed(Fault::NoSuchHost(Clean::default())),
        };
        let list = [("http://a/", 1), ("http://b/", 2), ("http://c/", 9)];
        // What is known for certain comes first, the rest once nothing else can come.
        let order: Vec<u32> = started(&list, 1, unknown).map(|(number, _)| number).collect();
        assert_eq!(order, [9, 1, 2]);
        let resolve = |endpoint: &str| match endpoint {
            // No connection is taken there, but it is an address.
            "known.example.fi:80" => Ok(vec!["0.0.0.0:1".parse().unwrap()]),
            _ => Err(io::Error::other("made to fail")),
        };
        let run = |hosts: &[&str]| {
            let fetcher = Arc::new(Fetcher::resolving(Settings::default(), resolve));
            let jobs = hosts.iter().map(|host| {
                let address = Address::parse(&format!("http://{host}.example.fi/")).unwrap();
                Job::new(&address, Request::feed(address.clone()))
            });
            let mut run = Run::start(fetcher, jobs, 1, Fetcher::fetch).unwrap();
            let told: Vec<Fault> = run.by_ref().map(|(_, result)| result.unwrap().unwrap_err().fault).collect();
            (told, run.is_offline())
        };
        let unknown = |host: &str| Fault::NoSuchHost(Clean::line(&format!("{host}.example.fi")));
        let refused = Fault::Refused(Clean::line("known.example.fi"));
        assert_eq!(run(&["a", "b", "c", "known"]), (vec![], true), "the run ends, and no host is blamed");
        assert_eq!(run(&["known", "a"]), (vec![refused.clone(), unknown("a")], false));
        assert_eq!(run(&["a", "known", "b"]), (vec![refused, unknown("a"), unknown("b")], false));
        assert_eq!(run(&["a", "b"]), (vec![unknown("a"), unknown("b")], false));
    }

    #[test]
    fn servers_of_this_machine_are_told_apart_by_their_ports() {
        let host = |url: &str| Job::new(&Address::parse(url).unwrap(), ()).host;
        assert_ne!(host("http://127.0.0.1:8001/"), host("http://127.0.0.1:8002/"));
        assert_eq!(host("http://kunta.example.fi:8001/"), host("https://kunta.example.fi/"));
    }
}
