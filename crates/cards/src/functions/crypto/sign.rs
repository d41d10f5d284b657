//! Encryption › Sign, and the signatures that JSON Web Tokens share with it: RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017),
//! ECDSA with nonces that follow from key and data (RFC 6979).

use flow::{Args, CardError, Outputs};
use p256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier, RandomizedPrehashSigner};
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};
use rsa::{Pkcs1v15Sign, Pss};
use sha2::{Digest, Sha256, Sha384, Sha512};

use super::digest::{ALGORITHM, Algorithm, DIGEST, written};
use super::keys::{EcKey, PrivateKey, PublicKey};
use crate::declare::{Card, Category, example, function, text, words};
use crate::read::{self, output};

pub(super) const CARD: Card = function(
    "crypto:sign",
    Category::Encryption,
    words("Sign", "署名"),
    words(
        "Signs a text with a private key in PEM form, RSA or EC (P-256, P-384, P-521), with a passphrase where the key has one. An RSA signature is of the kind PKCS #1 v1.5, an EC signature is written as DER. md5 and sha1 are there for old services only.",
        "PEM形式の秘密鍵（RSA、またはEC：P-256、P-384、P-521）でテキストに署名します。鍵にパスフレーズがあれば指定してください。RSAの署名はPKCS #1 v1.5形式、ECの署名はDER形式です。md5とsha1は古いサービスのためのものです。",
    ),
    eval,
)
.unconfirmed()
.inputs(&[
    ALGORITHM,
    text("data").label("data").required(),
    text("key").of("privateKey").label("key").required(),
    text("passphrase").of("privateKey").label("passphrase"),
    DIGEST,
])
.outputs(&[text("output")])
.examples(&[
    example(
        r#"{"algorithm": "sha256", "data": "sample", "key": "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgya+p2EW6dRZrXCFX\nZ7HWk05Qw9s26JsSe4piKxIPZyGhRANCAARg/tS6JVqdMclh63TGNW1owEm4kjth\n+mzmaWIuYPKftnkD/hAIuLyZpBrp6VYovGTy8bIMLX6fUXejwpTURiKZ\n-----END PRIVATE KEY-----", "digest": "hex"}"#,
        r#"{"output": "3046022100efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716022100f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8"}"#,
    ),
    example(
        r#"{"algorithm": "sha256", "data": "x", "key": "no key"}"#,
        r#""invalid_key""#,
    ),
    example(r#"{"algorithm": "sha256", "data": "x", "key": ""}"#, r#""missing_key""#),
]);

fn eval(args: &Args) -> Result<Outputs, CardError> {
    let algorithm = Algorithm::parse(&read::text(args, "algorithm"))?;
    let key = args.get("privateKey", "key").to_text();
    let passphrase = args.get("privateKey", "passphrase").to_text();
    let key = PrivateKey::read(&key, &passphrase)?;
    let signature = key.sign(algorithm, read::text(args, "data").as_bytes())?;
    Ok(output(
        "output",
        written(&signature, &read::text(args, "digest"))?,
    ))
}

/// The forms of an ECDSA signature.
#[derive(Clone, Copy)]
enum Form {
    /// As OpenSSL writes it.
    Der,
    /// Both numbers one after the other (RFC 7518, section 3.4).
    Plain,
}

impl EcKey {
    fn sign(&self, hash: &[u8], form: Form) -> Result<Vec<u8>, CardError> {
        let signed = match self {
            Self::P256(key) => {
                let signed: Result<p256::ecdsa::Signature, _> = key.sign_prehash(hash);
                signed.map(|signature| match form {
                    Form::Der => signature.to_der().as_bytes().to_vec(),
                    Form::Plain => signature.to_bytes().to_vec(),
                })
            }
            Self::P384(key) => {
                let signed: Result<p384::ecdsa::Signature, _> = key.sign_prehash(hash);
                signed.map(|signature| match form {
                    Form::Der => signature.to_der().as_bytes().to_vec(),
                    Form::Plain => signature.to_bytes().to_vec(),
                })
            }
            Self::P521(key) => {
                let mut nonce = Salt::secret(&key.to_bytes(), hash);
                let signed: Result<p521::ecdsa::Signature, _> =
                    key.sign_prehash_with_rng(&mut nonce, hash);
                signed.map(|signature| match form {
                    Form::Der => signature.to_der().as_bytes().to_vec(),
                    Form::Plain => signature.to_bytes().to_vec(),
                })
            }
        };
        signed.map_err(|_| too_small())
    }

    /// Tells whether a JSON Web Signature with this hash takes keys on this curve.
    fn goes_with(&self, algorithm: Algorithm) -> bool {
        matches!(
            (self, algorithm),
            (Self::P256(_), Algorithm::Sha256)
                | (Self::P384(_), Algorithm::Sha384)
                | (Self::P521(_), Algorithm::Sha512)
        )
    }
}

impl PrivateKey {
    /// Signs as OpenSSL does: PKCS #1 v1.5, or ECDSA in DER.
    fn sign(&self, algorithm: Algorithm, data: &[u8]) -> Result<Vec<u8>, CardError> {
        let hash = algorithm.hash(data);
        match self {
            Self::Rsa(key) => key.sign(pkcs1(algorithm), &hash).map_err(|_| too_small()),
            Self::Ec(key) => key.sign(&hash, Form::Der),
        }
    }

    /// Signs as JSON Web Signatures are (RFC 7518, section 3): `RS`, `PS` or `ES` with the hash.
    pub(in crate::functions) fn sign_token(
        &self,
        kind: &str,
        algorithm: Algorithm,
        data: &[u8],
        random: u64,
    ) -> Result<Vec<u8>, CardError> {
        let hash = algorithm.hash(data);
        match (kind, self) {
            ("RS", Self::Rsa(key)) => key.sign(pkcs1(algorithm), &hash).map_err(|_| too_small()),
            ("PS", Self::Rsa(key)) => key
                .sign_with_rng(&mut Salt::new(random), pss(algorithm), &hash)
                .map_err(|_| too_small()),
            ("ES", Self::Ec(key)) if key.goes_with(algorithm) => key.sign(&hash, Form::Plain),
            _ => Err(other_key()),
        }
    }
}

impl PublicKey {
    /// Tells whether this is the signature of `data` in a JSON Web Signature.
    pub(in crate::functions) fn verifies_token(
        &self,
        kind: &str,
        algorithm: Algorithm,
        data: &[u8],
        signature: &[u8],
    ) -> Result<bool, CardError> {
        let hash = algorithm.hash(data);
        Ok(match (kind, self) {
            ("RS", Self::Rsa(key)) => key.verify(pkcs1(algorithm), &hash, signature).is_ok(),
            ("PS", Self::Rsa(key)) => key.verify(pss(algorithm), &hash, signature).is_ok(),
            ("ES", Self::P256(key)) if algorithm == Algorithm::Sha256 => {
                p256::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify_prehash(&hash, &signature).is_ok())
            }
            ("ES", Self::P384(key)) if algorithm == Algorithm::Sha384 => {
                p384::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify_prehash(&hash, &signature).is_ok())
            }
            ("ES", Self::P521(key)) if algorithm == Algorithm::Sha512 => {
                p521::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify_prehash(&hash, &signature).is_ok())
            }
            _ => return Err(other_key()),
        })
    }
}

