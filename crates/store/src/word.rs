//! Enums that are stored as words.

use flow::FlowKind;

/// An enum whose variants are stored as words.
pub trait Word: Sized + 'static {
    /// Every variant with its word.
    const WORDS: &'static [(Self, &'static str)];

    /// Returns the word.
    fn word(&self) -> &'static str;

    /// Returns the variant of this word.
    fn of_word(word: &str) -> Option<Self>
    where
        Self: Copy,
    {
        Self::WORDS
            .iter()
            .find(|(_, known)| *known == word)
            .map(|(variant, _)| *variant)
    }
}

macro_rules! words {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $crate::Word for $name {
            const WORDS: &'static [(Self, &'static str)] = &[$((Self::$variant, $word),)*];

            fn word(&self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)*
                }
            }
        }
    };
}

pub(crate) use words;

impl Word for FlowKind {
    const WORDS: &'static [(Self, &'static str)] = &[
        (Self::Event, "event"),
        (Self::Scheduled, "scheduled"),
        (Self::ApiEndpoint, "api_endpoint"),
        (Self::Helper, "helper"),
        (Self::Delegated, "delegated"),
        (Self::Manual, "manual"),
    ];

    fn word(&self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Scheduled => "scheduled",
            Self::ApiEndpoint => "api_endpoint",
            Self::Helper => "helper",
            Self::Delegated => "delegated",
            Self::Manual => "manual",
        }
    }
}
