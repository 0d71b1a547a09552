//! Full texts: the page that an announcement leads to is fetched, because the reader asked for it, and its text is kept
//! beside the announcement's own. What fails changes nothing.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::{LONGEST_WAIT, WAIT};
use crate::formats::{self, FetchedPage};
use crate::io::feeds::{Content, Failure, Fetcher, Request};
use crate::io::store::{Fault as StoreFault, Host, Store};
use crate::io::{clock, zone};
use crate::model::{Announcement, Fault};
use crate::text::address::Address;

/// Says why there is no full text.
#[derive(Clone, Debug, PartialEq)]
pub enum FullTextFault {
    /// The page could not be fetched, or holds no text of the announcement.
    Web(Fault),
    /// The library could not be read or written.
    Library(StoreFault),
}

impl From<Fault> for FullTextFault {
    fn from(fault: Fault) -> Self {
        Self::Web(fault)
    }
}

impl From<StoreFault> for FullTextFault {
    fn from(fault: StoreFault) -> Self {
        Self::Library(fault)
    }
}

/// What came of fetching a page.
#[derive(Clone, Debug, PartialEq)]
pub struct Fetched {
    /// The announcement with the text of its page, or why there is none.
    pub came: Result<Announcement, Fault>,
    /// What hosts asked for.
    pub hosts: Vec<Host>,
}

/// Returns announcement `number` with its full text: the one that is kept, else that of its page, which is kept from then
/// on.
///
/// # Errors
///
/// Says why the page gave no text, or what is wrong with the library. Nothing changed then.
pub fn full_text(store: &mut Store, fetcher: &Fetcher, number: u32) -> Result<Announcement, FullTextFault> {
    if let Some((announcement, _)) = store.full_text(number)? {
        return Ok(announcement);
    }
    let Some((announcement, _)) = store.text(number, None)? else { return Err(Fault::NoText.into()) };
    let host = address(&announcement).map(|address| store.host(address.host())).transpose()?.flatten();
    let Fetched { came, hosts } = fetch(fetcher, &announcement, host.as_ref());
    keep(store, number, came.as_ref().ok(), &hosts)?;
    Ok(came?)
}

/// Fetches the page of an announcement and finds its text there: the part that needs no library and may take long. `host` is
/// what is known of the host of the page.
#[must_use]
pub fn fetch(fetcher: &Fetcher, announcement: &Announcement, host: Option<&Host>) -> Fetched {
    let failed = |fault| Fetched { came: Err(fault), hosts: Vec::new() };
    let Some(mut address) = address(announcement) else { return failed(Fault::NotAnAddress) };
    let now = clock::now().seconds;
    if let Some(until) = host.and_then(|host| host.not_before).filter(|until| *until > now) {
        return failed(Fault::Wait { until: Some(until) });
    }
    if host.and_then(|host| host.https_until).is_some_and(|until| until > now) {
        address = address.secured().unwrap_or(address);
    }
    let answer = match fetcher.fetch(&Request::page(address)) {
        Ok(answer) => answer,
        Err(failure) => return Fetched { hosts: waits(&failure, now).into_iter().collect(), came: Err(failure.fault) },
    };
    let wants_https = |(name, until): (String, i64)| Host { name, not_before: None, https_until: Some(until) };
    let hosts = answer.https_until.into_iter().map(wants_https).collect();
    let Content::Body(body) = answer.content else { return Fetched { came: Err(Fault::Empty), hosts } };
    let place = body.location.as_ref().unwrap_or(&answer.address).to_string();
    let page = FetchedPage {
        bytes: &body.bytes,
        charset: body.charset.as_deref(),
        media: &body.media,
        address: &place,
        zone: zone::reader(),
    };
    let read = catch_unwind(AssertUnwindSafe(|| formats::full_text(announcement, &page)));
    let came = read.map_or(Err(Fault::Panic), |found| found.ok_or(Fault::NoText));
    Fetched { came, hosts }
}

/// Keeps what came of fetching the page of announcement `number`, where the library can be written.
///
/// # Errors
///
/// When it could not be kept.
pub fn keep(
    store: &mut Store,
    number: u32,
    announcement: Option<&Announcement>,
    hosts: &[Host],
) -> Result<(), StoreFault> {
    if !store.is_writable() {
        return Ok(());
    }
    if !hosts.is_empty() {
        store.note_feeds(&[], hosts)?;
    }
    match announcement {
        Some(announcement) => store.put_full_text(number, clock::now().seconds, announcement),
        None => Ok(()),
    }
}

/// Returns the address of an announcement's page.
fn address(announcement: &Announcement) -> Option<Address> {
    Address::parse(announcement.address.as_deref()?).ok()
}

/// Returns until when a host wants to be left alone that said so.
fn waits(failure: &Failure, now: i64) -> Option<Host> {
    let (name, until) = failure.wait()?;
    let until = until.unwrap_or(now + WAIT).min(now + LONGEST_WAIT);
    Some(Host { name: name.to_owned(), not_before: Some(until), https_until: None })
}
