//! Messages: an enum of keys with slots, and one sentence for each language.

use super::Language;

/// Something to say in either language.
pub trait Message {
    /// Returns the sentence in `language`.
    fn say(&self, language: Language) -> String;
}

/// Declares an enum of messages. Each line names the message, its slots, and the English and the Japanese sentence;
/// slots stand in the sentences as `{slot}`. Where English bends with the first slot, both forms stand in parentheses:
/// `Runs { n: i64 } => ("{n} run" | "{n} runs"), "実行 {n} 件";`.
macro_rules! messages {
    ($(#[$doc:meta])* $vis:vis enum $name:ident {
        $($key:ident $({ $($slot:ident: $ty:ty),+ $(,)? })? => $en:tt, $ja:literal;)+
    }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq)]
        #[expect(missing_docs, reason = "each message says itself")]
        $vis enum $name {
            $($key $({ $($slot: $ty),+ })?,)+
        }

        impl $crate::i18n::Message for $name {
            fn say(&self, language: $crate::i18n::Language) -> String {
                match self {
                    $(Self::$key $({ $($slot),+ })? => {
                        let is_one = $crate::i18n::texts::is_one(&[$($($slot),+)?]);
                        $($(let $slot = $crate::i18n::texts::Slot::shown($slot);)+)?
                        match language {
                            $crate::i18n::Language::English => {
                                $crate::i18n::message::english!($en, is_one)
                            }
                            $crate::i18n::Language::Japanese => format!($ja),
                        }
                    })+
                }
            }
        }

        #[cfg(test)]
        impl $name {
            /// Name, English and Japanese of every message, as written.
            pub(crate) const ALL: &'static [(&'static str, &'static str, &'static str)] =
                &[$((stringify!($key), $crate::i18n::message::written!($en), $ja)),+];
        }
    };
}
pub(crate) use messages;

/// Chooses the form of an English sentence.
macro_rules! english {
    (($one:literal | $many:literal), $is_one:ident) => {
        if $is_one {
            format!($one)
        } else {
            format!($many)
        }
    };
    ($text:literal, $is_one:ident) => {{
        let _ = $is_one;
        format!($text)
    }};
}
pub(crate) use english;

/// Returns an English sentence as written, for the tests.
#[cfg(test)]
macro_rules! written {
    (($one:literal | $many:literal)) => {
        $many
    };
    ($text:literal) => {
        $text
    };
}
#[cfg(test)]
pub(crate) use written;
