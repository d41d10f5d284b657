//! Keys as people paste them: PEM in its usual forms (PKCS #8, also with a passphrase; PKCS #1; SEC 1; SPKI) and JSON Web
//! Keys (RFC 7517). Keys come from outside, so their size and the work that their passphrase asks for are bounded.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use flow::CardError;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use rsa::pkcs1::{DecodeRsaPrivateKey, DecodeRsaPublicKey};
use rsa::pkcs8::der::Decode;
use rsa::pkcs8::pkcs5::pbes2::Kdf;
use rsa::pkcs8::{DecodePrivateKey, DecodePublicKey, EncryptedPrivateKeyInfo, SecretDocument};
use rsa::traits::PublicKeyParts;
use rsa::{BigUint, RsaPrivateKey, RsaPublicKey};
use serde_json::Value as Json;

/// No key is written longer.
const MAX_TEXT: usize = 20_000;
/// The largest RSA key, in bytes: 8192 bits.
const MAX_RSA: usize = 1024;
/// What a passphrase may ask for.
const MAX_ROUNDS: u32 = 1_000_000;
const MAX_SCRYPT: u64 = 1 << 18;

/// A key that signs.
pub(in crate::functions) enum PrivateKey {
    Rsa(Box<RsaPrivateKey>),
    Ec(Box<EcKey>),
}

/// A key on an elliptic curve that signs.
pub(in crate::functions) enum EcKey {
    P256(p256::ecdsa::SigningKey),
    P384(p384::ecdsa::SigningKey),
    P521(p521::ecdsa::SigningKey),
}

/// A key that verifies.
pub(in crate::functions) enum PublicKey {
    Rsa(RsaPublicKey),
    P256(p256::ecdsa::VerifyingKey),
    P384(p384::ecdsa::VerifyingKey),
    P521(p521::ecdsa::VerifyingKey),
}

impl PrivateKey {
    /// Reads a private key.
    pub(in crate::functions) fn read(text: &str, passphrase: &str) -> Result<Self, CardError> {
        let text = tidy(text)?;
        let read = if text.contains("BEGIN ENCRYPTED PRIVATE KEY") {
            let document = opened(&text, passphrase)?;
            Self::from_der(document.as_bytes())
        } else if text.contains("BEGIN RSA PRIVATE KEY") {
            if text.contains("ENCRYPTED") {
                return Err(unreadable(
                    "its passphrase is of the old kind; convert it with `openssl pkcs8 -topk8`",
                ));
            }
            RsaPrivateKey::from_pkcs1_pem(&text).ok().map(Self::rsa)
        } else if text.contains("BEGIN EC PRIVATE KEY") {
            Self::from_sec1(&text)
        } else {
            SecretDocument::from_pem(&text)
                .ok()
                .and_then(|(_, document)| Self::from_der(document.as_bytes()))
        };
        match read {
            Some(Self::Rsa(key)) if key.size() > MAX_RSA => {
                Err(unreadable("RSA keys may have 8192 bits at most"))
            }
            Some(key) => Ok(key),
            None => Err(unreadable("it is not an RSA or EC private key in PEM form")),
        }
    }

    fn rsa(key: RsaPrivateKey) -> Self {
        Self::Rsa(Box::new(key))
    }

    fn ec(key: EcKey) -> Self {
        Self::Ec(Box::new(key))
    }

    fn from_der(der: &[u8]) -> Option<Self> {
        if let Ok(key) = RsaPrivateKey::from_pkcs8_der(der) {
            return Some(Self::rsa(key));
        }
        if let Ok(key) = p256::SecretKey::from_pkcs8_der(der) {
            return Some(Self::ec(EcKey::P256(key.into())));
        }
        if let Ok(key) = p384::SecretKey::from_pkcs8_der(der) {
            return Some(Self::ec(EcKey::P384(key.into())));
        }
        let key = p521::SecretKey::from_pkcs8_der(der).ok()?;
        EcKey::of_p521(&key).map(Self::ec)
    }

    fn from_sec1(pem: &str) -> Option<Self> {
        if let Ok(key) = p256::SecretKey::from_sec1_pem(pem) {
            return Some(Self::ec(EcKey::P256(key.into())));
        }
        if let Ok(key) = p384::SecretKey::from_sec1_pem(pem) {
            return Some(Self::ec(EcKey::P384(key.into())));
        }
        let key = p521::SecretKey::from_sec1_pem(pem).ok()?;
        EcKey::of_p521(&key).map(Self::ec)
    }

    /// Returns the key that verifies what this one signs.
    fn public(&self) -> PublicKey {
        match self {
            Self::Rsa(key) => PublicKey::Rsa(key.to_public_key()),
            Self::Ec(key) => match key.as_ref() {
                EcKey::P256(key) => PublicKey::P256(*key.verifying_key()),
                EcKey::P384(key) => PublicKey::P384(*key.verifying_key()),
                EcKey::P521(key) => PublicKey::P521(p521::ecdsa::VerifyingKey::from(key)),
            },
        }
    }
}

