//! The labels of fields and choices in Japanese, by their English. Codes such as `ACTIVE` or `GET` stay as they are.

mod directory;
mod functions;
mod okta;
mod tables;

/// Returns the Japanese of an English label.
pub(crate) fn in_japanese(english: &'static str) -> Option<&'static str> {
    okta::LABELS
        .iter()
        .chain(&functions::LABELS)
        .chain(&tables::LABELS)
        .chain(&directory::LABELS)
        .find(|(known, _)| *known == english)
        .map(|(_, japanese)| *japanese)
        .or_else(|| is_code(english).then_some(english))
}

fn is_code(label: &str) -> bool {
    !label.is_empty() && !label.contains(char::is_lowercase)
}
