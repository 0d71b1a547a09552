//! Feeds: fetching what a source on the web publishes, politely and within limits.
//! It asks only when it is told to, follows no link by itself, and keeps nothing on the disk.

pub mod answer;
mod faults;
pub mod fetch;
mod gate;
pub mod headers;
mod lookup;
pub mod proxies;
pub mod redirect;
pub mod run;
mod send;
mod settings;

pub use answer::{Answer, Body, Content, Failure, Freshness, PageLink, Request, Validators};
pub use fetch::Fetcher;
pub use proxies::Proxies;
pub use run::{Job, Run};
pub use settings::{Limits, Settings, USER_AGENT};
