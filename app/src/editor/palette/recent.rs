//! The cards that were added last in this browser.

use flow::CardKey;
use leptos::prelude::window;

/// So many are remembered.
const MOST: usize = 16;
const NAME: &str = "nagare.recent-cards";

/// Returns the cards that were added last, the newest first. Nothing where the browser keeps nothing.
pub(crate) fn recent_cards() -> Vec<CardKey> {
    let kept = window()
        .local_storage()
        .ok()
        .flatten()
        .and_then(|storage| storage.get_item(NAME).ok().flatten());
    read(&kept.unwrap_or_default())
}

/// Remembers that a card was added.
pub(crate) fn remember_card(key: &CardKey) {
    let storage = window().local_storage().ok().flatten();
    let kept = written(&with(recent_cards(), key));
    if storage.is_some_and(|storage| storage.set_item(NAME, &kept).is_err()) {
        leptos::logging::warn!("the browser keeps no recent cards");
    }
}

fn with(mut cards: Vec<CardKey>, key: &CardKey) -> Vec<CardKey> {
    cards.retain(|known| known != key);
    cards.insert(0, key.clone());
    cards.truncate(MOST);
    cards
}

fn read(kept: &str) -> Vec<CardKey> {
    kept.split('\n')
        .filter_map(CardKey::parse)
        .take(MOST)
        .collect()
}

fn written(cards: &[CardKey]) -> String {
    let keys: Vec<&str> = cards.iter().map(CardKey::as_str).collect();
    keys.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_card_is_first_and_each_is_there_once() {
        let mut cards = Vec::new();
        for key in ["a:a", "b:b", "a:a", "c:c"] {
            cards = with(cards, &CardKey::parse(key).unwrap());
        }
        assert_eq!(written(&cards), "c:c\na:a\nb:b");
        assert_eq!(read(&written(&cards)), cards);
        assert!(read("nonsense\n\n").is_empty());
        for index in 0..40 {
            cards = with(cards, &CardKey::new("m", &index.to_string()));
        }
        assert_eq!(cards.len(), MOST);
    }
}
