//! All cards in the order of the palette, and the look-ups over them.

use std::collections::HashMap;
use std::sync::LazyLock;

use flow::{Args, CardKey, Catalogue};

use crate::declare::{Card, Repeat, Run};
use crate::{active_directory, control, events, files, functions, http, okta, starts, tables};

/// A language of the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    En,
    /// Japanese.
    Ja,
}

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| build(Language::En));
static JAPANESE: LazyLock<Catalogue> = LazyLock::new(|| build(Language::Ja));
static BY_KEY: LazyLock<HashMap<&'static str, Card>> =
    LazyLock::new(|| all().into_iter().map(|card| (card.key, card)).collect());

/// Returns the catalogue in `language`; it is built once.
pub fn catalogue(language: Language) -> &'static Catalogue {
    match language {
        Language::En => &ENGLISH,
        Language::Ja => &JAPANESE,
    }
}

/// Returns how the card of this key runs; nothing for a card that the catalogue does not have.
pub fn run_of(key: &CardKey) -> Option<Run> {
    find(key).map(|card| card.run)
}

/// Returns whether this call may be made a second time: as [`run_of`] says, except that a card which sends any request
/// depends on its method. Nothing for cards that make no call.
pub fn repeat_of(key: &CardKey, args: &Args) -> Option<Repeat> {
    let Run::Call { repeatable } = run_of(key)? else {
        return None;
    };
    let chosen = match key.as_str() {
        "okta:hTTPRequest" if okta::deletes_user(args) => return Some(Repeat::Never),
        "okta:hTTPRequest" => args.get("parameters", "requestType"),
        "httpfunctions:raw" => args.get("Request", "Method"),
        _ => return Some(repeatable),
    };
    Some(match chosen.to_text().to_uppercase().as_str() {
        "" | "GET" | "GET(STREAMING)" | "PUT" | "DELETE" => Repeat::Safe,
        _ => Repeat::Never,
    })
}

/// Tells whether the key was seen as an address in exported flows; others rest on Okta's documentation.
pub fn is_confirmed(key: &CardKey) -> bool {
    find(key).is_some_and(|card| card.confirmed)
}

pub(crate) fn find(key: &CardKey) -> Option<&'static Card> {
    BY_KEY.get(key.as_str())
}

/// Returns all declarations in the order of the palette.
pub(crate) fn all() -> Vec<Card> {
    let mut cards = Vec::with_capacity(320);
    cards.extend(starts::cards());
    cards.extend(events::cards());
    cards.extend(okta::cards());
    cards.extend(active_directory::cards());
    cards.extend(control::cards());
    cards.extend(functions::cards());
    cards.extend(tables::cards());
    cards.extend(http::cards());
    cards.extend(files::cards());
    cards
}

fn build(language: Language) -> Catalogue {
    let specs: Vec<_> = all()
        .iter()
        .filter_map(|card| card.spec(language))
        .collect();
    Catalogue::from(specs)
}

#[cfg(test)]
mod hostile;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;
