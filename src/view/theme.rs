//! Colours: one accent, bold and dim; none at all where the reader asked for none.

use ratatui::style::{Color, Modifier, Style};

/// The accents to choose from; the terminal's own palette decides their shades.
const ACCENTS: [Option<Color>; 6] =
    [Some(Color::Cyan), Some(Color::Blue), Some(Color::Green), Some(Color::Yellow), Some(Color::Magenta), None];

/// The styles everything is drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    accent: Option<Color>,
}

impl Theme {
    /// The theme of that number, counted round.
    #[must_use]
    pub fn numbered(number: usize) -> Self {
        Self { accent: ACCENTS.get(number % ACCENTS.len()).copied().flatten() }
    }

    /// A theme without any colour, for `NO_COLOR`.
    #[must_use]
    pub const fn colourless() -> Self {
        Self { accent: None }
    }

    /// Running text.
    #[must_use]
    pub const fn plain(self) -> Style {
        Style::new()
    }

    /// What stands back.
    #[must_use]
    pub const fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// What stands out.
    #[must_use]
    pub const fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// The one accent.
    #[must_use]
    pub fn accent(self) -> Style {
        self.accent.map_or(Style::new(), |colour| Style::new().fg(colour))
    }

    /// The accent, standing out.
    #[must_use]
    pub fn strong(self) -> Style {
        self.accent().add_modifier(Modifier::BOLD)
    }

    /// A link in the text.
    #[must_use]
    pub fn link(self) -> Style {
        self.accent().add_modifier(Modifier::UNDERLINED)
    }

    /// What is wrong in a line being typed.
    #[must_use]
    pub fn wrong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// A match in a title of the list.
    #[must_use]
    pub fn hit(self) -> Style {
        self.accent().add_modifier(Modifier::UNDERLINED)
    }

    /// A match of a search; the current one stands out.
    #[must_use]
    pub fn found(self, current: bool) -> Style {
        if current {
            self.accent().add_modifier(Modifier::REVERSED | Modifier::BOLD)
        } else {
            Style::new().add_modifier(Modifier::REVERSED)
        }
    }
}
