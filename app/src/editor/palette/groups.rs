//! All cards by heading, as the palette shows them while nothing is searched.

use flow::{CardKey, CardKind, CardSpec, Catalogue};

use crate::i18n::Speech;
use crate::i18n::texts::EditorText;

/// Headings with their cards.
pub(super) type Groups = Vec<(Heading, Vec<CardKey>)>;

/// A heading of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heading {
    Events(String),
    Actions(String),
    Category(String),
}

impl Heading {
    pub(super) fn said(self, speech: Speech) -> String {
        match self {
            Self::Events(app) => speech.say(&EditorText::EventsOf { app }),
            Self::Actions(app) => speech.say(&EditorText::ActionsOf { app }),
            Self::Category(name) => name,
        }
    }
}

/// Returns the cards of a tab by heading, in the order of the catalogue.
pub(super) fn groups(catalogue: &Catalogue, filter: &str) -> Groups {
    let mut groups: Groups = Vec::new();
    for card in catalogue
        .cards()
        .filter(|card| card.listed && is_kind(card, filter))
    {
        let heading = heading(card);
        match groups.iter_mut().find(|known| known.0 == heading) {
            Some(known) => known.1.push(card.key.clone()),
            None => groups.push((heading, vec![card.key.clone()])),
        }
    }
    groups
}

/// The heading of a card. Events and actions of one app are two headings.
fn heading(card: &CardSpec) -> Heading {
    let of_app = card.connector.is_some() && !card.goes_without;
    match card.kind {
        CardKind::Event if of_app => Heading::Events(card.category.clone()),
        CardKind::Action if of_app => Heading::Actions(card.category.clone()),
        _ => Heading::Category(card.category.clone()),
    }
}

/// Tells whether a card belongs to a tab.
pub(super) fn is_kind(card: &CardSpec, filter: &str) -> bool {
    match filter {
        "events" => card.kind == CardKind::Event,
        "actions" => card.kind == CardKind::Action,
        "functions" => matches!(card.kind, CardKind::Function | CardKind::Control),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::example::catalogue;

    #[test]
    fn events_and_actions_of_an_app_are_two_headings() {
        let of = |filter| -> Vec<(Heading, usize)> {
            let groups = groups(&catalogue(), filter).into_iter();
            groups
                .map(|(heading, cards)| (heading, cards.len()))
                .collect()
        };
        let okta = || "Okta".to_owned();
        assert_eq!(
            of("all"),
            [
                (Heading::Events(okta()), 1),
                (Heading::Actions(okta()), 2),
                (Heading::Category(okta()), 3)
            ]
        );
        assert_eq!(of("events"), [(Heading::Events(okta()), 1)]);
        assert_eq!(of("functions"), [(Heading::Category(okta()), 3)]);
    }
}
