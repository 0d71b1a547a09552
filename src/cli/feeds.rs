//! `tiedote add` and `refresh`: feeds are followed and fetched.
#![expect(clippy::disallowed_methods, reason = "the proxies of the environment are read here and handed on")]

use std::io::{self, Write};
use std::path::Path;

use clap::Args;
use serde_json::{Value, json};

use super::opening::{existing, fail, open, say, writable};
use super::{Failure, tell};
use crate::app::problem::fault_words;
use crate::formats::feed::subscriptions::add_tags;
use crate::io::feeds::{Fetcher, Proxies, Settings};
use crate::io::library::refresh::lock::{Holder, Lock, Locking, lock, wait};
use crate::io::library::refresh::plan::{Cause, Passed};
use crate::io::library::refresh::subscribe::{self, Found};
use crate::io::library::refresh::{Asked, Step, Wish, refresh};
use crate::io::search::index;
use crate::io::store::{Feed, FeedDetails, Store};
use crate::io::{clock, zone};
use crate::model::Fault;
use crate::text::address::Address;
use crate::text::{Clean, Language};

/// How many feeds are asked at once.
const AT_ONCE: usize = 16;
/// Failures that go on are told again after so long where little is told, in seconds.
const TOLD_AGAIN: i64 = 24 * 60 * 60;

/// What to follow.
#[derive(Debug, Args)]
pub struct AddArguments {
    /// Addresses of feeds, or of pages that name theirs.
    #[arg(value_name = "URL", required = true)]
    pub addresses: Vec<String>,
    /// Of several feeds that a page names, follow the one of this number.
    #[arg(long, value_name = "N", conflicts_with = "all", value_parser = clap::value_parser!(u16).range(1..))]
    pub pick: Option<u16>,
    /// Of several feeds that a page names, follow all.
    #[arg(long)]
    pub all: bool,
    /// What is set for the feeds, also for one that is followed already.
    #[command(flatten)]
    pub set: DetailArguments,
}

/// What is set for a feed.
#[derive(Debug, Args)]
pub struct DetailArguments {
    /// Give the feeds a tag; may be repeated.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// Call the feed so instead of by its own title.
    #[arg(long, conflicts_with = "all")]
    pub name: Option<String>,
    /// Fetch the feeds every so many hours, by `refresh --due` and while the reader is open; 0 for never.
    #[arg(long, value_name = "HOURS", value_parser = clap::value_parser!(u32).range(0..=8784))]
    pub every: Option<u32>,
}

impl DetailArguments {
    /// Returns `before` with what is set here.
    fn applied(&self, before: &FeedDetails) -> FeedDetails {
        let mut tags: Vec<Clean> = before.tags.iter().map(|tag| Clean::line(tag)).collect();
        add_tags(&mut tags, self.tags.iter().map(|tag| Clean::line(tag)));
        let name = self.name.as_ref().map(|name| Clean::line(name).to_string());
        FeedDetails {
            tags: tags.iter().map(ToString::to_string).collect(),
            name: name.or_else(|| before.name.clone()).filter(|name| !name.is_empty()),
            hours: self.every.map_or(before.hours, |hours| Some(hours).filter(|hours| *hours > 0)),
            ..before.clone()
        }
    }
}

/// What to fetch.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct RefreshArguments {
    /// Names, addresses or parts of them of the feeds to fetch; without any, all.
    #[arg(value_name = "SOURCE")]
    pub sources: Vec<String>,
    /// Fetch only what its schedule says is due.
    #[arg(long)]
    pub due: bool,
    /// The schedule of feeds that have none of their own: every so many hours.
    #[arg(long, value_name = "HOURS", requires = "due", value_parser = clap::value_parser!(u32).range(1..=8784))]
    pub every: Option<u32>,
    /// Fetch also what answered a moment ago or is said to be fresh; a host that asks to wait is left alone all the same.
    #[arg(long, conflicts_with = "due")]
    pub again: bool,
    /// Wait for a refresh that is under way instead of leaving it to that.
    #[arg(long)]
    pub wait: bool,
    /// Say only what newly went wrong.
    #[arg(short, long)]
    pub quiet: bool,
    /// Print a JSON object a feed.
    #[arg(long)]
    pub json: bool,
}

