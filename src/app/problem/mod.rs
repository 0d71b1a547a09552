//! Describes what could not be read, stored or done, and why, independently of language.
//!
//! A problem is worded where it is shown, in the reader's language, never where it happened.

mod fault;
mod fault_words;
mod words;

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use super::messages::Text;
use crate::text::{Clean, Language};

pub use fault::{fault_words, pause_words};

#[cfg(test)]
pub(crate) use fault_words::ALL as FAULT_TEXTS;
#[cfg(test)]
pub(crate) use words::ALL as TEXTS;

/// Describes something that could not be read, stored or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// A file, a folder or the library cannot be used.
    Unusable {
        /// The file, folder or library.
        path: Clean,
        /// The reason.
        reason: Reason,
    },
    /// An announcement is no longer where it was.
    Gone,
    /// Not every followed folder can be watched.
    Unwatched,
    /// An announcement that is in no library was starred or tagged.
    MarkUnkept,
    /// A search was saved, but there is no library to store it in.
    SearchUnkept,
    /// A search was saved, but the library cannot be written.
    SearchUnwritten {
        /// The path of the library.
        path: Clean,
    },
    /// Changes are not stored until the library can be written.
    Waiting {
        /// The path of the library.
        path: Clean,
        /// The reason.
        reason: Reason,
    },
    /// The library can be read, but marks are not stored in it.
    MarksUnkept {
        /// The path of the library.
        path: Clean,
        /// The reason.
        reason: Reason,
    },
    /// The library's file was empty, and a new library was made in it.
    Emptied {
        /// Where it is.
        path: Clean,
    },
    /// Changes of marks were lost: they could not be kept before the program ended.
    MarksLost {
        /// Where the library is.
        path: Clean,
        /// How many changes.
        marks: usize,
        /// Why.
        reason: Reason,
    },
    /// The program ended before it was known whether changes of marks were kept.
    MarksDoubtful {
        /// Where the library is.
        path: Clean,
        /// How many changes.
        marks: usize,
    },
    /// The library cannot be used at all.
    NothingKept {
        /// The path of the library.
        path: Clean,
        /// The reason.
        reason: Reason,
    },
    /// The library lies on a network disk, where programs on several machines may write it at once.
    Networked {
        /// The path of the library.
        path: Clean,
    },
    /// The library is damaged and could not be set aside.
    Stuck {
        /// The path of the library.
        path: Clean,
        /// The reason.
        reason: Reason,
    },
    /// The library was damaged and renamed, and a new one was made.
    Replaced {
        /// The path of the library.
        path: Clean,
        /// The new name of the damaged one, in the same folder.
        aside: Clean,
        /// Number of announcements whose marks were recovered.
        marks: usize,
        /// Number of announcements that were recovered.
        announcements: usize,
    },
    /// The library was damaged and renamed, and a new one could not be made.
    Lost {
        /// The path of the library.
        path: Clean,
        /// The new name of the damaged one, in the same folder.
        aside: Clean,
        /// The reason there is no new one.
        reason: Reason,
    },
    /// A background thread of this name failed.
    Broken(&'static str),
    /// A background thread could not be started.
    Unstarted {
        /// The name of the thread.
        part: &'static str,
        /// The reason.
        reason: Reason,
    },
}

/// Names the reason why something could not be read, stored or done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// There is no such file or folder.
    Missing,
    /// It may not be read.
    Forbidden,
    /// It is a folder, not a file.
    Folder,
    /// It is a pipe, a device or the like.
    Irregular,
    /// It is larger than the limit, in mebibytes.
    TooLarge(u64),
    /// Folders are nested too deep.
    TooDeep,
    /// A symbolic link leads out of the folder.
    LinkOut,
    /// A symbolic link is broken.
    DeadLink,
    /// The file no longer holds the announcement.
    NotInIt,
    /// It lies in no folder of the library.
    Astray,
    /// Reading it made a thread panic.
    Panic,
    /// It is damaged.
    Damaged,
    /// A text is not as it was written, and no file holds it.
    TextDamaged,
    /// The disk is full.
    Full,
    /// It is read-only.
    ReadOnly,
    /// There is no permission to write it.
    Unwritable,
    /// It cannot be opened for writing.
    Unopened,
    /// Another program has locked it.
    Busy,
    /// The disk reports an error.
    Disk,
    /// A newer version of the program wrote it.
    Newer,
    /// It is a database of another program.
    Foreign,
    /// It is an announcement that was named as the library.
    Announcement,
    /// It was never a library.
    NoLibrary,
    /// It answers otherwise than a library does.
    Database,
    /// The message of the system or the database.
    Said(Clean),
}

