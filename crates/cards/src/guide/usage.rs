//! Examples in words, for cards whose result follows from more than their inputs: what starts a flow, decides, waits,
//! calls, or touches tables and files.

mod directory;
mod flows;
mod services;

use crate::declare::Words;

/// Returns the example of a card.
pub(super) fn of(key: &str) -> Option<Words> {
    let found = all().find(|(known, _)| *known == key);
    found.map(|(_, words)| *words)
}

/// Returns all examples with their cards.
pub(super) fn all() -> impl Iterator<Item = &'static (&'static str, Words)> {
    flows::USAGE
        .iter()
        .chain(services::USAGE)
        .chain(directory::USAGE)
}
