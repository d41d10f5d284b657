//! Encryption cards: HMAC, Hash, Sign, Encrypt, Decrypt.

use crate::declare::Card;

mod digest;
mod keys;

mod hash;
mod seal;
mod sign;

pub(super) use digest::{Algorithm, hmac};
pub(super) use keys::{PrivateKey, PublicKey};

pub(super) fn cards() -> Vec<Card> {
    let mut cards = Vec::new();
    cards.extend(hash::CARDS);
    cards.push(sign::CARD);
    cards.extend(seal::CARDS);
    cards
}
