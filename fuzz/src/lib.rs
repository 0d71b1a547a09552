//! What every target does: read the bytes whole and as the first part of a file, and look at what came out.

use tiedote::calendar::{Moment, http_date};
use tiedote::formats::feed::{FeedSource, read_feed};
use tiedote::formats::{Input, raw, read as read_any};
use tiedote::io::feeds::{headers, redirect};
use tiedote::model::{Announcement, Sketch};
use tiedote::text::Clean;
use tiedote::text::address::{Address, resolve};

/// Reads `bytes` as a file of that name; panics where what comes out does not hold together.
pub fn read(name: &str, bytes: &[u8]) {
    for partial in [false, true] {
        let reading = read_any(&Input { partial, ..Input::new(name, bytes) });
        let (text, _) = raw(&Input { partial, ..Input::new(name, bytes) });
        assert!(Clean::lines_of(&text).chars().all(|letter| letter == '\n' || !letter.is_control()));
        reading.announcements.iter().for_each(sound);
    }
}

/// Panics where an announcement does not hold together.
fn sound(found: &Announcement) {
    assert!(Sketch::of(found).is_none_or(|sketch| sketch.is_same(&sketch)));
    for block in &found.document.blocks {
        let text = &block.text;
        assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()));
        assert!(block.keeps_lines() || !text.contains('\n'));
        for mark in &block.marks {
            assert!(text.get(mark.start as usize..mark.end as usize).is_some());
        }
    }
}

/// Reads `bytes` but the first as a feed that was fetched; the first tells with which charset, base and arrival.
pub fn feed(bytes: &[u8]) {
    const CHARSETS: [Option<&str>; 6] =
        [None, Some("utf-8"), Some("iso-8859-1"), Some("utf-16"), Some("shift_jis"), Some("\"x-unknown\"")];
    const BASES: [Option<&str>; 4] =
        [None, Some("https://example.fi/a/b?c#d"), Some("http://[::1]:8080"), Some("feed.xml")];
    const ARRIVALS: [Option<i64>; 4] = [None, Some(0), Some(1_599_811_500), Some(i64::MAX)];
    let (first, bytes) = bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest));
    let seconds = ARRIVALS[first / 24 % 4];
    let source = FeedSource {
        charset: CHARSETS[first % 6],
        base: BASES[first / 6 % 4],
        arrival: seconds.map(|seconds| Moment { seconds, offset: 7200 }),
        ..FeedSource::default()
    };
    let reading = read_feed(bytes, &source);
    assert!(reading.kind.is_feed() || reading.items.is_empty());
    for item in &reading.items {
        sound(&item.announcement);
        // A moment that no calendar holds dates nothing.
        assert!(item.announcement.published.is_some() || seconds.is_none_or(|seconds| seconds == i64::MAX));
    }
}

/// Follows the redirect of the second line from the address of the first; panics where what comes out is no address.
pub fn redirect(bytes: &[u8]) {
    let (first, second) = bytes.iter().position(|byte| *byte == b'\n').map_or((bytes, bytes), |at| bytes.split_at(at));
    let (from, to) = (redirect::text(first), redirect::text(second));
    let _ = resolve(&from, &to);
    for address in [Address::parse(&from), Address::typed(&from)].into_iter().flatten() {
        holds(&address);
        let Ok(target) = redirect::next(&address, Some(second), 1, 5) else { continue };
        holds(&target);
        assert!(target.is_secure() || !address.is_secure());
    }
    let _ = (http_date(&from), headers::content_type(&from), headers::links(&from));
    let _ = (headers::retry_after(&from, 0), headers::https_until(&from, 0));
    let caching = headers::Caching { control: &from, age: &to, expires: Some(&to), date: &from };
    assert!(caching.fresh_until(0).is_none_or(|until| (0..=86_400).contains(&until)));
}

/// Panics where an address is not what is read again from its text.
fn holds(address: &Address) {
    let text = address.to_string();
    assert!(text.bytes().all(|byte| byte.is_ascii_graphic()), "{text}");
    assert_eq!(Address::parse(&text).as_ref(), Ok(address));
    assert!(!address.canonical().contains('#'));
}
