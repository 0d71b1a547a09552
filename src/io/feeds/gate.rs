//! The gate before every request: one host is asked one at a time, with a pause between two requests, and not at all
//! while it wants to be left alone.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Lets requests pass, one at a time for each host.
#[derive(Debug)]
pub struct Gate {
    hosts: Mutex<Hosts>,
    changed: Condvar,
    pause: Duration,
}

#[derive(Debug, Default)]
struct Hosts {
    stopped: bool,
    /// By name: whether it is being asked, and when it was last.
    asked: HashMap<String, Asked>,
    /// Hosts that want to be left alone, each with the time until when, in seconds since the beginning of 1970.
    waits: HashMap<String, i64>,
}

#[derive(Clone, Copy, Debug)]
enum Asked {
    /// It is being asked now.
    Now,
    /// It was asked, and may be again from then on.
    Until(Instant),
}

/// Keeps a host to itself until it is dropped.
#[derive(Debug)]
pub struct Pass<'a> {
    gate: &'a Gate,
    host: String,
    pause: Duration,
}

impl Gate {
    /// Makes a gate with a pause between two requests to one host.
    pub fn new(pause: Duration, waits: HashMap<String, i64>) -> Self {
        Self { hosts: Mutex::new(Hosts { waits, ..Hosts::default() }), changed: Condvar::new(), pause }
    }

    fn lock(&self) -> MutexGuard<'_, Hosts> {
        self.hosts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until `host` may be asked and keeps it from others; `None` once the run is stopped. This machine needs no
    /// pause (`own`).
    pub fn enter(&self, host: &str, own: bool) -> Option<Pass<'_>> {
        let mut hosts = self.lock();
        loop {
            if hosts.stopped {
                return None;
            }
            let wait = match hosts.asked.get(host) {
                Some(Asked::Now) => None,
                Some(Asked::Until(until)) => Some(until.saturating_duration_since(Instant::now())),
                None => Some(Duration::ZERO),
            };
            hosts = match wait {
                Some(Duration::ZERO) => break,
                Some(wait) => self.changed.wait_timeout(hosts, wait).unwrap_or_else(PoisonError::into_inner).0,
                None => self.changed.wait(hosts).unwrap_or_else(PoisonError::into_inner),
            };
        }
        hosts.asked.insert(host.to_owned(), Asked::Now);
        let pause = if own { Duration::ZERO } else { self.pause };
        Some(Pass { gate: self, host: host.to_owned(), pause })
    }

    /// Returns until when a host wants to be left alone, in seconds since the beginning of 1970.
    pub fn wait(&self, host: &str) -> Option<i64> {
        self.lock().waits.get(host).copied()
    }

    /// Leaves a host alone until then.
    pub fn leave(&self, host: &str, until: i64) {
        self.lock().waits.insert(host.to_owned(), until);
    }

    /// Lets nobody pass any more.
    pub fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_all();
    }

    /// Reports whether the run was stopped.
    pub fn is_stopped(&self) -> bool {
        self.lock().stopped
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        let until = Instant::now().checked_add(self.pause).unwrap_or_else(Instant::now);
        self.gate.lock().asked.insert(std::mem::take(&mut self.host), Asked::Until(until));
        self.gate.changed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn a_host_is_asked_one_at_a_time() {
        let gate = Gate::new(Duration::ZERO, HashMap::new());
        let (inside, most, others) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let elsewhere = gate.enter("b", false).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        let pass = gate.enter("a", false).unwrap();
                        most.fetch_max(inside.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                        std::thread::yield_now();
                        others.fetch_add(1, Ordering::SeqCst);
                        inside.fetch_sub(1, Ordering::SeqCst);
                        drop(pass);
                    }
                });
            }
        });
        drop(elsewhere);
        assert_eq!((most.into_inner(), others.into_inner()), (1, 400));
    }

    #[test]
    fn a_pause_lies_between_two_requests_but_not_on_this_machine() {
        let gate = Gate::new(Duration::from_hours(1), HashMap::new());
        drop(gate.enter("own", true).unwrap());
        drop(gate.enter("own", true).unwrap());
        drop(gate.enter("a", false).unwrap());
        let hosts = gate.lock();
        let waits = |host: &str| matches!(hosts.asked[host], Asked::Until(until) if until > Instant::now());
        assert!(waits("a") && !waits("own"));
    }

    #[test]
    fn a_stop_lets_go_who_waits() {
        let gate = Gate::new(Duration::from_hours(1), HashMap::from([("b".to_owned(), 7)]));
        assert_eq!((gate.wait("a"), gate.wait("b")), (None, Some(7)));
        gate.leave("a", 9);
        assert_eq!(gate.wait("a"), Some(9));
        drop(gate.enter("a", false));
        let kept = gate.enter("b", false);
        std::thread::scope(|scope| {
            let waiting =
                [scope.spawn(|| gate.enter("a", false).is_none()), scope.spawn(|| gate.enter("b", false).is_none())];
            gate.stop();
            assert!(waiting.into_iter().all(|thread| thread.join().unwrap()));
        });
        assert!(kept.is_some() && gate.is_stopped());
    }
}
