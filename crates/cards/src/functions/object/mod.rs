//! Object cards.

use crate::declare::Card;

mod build;
mod get;
mod parts;
mod rows;
mod set;

pub(super) fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(build::CARDS);
    cards.extend(get::CARDS);
    cards.extend(set::CARDS);
    cards.extend(parts::CARDS);
    cards.extend(rows::CARDS);
    cards
}