impl Problem {
    /// Returns the problem that a file, a folder or the library cannot be used.
    #[must_use]
    pub fn at(path: &Path, reason: Reason) -> Self {
        Self::Unusable { path: name(path), reason }
    }

    /// Returns why it failed, where that is known.
    #[must_use]
    pub const fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Unusable { reason, .. }
            | Self::Waiting { reason, .. }
            | Self::MarksUnkept { reason, .. }
            | Self::MarksLost { reason, .. }
            | Self::NothingKept { reason, .. }
            | Self::Stuck { reason, .. }
            | Self::Lost { reason, .. }
            | Self::Unstarted { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// Returns the file, folder or library concerned.
    #[must_use]
    pub fn path(&self) -> Option<&Clean> {
        match self {
            Self::Unusable { path, .. }
            | Self::SearchUnwritten { path }
            | Self::Waiting { path, .. }
            | Self::MarksUnkept { path, .. }
            | Self::MarksLost { path, .. }
            | Self::MarksDoubtful { path, .. }
            | Self::NothingKept { path, .. }
            | Self::Networked { path }
            | Self::Emptied { path }
            | Self::Stuck { path, .. }
            | Self::Replaced { path, .. }
            | Self::Lost { path, .. } => Some(path),
            Self::Gone
            | Self::Unwatched
            | Self::MarkUnkept
            | Self::SearchUnkept
            | Self::Broken(_)
            | Self::Unstarted { .. } => None,
        }
    }

    /// Returns a sentence that says what could not be done and why.
    #[must_use]
    pub fn sentence(&self, language: Language) -> Clean {
        let fill = |text: Text, fillings: &[(&str, &str)]| fill(text.get(language), fillings);
        let why = |text: Text, path: &Clean, reason: &Reason| {
            fill(text, &[("path", path.as_str()), ("reason", &reason.words(language))])
        };
        match self {
            Self::Unusable { path, reason } => why(words::UNUSABLE, path, reason),
            Self::Gone => fill(words::GONE, &[]),
            Self::Unwatched => fill(words::UNWATCHED, &[]),
            Self::MarkUnkept => fill(words::MARK_UNKEPT, &[]),
            Self::SearchUnkept => fill(words::SEARCH_UNKEPT, &[]),
            Self::SearchUnwritten { path } => fill(words::SEARCH_UNWRITTEN, &[("path", path.as_str())]),
            Self::Waiting { path, reason } => why(words::WAITING, path, reason),
            Self::MarksUnkept { path, reason } => why(words::MARKS_UNKEPT, path, reason),
            Self::MarksLost { path, marks, reason } => {
                let marks = marks.to_string();
                let reason = reason.words(language);
                fill(words::MARKS_LOST, &[("path", path.as_str()), ("marks", &marks), ("reason", &reason)])
            }
            Self::MarksDoubtful { path, marks } => {
                fill(words::MARKS_DOUBTFUL, &[("path", path.as_str()), ("marks", &marks.to_string())])
            }
            Self::NothingKept { path, reason } => why(words::NOTHING_KEPT, path, reason),
            Self::Emptied { path } => fill(words::EMPTIED, &[("path", path.as_str())]),
            Self::Networked { path } => fill(words::NETWORKED, &[("path", path.as_str())]),
            Self::Stuck { path, reason } => why(words::STUCK, path, reason),
            Self::Replaced { path, aside, marks, announcements } => {
                let marks = count(*marks, words::ONE_MARK, words::MARKS, language);
                let texts = count(*announcements, words::ONE_ANNOUNCEMENT, words::ANNOUNCEMENTS, language);
                let fillings =
                    [("path", path.as_str()), ("aside", aside), ("marks", &marks), ("announcements", &texts)];
                fill(words::REPLACED, &fillings)
            }
            Self::Lost { path, aside, reason } => {
                let reason = reason.words(language);
                fill(words::LOST, &[("path", path.as_str()), ("aside", aside.as_str()), ("reason", &reason)])
            }
            Self::Broken(part) => fill(words::BROKEN, &[("part", part)]),
            Self::Unstarted { part, reason } => {
                fill(words::UNSTARTED, &[("part", part), ("reason", &reason.words(language))])
            }
        }
    }
}

impl Reason {
    /// Returns the reason in a few words, to follow a name.
    #[must_use]
    pub fn words(&self, language: Language) -> Cow<'_, str> {
        let text = match self {
            Self::TooLarge(most) => {
                return fill(words::TOO_LARGE.get(language), &[("most", &most.to_string())]).to_string().into();
            }
            Self::Said(text) => return text.as_str().into(),
            Self::Missing => words::MISSING,
            Self::Forbidden => words::FORBIDDEN,
            Self::Folder => words::FOLDER,
            Self::Irregular => words::IRREGULAR,
            Self::TooDeep => words::TOO_DEEP,
            Self::LinkOut => words::LINK_OUT,
            Self::DeadLink => words::DEAD_LINK,
            Self::NotInIt => words::NOT_IN_IT,
            Self::Astray => words::ASTRAY,
            Self::Panic => words::PANIC,
            Self::Damaged => words::DAMAGED,
            Self::TextDamaged => words::TEXT_DAMAGED,
            Self::Full => words::FULL,
            Self::ReadOnly => words::READ_ONLY,
            Self::Unwritable => words::UNWRITABLE,
            Self::Unopened => words::UNOPENED,
            Self::Busy => words::BUSY,
            Self::Disk => words::DISK,
            Self::Newer => words::NEWER,
            Self::Foreign => words::FOREIGN,
            Self::Announcement => words::ANNOUNCEMENT,
            Self::NoLibrary => words::NO_LIBRARY,
            Self::Database => words::DATABASE,
        };
        text.get(language).into()
    }
}

