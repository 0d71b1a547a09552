//! Finnish compounds and derivations: the letters that may stand before and after a stem in its word.
//!
//! There is no dictionary of parts. A part shows itself by its shape: two syllables, a beginning words have, no vowel
//! doubled over the seam. Only stems of three letters or fewer, which endings are full of, ask for known parts.

use super::endings::{is_clitic, is_inflection};
use super::gradation::is_vowel;
use super::{Kind, Stem};

/// Genitives that begin with these join a compound's next part: `kadun|varsi`, `lasten|hoito`, `metsien|suojelu`.
const GENITIVES: &[&str] = &["n", "jen", "ien", "iden", "itten", "ten", "tten"];

/// Beginnings of what turns a stem into another word of the same field: `vesi|stö`, `kunta|lainen`, `työ|ttömyys`.
const RELATED: &[&str] = &[
    "ilij", "ilu", "ily", "inen", "kko", "kkö", "lainen", "lais", "llinen", "llis", "läinen", "läis", "mainen",
    "mäinen", "sto", "stö", "ton", "ttain", "ttoma", "ttomi", "ttomuu", "ttäin", "ttömi", "ttömyy", "ttömä", "tön",
];

/// Beginnings of derivations that lead away from the noun or make a verb of it: `koulu|ttaa`, `halli|tus`,
/// `keskus|telu`; and of numerals: `kuusi|kymmentä` is no spruce. No part of a compound is taken to begin with them.
const UNRELATED: &[&str] = &[
    "isuu", "kymmen", "minen", "mise", "mist", "muks", "myks", "neet", "nut", "nyt", "sadan", "sataa", "staa", "staj",
    "stam", "stel", "stet", "stuks", "stus", "styks", "stys", "stäj", "stäm", "stää", "tel", "tett", "toista", "tuhan",
    "tuhat", "tuks", "tus", "tyks", "tys", "ude", "uks", "us", "ute", "utt", "vat", "vuotia", "vät", "yde", "yks",
    "ys", "yte",
];

/// Words of one syllable that begin compounds all the same. Not kuu: kuu|luva, kuu|luminen.
const SHORT_FIRST: &[&str] =
    &["työ", "tie", "maa", "yö", "pää", "puu", "jää", "sää", "luu", "suo", "suu", "vyö", "lää", "bio", "geo"];

/// Words before -maa that tell it from the endings of ase|maa, ole|maan.
const BEFORE_MAA: &[&str] =
    &["koti", "ulko", "sisä", "pelto", "metsä", "naapuri", "turve", "maisema", "vuokra", "piha"];

/// Words of one syllable that go on or end compounds.
const SHORT_PARTS: &[&str] = &[
    "bio", "geo", "häät", "jää", "kuu", "kyy", "luu", "lää", "maa", "mai", "pui", "puu", "päi", "pää", "suo", "suu",
    "syy", "sää", "tei", "tie", "työ", "töi", "voi", "vyö", "yö",
];

/// Common parts of compounds, by their beginnings: what may follow a stem of three letters or fewer.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "aika", "aine", "ainei", "ala", "aloi", "alue", "apu", "arvio", "asem", "asia", "asu", "auto", "elin", "elo", "eläm", "energia", "erä", "este", "hake", "haki", "haku", "hallin", "halu", "hank", "harjoi", "henki", "hinta", "histori", "hoido", "hoit", "huol", "hyvin", "ihmi", "ikä", "ilma", "ilmoit", "johta", "johto", "joukko", "juhl", "järj", "järv", "kaava", "kadu", "kala", "kalu", "kansa", "kasv", "katu", "kaude", "kausi", "kehit", "kerros", "kerta", "kesk", "kieli", "kilpail", "kirj", "kohd", "koht", "koke", "kone", "korja", "korv", "koulu", "kulje", "kulku", "kulttuur", "kulut", "kunna", "kunno", "kunta", "kunti", "kunto", "kurssi", "kyky", "kyvy", "käyn", "käyt", "laatu", "laina", "laite", "laitok", "laitos", "laitt", "laji", "lauta", "liike", "liikk", "liit", "linj", "lista", "lomak", "luok", "luon", "lupa", "luva", "maks", "malli", "markkin", "matka", "meno", "merk", "mets", "mieh", "mies", "muot", "määr", "neuvo", "näyt", "ohja", "ohje", "oikeu", "ongelm", "oppi", "osa", "osuu", "paik", "paja", "pajo", "pakett", "palkk", "palvel", "penger", "penk", "perust", "pido", "piha", "pinta", "pist", "piste", "pito", "pohj", "politi", "projekti", "puisto", "pursu", "päiv", "päällys", "raja", "raken", "reit", "rekis", "ryhm", "sairau", "selvit", "seura", "sopim", "suhd", "suht", "suoj", "suorit", "suun", "taid", "taito", "tapa", "tarjo", "tarkas", "teho", "tehtäv", "tekij", "tiedo", "tieto", "tila", "tilo", "toimi", "tuke", "tuki", "tulo", "tunne", "tunnu", "tunti", "tuot", "turv", "tutki", "uupu", "vaiku", "valaist", "valio", "valmen", "valo", "valvo", "vapaa", "vara", "varre", "varsi", "vastaav", "vastuu", "vede", "verk", "vesi", "viik", "viit", "viran", "virka", "voima", "vuoro", "väki", "väli", "väyl", "yhdist", "yhte", "yhti", "ylläp", "ympär", "yrit",
];

