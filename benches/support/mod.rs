//! Holds what the benches share.

use std::time::{Duration, Instant};

/// Returns the median time of `work` over nine rounds.
pub fn time(mut work: impl FnMut()) -> Duration {
    let mut times = [(); 9].map(|()| {
        let start = Instant::now();
        work();
        start.elapsed()
    });
    times.sort_unstable();
    times[4]
}
