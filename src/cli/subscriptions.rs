//! Lists of subscriptions on the command line: taken in by `import`, written by `export --opml`.

use std::path::Path;

use super::opening::{fail, say};
use super::{Failure, tell};
use crate::formats::feed::subscriptions::{Refusal, Subscriptions};
use crate::io::library::transfer::subscriptions::{Subscribed, subscribe};
use crate::io::store::Store;
use crate::text::Clean;
use crate::text::address::AddressError;

/// Follows the feeds of a list, and tells how many and what is not taken; returns whether all is.
pub(super) fn take(store: &Store, path: &Path, list: &Subscriptions) -> Result<bool, Failure> {
    let Subscribed { new, known } = subscribe(store, list).map_err(|fault| fail(store, &fault))?;
    let name = path.display();
    for refused in &list.refused {
        tell(&Clean::line(&format!("{name}: {} {}", refused.entry, reason(refused.why))));
    }
    if list.cut {
        tell(&Clean::line(&format!("{name}: holds more than is read; the rest is left out")));
    }
    let feeds = if new == 1 { "1 feed is followed now".to_owned() } else { format!("{new} feeds are followed now") };
    let before = match known {
        0 => String::new(),
        1 => ", 1 was followed before".to_owned(),
        known => format!(", {known} were followed before"),
    };
    let fetch = if new > 0 { "; to fetch what they hold: tiedote refresh" } else { "" };
    say(&format!("{feeds}{before}{fetch}"))?;
    Ok(list.refused.is_empty() && !list.cut)
}

/// Says why an entry of a list is not taken.
const fn reason(why: Refusal) -> &'static str {
    match why {
        Refusal::Program => "would run a program, which tiedote never does",
        Refusal::File => "is a file, not a feed of the web; import it by its path",
        Refusal::Query => "is a search among other feeds, not a feed",
        Refusal::Address(AddressError::Login) => "holds a user name or a password, which tiedote does not keep",
        Refusal::Address(AddressError::TooLong) => "is too long for an address",
        Refusal::Address(_) => "is not a web address",
    }
}
