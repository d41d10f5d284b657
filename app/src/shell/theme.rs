//! Light, dark, or as the system says.

use leptos::prelude::*;

/// A theme as chosen by the reader.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Theme {
    /// As the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// Returns the value of the cookie and of `data-theme`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the value of the cookie.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag {
            "system" => Some(Self::System),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// The theme of the screen; setting it shows at once.
#[derive(Clone, Copy)]
pub struct ThemeChoice(pub RwSignal<Theme>);

/// Returns the theme of this screen.
pub fn use_theme() -> RwSignal<Theme> {
    use_context::<ThemeChoice>().map_or_else(|| RwSignal::new(Theme::default()), |choice| choice.0)
}
