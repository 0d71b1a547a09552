//! Lines become paragraphs: those parted by blank lines, those that stand one on a line, and hard-wrapped ones.

use std::borrow::Cow;

/// Most paragraphs of a text; a file of a million lines is not an announcement.
const MOST: usize = 200_000;
/// How many lines decide the shape of the text, so that its first part alone decides the same.
const SHAPE: usize = 400;

/// Widest column at which a text is wrapped, and the narrowest.
const WIDEST: usize = 200;
const NARROWEST: usize = 22;

/// A paragraph as it stands in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Para<'a> {
    /// Its text without the blanks around it; joined lines keep their line breaks.
    pub text: Cow<'a, str>,
    /// Whether a blank line stands before it.
    pub gap: bool,
}

/// The paragraphs of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paras<'a> {
    /// The paragraphs, in order.
    pub list: Vec<Para<'a>>,
    /// Whether blank lines part the paragraphs; otherwise each stands on a line of its own.
    pub spaced: bool,
    /// The rest of the text, where it has more than the limit of paragraphs.
    pub rest: &'a str,
}

/// A line that is not blank.
#[derive(Clone, Copy, Debug)]
struct Line<'a> {
    text: &'a str,
    gap: bool,
    indented: bool,
}

/// Splits `text` into paragraphs, in time linear in its length.
pub fn paragraphs(text: &str) -> Paras<'_> {
    let (lines, rest) = lines(text);
    let shape = lines.get(..SHAPE.min(lines.len())).unwrap_or_default();
    let gaps = shape.iter().skip(1).filter(|line| line.gap).count();
    let width = wrap_width(shape);
    let list = match width {
        Some(width) => unwrapped(&lines, width),
        None => lines.iter().map(|line| Para { text: Cow::Borrowed(line.text), gap: line.gap }).collect(),
    };
    let spaced = match width {
        Some(_) => gaps > 0,
        None => 2 * gaps >= shape.len().saturating_sub(1) && gaps > 0,
    };
    Paras { list, spaced, rest }
}

fn lines(text: &str) -> (Vec<Line<'_>>, &str) {
    let mut lines = Vec::new();
    let mut gap = false;
    let mut from = 0;
    let bytes = text.as_bytes();
    for end in memchr::memchr2_iter(b'\n', b'\r', bytes).chain([text.len()]) {
        if lines.len() >= MOST {
            return (lines, text.get(from..).unwrap_or_default().trim());
        }
        let raw = text.get(from..end).unwrap_or_default();
        let line = raw.trim_matches(is_blank);
        if !line.is_empty() {
            let indented = raw.starts_with("  ") || raw.starts_with('\t');
            lines.push(Line { text: line, gap, indented });
            gap = false;
        } else if bytes.get(end) == Some(&b'\n') && !(from > 0 && from == end && bytes.get(from - 1) == Some(&b'\r')) {
            // The second half of a \r\n is no blank line.
            gap = true;
        } else if bytes.get(end) == Some(&b'\r') {
            gap = true;
        }
        from = end + 1;
    }
    (lines, "")
}

fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{feff}' | '\u{200b}')
}

fn width(text: &str) -> usize {
    text.chars().count()
}

fn first_word(text: &str) -> usize {
    width(text.split(char::is_whitespace).next().unwrap_or_default())
}