/// The padding with the name of the hash (RFC 8017, section 9.2, note 1).
fn pkcs1(algorithm: Algorithm) -> Pkcs1v15Sign {
    const SHA2: [u8; 13] = [48, 0, 48, 13, 6, 9, 96, 134, 72, 1, 101, 3, 4];
    let sha2 = |number: u8, length: u8| {
        let mut prefix = SHA2.to_vec();
        prefix.extend([2, number, 5, 0, 4, length]);
        // The length of all that follows.
        if let Some(place) = prefix.get_mut(1) {
            *place = 17 + length;
        }
        prefix
    };
    let prefix = match algorithm {
        Algorithm::Md5 => vec![
            48, 32, 48, 12, 6, 8, 42, 134, 72, 134, 247, 13, 2, 5, 5, 0, 4, 16,
        ],
        Algorithm::Sha1 => vec![48, 33, 48, 9, 6, 5, 43, 14, 3, 2, 26, 5, 0, 4, 20],
        Algorithm::Sha224 => sha2(4, 28),
        Algorithm::Sha256 => sha2(1, 32),
        Algorithm::Sha384 => sha2(2, 48),
        Algorithm::Sha512 => sha2(3, 64),
    };
    let length = prefix.last().map(|length| usize::from(*length));
    Pkcs1v15Sign {
        hash_len: length,
        prefix: prefix.into(),
    }
}

/// The salt is as long as the hash (RFC 7518, section 3.5).
fn pss(algorithm: Algorithm) -> Pss {
    match algorithm {
        Algorithm::Sha512 => Pss::new_with_salt::<Sha512>(64),
        Algorithm::Sha384 => Pss::new_with_salt::<Sha384>(48),
        _ => Pss::new_with_salt::<Sha256>(32),
    }
}

