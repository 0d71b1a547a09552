use super::*;
use crate::text::{HintKind, normalize_paragraph};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

fn setting(width: u16, language: Option<Language>, method: Method) -> Setting {
    Setting { width, language, hyphenate: true, method }
}

/// The lines as drawn.
fn shown(raw: &str, width: u16, language: Option<Language>, method: Method) -> Vec<String> {
    let (text, hints) = normalize_paragraph(raw);
    set_paragraph(&text, &hints, &setting(width, language, method))
        .iter()
        .map(|line| format!("{}{}", line.of(&text), if line.hyphen { "-" } else { "" }))
        .collect()
}

fn finnish(raw: &str, width: u16) -> Vec<String> {
    shown(raw, width, Some(Language::Finnish), Method::Body)
}

const PROSE: &str = "Kaupunginhallitus päätti kokouksessaan 12.3.2024, että uuden liikuntahallin rakentaminen aloitetaan \
    ensi vuoden alussa. Rakennustöiden kustannusarvio on 14,2 miljoonaa euroa, ja hallin on määrä valmistua \
    kesäkuussa 2027. Asukasyhdistysten edustajat toivoivat lausunnoissaan parempia kevyen liikenteen yhteyksiä, \
    hallitumpaa pysäköintiä sekä esteettömiä sisäänkäyntejä.";

#[test]
fn what_belongs_together_stays_together() {
    for (text, width, kept) in [
        ("Tilaisuus alkaa klo 12.30 ja jatkuu klo 18", 15, "klo 12.30"),
        ("Hanke maksaa enintään 1 250 000 euroa vuodessa", 22, "1 250 000"),
        ("Lähetä viesti osoitteeseen kirjaamo@esimerkki.fi", 24, "kirjaamo@esimerkki.fi"),
        ("katso verkosta https://www.esimerkki.fi/fi/haku", 34, "https://www.esimerkki.fi/fi/haku"),
        ("Nähtävillä on 28.6.–2.7.2021 kirjaston aulassa", 17, "28.6.–2.7.2021"),
        ("hinta nousi nyt 3,5 % ja vielä lisää", 11, "3,5 %"),
        ("uusi asetus EU:n sisällä tulee voimaan", 10, "EU:n"),
        ("pinta-ala on 5\u{a0}000\u{202f}m² eli puoli hehtaaria", 12, "5\u{a0}000\u{202f}m²"),
    ] {
        let lines = finnish(text, width);
        assert!(lines.iter().any(|line| line.contains(kept)), "{lines:?}");
    }
}

#[test]
fn words_break_where_they_may() {
    for (text, width, lines) in [
        ("alue on laaja-alainen ja uusi", 16, &["alue on laaja-", "alainen ja uusi"][..]),
        ("asialla -hankkeessa", 12, &["asialla", "-hankkeessa"]),
        ("kunta/kaupunki päättää", 9, &["kunta/", "kaupunki", "päättää"]),
        ("abcd\u{200b}efgh", 6, &["abcd", "efgh"]),
        ("hyvin\u{ad}vointi\u{ad}alue", 13, &["hyvinvointi-", "alue"]),
        ("東京都庁の発表です。新しい", 8, &["東京都", "庁の発表", "です。新", "しい"]),
        ("työ etenee – näin", 12, &["työ etenee –", "näin"]),
    ] {
        assert_eq!(finnish(text, width), lines, "{text}");
    }
}

#[test]
fn what_fits_no_line_is_cut_without_loss() {
    assert_eq!(finnish(&"x".repeat(45), 20), ["x".repeat(20), "x".repeat(20), "x".repeat(5)]);
    let url = "https://www.esimerkki.fi/palvelut/asuminen?kieli=fi&sivu=2";
    let lines = finnish(url, 24);
    assert_eq!(lines.concat(), url);
    assert!(lines.iter().rev().skip(1).all(|line| line.ends_with(['/', '?', '=', '&', '.'])), "{lines:?}");
    assert_eq!(finnish("organisaatio", 5), ["orga-", "ni-", "saa-", "tio"]);
    assert_eq!(finnish("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", 1), ["👨‍👩‍👧‍👦"; 3]);
}

#[test]
fn blank_text_has_no_lines_and_short_text_one() {
    for width in [0, 1, 80] {
        assert!(finnish("", width).is_empty());
        assert!(finnish(" \t\u{2003}", width).is_empty());
    }
    assert_eq!(finnish("  lyhyt  ", 10), ["lyhyt"]);
}

