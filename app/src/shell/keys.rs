//! Keys as a preference of this browser: single letters can be switched off (WCAG 2.1.4), and keys are written as they
//! are called on this machine.

use leptos::prelude::*;

const STORED: &str = "nagare.single-keys";

/// Whether single letters, digits and signs are shortcuts.
#[derive(Clone, Copy)]
struct SingleKeys(RwSignal<bool>);

/// Reads the preference; once, at the root. On until the browser says otherwise.
pub(super) fn provide_single_keys() {
    let keys = RwSignal::new(true);
    provide_context(SingleKeys(keys));
    Effect::new(move || {
        if stored(STORED).as_deref() == Some("off") {
            keys.set(false);
        }
    });
}

/// Returns whether single letters are shortcuts, as a signal.
pub fn use_single_keys() -> Signal<bool> {
    use_context::<SingleKeys>().map_or_else(|| Signal::stored(true), |keys| keys.0.into())
}

/// Returns a function that switches shortcuts of a single letter on or off, here and in later visits.
pub fn use_set_single_keys() -> impl Fn(bool) + Copy + Send + Sync + 'static {
    let keys = use_context::<SingleKeys>();
    move |on| {
        store(STORED, if on { "on" } else { "off" });
        if let Some(keys) = keys {
            keys.0.set(on);
        }
    }
}

/// Tells whether a key is a single letter, digit or sign.
pub fn is_single(key: &str) -> bool {
    let mut chars = key.chars();
    matches!((chars.next(), chars.next()), (Some(first), None) if first != ' ')
}

/// Returns what this browser keeps under a name.
pub fn stored(name: &str) -> Option<String> {
    let storage = window().local_storage().ok().flatten()?;
    storage.get_item(name).ok().flatten()
}

/// Keeps a value in this browser under a name. A browser that keeps nothing forgets it with the page.
pub fn store(name: &str, value: &str) {
    let storage = window().local_storage().ok().flatten();
    if storage.is_some_and(|storage| storage.set_item(name, value).is_err()) {
        leptos::logging::log!("this browser keeps no preferences");
    }
}

/// Tells whether this is a machine with a Command key.
pub fn has_command_key() -> bool {
    window().navigator().platform().is_ok_and(|platform| {
        ["Mac", "iPhone", "iPad"]
            .iter()
            .any(|name| platform.starts_with(name))
    })
}

/// Writes keys as they are called on a machine with or without a Command key.
pub fn written(keys: &str, has_command: bool) -> String {
    if has_command {
        keys.replace("Ctrl", "⌘").replace("Alt", "⌥")
    } else {
        keys.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_keys_are_those_that_write_something() {
        for (key, single) in [
            ("a", true),
            ("?", true),
            ("あ", true),
            ("Enter", false),
            (" ", false),
            ("", false),
        ] {
            assert_eq!(is_single(key), single, "{key}");
        }
    }

    #[test]
    fn keys_are_written_as_they_are_called_there() {
        assert_eq!(written("Ctrl Shift Z, Alt ←", true), "⌘ Shift Z, ⌥ ←");
        assert_eq!(written("Ctrl S", false), "Ctrl S");
    }
}
