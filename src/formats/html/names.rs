//! The words by which classes and ids tell that an element is boilerplate, and how they are found in them.
//! Nothing here weighs them: how large an element may be for a word to count is told in `regions`.

use super::frames::Frame;
use super::pairs::PAIRS;

/// Longest word that is looked up, in bytes.
const LONGEST_WORD: usize = 20;

/// Words of classes and ids that boilerplate has, sorted.
const WORDS: &[(&str, Frame)] = &[
    ("abo", Frame::Likely),
    ("ad", Frame::Likely),
    ("adblock", Frame::Likely),
    ("adbox", Frame::Likely),
    ("addthis", Frame::Links),
    ("addtoany", Frame::Links),
    ("ads", Frame::Likely),
    ("adsense", Frame::Likely),
    ("advert", Frame::Likely),
    ("advertisement", Frame::Likely),
    ("alapalkki", Frame::Likely),
    ("annons", Frame::Likely),
    ("annonser", Frame::Likely),
    ("anzeige", Frame::Likely),
    ("asiasanat", Frame::Links),
    ("aside", Frame::Likely),
    ("author", Frame::Likely),
    ("authorbio", Frame::Likely),
    ("authorbox", Frame::Likely),
    ("authorcard", Frame::Likely),
    ("authorinfo", Frame::Likely),
    ("autor", Frame::Likely),
    ("avainsanat", Frame::Links),
    ("banner", Frame::Likely),
    ("banners", Frame::Likely),
    ("bio", Frame::Likely),
    ("borlabs", Frame::Sure),
    ("breadcrumb", Frame::Links),
    ("breadcrumbs", Frame::Links),
    ("byline", Frame::Likely),
    ("captcha", Frame::Likely),
    ("card", Frame::Teasers),
    ("cards", Frame::Teasers),
    ("carousel", Frame::Teasers),
    ("cleverpush", Frame::Sure),
    ("cmplz", Frame::Sure),
    ("comentarios", Frame::Others),
    ("comment", Frame::Others),
    ("commentaires", Frame::Others),
    ("commentarea", Frame::Others),
    ("commentform", Frame::Others),
    ("commenti", Frame::Others),
    ("commentlist", Frame::Others),
    ("comments", Frame::Others),
    ("commentsarea", Frame::Others),
    ("consent", Frame::Sure),
    ("cookie", Frame::Sure),
    ("cookiebanner", Frame::Sure),
    ("cookiebot", Frame::Sure),
    ("cookieconsent", Frame::Sure),
    ("cookies", Frame::Sure),
    ("copyright", Frame::Likely),
    ("crumb", Frame::Links),
    ("crumbs", Frame::Links),
    ("cta", Frame::Likely),
    ("customerreviews", Frame::Likely),
    ("dela", Frame::Links),
    ("didomi", Frame::Sure),
    ("disclaimer", Frame::Likely),
    ("disclosure", Frame::Likely),
    ("disqus", Frame::Others),
    ("donate", Frame::Likely),
    ("donation", Frame::Likely),
    ("donations", Frame::Likely),
    ("dpsp", Frame::Links),
    ("drawer", Frame::Likely),
    ("dropdown", Frame::Likely),
    ("dsq", Frame::Others),
    ("essb", Frame::Links),
    ("evaste", Frame::Sure),
    ("evastebanneri", Frame::Sure),
    ("evasteet", Frame::Sure),
    ("fblike", Frame::Links),
    ("feedback", Frame::Likely),
    ("flyout", Frame::Likely),
    ("footer", Frame::Likely),
    ("gdpr", Frame::Sure),
    ("hashtags", Frame::Links),
    ("heateor", Frame::Links),
    ("iubenda", Frame::Sure),
    ("jaa", Frame::Links),
    ("jssocials", Frame::Links),
    ("kakor", Frame::Sure),
    ("keywords", Frame::Links),
    ("kommentar", Frame::Others),
    ("kommentare", Frame::Others),
    ("kommentarer", Frame::Others),
    ("kommentit", Frame::Others),
    ("lahjoita", Frame::Likely),
    ("languages", Frame::Links),
    ("languageswitcher", Frame::Links),
    ("lankstig", Frame::Links),
    ("licence", Frame::Likely),
    ("license", Frame::Likely),
    ("ligatus", Frame::Others),
    ("liittyvat", Frame::Others),
    ("livefyre", Frame::Others),
    ("loader", Frame::Likely),
    ("loading", Frame::Likely),
    ("login", Frame::Likely),
    ("luetuimmat", Frame::Others),
    ("mailchimp", Frame::Sure),
    ("mailpoet", Frame::Sure),
    ("mainokset", Frame::Likely),
    ("mainos", Frame::Likely),
    ("masthead", Frame::Likely),
    ("megamenu", Frame::Likely),
    ("menu", Frame::Links),
    ("modal", Frame::Likely),
    ("molongui", Frame::Likely),
    ("mostpopular", Frame::Others),
    ("mostread", Frame::Others),
    ("multislider", Frame::Teasers),
    ("murupolku", Frame::Links),
    ("nav", Frame::Links),
    ("navbar", Frame::Links),
    ("navi", Frame::Links),
    ("navigation", Frame::Links),
    ("newsletter", Frame::Sure),
    ("newsletters", Frame::Sure),
    ("newsticker", Frame::Likely),
    ("nextprev", Frame::Others),
    ("notification", Frame::Likely),
    ("notifications", Frame::Likely),
    ("nyhetsbrev", Frame::Sure),
    ("offcanvas", Frame::Likely),
    ("offscreen", Frame::Likely),
    ("onesignal", Frame::Sure),
    ("onetrust", Frame::Sure),
    ("optin", Frame::Likely),
    ("outbrain", Frame::Others),
    ("pager", Frame::Links),
    ("pagination", Frame::Links),
    ("palaute", Frame::Likely),
    ("paywall", Frame::Likely),
    ("permalink", Frame::Links),
    ("permalinks", Frame::Links),
    ("plista", Frame::Others),
    ("poll", Frame::Likely),
    ("polls", Frame::Likely),
    ("popover", Frame::Likely),
    ("popular", Frame::Others),
    ("popup", Frame::Likely),
    ("postauthor", Frame::Likely),
    ("postnav", Frame::Links),
    ("postnavigation", Frame::Links),
    ("preloader", Frame::Likely),
    ("premium", Frame::Likely),
    ("prev", Frame::Links),
    ("prevnext", Frame::Others),
    ("productreviews", Frame::Likely),
    ("promo", Frame::Likely),
    ("promobox", Frame::Likely),
    ("promotion", Frame::Likely),
    ("pubblicita", Frame::Likely),
    ("publicidad", Frame::Likely),
    ("publicite", Frame::Likely),
    ("rating", Frame::Likely),
    ("ratings", Frame::Likely),
    ("readmore", Frame::Others),
    ("readnext", Frame::Others),
    ("recirc", Frame::Others),
    ("recirculation", Frame::Others),
    ("recommend", Frame::Others),
    ("recommendation", Frame::Others),
    ("recommendations", Frame::Others),
    ("recommended", Frame::Others),
    ("recommends", Frame::Others),
    ("registration", Frame::Likely),
    ("regwall", Frame::Likely),
    ("reklam", Frame::Likely),
    ("reklama", Frame::Likely),
    ("related", Frame::Others),
    ("relatedarticles", Frame::Others),
    ("relatedcontent", Frame::Others),
    ("relatednews", Frame::Others),
    ("relatedpost", Frame::Others),
    ("relatedposts", Frame::Others),
    ("relaterat", Frame::Others),
    ("respond", Frame::Others),
    ("revcontent", Frame::Others),
    ("saboxplugin", Frame::Likely),
    ("search", Frame::Likely),
    ("sfsi", Frame::Links),
    ("share", Frame::Links),
    ("sharebar", Frame::Links),
    ("sharebuttons", Frame::Links),
    ("sharedaddy", Frame::Links),
    ("sharethis", Frame::Links),
    ("shariff", Frame::Links),
    ("sharing", Frame::Links),
    ("sidebar", Frame::Likely),
    ("sidfot", Frame::Likely),
    ("signin", Frame::Likely),
    ("signup", Frame::Likely),
    ("similar", Frame::Others),
    ("skip", Frame::Links),
    ("skiplink", Frame::Links),
    ("skiplinks", Frame::Links),
    ("slick", Frame::Teasers),
    ("slider", Frame::Teasers),
    ("snackbar", Frame::Likely),
    ("snippet", Frame::Teasers),
    ("snippets", Frame::Teasers),
    ("social", Frame::Links),
    ("sociallinks", Frame::Links),
    ("socialmedia", Frame::Links),
    ("socialshare", Frame::Links),
    ("some", Frame::Links),
    ("spende", Frame::Likely),
    ("spenden", Frame::Likely),
    ("spinner", Frame::Likely),
    ("sponsor", Frame::Likely),
    ("sponsored", Frame::Likely),
    ("ssba", Frame::Links),
    ("subscribe", Frame::Likely),
    ("subscriber", Frame::Likely),
    ("subscription", Frame::Likely),
    ("subscriptions", Frame::Likely),
    ("suggested", Frame::Others),
    ("suggestions", Frame::Others),
    ("swiper", Frame::Teasers),
    ("taboola", Frame::Others),
    ("tagcloud", Frame::Links),
    ("taglist", Frame::Links),
    ("tags", Frame::Links),
    ("teaser", Frame::Teasers),
    ("teasers", Frame::Teasers),
    ("thumbnails", Frame::Teasers),
    ("ticker", Frame::Likely),
    ("tile", Frame::Teasers),
    ("tiles", Frame::Teasers),
    ("toast", Frame::Likely),
    ("toc", Frame::Links),
    ("toolbar", Frame::Likely),
    ("toolbox", Frame::Links),
    ("tooltip", Frame::Likely),
    ("topbar", Frame::Links),
    ("topics", Frame::Links),
    ("trending", Frame::Others),
    ("upprev", Frame::Others),
    ("upsell", Frame::Likely),
    ("usercentrics", Frame::Sure),
    ("uutiskirje", Frame::Sure),
    ("vote", Frame::Likely),
    ("votes", Frame::Likely),
    ("votestars", Frame::Likely),
    ("voting", Frame::Likely),
    ("werbung", Frame::Likely),
    ("widgets", Frame::Likely),
    ("wpdiscuz", Frame::Others),
    ("yarpp", Frame::Others),
];