/// Follows feeds.
pub fn add(library: Option<&Path>, arguments: &AddArguments) -> Result<(), Failure> {
    if arguments.set.name.is_some() && arguments.addresses.len() > 1 {
        tell(&Clean::line("--name is for one address at a time"));
        return Err(Failure::Misused);
    }
    let mut failed = false;
    // Nothing is made, and nothing asked, for what is no address.
    let mut addresses = Vec::new();
    for text in &arguments.addresses {
        if let Ok(address) = Address::typed(text) {
            addresses.push(address);
        } else {
            tell(&Clean::line(&format!("{text}: {}", words(&Fault::NotAnAddress))));
            failed = true;
        }
    }
    if addresses.is_empty() {
        return Err(Failure::Silent);
    }
    let mut store = open(library)?;
    writable(&store)?;
    let fetcher = Fetcher::new(settings());
    for address in addresses {
        failed |= !add_one(&mut store, &fetcher, &address, arguments)?;
    }
    let _ = index::renew(&store, &|| false);
    if failed { Err(Failure::Silent) } else { Ok(()) }
}

/// Follows what is at one address; returns whether it is followed now.
fn add_one(store: &mut Store, fetcher: &Fetcher, address: &Address, arguments: &AddArguments) -> Result<bool, Failure> {
    let feeds = store.feeds().map_err(|fault| fail(store, &fault))?;
    if let Some(feed) = subscribe::known(&feeds, address) {
        known(store, feed, &arguments.set)?;
        return Ok(true);
    }
    let found = match subscribe::find(fetcher, address) {
        Ok(Found::Feeds(found)) => found,
        Ok(Found::Nothing(title)) => {
            let page = if title.is_empty() { "the page".to_owned() } else { format!("the page \"{title}\"") };
            tell(&Clean::line(&format!("{address}: {page} names no feed, and lists of a page are not guessed")));
            return Ok(false);
        }
        Err(fault) => {
            tell(&Clean::line(&format!("{address}: {}", words(&fault))));
            return Ok(false);
        }
    };
    if found.len() > 1 && !arguments.all && arguments.pick.is_none() {
        say(&format!("{address} names several feeds; choose one with --pick, or --all:"))?;
        for (number, feed) in (1..).zip(&found) {
            say(&format!("{number}. {} · {} · {}", feed.title, feed.address, announcements(feed.items)))?;
        }
        return Err(Failure::Misused);
    }
    let count = found.len();
    let picked = usize::from(arguments.pick.unwrap_or(1)) - 1;
    if picked >= count {
        tell(&Clean::line(&format!("{address}: names only {count} feeds")));
        return Ok(false);
    }
    let found = found.into_iter().enumerate().filter(|(number, _)| arguments.all || *number == picked);
    for (_, candidate) in found {
        if let Some(feed) = subscribe::known(&feeds, &candidate.address) {
            known(store, feed, &arguments.set)?;
            continue;
        }
        let details = arguments.set.applied(&FeedDetails::default());
        let name = match &details.name {
            Some(name) => Clean::line(name),
            None if candidate.title.is_empty() => Clean::line(&candidate.address.to_string()),
            None => candidate.title.clone(),
        };
        let followed = subscribe::follow(store, candidate, &details);
        let (_, taken) = followed.map_err(|fault| fail(store, &fault))?;
        say(&format!("{name} is followed now: {}", announcements_new(taken.new)))?;
    }
    Ok(true)
}

/// Keeps what is set for a feed that is followed already.
fn known(store: &Store, feed: &Feed, set: &DetailArguments) -> Result<(), Failure> {
    let details = set.applied(&feed.details);
    if details == feed.details {
        return say(&format!("{} is followed already", feed.name()));
    }
    store.set_feed_details(feed.source, &details).map_err(|fault| fail(store, &fault))?;
    let feed = Feed { details, ..feed.clone() };
    say(&format!("{} is followed already; now it stands so: {}", feed.name(), set_in_words(&feed.details)))
}

