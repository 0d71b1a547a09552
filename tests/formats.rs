//! Every format on small samples with their kept outcome, and on thousands of damaged files.
//!
//! `TIEDOTE_KEEP=1 cargo test --test formats` writes the outcomes anew; read the difference before it is committed.

#![expect(clippy::unwrap_used, reason = "a test ends where its files cannot be read")]
#![expect(clippy::disallowed_methods, reason = "samples are files, and are kept anew where the environment says so")]

use std::path::{Path, PathBuf};

use tiedote::calendar::Zone;
use tiedote::formats::{Input, Reading, raw, read};
use tiedote::model::BlockKind;
use tiedote::model::Sketch;
use tiedote::model::export::to_json;
use tiedote::text::Clean;

/// How many damaged files are read.
const MUTATIONS: usize = 3000;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending != "out"));
    paths.sort();
    paths
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[test]
fn samples_come_out_as_kept() {
    let keep = std::env::var_os("TIEDOTE_KEEP").is_some();
    let mut seen = 0;
    for path in files("formats") {
        let zone = Zone::posix("EET-2EEST,M3.5.0/3,M10.5.0/4").unwrap();
        let reading = read(&Input::new(name(&path), &std::fs::read(&path).unwrap()).in_zone(&zone));
        check(&reading, name(&path));
        let found: Vec<_> = reading.announcements.iter().map(to_json).collect();
        let found = serde_json::to_string_pretty(&found).unwrap() + "\n";
        let kept = path.with_file_name(format!("{}.out", name(&path)));
        if keep {
            std::fs::write(&kept, &found).unwrap();
        }
        assert_eq!(found, std::fs::read_to_string(&kept).unwrap_or_default(), "{}", path.display());
        seen += 1;
    }
    assert!(seen >= 8, "samples were not found");
}

/// A generator of numbers that are the same every time: `SplitMix64`.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) >> 1).unwrap() % below.max(1)
    }
}

/// Damages `bytes` in one of the ways files are damaged.
fn damage(bytes: &mut Vec<u8>, other: &[u8], dice: &mut Dice) {
    let at = dice.roll(bytes.len() + 1);
    let end = (at + dice.roll(64)).min(bytes.len());
    match dice.roll(8) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(at..end)),
        2 => {
            let copy = bytes[at..end].repeat(1 + dice.roll(40));
            bytes.splice(at..at, copy);
        }
        3 => {
            let from = dice.roll(other.len() + 1);
            let to = (from + dice.roll(400)).min(other.len());
            bytes.splice(at..end, other[from..to].iter().copied());
        }
        4 => {
            const SNIPPETS: [&[u8]; 14] = [
                b"\xff\xfe",
                b"\0",
                b"\xe2\x80\xae",
                b"\x1b[2J",
                b"<![CDATA[",
                b"-->",
                b"---\n",
                b"\xf0\x9f\x91\xa8\xe2\x80\x8d",
                b"\xcc\x81\xcc\x81",
                b"&#0;",
                b"&#x202e;",
                b"{\"a\":[",
                b"\r",
                b"\xc2\xad",
            ];
            bytes.splice(at..at, SNIPPETS[dice.roll(SNIPPETS.len())].iter().copied());
        }
        _ => {
            for _ in 0..=dice.roll(8) {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << dice.roll(8);
                }
            }
        }
    }
}

#[test]
fn damaged_files_are_read() {
    let mut seeds: Vec<(String, Vec<u8>)> = files("formats")
        .iter()
        .chain(&files("corpus"))
        .map(|path| (name(path).to_owned(), std::fs::read(path).unwrap()))
        .collect();
    seeds.retain(|(name, bytes)| bytes.len() < 20_000 && name != "README.md");
    let mut dice = Dice(1);
    for number in 0..MUTATIONS {
        let (name, bytes) = &seeds[dice.roll(seeds.len())];
        let other = &seeds[dice.roll(seeds.len())].1;
        let mut bytes = bytes.clone();
        for _ in 0..=dice.roll(4) {
            damage(&mut bytes, other, &mut dice);
        }
        let input = Input { partial: dice.roll(2) == 0, ..Input::new(name, &bytes) };
        let reading = read(&input);
        check(&reading, &format!("{name}, damaged for the {number}th time"));
        let raw = Clean::lines_of(&raw(&input).0);
        assert!(raw.chars().all(|letter| letter == '\n' || !letter.is_control()), "{name}: {raw}");
        if number % 16 == 0 {
            assert_eq!(read(&input), reading, "{name}: read twice, told twice");
        }
    }
}

/// What holds for every reading.
fn check(reading: &Reading, name: &str) {
    for found in &reading.announcements {
        assert!(!found.title.contains('\n'), "{name}: a title is one line");
        assert!(Sketch::of(found).is_none_or(|sketch| sketch.is_same(&sketch)), "{name}: is itself");
        for block in &found.document.blocks {
            let text = &block.text;
            assert!(text.chars().all(|letter| letter == '\n' || !letter.is_control()), "{name}: {text}");
            assert!(block.keeps_lines() || !text.contains('\n'), "{name}: a line break in {block:?}");
            let mut last = 0;
            for mark in &block.marks {
                assert!(last <= mark.start && mark.start < mark.end, "{name}: marks in order");
                assert!(text.get(mark.start as usize..mark.end as usize).is_some(), "{name}: marks of characters");
                assert!(mark.link.is_none_or(|link| usize::from(link) < found.document.links.len()), "{name}: links");
                last = mark.end;
            }
            assert!(block.hints.iter().all(|hint| text.is_char_boundary(hint.offset as usize)), "{name}: hints");
            match &block.kind {
                BlockKind::Table(table) => {
                    assert!(table.columns > 0 && table.cells.len() % table.columns == 0, "{name}: a table's cells");
                    assert!(table.cells.iter().all(|cell| text.get(cell.clone()).is_some()), "{name}: cells");
                }
                BlockKind::Quote { speaker: Some(_) } => {
                    assert!(block.speaker().is_some(), "{name}: a speaker");
                }
                _ => {}
            }
        }
    }
}
