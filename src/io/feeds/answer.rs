//! What is asked of a host, and what it answers.

use crate::model::Fault;
use crate::text::address::Address;

/// A request for one address.
#[derive(Clone, Debug)]
pub struct Request {
    /// The address.
    pub address: Address,
    /// The validators of the last answer, so that the host need not send the same again.
    pub validators: Validators,
    /// The kinds of content that are wanted, as the header `Accept` states them.
    pub accept: &'static str,
    /// The name of the program to send instead of its own, where the user wants another for this source.
    pub user_agent: Option<String>,
}

/// The kinds of content of a feed.
pub const FEEDS: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, \
                         application/cap+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.7, \
                         */*;q=0.5";

/// The kinds of content of a page.
pub const PAGES: &str = "text/html, application/xhtml+xml, */*;q=0.5";

impl Request {
    /// Returns an unconditional request for a feed.
    #[must_use]
    pub fn feed(address: Address) -> Self {
        Self { address, validators: Validators::default(), accept: FEEDS, user_agent: None }
    }

    /// Returns an unconditional request for a page.
    #[must_use]
    pub fn page(address: Address) -> Self {
        Self { accept: PAGES, ..Self::feed(address) }
    }

    /// Returns the request with the validators of the last answer.
    #[must_use]
    pub fn with_validators(self, validators: Validators) -> Self {
        Self { validators, ..self }
    }
}

/// What a host said by which a later answer is known to be the same: sent back byte for byte.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Validators {
    /// The address that gave them; no other gets them.
    pub address: String,
    /// The value of `ETag`.
    pub etag: Option<Vec<u8>>,
    /// The value of `Last-Modified`.
    pub modified: Option<Vec<u8>>,
}

impl Validators {
    /// Reports whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.etag.is_none() && self.modified.is_none()
    }
}

/// The answer of a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// What came.
    pub content: Content,
    /// The address that answered, after all redirects.
    pub address: Address,
    /// The address the one asked for moved to for good: as far as its redirects are permanent.
    pub moved: Option<Address>,
    /// The validators to keep with what was read.
    pub validators: Validators,
    /// For how long the answer is fresh.
    pub freshness: Freshness,
    /// Hosts that want to be asked by `https` only, each with the time until then, in seconds since the beginning of
    /// 1970; a time that has passed takes it back.
    pub https_until: Vec<(String, i64)>,
}

/// The content of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// It is as it was when the validators were given.
    Unchanged,
    /// It came.
    Body(Body),
}

/// A body that came, with what its header says about it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// The bytes, unpacked.
    pub bytes: Vec<u8>,
    /// The media type in lower case, such as `application/rss+xml`; empty where none is stated.
    pub media: String,
    /// The encoding that the header names.
    pub charset: Option<String>,
    /// The address that the header says the content has (`Content-Location`).
    pub location: Option<Address>,
    /// The links of the header.
    pub links: Vec<PageLink>,
}

/// A link in the header of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageLink {
    /// Where it leads.
    pub address: Address,
    /// The relations, in lower case, such as `alternate`; several are separated by blanks.
    pub relation: String,
    /// The media type in lower case.
    pub media: String,
    /// The title.
    pub title: String,
}

/// For how long an answer is fresh.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Freshness {
    /// Seconds since the beginning of 1970 until when the host wants no further request; `None` where it does not say.
    pub until: Option<i64>,
}

/// A request that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The fault.
    pub fault: Fault,
    /// The address at which it was met, after redirects.
    pub address: Address,
    /// The address the one asked for moved to for good, before the fault was met.
    pub moved: Option<Address>,
}

impl Failure {
    /// Returns the host that wants to be left alone, with the time until when in seconds since the beginning of 1970,
    /// where it states one.
    #[must_use]
    pub fn wait(&self) -> Option<(&str, Option<i64>)> {
        match self.fault {
            Fault::Wait { until } => Some((self.address.host(), until)),
            _ => None,
        }
    }
}