/// Says what is set for a feed.
pub(super) fn set_in_words(details: &FeedDetails) -> String {
    let every = match details.hours {
        None => "fetched only when asked for".to_owned(),
        Some(1) => "fetched every hour".to_owned(),
        Some(hours) => format!("fetched every {hours} hours"),
    };
    if details.tags.is_empty() { every } else { format!("{every}, tags {}", details.tags.join(", ")) }
}

/// Fetches feeds.
pub fn run(library: Option<&Path>, arguments: &RefreshArguments) -> Result<(), Failure> {
    let mut store = existing(library)?;
    writable(&store)?;
    let feeds = store.feeds().map_err(|fault| fail(&store, &fault))?;
    let only = chosen(&feeds, &arguments.sources)?;
    if feeds.is_empty() {
        return Err(Failure::Told(Clean::line("no feed is followed; follow one with: tiedote add URL")));
    }
    let Some(_lock) = locked(store.path(), arguments)? else { return Ok(()) };
    let cause = match (arguments.due, arguments.again) {
        (true, _) => Cause::Schedule(arguments.every),
        (false, true) => Cause::AskedAgain,
        (false, false) => Cause::Asked,
    };
    let wish = Wish { only, cause, most: AT_ONCE, settings: settings() };
    let mut teller = Teller { arguments, feeds: &feeds, failed: false, new: 0, changed: 0, output: Ok(()) };
    let done = refresh(&mut store, wish, &mut |step| teller.tell(step));
    let Teller { failed, new, changed, output, .. } = teller;
    output?;
    done.map_err(|fault| fail(&store, &fault))?;
    let _ = index::renew(&store, &|| false);
    if !arguments.quiet && !arguments.json {
        say(&format!("{}, {changed} changed", announcements_new(new)))?;
    }
    if failed { Err(Failure::Silent) } else { Ok(()) }
}

/// Returns the numbers of the feeds that the reader named; `None` for all.
fn chosen(feeds: &[Feed], named: &[String]) -> Result<Option<Vec<i64>>, Failure> {
    if named.is_empty() {
        return Ok(None);
    }
    let mut chosen = Vec::new();
    for name in named {
        let folded = name.to_lowercase();
        let by_address = Address::typed(name).ok().and_then(|address| subscribe::known(feeds, &address));
        let within = |feed: &&Feed| {
            feed.name().to_lowercase().contains(&folded) || feed.address.to_lowercase().contains(&folded)
        };
        let found: Vec<i64> = match by_address {
            Some(feed) => vec![feed.source],
            None => feeds.iter().filter(within).map(|feed| feed.source).collect(),
        };
        if found.is_empty() {
            return Err(Failure::Told(Clean::line(&format!("{name}: no feed of that name is followed"))));
        }
        chosen.extend(found);
    }
    Ok(Some(chosen))
}

/// Takes the right to refresh; `None` where another program is at it, which is said.
fn locked(library: &Path, arguments: &RefreshArguments) -> Result<Option<Lock>, Failure> {
    let Holder { process, .. } = match lock(library)? {
        Locking::Ours(lock) => return Ok(Some(lock)),
        Locking::Held(_) if arguments.wait => return Ok(Some(wait(library)?)),
        Locking::Held(holder) => holder,
    };
    if !arguments.quiet {
        let by = process.map(|process| format!(" (process {process})")).unwrap_or_default();
        say(&format!("another tiedote{by} is fetching the feeds; what it brings is in the library at once"))?;
    }
    Ok(None)
}

/// Telling of a refresh as it goes on.
struct Teller<'a> {
    arguments: &'a RefreshArguments,
    feeds: &'a [Feed],
    failed: bool,
    new: usize,
    changed: usize,
    output: Result<(), Failure>,
}