/// Returns what the words of classes and ids say of an element's part in the page, the surest of them.
pub(super) fn frame_of<'a>(names: impl Iterator<Item = &'a str>) -> Option<Frame> {
    names.filter_map(frame_of_names).max()
}

/// Returns what the words of `names` say, the surest of them.
fn frame_of_names(names: &str) -> Option<Frame> {
    let mut best = None;
    for name in names.split_ascii_whitespace() {
        let mut before = String::new();
        each_word(name, |word| {
            let word = word.to_ascii_lowercase();
            let alone = WORDS.binary_search_by(|(known, _)| (*known).cmp(&word)).ok().and_then(|at| WORDS.get(at));
            let pair = PAIRS
                .binary_search_by(|(first, second, _)| (*first, *second).cmp(&(before.as_str(), word.as_str())))
                .ok()
                .and_then(|at| PAIRS.get(at));
            best = best.max(alone.map(|(_, frame)| *frame)).max(pair.map(|(_, _, frame)| *frame));
            before = word;
            false
        });
    }
    best
}

/// Reports whether one of `names` has one of `known` as a word: "share-buttons" and "shareButtons" have "share",
/// "shareholders" has not.
pub(super) fn has_word<'a>(mut names: impl Iterator<Item = &'a str>, known: &[&str]) -> bool {
    let is_known = |word: &str| known.iter().any(|known| known.eq_ignore_ascii_case(word));
    names.any(|names| each_word(names, is_known))
}