#[test]
fn headings_and_titles_take_no_hyphens_and_do_not_run_over() {
    for width in 16..60 {
        for method in [Method::Heading, Method::FirstFit] {
            let lines = shown(PROSE, width, Some(Language::Finnish), method);
            assert!(lines.iter().all(|line| crate::text::width(line) <= usize::from(width)), "{lines:?}");
            if width >= 22 {
                assert_eq!(lines.join(" "), PROSE);
            }
        }
    }
}

#[test]
fn long_texts_are_set_by_first_fit() {
    let text = PROSE.repeat(LONGEST_WEIGHED / PROSE.len() + 1);
    let body = set_paragraph(&text, &[], &setting(40, Some(Language::Finnish), Method::Body));
    assert_eq!(body, set_paragraph(&text, &[], &setting(40, Some(Language::Finnish), Method::FirstFit)));
}

#[test]
fn soft_hyphens_are_obeyed_only_where_hyphens_are_wanted() {
    let text = "hyvinvointialue";
    let hints = [Hint { offset: 11, kind: HintKind::SoftHyphen }];
    let lines = set_paragraph(text, &hints, &setting(13, Some(Language::Finnish), Method::Body));
    assert_eq!(lines.iter().map(|line| (line.end, line.hyphen)).collect::<Vec<_>>(), [(11, true), (15, false)]);
}

/// The typical slack of the lines that do not end the paragraph, as a share of the measure, and how many of them end
/// in an inserted hyphen.
fn raggedness(text: &str, setting: Setting) -> (f64, usize) {
    let lines = set_paragraph(text, &[], &setting);
    let body = lines.split_last().map(|(_, body)| body).unwrap_or_default();
    let measure = f64::from(setting.width);
    let squares: f64 = body
        .iter()
        .map(|line| {
            let cells = u16::try_from(width(line.of(text)) + usize::from(line.hyphen)).unwrap();
            ((measure - f64::from(cells)) / measure).powi(2)
        })
        .sum();
    let count = u16::try_from(body.len().max(1)).unwrap();
    ((squares / f64::from(count)).sqrt(), body.iter().filter(|line| line.hyphen).count())
}

#[test]
fn body_text_is_even_with_few_hyphens() {
    for (measure, most_ragged, most_hyphens) in [
        (24, 0.145, 5),
        (30, 0.14, 4),
        (40, 0.12, 2),
        (50, 0.095, 1),
        (60, 0.10, 1),
        (72, 0.095, 1),
        (80, 0.09, 1),
        (100, 0.09, 0),
    ] {
        let body = setting(measure, Some(Language::Finnish), Method::Body);
        let (ragged, hyphens) = raggedness(PROSE, body);
        assert!(ragged <= most_ragged && hyphens <= most_hyphens, "{measure}: {ragged:.3}, {hyphens} hyphens");
        let (greedy, _) = raggedness(PROSE, Setting { method: Method::FirstFit, ..body });
        assert!(ragged <= greedy, "{measure}: {ragged:.3} against {greedy:.3}");
    }
}

#[test]
fn no_more_than_two_lines_in_a_row_end_in_a_hyphen_and_no_scrap_is_left() {
    for measure in 20..120 {
        let lines = finnish(PROSE, measure);
        let ladder = lines.windows(3).any(|rows| rows.iter().all(|row| row.ends_with('-')));
        assert!(!ladder, "{lines:#?}");
        let last = lines.last().unwrap();
        assert!(last.contains(' ') || width(last) * 4 >= usize::from(measure), "{measure}: {last}");
    }
}

#[test]
fn marks_that_join_nothing_fit_the_narrowest_columns() {
    for text in ["\u{a0}\u{200d}\u{2011}☃", "\u{200d}\u{fe0f}☃\u{a0}", "☃\u{a0}\u{200d}", "a\u{a0}\u{200d}\u{2011}☃ b"]
    {
        for measure in 0..6 {
            for method in [Method::Body, Method::Heading, Method::FirstFit] {
                for language in [None, Some(Language::Finnish)] {
                    let setting = Setting { width: measure, language, hyphenate: true, method };
                    let lines = set_paragraph(text, &[], &setting);
                    let shown: Vec<&str> = lines.iter().map(|line| line.of(text)).collect();
                    let kept = |text: &str| text.chars().filter(|letter| !words::is_blank(*letter)).collect::<String>();
                    assert_eq!(kept(&shown.concat()), kept(text), "{text:?} in {measure}");
                    for line in shown {
                        let seen = line.graphemes(true).filter(|part| width(part) > 0).count();
                        assert!(width(line) <= usize::from(measure.max(1)) || seen == 1, "{line:?} in {measure}");
                    }
                }
            }
        }
    }
}

