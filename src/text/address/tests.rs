use super::*;
use proptest::prelude::*;

/// The examples of sections 5.4.1 and 5.4.2 of RFC 3986.
const EXAMPLES: [(&str, &str); 42] = [
    ("g:h", "g:h"),
    ("g", "http://a/b/c/g"),
    ("./g", "http://a/b/c/g"),
    ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"),
    ("//g", "http://g"),
    ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"),
    ("g#s", "http://a/b/c/g#s"),
    ("g?y#s", "http://a/b/c/g?y#s"),
    (";x", "http://a/b/c/;x"),
    ("g;x", "http://a/b/c/g;x"),
    ("g;x?y#s", "http://a/b/c/g;x?y#s"),
    ("", "http://a/b/c/d;p?q"),
    (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"),
    ("..", "http://a/b/"),
    ("../", "http://a/b/"),
    ("../g", "http://a/b/g"),
    ("../..", "http://a/"),
    ("../../", "http://a/"),
    ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"),
    ("../../../../g", "http://a/g"),
    ("/./g", "http://a/g"),
    ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."),
    (".g", "http://a/b/c/.g"),
    ("g..", "http://a/b/c/g.."),
    ("..g", "http://a/b/c/..g"),
    ("./../g", "http://a/b/g"),
    ("./g/.", "http://a/b/c/g/"),
    ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    ("g;x=1/../y", "http://a/b/c/y"),
    ("g?y/./x", "http://a/b/c/g?y/./x"),
    ("g?y/../x", "http://a/b/c/g?y/../x"),
    ("g#s/./x", "http://a/b/c/g#s/./x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"),
    ("http:g", "http:g"),
];

#[test]
fn references_are_resolved_as_the_standard_says() {
    for (reference, expected) in EXAMPLES {
        assert_eq!(resolve("http://a/b/c/d;p?q", reference), expected, "{reference}");
    }
    assert_eq!(resolve("http://a", "g"), "http://a/g");
    assert_eq!(resolve("http://a?x", "?y"), "http://a?y");
    assert_eq!(resolve("mailto:a@b", "c"), "mailto:c");
}

#[test]
fn addresses_are_read_and_written() {
    for (text, expected) in [
        ("https://kunta.example.fi", "https://kunta.example.fi/"),
        ("HTTPS://Kunta.Example.FI:443/Tiedotteet?x=1#ylos", "https://kunta.example.fi/Tiedotteet?x=1"),
        ("http://kunta.example.fi:80", "http://kunta.example.fi/"),
        ("http://kunta.example.fi:8080/", "http://kunta.example.fi:8080/"),
        ("http://kunta.example.fi:/a", "http://kunta.example.fi/a"),
        (
            " https://kunta.example.fi/a b/ä?hölmö=\"1\"\n",
            "https://kunta.example.fi/a%20b/%C3%A4?h%C3%B6lm%C3%B6=%221%22",
        ),
        ("https://kunta.example.fi/%C3%A4/100%", "https://kunta.example.fi/%C3%A4/100%"),
        ("https://hyvinkää.example.fi/", "https://xn--hyvink-guaa.example.fi/"),
        ("https://kunta.example.fi/a/../b/./c", "https://kunta.example.fi/b/c"),
        ("https://kunta.example.fi/a/%2E%2e/b", "https://kunta.example.fi/b"),
        ("https:\\\\kunta.example.fi\\a?b\\c", "https://kunta.example.fi/a?b\\c"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("https://kunta.example.fi?sivu=2", "https://kunta.example.fi/?sivu=2"),
        ("https://kunta.example.fi/\u{1b}[2J", "https://kunta.example.fi/%1B[2J"),
    ] {
        assert_eq!(Address::parse(text).map(|address| address.to_string()).as_deref(), Ok(expected), "{text}");
    }
    for (text, expected) in [
        ("", AddressError::Empty),
        (" \n", AddressError::Empty),
        ("file:///etc/passwd", AddressError::Scheme),
        ("javascript:alert(1)", AddressError::Scheme),
        ("ftp://example.fi/", AddressError::Scheme),
        ("kunta.example.fi/a", AddressError::Scheme),
        ("http:a", AddressError::Host),
        ("https:///a", AddressError::Host),
        ("http://a b/", AddressError::Host),
        ("http://a:99999/", AddressError::Port),
        ("http://a:+8/", AddressError::Port),
        ("https://matti:salasana@example.fi/", AddressError::Login),
    ] {
        assert_eq!(Address::parse(text), Err(expected), "{text}");
    }
    assert_eq!(Address::parse(&format!("http://a/{}", "a".repeat(1_000_000))), Err(AddressError::TooLong));
    assert_eq!(Address::parse(&format!("http://a/{}", "ä".repeat(3000))), Err(AddressError::TooLong));
}

#[test]
fn addresses_are_taken_as_people_type_them() {
    for (text, expected) in [
        ("kunta.example.fi", Ok("https://kunta.example.fi/")),
        ("kunta.example.fi/feed?to=http://a/", Ok("https://kunta.example.fi/feed?to=http://a/")),
        ("localhost:8080/feed", Ok("https://localhost:8080/feed")),
        ("feed:https://kunta.example.fi/a", Ok("https://kunta.example.fi/a")),
        ("feed://kunta.example.fi/a", Ok("https://kunta.example.fi/a")),
        ("http://kunta.example.fi/a", Ok("http://kunta.example.fi/a")),
        ("mailto:a@example.fi", Err(AddressError::Login)),
        ("exec:ls", Err(AddressError::Scheme)),
        ("file:///etc/passwd", Err(AddressError::Scheme)),
        ("", Err(AddressError::Empty)),
    ] {
        let typed = Address::typed(text).map(|address| address.to_string());
        assert_eq!(typed, expected.map(str::to_owned), "{text}");
    }
}

#[test]
fn links_are_followed_from_where_they_stand() {
    let page = Address::parse("https://kunta.example.fi/uutiset/1.html?x=1").unwrap();
    let joined = |reference: &str| page.join(reference).map(|address| address.to_string());
    assert_eq!(joined("../feed.xml#a").as_deref(), Ok("https://kunta.example.fi/feed.xml"));
    assert_eq!(joined("//muu.example.fi").as_deref(), Ok("https://muu.example.fi/"));
    assert_eq!(joined("file:///etc/passwd"), Err(AddressError::Scheme));
    assert_eq!(joined(""), Err(AddressError::Empty));
    assert_eq!(page.secured(), None);
    let plain = Address::parse("http://kunta.example.fi/a").unwrap();
    assert_eq!(plain.secured(), Address::parse("https://kunta.example.fi/a").ok());
    assert_eq!(Address::parse("http://kunta.example.fi:8080/a").unwrap().secured(), None);
}

#[test]
fn addresses_of_one_feed_are_one() {
    let canonical = |text: &str| Address::parse(text).unwrap().canonical();
    let feed = canonical("https://kunta.example.fi/feed?kieli=fi");
    for same in [
        "http://WWW.kunta.example.fi:80/feed/?kieli=fi",
        "https://kunta.example.fi/f%65ed?utm_source=x&kieli=fi&pk_campaign=1&xtor=RSS-1",
        "https://kunta.example.fi//../feed?at_medium=a&kieli=fi&mtm_kwd=b&cmpid=c#alku",
    ] {
        assert_eq!(canonical(same), feed, "{same}");
    }
    for other in ["https://kunta.example.fi/feed?kieli=sv", "https://kunta.example.fi:8443/feed?kieli=fi"] {
        assert_ne!(canonical(other), feed, "{other}");
    }
    assert_eq!(canonical("https://kunta.example.fi/%e4%zz"), "kunta.example.fi/%E4%zz");
}

proptest! {
    #[test]
    fn any_address_read_is_read_again_as_itself(text in "(https?://)?\\PC{0,40}", reference in "\\PC{0,40}") {
        for address in [Address::parse(&text), Address::typed(&text)].into_iter().flatten() {
            let written = address.to_string();
            prop_assert!(written.is_ascii() && !written.contains(|letter: char| letter.is_control() || letter == ' '));
            prop_assert_eq!(Address::parse(&written), Ok(address.clone()));
            if let Ok(joined) = address.join(&reference) {
                prop_assert_eq!(address.join(&joined.to_string()), Ok(joined));
            }
        }
    }

    #[test]
    fn any_path_without_dots_has_none_left(path in "(/|\\.|a|%2e){0,12}") {
        let removed = reference::without_dots(&path);
        prop_assert!(!removed.split('/').any(|segment| segment == "." || segment == ".."), "{}", removed);
        prop_assert_eq!(reference::without_dots(&removed), removed.clone());
    }
}
