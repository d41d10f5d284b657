//! Date & Time cards.

use crate::declare::Card;

mod codes;
mod convert;
mod difference;
mod now;
mod reading;
mod shift;
mod stamps;
mod writing;

pub(super) fn cards() -> Vec<Card> {
    let mut cards = vec![now::CARD];
    cards.extend(shift::CARDS);
    cards.push(difference::CARD);
    cards.push(writing::CARD);
    cards.push(reading::CARD);
    cards.push(convert::CARD);
    cards.extend(stamps::CARDS);
    cards
}
