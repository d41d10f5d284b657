//! Encryption › Encrypt, Decrypt: AES-256-GCM (NIST SP 800-38D) under a key from a passphrase (PBKDF2, RFC 8018).
//!
//! The result is Base64 of a version byte, the salt of the passphrase (16 bytes), the nonce (12 bytes) and the sealed text
//! with its tag.

use std::num::NonZeroU32;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flow::{Args, CardError, Outputs};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use ring::pbkdf2;

use crate::bounds::text_within;
use crate::declare::{Card, Category, Seed, example, function, seeded, text, words};
use crate::functions::text::decode_bytes;
use crate::read::{self, output};

pub(super) static CARDS: [Card; 2] = [ENCRYPT, DECRYPT];

const VERSION: u8 = 1;
const ROUNDS: NonZeroU32 = NonZeroU32::new(100_000).unwrap();
const SALT: usize = 16;
const NONCE: usize = 12;

const ENCRYPT: Card = seeded(
    "crypto:encrypt",
    Category::Encryption,
    words("Encrypt", "暗号化"),
    words(
        "Encrypts a text with a passphrase; Decrypt reads it again. AES-256-GCM under a key from PBKDF2 with SHA-256 and 100,000 rounds: Base64 of a 1, 16 bytes of salt, 12 bytes of nonce, and the sealed text with its tag. The same text gives another result each time. Okta's page of this card could not be found, so its name, inputs and form are our choice.",
        "パスフレーズでテキストを暗号化します。「復号」で元に戻せます。PBKDF2（SHA-256、10万回）で作った鍵とAES-256-GCMを使い、結果はバージョン番号1、16バイトのソルト、12バイトのナンス、タグ付きの暗号文をつなげたBase64です。同じテキストでも結果は毎回異なります。このカードはOktaのドキュメントで確認できないため、名前、入力、形式は独自に定めたものです。",
    ),
    encrypt,
)
.unconfirmed()
.inputs(&[
    text("data").label("data").required(),
    text("key").label("passphrase").required(),
])
.outputs(&[text("output")])
.examples(&[example(r#"{"data": "x", "key": ""}"#, r#""missing_key""#)]);

fn encrypt(args: &Args, seed: &Seed) -> Result<Outputs, CardError> {
    let mut text = text_within(read::text(args, "data"))?.into_bytes();
    // Two activations with the same random number do not come at the same time.
    let time = seed.now.timestamp_micros().cast_unsigned();
    let mut rng = StdRng::seed_from_u64(seed.random ^ time.rotate_left(32));
    let mut sealed = vec![VERSION; 1 + SALT + NONCE];
    let (salt, nonce) = halves(&mut sealed)?;
    rng.fill_bytes(salt);
    rng.fill_bytes(nonce);
    let key = key(args, salt)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
    key.seal_in_place_append_tag(nonce, Aad::empty(), &mut text)
        .map_err(|_| broken())?;
    sealed.append(&mut text);
    Ok(output("output", STANDARD.encode(sealed)))
}

const DECRYPT: Card = function(
    "crypto:decrypt",
    Category::Encryption,
    words("Decrypt", "復号"),
    words(
        "Decrypts what Encrypt made, with the same passphrase. Another passphrase, or a text that was changed, is an error. Okta's page of this card could not be found, so its name, inputs and form are our choice.",
        "「暗号化」で作ったテキストを、同じパスフレーズで復号します。パスフレーズが違う場合や、テキストが変更されている場合はエラーになります。このカードはOktaのドキュメントで確認できないため、名前、入力、形式は独自に定めたものです。",
    ),
    decrypt,
)
.unconfirmed()
.inputs(&[
    text("data").label("data").required(),
    text("key").label("passphrase").required(),
])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"data": "AQABAgMEBQYHCAkKCwwNDg8AAQIDBAUGBwgJCgtBhoJEIC1egFFeQJPPWBXRjl6/1cSH", "key": "correct horse"}"#,
        r#"{"output": "流れ"}"#,
    ),
    example(
        r#"{"data": "AQABAgMEBQYHCAkKCwwNDg8AAQIDBAUGBwgJCgtBhoJEIC1egFFeQJPPWBXRjl6/1cSH", "key": "wrong horse"}"#,
        r#""not_opened""#,
    ),
    example(r#"{"data": "%", "key": "k"}"#, r#""not_base64""#),
]);

fn decrypt(args: &Args) -> Result<Outputs, CardError> {
    let mut bytes = decode_bytes(&read::text(args, "data"))?;
    if bytes.len() < 1 + SALT + NONCE || bytes.first() != Some(&VERSION) {
        return Err(not_opened());
    }
    let mut sealed = bytes.split_off(1 + SALT + NONCE);
    let (salt, nonce) = halves(&mut bytes)?;
    let key = key(args, salt)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| broken())?;
    let text = key
        .open_in_place(nonce, Aad::empty(), &mut sealed)
        .map_err(|_| not_opened())?;
    let text = std::str::from_utf8(text).map_err(|_| not_opened())?;
    Ok(output("output", text))
}

/// The salt and the nonce, behind the version.
fn halves(head: &mut [u8]) -> Result<(&mut [u8], &mut [u8]), CardError> {
    head.split_at_mut_checked(1)
        .and_then(|(_, rest)| rest.split_at_mut_checked(SALT))
        .ok_or_else(broken)
}

fn key(args: &Args, salt: &[u8]) -> Result<LessSafeKey, CardError> {
    let passphrase = read::text(args, "key");
    if passphrase.is_empty() {
        return Err(CardError::new(
            "missing_key",
            "The passphrase is empty. What is encrypted with it would be open to everybody.",
        ));
    }
    let mut key = [0; 32];
    let kind = pbkdf2::PBKDF2_HMAC_SHA256;
    pbkdf2::derive(kind, ROUNDS, salt, passphrase.as_bytes(), &mut key);
    let key = UnboundKey::new(&AES_256_GCM, &key).map_err(|_| broken())?;
    Ok(LessSafeKey::new(key))
}

fn not_opened() -> CardError {
    CardError::new(
        "not_opened",
        "The text cannot be decrypted: the passphrase is another one, or the text was changed or does not come from Encrypt.",
    )
}

fn broken() -> CardError {
    CardError::new("not_opened", "The text cannot be encrypted or decrypted.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;
    use flow::{Arg, FieldKey, Value};

    fn args(data: &str) -> Args {
        let arg = |key: &str, value: &str| Arg {
            key: FieldKey::plain(key),
            value: Value::from(value),
            custom: false,
        };
        Args {
            inputs: vec![arg("data", data), arg("key", "correct horse")],
            wanted: Vec::new(),
        }
    }

    #[test]
    fn what_is_encrypted_can_be_decrypted() {
        let seal = |random| {
            let seed = Seed {
                now: DateTime::UNIX_EPOCH,
                random,
            };
            encrypt(&args("流れ 🔑"), &seed).unwrap()[0].1.to_text()
        };
        assert_ne!(seal(1), seal(2));
        let opened = decrypt(&args(&seal(1))).unwrap();
        assert_eq!(opened[0].1.to_text(), "流れ 🔑");
        let mut changed = decode_bytes(&seal(1)).unwrap();
        *changed.last_mut().unwrap() ^= 1;
        let error = decrypt(&args(&STANDARD.encode(changed))).unwrap_err();
        assert_eq!(error.code, "not_opened");
    }
}