/// Makes the salt of a signature from the randomness of the activation. A salt is public.
struct Salt(StdRng);

impl Salt {
    fn new(random: u64) -> Self {
        Self(StdRng::seed_from_u64(random))
    }

    /// Follows from key and hash, as in RFC 6979: nobody else can know it, and no two texts share it.
    fn secret(key: &[u8], hash: &[u8]) -> Self {
        let seed = Sha256::new()
            .chain_update(key)
            .chain_update(hash)
            .finalize();
        Self(StdRng::from_seed(seed.into()))
    }
}

impl rsa::rand_core::RngCore for Salt {
    fn next_u32(&mut self) -> u32 {
        self.0.next_u32()
    }

    fn next_u64(&mut self) -> u64 {
        self.0.next_u64()
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill_bytes(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        self.0.fill_bytes(bytes);
        Ok(())
    }
}

impl rsa::rand_core::CryptoRng for Salt {}

fn too_small() -> CardError {
    CardError::new(
        "invalid_key",
        "The key and this hash do not go together. Take a larger key, or another hash.",
    )
}

fn other_key() -> CardError {
    CardError::new(
        "invalid_key",
        "The key is of another kind than the algorithm: RS and PS take RSA keys, ES256 keys on P-256, ES384 on P-384, ES512 on P-521.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD;

    const RSA: &str = include_str!("test_keys/rsa.pem");

    #[test]
    fn rsa_signatures_are_those_of_openssl() {
        for (algorithm, expected) in [
            (Algorithm::Md5, include_str!("test_keys/sig_md5")),
            (Algorithm::Sha1, include_str!("test_keys/sig_sha1")),
            (Algorithm::Sha256, include_str!("test_keys/sig_sha256")),
            (Algorithm::Sha384, include_str!("test_keys/sig_sha384")),
            (Algorithm::Sha512, include_str!("test_keys/sig_sha512")),
        ] {
            let key = PrivateKey::read(RSA, "").unwrap();
            let signature = key.sign(algorithm, "流れ".as_bytes()).unwrap();
            assert_eq!(STANDARD.encode(signature), expected, "{algorithm:?}");
        }
    }

    #[test]
    fn keys_are_read_in_all_their_forms() {
        let expected = include_str!("test_keys/sig_sha256");
        let on_one_line = RSA.replace('\n', "\\n");
        let with_blanks = RSA.replace('\n', "\r\n  ");
        for (key, passphrase) in [
            (include_str!("test_keys/rsa_pkcs1.pem"), ""),
            (include_str!("test_keys/rsa_enc.pem"), "open sesame"),
            (on_one_line.as_str(), ""),
            (with_blanks.as_str(), ""),
        ] {
            let key = PrivateKey::read(key, passphrase).unwrap();
            let signature = key.sign(Algorithm::Sha256, "流れ".as_bytes()).unwrap();
            assert_eq!(STANDARD.encode(signature), expected);
        }
        for passphrase in ["", "wrong"] {
            let sealed = include_str!("test_keys/rsa_enc.pem");
            let error = PrivateKey::read(sealed, passphrase).err().unwrap();
            assert_eq!(error.code, "invalid_key");
        }
        let endless = "A".repeat(1 << 20);
        assert!(PrivateKey::read(&endless, "").is_err());
    }

    #[test]
    fn public_keys_are_read_in_all_their_forms() {
        let signature = STANDARD
            .decode(include_str!("test_keys/sig_sha256"))
            .unwrap();
        for key in [
            include_str!("test_keys/rsa_pub.pem"),
            include_str!("test_keys/rsa_pub1.pem"),
            include_str!("test_keys/rsa.jwk"),
            RSA,
        ] {
            let key = PublicKey::read(key).unwrap();
            let check = |data: &str| {
                key.verifies_token("RS", Algorithm::Sha256, data.as_bytes(), &signature)
            };
            assert_eq!(check("流れ"), Ok(true));
            assert_eq!(check("流"), Ok(false));
        }
        let pss = STANDARD.decode(include_str!("test_keys/pss256")).unwrap();
        let key = PublicKey::read(include_str!("test_keys/rsa_pub.pem")).unwrap();
        assert_eq!(
            key.verifies_token("PS", Algorithm::Sha256, b"hello", &pss),
            Ok(true)
        );
    }
}