impl EcKey {
    fn of_p521(key: &p521::SecretKey) -> Option<Self> {
        p521::ecdsa::SigningKey::from_bytes(&key.to_bytes())
            .ok()
            .map(Self::P521)
    }
}

impl PublicKey {
    /// Reads a public key, or takes the public half of a private one.
    pub(in crate::functions) fn read(text: &str) -> Result<Self, CardError> {
        let text = tidy(text)?;
        let read = if text.trim_start().starts_with('{') {
            serde_json::from_str(&text)
                .ok()
                .and_then(|json| Self::from_jwk(&json))
        } else if text.contains("PRIVATE KEY") {
            Some(PrivateKey::read(&text, "")?.public())
        } else if text.contains("BEGIN RSA PUBLIC KEY") {
            RsaPublicKey::from_pkcs1_pem(&text).ok().map(Self::Rsa)
        } else {
            Self::from_spki(&text)
        };
        match read {
            Some(Self::Rsa(key)) if key.size() > MAX_RSA => {
                Err(unreadable("RSA keys may have 8192 bits at most"))
            }
            Some(key) => Ok(key),
            None => Err(unreadable(
                "it is not an RSA or EC public key in PEM form or as a JSON Web Key",
            )),
        }
    }

    fn from_spki(pem: &str) -> Option<Self> {
        if let Ok(key) = RsaPublicKey::from_public_key_pem(pem) {
            return Some(Self::Rsa(key));
        }
        if let Ok(key) = p256::PublicKey::from_public_key_pem(pem) {
            return Some(Self::P256(key.into()));
        }
        if let Ok(key) = p384::PublicKey::from_public_key_pem(pem) {
            return Some(Self::P384(key.into()));
        }
        let key = p521::PublicKey::from_public_key_pem(pem).ok()?;
        let point = key.to_encoded_point(false);
        p521::ecdsa::VerifyingKey::from_encoded_point(&point)
            .ok()
            .map(Self::P521)
    }

    fn from_jwk(jwk: &Json) -> Option<Self> {
        let bytes = |name: &str| {
            let text = jwk.get(name)?.as_str()?;
            URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
        };
        if jwk.get("kty")?.as_str()? == "RSA" {
            let (n, e) = (bytes("n")?, bytes("e")?);
            if n.len() > MAX_RSA + 1 {
                return None;
            }
            let key = RsaPublicKey::new_with_max_size(
                BigUint::from_bytes_be(&n),
                BigUint::from_bytes_be(&e),
                MAX_RSA * 8,
            );
            return key.ok().map(Self::Rsa);
        }
        let mut point = vec![4];
        point.extend(bytes("x")?);
        point.extend(bytes("y")?);
        match jwk.get("crv")?.as_str()? {
            "P-256" => p256::ecdsa::VerifyingKey::from_sec1_bytes(&point)
                .ok()
                .map(Self::P256),
            "P-384" => p384::ecdsa::VerifyingKey::from_sec1_bytes(&point)
                .ok()
                .map(Self::P384),
            "P-521" => p521::ecdsa::VerifyingKey::from_sec1_bytes(&point)
                .ok()
                .map(Self::P521),
            _ => None,
        }
    }
}

/// Line ends as PEM has them: keys often come through JSON with `\n` written out, or on one line.
fn tidy(text: &str) -> Result<String, CardError> {
    if text.trim().is_empty() {
        return Err(CardError::new(
            "missing_key",
            "The key is empty. Paste the key in PEM form.",
        ));
    }
    if text.len() > MAX_TEXT {
        return Err(unreadable("it is longer than any key"));
    }
    let text = text.trim().replace("\\n", "\n").replace('\r', "");
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    Ok(format!("{}\n", lines.join("\n")))
}

/// Opens a key with a passphrase (PKCS #5, PBES2), unless that would take too long.
fn opened(pem: &str, passphrase: &str) -> Result<SecretDocument, CardError> {
    if passphrase.is_empty() {
        return Err(unreadable("it needs its passphrase"));
    }
    let broken = || unreadable("it is not a private key in PEM form");
    let (_, document) = SecretDocument::from_pem(pem).map_err(|_| broken())?;
    let sealed = EncryptedPrivateKeyInfo::from_der(document.as_bytes()).map_err(|_| broken())?;
    let is_bounded = match sealed
        .encryption_algorithm
        .pbes2()
        .map(|scheme| &scheme.kdf)
    {
        Some(Kdf::Pbkdf2(params)) => params.iteration_count <= MAX_ROUNDS,
        Some(Kdf::Scrypt(params)) => {
            let work = params
                .cost_parameter
                .saturating_mul(u64::from(params.block_size))
                .saturating_mul(u64::from(params.parallelization));
            work <= MAX_SCRYPT
        }
        _ => false,
    };
    if !is_bounded {
        return Err(unreadable(
            "its passphrase is of a kind that is not supported, or asks for too much work",
        ));
    }
    sealed
        .decrypt(passphrase)
        .map_err(|_| unreadable("the passphrase does not open it"))
}

fn unreadable(why: &str) -> CardError {
    CardError::new("invalid_key", format!("The key cannot be used: {why}."))
}