/// Returns those of the sorted `starts` that have the first letter of `rest`; for ä and ö those of either.
fn near<'a>(rest: &str, starts: &'a [&'a str]) -> impl Iterator<Item = &'a str> {
    let first = rest.bytes().next();
    let from = starts.partition_point(|start| start.bytes().next() < first);
    starts.iter().skip(from).take_while(move |start| start.bytes().next() == first).copied()
}

/// Reports whether `rest` begins with one of the sorted `starts`.
fn begins(rest: &str, starts: &[&str]) -> bool {
    near(rest, starts).any(|start| rest.starts_with(start))
}

/// Reports whether `rest` may be the next part of a compound after a stem ending in `last`.
///
/// `short` stems (three letters or fewer) are followed by a known part only.
pub fn is_part(rest: &str, last: char, short: bool) -> bool {
    let mut letters = rest.chars();
    let (Some(first), Some(second)) = (letters.next(), letters.next()) else {
        return false;
    };
    if first == last && is_vowel(first) {
        return false; // Such a seam has a hyphen: linja-auto.
    }
    if last == 'e' && short && rest.starts_with("te") {
        return false; // tie|teen, tie|teiden are of tiede.
    }
    if short {
        return begins(rest, PARTS) || is_short_part(rest);
    }
    let begins = is_vowel(first) || is_vowel(second) || is_loan_cluster(first, second);
    // Two syllables in three letters are a word only if they begin with a vowel: osa, ala; but not -sia.
    let long = rest.chars().count() >= 4 || is_vowel(first);
    begins && !is_unrelated(rest) && !is_verbal(rest, last) && (long && syllables(rest) >= 2 || is_short_part(rest))
}

/// Reports whether `rest` begins with a genitive ending and goes on with another part.
pub fn is_genitive_and_part(rest: &str, short: bool) -> bool {
    GENITIVES.iter().filter_map(|ending| rest.strip_prefix(ending)).any(|part| {
        let letters = part.chars().count();
        // kartano|ssa is no kartan|ossa: short parts in a vowel are known ones.
        let short = short || letters < 5 && part.starts_with(is_vowel);
        letters >= 3 && is_part(part, 'n', short)
    })
}

/// Reports whether `rest` begins with a suffix that makes a related word.
pub fn is_related(rest: &str) -> bool {
    begins(rest, RELATED)
        // nuori|so; but nuori|soitin is a compound.
        || rest.strip_prefix("so").is_some_and(|rest| is_inflection(rest, 'o'))
}

/// Reports whether `rest` begins a derivation that leads away from the stem, or counts with it.
pub fn is_unrelated(rest: &str) -> bool {
    begins(rest, UNRELATED)
}

/// Reports whether `rest` makes a verb's form of a noun in -e (`osoite|ttu`, `laite|taan`), or a noun in -us of one in
/// -u.
pub fn is_verbal(rest: &str, last: char) -> bool {
    let begins_as = |starts: &[&str]| starts.iter().any(|start| rest.starts_with(start));
    match last {
        'e' => begins_as(&["tt", "tav", "täv", "taan", "tään"]),
        'u' | 'y' => rest == "s" || begins_as(&["ks", "sta", "ste"]),
        _ => false,
    }
}

fn is_short_part(rest: &str) -> bool {
    near(rest, SHORT_PARTS)
        .filter_map(|part| Some((rest.strip_prefix(part)?, part.chars().next_back()?)))
        .any(|(rest, last)| is_inflection(rest, last))
}

fn is_loan_cluster(first: char, second: char) -> bool {
    matches!(
        (first, second),
        ('t' | 'p' | 'k' | 'd' | 'b' | 'g' | 'f', 'r')
            | ('p' | 'k' | 'b' | 'g' | 'f' | 's', 'l')
            | ('s', 't' | 'p' | 'k' | 'n' | 'v' | 'm')
            | ('p', 's')
    )
}

/// Returns the approximate number of syllables: consecutive vowels are one, except `ea`, `io` and the like.
pub fn syllables(word: &str) -> usize {
    let mut count: usize = 0;
    let mut before: Option<char> = None;
    let mut length: usize = 0;
    for letter in word.chars() {
        if is_vowel(letter) {
            let glides = before.is_some_and(|before| {
                length < 2
                    && (before == letter
                        || matches!(letter, 'i' | 'u' | 'y')
                        || matches!((before, letter), ('u', 'o') | ('i', 'e') | ('y', 'ö')))
            });
            if glides {
                length += 1;
            } else {
                count += 1;
                length = 1;
            }
            before = Some(letter);
        } else {
            before = None;
            length = 0;
        }
    }
    count
}

/// Reports whether `left`, the word before a stem that stands inside it, may be the first part of a compound.
///
/// `rest` is what follows. Short stems ask for more, as letters like theirs are part of many endings.
pub fn is_first_part(left: &str, stem: &Stem, rest: &str) -> bool {
    let (Some(last), Some(first)) = (left.chars().next_back(), stem.text.chars().next()) else {
        return false;
    };
    if last == first && is_vowel(last) {
        return false;
    }
    if !is_vowel(last) && !matches!(last, 'n' | 's' | 'l' | 'r') {
        return false;
    }
    if syllables(left) < 2 && !SHORT_FIRST.contains(&left) {
        return false;
    }
    let letters = stem.text.chars().count();
    // -lasta, -kuusta are cases of words in -la, -kuu.
    if stem.kind == Kind::Consonant && letters <= 4 && stem.text.ends_with('s') {
        return false;
    }
    if stem.text.starts_with("soi") && matches!(stem.kind, Kind::Base | Kind::PluralI) && letters >= 5 {
        return false; // kisoissa, puolisoiden; the marshes are looked for as soi- only at the start.
    }
    // turvallis|uuden, kesä|isin: derivations end so.
    if !is_vowel(last) && ["uude", "uute", "uut", "uus"].contains(&stem.text.as_str())
        || stem.text == "isi" && rest == "n"
    {
        return false;
    }
    // The cases -lla and -ssa: minul|lakin, koulus|sata; and -silta: suomalai|silta.
    if letters <= 4 && last == first && matches!(last, 'l' | 's') || last == 'i' && stem.text.starts_with("sil") {
        return false;
    }
    if letters <= 3 || stem.text.starts_with("tei") {
        return is_short_seam(left, last, &stem.text, rest);
    }
    true
}

/// Reports whether `rest` is empty but for an `n` or a clitic.
fn is_bare(rest: &str) -> bool {
    is_clitic(rest.strip_prefix('n').unwrap_or(rest))
}

/// Reports whether a stem of three letters may stand after `left`, each with its own confusions.
fn is_short_seam(left: &str, last: char, stem: &str, rest: &str) -> bool {
    let vowel = is_vowel(last);
    match stem {
        // The genitives of -nta, -nti and -isti: kun|tien, artis|tien; but yksityis|tien.
        // päiväko|tien, ihotau|tien are of words in -ti, too.
        "tie" if rest.starts_with('n') => {
            let plural = ["ko", "tau", "vuo"].iter().any(|end| left.ends_with(end));
            vowel && !plural || ["yis", "llis"].iter().any(|end| left.ends_with(end))
        }
        "tie" | "työ" => true,
        // -stö and -ntö are suffixes: kiinteis|töihin, etsin|töihin; but korjaus|töihin.
        "töi" => vowel || left.ends_with("us") || left.ends_with("ys"),
        // perus|tuen, toteu|tuen are of verbs; but kotihoidon|tuen, asumis|tuen.
        "tue" => {
            !rest.starts_with("ss") && (last == 'n' || left.ends_with("mis") || vowel && !matches!(last, 'u' | 'y'))
        }
        // -pide, -taide and -tiede have the same plural.
        _ if stem.starts_with("tei") => vowel && !["pi", "tai", "tie"].iter().any(|end| left.ends_with(end)),
        _ if stem.starts_with('t') => false,
        // ase|maa, ole|maan, itses|sään, apu|un: illatives and partitives; but koti|maan.
        "maa" if vowel && is_bare(rest) => BEFORE_MAA.contains(&left),
        "sää" | "puu" | "jää" | "luu" | "suu" if vowel && rest.starts_with('n') => false,
        // erilai|sta; but liikennelai|n.
        "lai" => !rest.starts_with("st") && (vowel || last == 'n'),
        // Skandina|vian.
        _ if stem.ends_with("ia") => matches!(last, 'n' | 's'),
        _ => vowel || matches!(last, 's' | 'n'),
    }
}

#[cfg(test)]
mod tests {
    use super::{Kind, PARTS, RELATED, SHORT_PARTS, Stem, UNRELATED, is_first_part, is_part, syllables};

    #[test]
    fn what_is_looked_up_is_in_order() {
        for list in [PARTS, RELATED, SHORT_PARTS, UNRELATED] {
            assert!(list.is_sorted());
        }
    }

    #[test]
    fn parts_begin_like_words() {
        for (rest, last) in [("valo", 'u'), ("yhtiö", 'o'), ("tie", 'i'), ("työt", 'i'), ("projekti", 'u')] {
            assert!(is_part(rest, last, false), "{rest}");
        }
        for (rest, last) in [("nto", 'i'), ("tuksen", 'i'), ("ttaja", 'u'), ("uutiset", 'u'), ("kymmentä", 'i')] {
            assert!(!is_part(rest, last, false), "{rest}");
        }
    }

    #[test]
    fn first_parts_have_two_syllables() {
        let fits = |left: &str, text: &str, rest: &str| {
            let stem = Stem { text: text.to_owned(), kind: Kind::Base };
            is_first_part(left, &stem, rest)
        };
        for (left, stem, rest) in [
            ("kauppa", "katu", ""),
            ("kerros", "talo", "n"),
            ("maa", "kunta", ""),
            ("kaupungin", "tie", "lle"),
            ("yksityis", "tie", "n"),
            ("korjaus", "töi", "hin"),
            ("moottori", "tei", "llä"),
            ("kotihoidon", "tue", "n"),
            ("koti", "maa", "n"),
            ("upo", "uude", "n"),
        ] {
            assert!(fits(left, stem, rest), "{left}|{stem}|{rest}");
        }
        for (left, stem, rest) in [
            ("lii", "kunta", ""),
            ("kun", "tie", "n"),
            ("naapurikun", "tie", "n"),
            ("terroris", "tie", "n"),
            ("etsin", "töi", "hin"),
            ("mielipi", "tei", "tä"),
            ("päiväko", "tie", "n"),
            ("ole", "maa", "n"),
            ("itses", "sää", "n"),
            ("kuu", "luva", "t"),
            ("suomalai", "silta", ""),
            ("perus", "tue", "n"),
            ("skandina", "via", "n"),
            ("turvallis", "uude", "n"),
            ("mahdollis", "uut", "ta"),
            ("kesä", "isi", "n"),
        ] {
            assert!(!fits(left, stem, rest), "{left}|{stem}|{rest}");
        }
    }

    #[test]
    fn syllables_are_counted() {
        for (word, count) in
            [("kun", 1), ("lii", 1), ("esi", 2), ("työ", 1), ("museo", 3), ("yhtiö", 3), ("sosiaali", 4), ("", 0)]
        {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
