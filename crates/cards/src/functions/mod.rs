//! Function cards, one folder for each heading of the palette.

use crate::declare::Card;

mod crypto;
mod expression;
mod json;
mod jwt;
mod list;
mod number;
mod object;
mod text;
mod time;
mod truth;
mod url;
mod xml;

pub(crate) use url::decoded as decode;

pub(crate) fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(text::cards());
    cards.extend(number::cards());
    cards.extend(truth::CARDS);
    cards.extend(time::cards());
    cards.extend(object::cards());
    cards.extend(list::cards());
    cards.extend(json::CARDS);
    cards.extend(xml::CARDS);
    cards.extend(url::cards());
    cards.extend(crypto::cards());
    cards.extend(jwt::CARDS);
    cards.extend(expression::CARDS);
    cards
}
