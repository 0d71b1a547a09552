//! Points beside wide letters, which may be parted anywhere except at marks that open or close (kinsoku).

use super::points::{Mark, Point, cost, point};
use crate::text::width;
use crate::text::work::count;
use unicode_segmentation::UnicodeSegmentation;

/// Adds the points beside the wide graphemes of `word`, which begins at byte `at` of the paragraph.
pub(super) fn add_points(word: &str, at: usize, points: &mut Vec<Point>) {
    count(word.len());
    let mut before: Option<(&str, bool)> = None;
    for (place, grapheme) in word.grapheme_indices(true) {
        let wide = width(grapheme) > 1;
        if let Some((left, left_wide)) = before
            && (wide || left_wide)
            && !opens(left)
            && !closes(grapheme)
        {
            points.push(point(at + place, cost::SPACE, Mark::Plain));
        }
        before = Some((grapheme, wide));
    }
}

/// Reports whether a line must not end with `grapheme` (JIS X 4051, opening brackets; signs before amounts).
fn opens(grapheme: &str) -> bool {
    grapheme.starts_with([
        '(', '[', '{', '"', '\'', '“', '‘', '«', '（', '［', '｛', '「', '『', '【', '〔', '〈', '《', '〖', '#', '＃',
        '$', '￥', '￡', '@', '\u{a0}', '\u{202f}', '\u{2007}', '\u{2011}', '-',
    ])
}

/// Reports whether a line must not begin with `grapheme` (JIS X 4051, closing brackets, stops, small kana, iteration marks).
fn closes(grapheme: &str) -> bool {
    grapheme.starts_with([
        ')', ']', '}', '"', '\'', '”', '’', '»', '.', ',', ':', ';', '!', '?', '%', '-', '–', '—', '…', '/', '。',
        '、', '，', '．', '：', '；', '！', '？', '）', '］', '｝', '」', '』', '】', '〕', '〉', '》', '〗', '・',
        'ー', '々', '〻', 'ゝ', 'ゞ', 'ヽ', 'ヾ', 'ぁ', 'ぃ', 'ぅ', 'ぇ', 'ぉ', 'っ', 'ゃ', 'ゅ', 'ょ', 'ゎ', 'ァ',
        'ィ', 'ゥ', 'ェ', 'ォ', 'ッ', 'ャ', 'ュ', 'ョ', 'ヮ', 'ヵ', 'ヶ', '％', '‰', '℃', '\u{a0}', '\u{202f}',
        '\u{2007}', '\u{2011}',
    ])
}
