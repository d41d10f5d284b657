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

/// Returns the guide of a card in `language`; its keywords are in both.
pub(crate) fn of(card: &Card, language: Language) -> Guide {
    let keywords = line_of(KEYWORDS, card.key).map(|words| words.split(", ").map(str::to_owned));
    let usage = usage::of(card.key).map(|words| words.get(language).to_owned());
    let follows =
        line_of(FOLLOWING, card.key).map(|next| next.split(' ').filter_map(CardKey::parse));
    Guide {
        keywords: keywords.into_iter().flatten().collect(),
        calls: calls(card),
        usage: usage.unwrap_or_default(),
        follows: follows.into_iter().flatten().collect(),
    }
}

/// What stands behind a key at the beginning of a line.
fn line_of(table: &'static str, key: &str) -> Option<&'static str> {
    table
        .lines()
        .filter_map(|line| line.split_once(' '))
        .find_map(|(known, rest)| (known == key).then_some(rest))
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