impl Teller<'_> {
    /// Tells a step; returns whether anybody listens.
    fn tell(&mut self, step: Step) -> bool {
        let told = match step {
            Step::Passed(source, name, passed) => self.passed(source, &name, passed),
            Step::Asked(asked) => self.asked(&asked),
            Step::Offline => {
                self.failed = true;
                tell(&words(&Fault::NoNetwork));
                Ok(())
            }
            Step::Begun(_) | Step::Taken(_) | Step::Waiting => Ok(()),
        };
        let listening = told.is_ok();
        if self.output.is_ok() {
            self.output = told;
        }
        listening
    }

    fn passed(&self, source: i64, name: &Clean, passed: Passed) -> Result<(), Failure> {
        let until = |until: i64| zone::reader().at_second(until).map(|time| time.format(Language::English));
        let (kind, why) = match passed {
            Passed::Lately(_) => ("lately", "answered a moment ago".to_owned()),
            Passed::Fresh(at) => ("fresh", format!("has nothing new before {}", until(at).unwrap_or_default())),
            Passed::Waits(at) => ("waits", format!("asks to wait until {}", until(at).unwrap_or_default())),
            Passed::Gone => ("gone", "is gone for good".to_owned()),
            Passed::Due(_) => ("not-due", "is not due yet".to_owned()),
        };
        if self.arguments.json {
            return print(&json!({ "source": self.address(source), "name": name.as_str(), "passed": kind }));
        }
        if self.arguments.quiet || self.arguments.due {
            return Ok(());
        }
        say(&format!("{name} {why}"))
    }

    fn asked(&mut self, asked: &Asked) -> Result<(), Failure> {
        let address = self.address(asked.source).to_owned();
        match &asked.came {
            Ok(taken) => {
                self.new += taken.new;
                self.changed += taken.changed;
                if self.arguments.json {
                    print(&json!({
                        "source": address, "name": asked.name.as_str(), "new": taken.new, "changed": taken.changed,
                        "gap": taken.gap, "skipped": asked.skipped, "moved": asked.moved.as_ref().map(ToString::to_string),
                    }))?;
                    return Ok(());
                }
                if let Some(moved) = &asked.moved {
                    say(&format!("{} has moved to {moved}", asked.name))?;
                }
                if taken.gap && !self.arguments.quiet {
                    say(&format!("{}: something between this time and the last may be missing", asked.name))?;
                }
                if asked.skipped > 0 && !self.arguments.quiet {
                    say(&format!("{}: items that could not be read: {}", asked.name, asked.skipped))?;
                }
                if taken.new + taken.changed > 0 && !self.arguments.quiet {
                    say(&format!("{}: {}, {} changed", asked.name, announcements_new(taken.new), taken.changed))?;
                }
                Ok(())
            }
            Err(fault) => {
                // What failed before fails on: that it does is told once a day.
                let again = self.feeds.iter().find(|feed| feed.source == asked.source).is_some_and(|feed| {
                    feed.state.asked.is_none_or(|before| clock::now().seconds - before >= TOLD_AGAIN)
                });
                self.failed |= !asked.failed_before;
                if self.arguments.json {
                    return print(&json!({
                        "source": address, "name": asked.name.as_str(), "fault": words(fault).as_str(),
                    }));
                }
                if !self.arguments.quiet || !asked.failed_before || again {
                    tell(&Clean::line(&format!("{}: {}", asked.name, words(fault))));
                }
                Ok(())
            }
        }
    }

    fn address(&self, source: i64) -> &str {
        self.feeds.iter().find(|feed| feed.source == source).map_or("", |feed| feed.address.as_str())
    }
}

pub(super) fn announcements(count: usize) -> String {
    if count == 1 { "1 announcement".to_owned() } else { format!("{count} announcements") }
}

fn announcements_new(count: usize) -> String {
    if count == 1 { "1 new announcement".to_owned() } else { format!("{count} new announcements") }
}

pub(super) fn words(fault: &Fault) -> Clean {
    fault_words(fault, Language::English, zone::reader())
}

pub(super) fn print(value: &Value) -> Result<(), Failure> {
    let line = crate::io::json::line(value).unwrap_or_default();
    Ok(writeln!(io::stdout().lock(), "{line}")?)
}

/// Returns how requests are made: through the proxies of the environment.
pub(super) fn settings() -> Settings {
    Settings { proxies: Proxies::of(|name| std::env::var(name).ok()), ..Settings::default() }
}
