//! Hashes, keyed hashes (RFC 2104), and the forms in which cards give bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flow::CardError;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use crate::declare::{Field, pick, text};

/// A hash that cards offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::functions) enum Algorithm {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

/// The choice of a hash.
pub(super) const ALGORITHM: Field = text("algorithm")
    .label("algorithm")
    .required()
    .choices(&[
        pick("md5"),
        pick("sha1"),
        pick("sha256"),
        pick("sha384"),
        pick("sha512"),
    ])
    .starts_as("\"sha256\"");
/// The choice of a form.
pub(super) const DIGEST: Field = text("digest")
    .label("digest")
    .choices(&[pick("base64"), pick("hex"), pick("binary")])
    .starts_as("\"base64\"");

impl Algorithm {
    /// Reads a name such as `sha256`, `SHA-256` or OpenSSL's `RSA-SHA256`; an empty one is SHA-256.
    pub(in crate::functions) fn parse(name: &str) -> Result<Self, CardError> {
        let plain = name.trim().to_lowercase().replace(['-', '_'], "");
        match plain.strip_prefix("rsa").unwrap_or(&plain) {
            "md5" => Ok(Self::Md5),
            "sha1" => Ok(Self::Sha1),
            "sha224" => Ok(Self::Sha224),
            "" | "sha256" => Ok(Self::Sha256),
            "sha384" => Ok(Self::Sha384),
            "sha512" => Ok(Self::Sha512),
            _ => Err(CardError::new(
                "unknown_algorithm",
                format!(
                    "The algorithm {name} is not available. Choose md5, sha1, sha256, sha384 or sha512."
                ),
            )),
        }
    }

    /// Returns the hash of `data`.
    pub(in crate::functions) fn hash(self, data: &[u8]) -> Vec<u8> {
        match self {
            Self::Md5 => Md5::digest(data).to_vec(),
            Self::Sha1 => Sha1::digest(data).to_vec(),
            Self::Sha224 => Sha224::digest(data).to_vec(),
            Self::Sha256 => Sha256::digest(data).to_vec(),
            Self::Sha384 => Sha384::digest(data).to_vec(),
            Self::Sha512 => Sha512::digest(data).to_vec(),
        }
    }

    /// Bytes that the hash takes at a time.
    fn block(self) -> usize {
        match self {
            Self::Sha384 | Self::Sha512 => 128,
            _ => 64,
        }
    }
}

/// Returns the keyed hash (RFC 2104).
pub(in crate::functions) fn hmac(algorithm: Algorithm, key: &[u8], data: &[u8]) -> Vec<u8> {
    let mut padded = if key.len() > algorithm.block() {
        algorithm.hash(key)
    } else {
        key.to_vec()
    };
    padded.resize(algorithm.block(), 0);
    let mixed = |mask: u8, rest: &[u8]| {
        let mut bytes: Vec<u8> = padded.iter().map(|byte| byte ^ mask).collect();
        bytes.extend_from_slice(rest);
        bytes
    };
    let inner = algorithm.hash(&mixed(0x36, data));
    algorithm.hash(&mixed(0x5c, &inner))
}

/// Writes bytes in the form that is asked for: Base64 unless another is, hexadecimal digits, or one character for each
/// byte (ISO 8859-1, what JavaScript calls binary).
pub(super) fn written(bytes: &[u8], form: &str) -> Result<String, CardError> {
    match form.trim().to_lowercase().as_str() {
        "" | "base64" => Ok(STANDARD.encode(bytes)),
        "hex" => Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect()),
        "binary" | "latin1" => Ok(bytes.iter().map(|&byte| char::from(byte)).collect()),
        _ => Err(CardError::new(
            "unknown_digest",
            format!("The digest {form} is not available. Choose base64, hex or binary."),
        )),
    }
}