/// Gives the words of `names` to `take` until it says that it has what it wants, and reports whether it did: words end at
/// all but letters, and before a capital that follows a small letter.
fn each_word(names: &str, mut take: impl FnMut(&str) -> bool) -> bool {
    let mut start = 0;
    let mut before = b' ';
    for (at, byte) in names.bytes().chain([b' ']).enumerate() {
        let splits = before.is_ascii_lowercase() && byte.is_ascii_uppercase();
        if splits || !byte.is_ascii_alphabetic() {
            let word = names.get(start..at).unwrap_or_default();
            if (2..=LONGEST_WORD).contains(&word.len()) && take(word) {
                return true;
            }
            start = if splits { at } else { at + 1 };
        }
        before = byte;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted() {
        assert!(WORDS.is_sorted_by(|(one, _), (other, _)| one < other));
        assert!(PAIRS.is_sorted_by(|(a, b, _), (c, d, _)| (a, b) < (c, d)));
    }

    #[test]
    fn words_and_pairs_of_words_are_found_in_names() {
        for (names, frame) in [
            ("td_block relatedPosts", Some(Frame::Others)),
            ("widget-read-next", Some(Frame::Others)),
            ("c-card__text", Some(Frame::Teasers)),
            ("news-letter-section", Some(Frame::Sure)),
            ("shareholders-meeting", None),
            ("next post-body", None),
        ] {
            assert_eq!(frame_of_names(names), frame, "{names}");
        }
    }
}
