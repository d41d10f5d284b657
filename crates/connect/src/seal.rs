//! Secrets at rest: XChaCha20-Poly1305 under a versioned key that lives outside the database. What a secret belongs to
//! (a connection's id, for instance) is authenticated with it, so a sealed secret cannot be moved to another row.

use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};

use crate::error::ConnectError;

const NONCE: usize = 24;
const KEY: usize = 32;

/// A sealed secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// Version of the key that sealed it.
    pub key_version: i64,
    /// Nonce and ciphertext.
    pub bytes: Vec<u8>,
}

/// Seals and opens secrets.
pub struct Sealer {
    keys: BTreeMap<i64, XChaCha20Poly1305>,
    /// The oldest key, from which tokens are derived: they outlive the rotation of keys.
    root: Vec<u8>,
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sealer")
            .field("versions", &self.keys.keys().collect::<Vec<_>>())
            .finish()
    }
}

impl Sealer {
    /// Reads a key file: a line a key, `version base64-of-32-bytes`; the highest version seals.
    pub fn from_key_file(text: &str) -> Result<Self, String> {
        let mut keys = BTreeMap::new();
        let mut oldest: Option<(i64, Vec<u8>)> = None;
        for line in text
            .lines()
            .map(str::trim)
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
        {
            let (version, key) = line.split_once(' ').ok_or("a line is not «version key»")?;
            let version: i64 = version
                .parse()
                .map_err(|_| "a key's version is not a number")?;
            let key = STANDARD
                .decode(key.trim())
                .map_err(|_| "a key is not base64")?;
            let cipher = XChaCha20Poly1305::new_from_slice(&key)
                .map_err(|_| "a key is not 32 bytes long")?;
            keys.insert(version, cipher);
            if oldest.as_ref().is_none_or(|(known, _)| version < *known) {
                oldest = Some((version, key));
            }
        }
        match oldest {
            Some((_, root)) => Ok(Self { keys, root }),
            None => Err("there is no key in it".to_owned()),
        }
    }

    /// Returns a token that only holders of the key file can compute, for instance an endpoint's client token.
    pub fn token(&self, label: &str) -> String {
        let inner = Sha256::new()
            .chain_update(&self.root)
            .chain_update(label)
            .finalize();
        let outer = Sha256::new()
            .chain_update(&self.root)
            .chain_update(inner)
            .finalize();
        outer.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Returns the text of a new key file with one random key.
    pub fn new_key_file() -> Result<String, String> {
        let mut key = [0_u8; KEY];
        OsRng
            .try_fill_bytes(&mut key)
            .map_err(|error| error.to_string())?;
        Ok(format!(
            "# Nagare seals secrets with these keys. Without this file they cannot be opened: back it up.\n1 {}\n",
            STANDARD.encode(key)
        ))
    }

    /// Seals `secret` for `owner`.
    pub fn seal(&self, owner: &str, secret: &[u8]) -> Result<Sealed, ConnectError> {
        let (version, cipher) = self.keys.last_key_value().ok_or(ConnectError::Sealed(0))?;
        let mut nonce = [0_u8; NONCE];
        OsRng
            .try_fill_bytes(&mut nonce)
            .map_err(|_| ConnectError::Sealed(*version))?;
        let sealed = cipher
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: secret,
                    aad: owner.as_bytes(),
                },
            )
            .map_err(|_| ConnectError::Sealed(*version))?;
        Ok(Sealed {
            key_version: *version,
            bytes: [nonce.as_slice(), sealed.as_slice()].concat(),
        })
    }

    /// Opens what was sealed for `owner`.
    pub fn open(&self, owner: &str, sealed: &Sealed) -> Result<Vec<u8>, ConnectError> {
        let wrong = || ConnectError::Sealed(sealed.key_version);
        let cipher = self.keys.get(&sealed.key_version).ok_or_else(wrong)?;
        let (nonce, text) = sealed.bytes.split_at_checked(NONCE).ok_or_else(wrong)?;
        let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| wrong())?;
        cipher
            .decrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: text,
                    aad: owner.as_bytes(),
                },
            )
            .map_err(|_| wrong())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_opens_only_for_its_owner_and_under_its_key() {
        let sealer = Sealer::from_key_file(&Sealer::new_key_file().unwrap()).unwrap();
        let sealed = sealer.seal("connection-1", b"secret").unwrap();
        assert!(!sealed.bytes.windows(6).any(|window| window == b"secret"));
        assert_eq!(sealer.open("connection-1", &sealed).unwrap(), b"secret");
        assert!(sealer.open("connection-2", &sealed).is_err());
        let mut broken = sealed.clone();
        broken.bytes[30] ^= 1;
        assert!(sealer.open("connection-1", &broken).is_err());
        let other = Sealer::from_key_file(&Sealer::new_key_file().unwrap()).unwrap();
        assert!(other.open("connection-1", &sealed).is_err());
    }

    #[test]
    fn a_newer_key_seals_and_the_older_still_opens() {
        let first = Sealer::new_key_file().unwrap();
        let sealed = Sealer::from_key_file(&first)
            .unwrap()
            .seal("c", b"old")
            .unwrap();
        let second = Sealer::new_key_file().unwrap().replace("\n1 ", "\n2 ");
        let both = Sealer::from_key_file(&format!("{first}{second}")).unwrap();
        assert_eq!(both.open("c", &sealed).unwrap(), b"old");
        assert_eq!(both.seal("c", b"new").unwrap().key_version, 2);
    }
}
