//! Defines the styles: one accent colour, bold and dim; no colour at all for `NO_COLOR`.

use ratatui::style::{Color, Modifier, Style};

/// Lists the accents to choose from; the terminal's palette decides their shades.
const ACCENTS: [Option<Color>; 6] =
    [Some(Color::Cyan), Some(Color::Blue), Some(Color::Green), Some(Color::Yellow), Some(Color::Magenta), None];

/// Holds the styles that everything is drawn with.
#[derive(Clone, Copy, Debug)]
pub struct Theme {
    accent: Option<Color>,
}

impl Theme {
    /// Returns the theme of index `number`, wrapping round.
    #[must_use]
    pub fn numbered(number: usize) -> Self {
        Self { accent: ACCENTS.get(number % ACCENTS.len()).copied().flatten() }
    }

    /// Returns the theme without any colour, for `NO_COLOR`.
    #[must_use]
    pub const fn colourless() -> Self {
        Self { accent: None }
    }

    /// Returns the style of running text.
    #[must_use]
    pub const fn plain(self) -> Style {
        Style::new()
    }

    /// Returns the style of secondary text.
    #[must_use]
    pub const fn dim(self) -> Style {
        Style::new().add_modifier(Modifier::DIM)
    }

    /// Returns the style of emphasised text.
    #[must_use]
    pub const fn bold(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD)
    }

    /// Returns the style of the accent.
    #[must_use]
    pub fn accent(self) -> Style {
        self.accent.map_or(Style::new(), |colour| Style::new().fg(colour))
    }

    /// Returns the style of the emphasised accent.
    #[must_use]
    pub fn strong(self) -> Style {
        self.accent().add_modifier(Modifier::BOLD)
    }

    /// Returns the style of a link in the text.
    #[must_use]
    pub fn link(self) -> Style {
        self.accent().add_modifier(Modifier::UNDERLINED)
    }

    /// Returns the style of an error in a line being typed.
    #[must_use]
    pub fn wrong(self) -> Style {
        Style::new().add_modifier(Modifier::BOLD | Modifier::UNDERLINED)
    }

    /// Returns the style of a match in a title of the list.
    #[must_use]
    pub fn hit(self) -> Style {
        self.accent().add_modifier(Modifier::UNDERLINED)
    }

    /// Returns the style of a match in the text; the current one is emphasised.
    #[must_use]
    pub fn found(self, current: bool) -> Style {
        if current {
            self.accent().add_modifier(Modifier::REVERSED | Modifier::BOLD)
        } else {
            Style::new().add_modifier(Modifier::REVERSED)
        }
    }
}