fn any_setting() -> impl Strategy<Value = Setting> {
    (0_u16..200, 0_usize..4, any::<bool>(), 0_usize..3).prop_map(|(width, language, hyphenate, method)| Setting {
        width,
        language: Language::ALL.get(language).copied(),
        hyphenate,
        method: [Method::Body, Method::Heading, Method::FirstFit][method],
    })
}

/// Words as they come, and what breaks programs that set them.
fn any_text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-zäö]{1,24}",
        1 => "[A-ZÅÄÖ][a-zåäö]{1,12}-[a-zäö]{1,12}[.,:]?",
        1 => "[0-9]{1,4}([.,:–-][0-9]{1,4}){0,2}",
        1 => "[a-z]{1,9}[.@/_-][a-z]{1,9}(/[a-z?&=]{1,9}){0,3}",
        1 => "[–—(§€%\"-][a-z]{0,3}[)!?]?",
        1 => "[東京。、「」a-cあ]{1,9}",
        1 => "(👨‍👩‍👧‍👦|🇫🇮|e\u{301}|\u{a0}|\u{2011}|ش|لا|ה|\u{200d}|\u{fe0f}|☃){1,5}",
        1 => "\\PC{1,8}",
    ];
    (proptest::collection::vec(word, 0..24), "[ \t]{0,2}")
        .prop_map(|(words, edge)| edge.clone() + &words.join(" ") + &edge)
}

fn any_hints() -> impl Strategy<Value = Vec<Hint>> {
    proptest::collection::vec((0_u32..120, 0_usize..3), 0..6).prop_map(|mut hints| {
        hints.sort_unstable();
        let kinds = [HintKind::SoftHyphen, HintKind::ZeroWidthSpace, HintKind::WordJoiner];
        hints.into_iter().map(|(offset, kind)| Hint { offset, kind: kinds[kind] }).collect()
    })
}

proptest! {
    #[test]
    fn lines_hold_all_the_text_in_order_and_fit(text in any_text(), hints in any_hints(), setting in any_setting()) {
        let lines = set_paragraph(&text, &hints, &setting);
        let boundaries: Vec<usize> =
            text.grapheme_indices(true).map(|(at, _)| at).chain([text.len()]).collect();
        let mut end = 0;
        for line in &lines {
            let (from, to) = (index(line.start), index(line.end));
            prop_assert!(from < to && from >= end);
            let between = text.get(end..from).unwrap();
            prop_assert!(between.chars().all(words::is_blank), "lost {between:?}");

            // A mark may follow a blank: the blank is dropped, and the mark opens the line alone.
            prop_assert!(boundaries.binary_search(&from).is_ok() || !between.is_empty());
            prop_assert!(boundaries.binary_search(&to).is_ok() || text.get(to..).unwrap().starts_with(words::is_blank));
            let shown = line.of(&text);
            prop_assert!(!shown.ends_with(words::is_blank) && !shown.starts_with(words::is_blank));
            let cells = width(shown) + usize::from(line.hyphen);
            prop_assert!(
                cells <= usize::from(setting.width.max(1)) || shown.graphemes(true).filter(|part| width(part) > 0).count() == 1,
                "{cells} cells: {shown:?}"
            );
            end = to;
        }
        prop_assert!(text.get(end..).unwrap().chars().all(words::is_blank));
        prop_assert!(!lines.last().is_some_and(|line| line.hyphen));
        if !setting.hyphenate || setting.language.is_none() {
            prop_assert!(lines.iter().all(|line| !line.hyphen));
        }
    }

    #[test]
    fn wider_never_takes_more_lines_when_each_is_filled(text in any_text(), narrow in 1_u16..100) {
        let count = |width| set_paragraph(&text, &[], &setting(width, None, Method::FirstFit)).len();
        let widest = u16::try_from(width(&text)).unwrap().max(1);
        prop_assert!(count(widest) <= 1);
        prop_assert!(count(narrow) >= count(widest));
    }
}
