//! Number cards.

use crate::declare::Card;

mod arithmetic;
mod formula;
mod more;
mod random;
mod rounding;

pub(super) fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(arithmetic::CARDS);
    cards.extend(rounding::CARDS);
    cards.extend(more::CARDS);
    cards.push(random::CARD);
    cards.push(formula::CARD);
    cards
}