/// Writes the sentence in English, the language of the command line.
impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.sentence(Language::English))
    }
}

/// Writes the words in English, the language of the command line.
impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.words(Language::English))
    }
}

/// Returns a path as clean text.
#[must_use]
pub fn name(path: &Path) -> Clean {
    Clean::line(&path.to_string_lossy())
}

fn count(number: usize, one: Text, more: Text, language: Language) -> String {
    let text = if number == 1 { one } else { more };
    fill(text.get(language), &[("number", &number.to_string())]).to_string()
}

/// Returns the text with its placeholders replaced, such as `{path}`; a replacement is not searched for placeholders.
fn fill(text: &str, fillings: &[(&str, &str)]) -> Clean {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, (hole, after))) =
        rest.split_once('{').and_then(|(before, behind)| Some((before, behind.split_once('}')?)))
    {
        filled.push_str(before);
        filled.push_str(fillings.iter().find(|(name, _)| *name == hole).map_or("", |(_, filling)| filling));
        rest = after;
    }
    filled.push_str(rest);
    Clean::line(&filled)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn holes(text: &str) -> BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|behind| Some(behind.split_once('}')?.0)).collect()
    }

    #[test]
    fn every_language_tells_the_same() {
        for (name, text) in TEXTS.iter().chain(FAULT_TEXTS) {
            let [first, others @ ..] = Language::ALL.map(|language| holes(text.get(language)));
            assert!(others.iter().all(|other| *other == first), "{name}");
        }
    }

    #[test]
    fn a_problem_is_told_in_every_language_with_what_it_is_about() {
        let path = Clean::line("/tmp/{reason}.db");
        let aside = Clean::line("/tmp/b.db");
        let reason = Reason::Said(Clean::line("{path} odd"));
        let told = |problem: Problem, holds: &[&str]| {
            for language in Language::ALL {
                let sentence = problem.sentence(language);
                let path = problem.path().map(Clean::as_str);
                assert!(holds.iter().copied().chain(path).all(|part| sentence.contains(part)), "{sentence}");
            }
        };
        told(Problem::at(Path::new("/tmp/a"), reason.clone()), &["{path} odd"]);
        told(Problem::Waiting { path: path.clone(), reason: reason.clone() }, &["{path} odd"]);
        told(Problem::MarksUnkept { path: path.clone(), reason: reason.clone() }, &["{path} odd"]);
        told(Problem::MarksLost { path: path.clone(), marks: 3, reason: reason.clone() }, &["3", "{path} odd"]);
        told(Problem::MarksDoubtful { path: path.clone(), marks: 4 }, &["4"]);
        told(Problem::NothingKept { path: path.clone(), reason: reason.clone() }, &["{path} odd"]);
        told(Problem::Stuck { path: path.clone(), reason: reason.clone() }, &["{path} odd"]);
        told(Problem::Lost { path: path.clone(), aside: aside.clone(), reason: reason.clone() }, &["b.db", "odd"]);
        told(Problem::Replaced { path: path.clone(), aside, marks: 1, announcements: 7 }, &["b.db", "1 ", "7 "]);
        told(Problem::SearchUnwritten { path: path.clone() }, &[]);
        told(Problem::Emptied { path: path.clone() }, &[]);
        told(Problem::Networked { path }, &[]);
        told(Problem::Broken("index"), &["(index)"]);
        told(Problem::Unstarted { part: "news", reason }, &["news", "odd"]);
        told(Problem::at(Path::new("a"), Reason::TooLarge(64)), &["64 MiB"]);
    }
}
