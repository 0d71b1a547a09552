//! The languages announcements are written in and the reader speaks.

/// A language whose hyphenation, stop words and interface texts the program knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Finnish, `fi`.
    Finnish,
    /// Swedish, `sv`.
    Swedish,
    /// English, `en`.
    English,
}

impl Language {
    /// Every known language, in the order they are shown.
    pub const ALL: [Self; 3] = [Self::Finnish, Self::Swedish, Self::English];

    /// Returns the ISO 639-1 code: `fi`, `sv` or `en`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Finnish => "fi",
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// Reads a BCP 47 tag or POSIX locale by its primary subtag: `fi`, `sv-FI`, `en_GB.UTF-8`.
    ///
    /// Anything else is `None`: unknown languages are set without hyphenation.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|language| primary.eq_ignore_ascii_case(language.code()))
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn tags_are_read_by_their_primary_subtag() {
        for (tag, expected) in [
            ("fi", Some(Language::Finnish)),
            ("FI-fi", Some(Language::Finnish)),
            ("sv_FI.UTF-8", Some(Language::Swedish)),
            (" en-GB ", Some(Language::English)),
            ("de", None),
            ("fin", None),
            ("", None),
        ] {
            assert_eq!(Language::from_tag(tag), expected, "{tag}");
        }
    }
}