/// Returns the column at which the lines were hard-wrapped; `None` when they were not.
///
/// In wrapped text nearly every line that another follows directly is full: the next word would not have fitted. Where
/// many lines are no running text (short notices, lists, addresses), those that run on into the next one decide.
fn wrap_width(lines: &[Line<'_>]) -> Option<usize> {
    let pairs: Vec<Pair<'_>> = lines
        .iter()
        .zip(lines.iter().skip(1))
        .filter(|(line, next)| !next.gap && !super::lists::opens_item(next.text) && !super::lists::is_row(line.text))
        .map(|(line, next)| Pair::new(line.text, next.text))
        .collect();
    let mut widths: Vec<usize> = pairs.iter().map(|pair| pair.width).collect();
    widths.sort_unstable();
    let longest = widths.last().copied().filter(|longest| *longest <= WIDEST)?;
    let column = widths.get(widths.len() * 95 / 100).copied().unwrap_or(longest);
    if column < NARROWEST {
        return None;
    }
    let count = |holds: &dyn Fn(&Pair<'_>) -> bool| pairs.iter().filter(|pair| holds(pair)).count();
    let full = count(&|pair| pair.is_full(column, 2));
    let closed = count(&|pair| pair.closed);
    let usual = count(&|pair| pair.width * 4 >= column * 3);
    let running = count(&|pair| pair.runs_on);
    let filled = count(&|pair| pair.runs_on && pair.is_full(column, 2));
    let even = (45..=120).contains(&column) || running * 2 >= pairs.len();
    let mostly_full = pairs.len() >= 4
        && even
        && full * 10 >= pairs.len() * 6
        && closed * 2 <= pairs.len()
        && usual * 10 >= pairs.len() * 6;
    // A single longer line is a paragraph on a line of its own: such text is not wrapped. An address cannot be.
    let fits = |text: &str| text.len() <= column || width(text) * 5 <= column * 6 || !text.contains(' ');
    let fits = lines.iter().all(|line| fits(line.text));
    let some_run_on = fits && running > 0 && running * 3 >= pairs.len() && filled * 10 >= running * 6;
    (mostly_full || some_run_on).then_some(column)
}

/// A line and the one that follows it directly.
struct Pair<'a> {
    next: &'a str,
    width: usize,
    /// Whether the line ends like a sentence.
    closed: bool,
    /// Whether the sentence goes on: the line is open and the next one begins in lower case.
    runs_on: bool,
}

impl<'a> Pair<'a> {
    fn new(line: &str, next: &'a str) -> Self {
        let closed = line.ends_with(['.', '!', '?', ':']);
        let width = if line.len() > 4 * WIDEST { WIDEST + 1 } else { width(line) };
        Self { next, width, closed, runs_on: !closed && next.starts_with(char::is_lowercase) }
    }

    /// Reports whether the next word would not have fitted into the line, with `slack` columns of doubt.
    fn is_full(&self, column: usize, slack: usize) -> bool {
        self.width + 1 + first_word(self.next) + slack > column
    }
}

fn is_full(line: &str, next: &str, column: usize, slack: usize) -> bool {
    width(line) + 1 + first_word(next) + slack > column
}

fn unwrapped<'a>(lines: &[Line<'a>], column: usize) -> Vec<Para<'a>> {
    let mut paras: Vec<Para<'a>> = Vec::new();
    let mut previous: Option<&Line<'a>> = None;
    for line in lines {
        match (previous, paras.last_mut()) {
            (Some(before), Some(para)) if continues(before, line, column) => {
                let text = para.text.to_mut();
                let cut = text.ends_with('-')
                    && text.trim_end_matches('-').ends_with(char::is_alphabetic)
                    && line.text.starts_with(char::is_lowercase)
                    && !joins_compounds(line.text);
                if cut {
                    text.pop();
                    text.push('\u{ad}');
                } else {
                    text.push('\n');
                }
                text.push_str(line.text);
            }
            _ => paras.push(Para { text: Cow::Borrowed(line.text), gap: line.gap }),
        }
        previous = Some(line);
    }
    paras
}

/// Reports whether the next line opens with a conjunction, before which a cut word keeps its hyphen: `sosiaali-` / `ja`.
fn joins_compounds(next: &str) -> bool {
    let word = next.split(char::is_whitespace).next().unwrap_or_default();
    matches!(word, "ja" | "tai" | "sekä" | "eli" | "eikä" | "och" | "eller" | "samt" | "and" | "or" | "että")
}

