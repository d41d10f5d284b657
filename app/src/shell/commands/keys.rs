//! The keys that open the palette and the search over all flows, on every page.

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::canvas::keyboard::Key;
use crate::editor::key_of;

/// What a key asks for on every page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Everywhere {
    Commands,
    Search,
}

/// Reads a key.
pub(super) fn asked(event: &KeyboardEvent) -> Option<Everywhere> {
    meaning(&key_of(event))
}

fn meaning(key: &Key) -> Option<Everywhere> {
    if !key.ctrl || key.alt || key.composing {
        return None;
    }
    // An input method or another alphabet gives no Latin letter: the place of the key counts.
    let letter = if key.key.chars().count() == 1 && key.key.is_ascii() {
        key.key.to_ascii_lowercase()
    } else {
        key.code
            .strip_prefix("Key")
            .unwrap_or_default()
            .to_ascii_lowercase()
    };
    match (letter.as_str(), key.shift) {
        ("k", false) => Some(Everywhere::Commands),
        ("f", true) => Some(Everywhere::Search),
        _ => None,
    }
}

/// Tells whether another dialog is open: what it asks comes first.
pub(super) fn is_in_dialog() -> bool {
    let found = document().query_selector("dialog[open]:not(.commands)");
    found.is_ok_and(|dialog| dialog.is_some())
}

/// The keys as they are called here.
pub(super) fn called(keys: &str) -> String {
    let is_apple = window()
        .navigator()
        .user_agent()
        .is_ok_and(|agent| agent.contains("Mac OS") || agent.contains("iPhone"));
    if is_apple {
        keys.replace("Ctrl", "⌘").replace("Shift", "⇧")
    } else {
        keys.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_k_and_control_shift_f() {
        let key = |text: &str, code: &str, shift| Key {
            key: text.into(),
            code: code.into(),
            ctrl: true,
            shift,
            ..Key::default()
        };
        assert_eq!(
            meaning(&key("k", "KeyK", false)),
            Some(Everywhere::Commands)
        );
        assert_eq!(
            meaning(&key("の", "KeyK", false)),
            Some(Everywhere::Commands)
        );
        assert_eq!(meaning(&key("F", "KeyF", true)), Some(Everywhere::Search));
        assert_eq!(meaning(&key("f", "KeyF", false)), None);
        let plain = Key {
            key: "k".into(),
            ..Key::default()
        };
        assert_eq!(meaning(&plain), None);
    }
}
