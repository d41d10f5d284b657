//! The labels of fields and choices in Japanese, by their English.

mod labels;

/// Returns the Japanese of an English label.
pub(crate) fn in_japanese(english: &str) -> Option<&'static str> {
    labels::LABELS
        .iter()
        .find(|(known, _)| *known == english)
        .map(|(_, japanese)| *japanese)
}
