//! The search of the palette: the index over the catalogue, made once for each language, and what it finds in a tab.

use std::sync::Arc;

use flow::search::{CardIndex, FoundCard};
use flow::{CardKey, Catalogue};

use super::groups::is_kind;

/// So many cards are shown; further ones fit badly.
const MOST: usize = 40;

/// Returns the cards of a tab that a text finds, best first.
pub(super) fn found(
    index: &CardIndex,
    catalogue: &Catalogue,
    typed: &str,
    filter: &str,
    recent: &[CardKey],
) -> Vec<FoundCard> {
    let mut found = index.find(typed, recent);
    found.retain(|card| {
        catalogue
            .card(&card.key)
            .is_some_and(|spec| is_kind(spec, filter))
    });
    found.truncate(MOST);
    found
}

/// An index that is compared by the catalogue it was made of.
#[derive(Clone)]
pub(super) struct Indexed {
    of: Arc<Catalogue>,
    pub(super) index: Arc<CardIndex>,
}

impl Indexed {
    pub(super) fn new(of: Arc<Catalogue>) -> Self {
        let index = Arc::new(CardIndex::new(&of));
        Self { of, index }
    }
}

impl PartialEq for Indexed {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.of, &other.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::catalogue;

    #[track_caller]
    fn finds(text: &str, filter: &str, expected: &[&str]) {
        let catalogue = catalogue();
        let index = CardIndex::new(&catalogue);
        let found = found(&index, &catalogue, text, filter, &[]);
        let keys: Vec<_> = found.iter().map(|card| card.key.as_str()).collect();
        assert_eq!(keys, expected, "{text} in {filter}");
    }

    #[test]
    fn cards_are_found_in_both_languages_and_by_tab() {
        finds("read", "all", &["okta:readUser"]);
        finds("Suspend Userの日本語", "all", &["okta:suspendUser"]);
        finds("user", "events", &["okta:added"]);
        finds("user", "actions", &["okta:readUser", "okta:suspendUser"]);
        finds("", "events", &[]);
        finds("nothing", "all", &[]);
    }
}
