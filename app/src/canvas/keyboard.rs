//! What the keys mean while the canvas has the focus.

use super::reading::Way;

/// A key that was pressed, as the browser tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Key {
    /// `event.key`.
    pub key: String,
    /// `event.code`, for layouts and input methods that give no letter.
    pub code: String,
    /// Control, or Command on macOS.
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// An input method is composing: the key is not ours.
    pub composing: bool,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named after what it does")]
pub enum Command {
    Go(Way),
    Extend(Way),
    Move(Way),
    SelectAll,
    EnterCard,
    AddAfter,
    AddBefore,
    SearchCards,
    Palette,
    Rename,
    Fold,
    Inspector,
    Outline,
    Help,
    RunPanel,
    Delete,
    Duplicate,
    Prefix,
    WrapInIfError,
    WrapInIfElse,
    TakeOut,
    Extract,
    Copy,
    Cut,
    Paste,
    Undo,
    Redo,
    TakeOutput,
    Wires,
    Note,
    NextProblem,
    PreviousProblem,
    SaveVersion,
    Run,
    RunCard,
    ZoomIn,
    ZoomOut,
    FullSize,
    Fit,
    FitSelection,
    FoldAll,
    Shortcuts,
    Find,
    Escape,
}

/// Returns what a key does on the canvas; nothing for keys that are the browser's.
pub fn command(key: &Key) -> Option<Command> {
    if key.composing {
        return None;
    }
    match (key.ctrl, key.alt) {
        (true, false) => with_control(key),
        (false, true) => with_alt(key),
        (false, false) => alone(key),
        (true, true) => None,
    }
}

fn with_control(key: &Key) -> Option<Command> {
    Some(match (letter(key).as_str(), key.shift) {
        ("z", false) => Command::Undo,
        ("z", true) | ("y", false) => Command::Redo,
        ("d", false) => Command::Duplicate,
        ("a", false) => Command::SelectAll,
        ("f", false) => Command::Find,
        ("s", false) => Command::SaveVersion,
        ("enter", false) => Command::Run,
        ("enter", true) => Command::RunCard,
        _ => return None,
    })
}

fn with_alt(key: &Key) -> Option<Command> {
    way(key).map(Command::Move)
}

fn alone(key: &Key) -> Option<Command> {
    if let Some(way) = way(key) {
        return match (key.shift, way) {
            (false, _) => Some(Command::Go(way)),
            (true, Way::In | Way::Out) => None,
            (true, _) => Some(Command::Extend(way)),
        };
    }
    Some(match (letter(key).as_str(), key.shift) {
        ("home", false) => Command::Go(Way::First),
        ("end", false) => Command::Go(Way::Last),
        ("home", true) => Command::Extend(Way::First),
        ("end", true) => Command::Extend(Way::Last),
        ("g", false) => Command::Prefix,
        ("enter", _) => Command::EnterCard,
        ("a", false) | ("insert", _) => Command::AddAfter,
        ("a", true) => Command::AddBefore,
        ("/", _) => Command::SearchCards,
        ("p", false) => Command::Palette,
        ("f1", _) => Command::Help,
        ("f2", _) => Command::Rename,
        ("c", false) => Command::Fold,
        ("c", true) => Command::FoldAll,
        ("i", false) => Command::Inspector,
        ("o", false) => Command::Outline,
        ("r", false) => Command::RunPanel,
        ("delete" | "backspace", _) => Command::Delete,
        ("m", false) => Command::TakeOutput,
        ("w", false) => Command::Wires,
        ("n", false) => Command::Note,
        (".", _) => Command::NextProblem,
        (",", _) => Command::PreviousProblem,
        ("+" | "=", _) => Command::ZoomIn,
        ("-", _) => Command::ZoomOut,
        ("0", _) => Command::FullSize,
        ("1", false) => Command::Fit,
        ("2", false) => Command::FitSelection,
        ("?", _) => Command::Shortcuts,
        ("escape", _) => Command::Escape,
        _ => return None,
    })
}

