//! List cards that compute without a helper flow.

use crate::declare::Card;

mod build;
mod combine;
mod filter;
mod order;
mod pluck;
mod take;

pub(super) fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(build::CARDS);
    cards.extend(take::CARDS);
    cards.extend(filter::CARDS);
    cards.extend(pluck::CARDS);
    cards.extend(combine::CARDS);
    cards.extend(order::CARDS);
    cards
}
