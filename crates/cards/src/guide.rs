//! How people find a card and learn it: words that other products use for it, the calls and events behind it, an example
//! in words where no computed one is possible, and which cards follow it in practice.

mod following;
mod keywords;
mod usage;

use flow::{CardKey, Guide};

use crate::catalogue::Language;
use crate::declare::Card;
use crate::{events, okta};
use following::FOLLOWING;
use keywords::KEYWORDS;
use usage::USAGE;

/// Returns the guide of a card in `language`; its keywords are in both.
pub(crate) fn of(card: &Card, language: Language) -> Guide {
    let keywords = KEYWORDS
        .iter()
        .filter(|(key, _)| *key == card.key)
        .flat_map(|(_, words)| words.split(", "))
        .map(str::to_owned)
        .collect();
    let usage = USAGE
        .iter()
        .find(|(key, _)| *key == card.key)
        .map(|(_, words)| words.get(language).to_owned());
    let follows = FOLLOWING
        .iter()
        .filter(|(key, _)| *key == card.key)
        .flat_map(|(_, next)| next.iter())
        .filter_map(|key| CardKey::parse(key))
        .collect();
    Guide {
        keywords,
        calls: calls(card),
        usage: usage.unwrap_or_default(),
        follows,
    }
}

/// The event types of the System Log that start a flow with the card, or the calls of Okta's API that it makes.
fn calls(card: &Card) -> Vec<String> {
    let Some(key) = card.card_key() else {
        return Vec::new();
    };
    let types = events::event_types(&key);
    if types.is_empty() {
        return okta::call_of(&key).into_iter().collect();
    }
    types.iter().map(|&name| name.to_owned()).collect()
}

#[cfg(test)]
mod tests;