/// Returns what a key does after G: what is put around the selected cards.
pub fn after_prefix(key: &Key) -> Option<Command> {
    if key.composing || key.ctrl || key.alt {
        return None;
    }
    Some(match letter(key).as_str() {
        "e" => Command::WrapInIfError,
        "i" => Command::WrapInIfElse,
        "h" => Command::Extract,
        "u" => Command::TakeOut,
        _ => return None,
    })
}

/// Tells whether this is a key that only changes the meaning of others.
pub fn is_modifier(key: &Key) -> bool {
    matches!(
        key.key.as_str(),
        "Shift" | "Control" | "Alt" | "Meta" | "AltGraph" | "CapsLock"
    )
}

fn way(key: &Key) -> Option<Way> {
    Some(match key.key.as_str() {
        "ArrowLeft" => Way::Back,
        "ArrowRight" => Way::On,
        "ArrowDown" => Way::In,
        "ArrowUp" => Way::Out,
        _ => return None,
    })
}

/// The key in small letters; while an input method is on, the letter printed on the key.
fn letter(key: &Key) -> String {
    let is_named = key.key.chars().count() > 1 && key.key != "Process" && key.key != "Unidentified";
    let is_ours = key.key.is_ascii() && !key.key.is_empty();
    if is_named || (is_ours && key.key.chars().count() == 1) {
        return key.key.to_ascii_lowercase();
    }
    key.code
        .strip_prefix("Key")
        .or_else(|| key.code.strip_prefix("Digit"))
        .unwrap_or_default()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str) -> Key {
        let mut key = Key::default();
        for part in text.split('+') {
            match part {
                "ctrl" => key.ctrl = true,
                "shift" => key.shift = true,
                "alt" => key.alt = true,
                other => key.key = other.into(),
            }
        }
        key
    }

    #[test]
    fn the_table_of_keys() {
        for (text, expected) in [
            ("ArrowRight", Some(Command::Go(Way::On))),
            ("alt+ArrowLeft", Some(Command::Move(Way::Back))),
            ("ctrl+z", Some(Command::Undo)),
            ("ctrl+shift+Z", Some(Command::Redo)),
            ("a", Some(Command::AddAfter)),
            ("shift+A", Some(Command::AddBefore)),
            ("F1", Some(Command::Help)),
            ("ctrl+f", Some(Command::Find)),
            ("ctrl+shift+F", None),
            ("ctrl+k", None),
            ("o", Some(Command::Outline)),
            ("F2", Some(Command::Rename)),
            ("Delete", Some(Command::Delete)),
            ("2", Some(Command::FitSelection)),
            ("shift+C", Some(Command::FoldAll)),
            ("ctrl+r", None),
            ("ctrl+a", Some(Command::SelectAll)),
            ("shift+ArrowRight", Some(Command::Extend(Way::On))),
            ("shift+End", Some(Command::Extend(Way::Last))),
            ("shift+ArrowUp", None),
            ("g", Some(Command::Prefix)),
            // The browser's own events carry text to and from the clipboard.
            ("ctrl+c", None),
            ("ctrl+v", None),
            ("ctrl+alt+ArrowLeft", None),
            ("Tab", None),
        ] {
            assert_eq!(command(&key(text)), expected, "{text}");
        }
    }

    #[test]
    fn after_g_a_letter_says_what_goes_around_the_cards() {
        for (text, expected) in [
            ("e", Some(Command::WrapInIfError)),
            ("i", Some(Command::WrapInIfElse)),
            ("H", Some(Command::Extract)),
            ("u", Some(Command::TakeOut)),
            ("x", None),
            ("ctrl+e", None),
        ] {
            assert_eq!(after_prefix(&key(text)), expected, "{text}");
        }
    }

    #[test]
    fn composing_text_is_left_alone_and_kana_keys_are_read_by_place() {
        let composing = Key {
            composing: true,
            ..key("Enter")
        };
        assert_eq!(command(&composing), None);
        let kana = Key {
            code: "KeyM".into(),
            ..key("も")
        };
        assert_eq!(command(&kana), Some(Command::TakeOutput));
    }
}
