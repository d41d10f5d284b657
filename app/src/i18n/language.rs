//! The language of the screen: one signal, kept in the cookie `lang`, chosen on the server before the first byte.

use leptos::prelude::*;

use super::Message;

/// A language of the screens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Japanese.
    Japanese,
}

impl Language {
    /// Returns the tag as in `<html lang>` and in the cookie.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Japanese => "ja",
        }
    }

    /// Reads a tag.
    pub fn parse(tag: &str) -> Option<Self> {
        match tag {
            "en" => Some(Self::English),
            "ja" => Some(Self::Japanese),
            _ => None,
        }
    }

    /// Chooses from an `Accept-Language` header: the first of our languages that it names, else English.
    pub fn accepted(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|range| range.trim().split(['-', ';']).next())
            .find_map(|tag| Self::parse(&tag.to_ascii_lowercase()))
            .unwrap_or_default()
    }
}

/// Says messages in the language of the screen.
#[derive(Clone, Copy)]
pub struct Speech(RwSignal<Language>);

impl Speech {
    /// Returns the language; whoever asks is asked again when it changes.
    pub fn language(self) -> Language {
        self.0.get()
    }

    /// Changes the language of everything on the screen.
    pub fn speak(self, language: Language) {
        self.0.set(language);
    }

    /// Says a message; for use inside views, which follow the language.
    pub fn say(self, message: &impl Message) -> String {
        message.say(self.0.get())
    }

    /// Says a message once, for event handlers.
    pub fn say_now(self, message: &impl Message) -> String {
        message.say(self.0.get_untracked())
    }
}

/// Sets the language of the screen; once, at the root.
pub fn provide_language(language: Language) -> Speech {
    let speech = Speech(RwSignal::new(language));
    provide_context(speech);
    speech
}

/// Returns who speaks on this screen.
pub fn use_speech() -> Speech {
    use_context().unwrap_or_else(|| Speech(RwSignal::new(Language::default())))
}

/// Returns a message as a signal that follows the language; stands directly in views and attributes.
pub fn t<M>(message: M) -> Signal<String>
where
    M: Message + Send + Sync + 'static,
{
    let speech = use_speech();
    Signal::derive(move || speech.say(&message))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_our_languages_is_chosen() {
        for (header, language) in [
            ("ja", Language::Japanese),
            ("ja-JP,en;q=0.8", Language::Japanese),
            ("de, en-GB;q=0.9, ja;q=0.8", Language::English),
            ("fr-FR, JA;q=0.5", Language::Japanese),
            ("", Language::English),
            ("*", Language::English),
        ] {
            assert_eq!(Language::accepted(header), language, "{header}");
        }
    }
}
