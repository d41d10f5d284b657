//! Text › Random, Unique ID

use flow::{Args, CardError, Outputs};
use rand::rngs::StdRng;
use rand::{Rng, RngCore, SeedableRng};

use crate::declare::{Card, Category, Seed, example, number, seeded, text, words};
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [RANDOM, UNIQUE_ID];

/// Letters and digits.
const ALPHABET: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const MAX_LENGTH: i64 = 10_000;

const RANDOM: Card = seeded(
    "string:random",
    Category::Text,
    words("Random", "ランダム"),
    words(
        "Makes a random text of letters and digits, at most 10,000 characters long. It has 64 bits of randomness however long it is.",
        "英字と数字からなるランダムなテキストを作ります。長さは最大10,000文字で、長さにかかわらず乱数は64ビットです。",
    ),
    random,
)
.icon("dices")
.inputs(&[number("length").label("length").required()])
.outputs(&[text("output")])
.examples(&[
    example(r#"{"length": 0}"#, r#"{"output": ""}"#),
    example(r#"{"length": 10001}"#, r#""out_of_range""#),
]);

fn random(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let length = read::whole(args, "length")?.unwrap_or(0);
    if !(0..=MAX_LENGTH).contains(&length) {
        return Err(CardError::new(
            "out_of_range",
            format!("A random text can have 0 to 10,000 characters, not {length}."),
        ));
    }
    let mut rng = StdRng::seed_from_u64(seed.random);
    let text: String = (0..length)
        .filter_map(|_| ALPHABET.get(rng.random_range(0..ALPHABET.len())))
        .map(|&byte| char::from(byte))
        .collect();
    Ok(output("output", text))
}

const UNIQUE_ID: Card = seeded(
    "string:uniqueId",
    Category::Text,
    words("Unique ID", "一意のID"),
    words(
        "Makes an id that no other call makes: a UUID.",
        "ほかの呼び出しと重ならないID（UUID）を作ります。",
    ),
    unique_id,
)
.unconfirmed()
.icon("fingerprint")
.outputs(&[text("output")]);

/// A UUID of version 4 (RFC 9562, section 5.4) from the time and the randomness of this activation.
fn unique_id(_: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let mut bytes = [0; 16];
    let time = seed.now.timestamp_nanos_opt().unwrap_or_default();
    StdRng::seed_from_u64(seed.random ^ time.cast_unsigned()).fill_bytes(&mut bytes);
    let mut bits = u128::from_be_bytes(bytes);
    bits = bits & !(0xf << 76) | (0x4 << 76);
    bits = bits & !(0x3 << 62) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    Ok(output(
        "output",
        format!(
            "{}-{}-{}-{}-{}",
            part(0, 8),
            part(8, 12),
            part(12, 16),
            part(16, 20),
            part(20, 32)
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn a_seed_makes_one_id_of_the_right_form() {
        let make = |random| {
            let seed = Seed {
                now: DateTime::UNIX_EPOCH,
                random,
            };
            unique_id(&Args::default(), &seed).unwrap()
        };
        assert_eq!(make(7), make(7));
        assert_ne!(make(7), make(8));
        let id = make(7).first().unwrap().1.to_text();
        assert_eq!(id.len(), 36);
        assert_eq!(id.chars().nth(14), Some('4'));
        assert!(matches!(id.chars().nth(19), Some('8' | '9' | 'a' | 'b')));
    }
}
