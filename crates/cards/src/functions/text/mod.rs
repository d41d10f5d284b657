//! Text cards.

use crate::declare::Card;

mod base64;
mod case;
mod compose;
mod email;
mod find;
mod pattern;
mod random;
mod replace;
mod segment;
mod split;

pub(super) use base64::decode_bytes;
pub(super) use compose::fill;

pub(super) fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(compose::CARDS);
    cards.extend(find::CARDS);
    cards.push(pattern::CARD);
    cards.extend(replace::CARDS);
    cards.extend(split::CARDS);
    cards.extend(segment::CARDS);
    cards.extend(case::CARDS);
    cards.push(email::CARD);
    cards.extend(random::CARDS);
    cards.extend(base64::CARDS);
    cards
}