/// Reports whether `line` goes on with the paragraph that `before` belongs to.
fn continues(before: &Line<'_>, line: &Line<'_>, column: usize) -> bool {
    // What is set in below the start of an item goes on with it.
    if !line.gap && line.indented && super::lists::opens_item(before.text) && !super::lists::opens_item(line.text) {
        return true;
    }
    if line.gap || (line.indented && !before.indented) {
        return false;
    }
    let open = !before.text.ends_with(['.', '!', '?', ':']);
    let lower = line.text.starts_with(char::is_lowercase);
    if super::lists::opens_item(line.text) {
        let dash = line.text.trim_start_matches(['–', '—', '-']).trim_start();
        return open
            && dash.starts_with(char::is_lowercase)
            && line.text.starts_with(['–', '—'])
            && is_full(before.text, line.text, column, 4);
    }
    is_full(before.text, line.text, column, 10) || (open && lower && width(before.text) * 2 >= column)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        paragraphs(text).list.into_iter().map(|para| para.text.replace('\n', " ")).collect()
    }

    #[test]
    fn three_shapes() {
        let spaced = paragraphs("Otsikko\r\n\r\nYksi.\r\n \r\nKaksi.");
        assert_eq!((spaced.list.len(), spaced.spaced), (3, true));
        let dense = paragraphs("Otsikko\nYksi.\nKaksi.\n\nKolme.");
        assert_eq!((dense.list.len(), dense.spaced), (4, false));
        let wrapped = "\
Pohjoisen alueen yöpäivystys keskitetään syyskuun alusta
alkaen keskussairaalaan, ja päivystys jatkuu muualla
joka päivä kello 8–20.

Valtuusto päätti muutoksesta äänin 41–18 ja edellytti,
että sen vaikutuksia arvioidaan kolmen kuukauden välein
ja että arviot julkaistaan.

- Ymmärrän huolen pitkistä matkoista, mutta nykyinen malli
oli kallis, toteaa johtaja.
";
        let found = texts(wrapped);
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found[0].ends_with("joka päivä kello 8–20."));
    }

    #[test]
    fn a_few_lines_that_run_on_are_joined() {
        for (text, expected) in [
            ("Kaupunki korjaa sillan kesän aikana, ja liikenne ohjataan\nkiertotielle kesäkuun alusta alkaen.", 1),
            ("Silta suljetaan maanantaina\naamulla kello kuudelta.\n\nTervetuloa avajaisiin!", 2),
            (
                "Bron över ån stängs för trafik i\nmorgon bitti.\n\nBussarna kör en annan väg så länge\narbetet pågår.",
                2,
            ),
            (
                "Kommunen betalar elva miljoner kronor för en ny bro över\nStorån\n\nArbetet börjar i maj och väntas ta två år, skriver\nkommunen.",
                2,
            ),
            ("The bridge will be closed for\nrepairs until Friday.", 1),
            ("Notice to all boat owners in the harbour\nof Westhaven\n\nThe lock is closed.", 2),
            (
                "Kunta tiedottaa veden laadusta ja siitä, miten vettä käytetään helteellä, jotta sitä riittää kaikille kaupungin laidoilla asuville\nkoko kesäksi.",
                1,
            ),
        ] {
            assert_eq!(texts(text).len(), expected, "{text}");
        }
    }

    #[test]
    fn lines_that_stand_alone_are_not_joined() {
        for (text, expected) in [
            ("Mukana ovat\nkunnat\nkaupungit", 3),
            (
                "Referenser\nförordningen (2027:14) om broavgifter och andra avgifter som tas ut av den som kör över en bro\nlagen (2026:3) om broar",
                3,
            ),
            ("Paikka: Kaupungintalo\nAika: ma klo 10", 2),
            ("The list\n- bread\n- milk", 3),
            ("Otsikko\nKunta avaa sillan.\nSilta on uusi.", 3),
        ] {
            assert_eq!(texts(text).len(), expected, "{text}");
        }
    }

    #[test]
    fn a_word_cut_at_the_line_end_is_joined() {
        let lines = "Kaupunki rakentaa uuden koulun ja päiväkodin kes-\nkustaan, ja ne valmistuvat ensi vuonna sosiaali-\nja terveyskeskuksen viereen, kun rakennuttajat\nsaavat luvan ja rahoitus on kokonaan varmistunut\nvaltiolta.";
        let found = texts(lines);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("kes\u{ad}kustaan") && found[0].contains("sosiaali- ja"));
    }

    #[test]
    fn endless_lines_stay_in_one_piece() {
        let text = "a\n".repeat(MOST + 5);
        let paras = paragraphs(&text);
        assert_eq!((paras.list.len(), paras.rest.len()), (MOST, 9));
    }
}
