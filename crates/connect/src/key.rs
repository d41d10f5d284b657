//! Private keys of service apps and of proofs of possession: made here, or pasted as PEM or JSON Web Key (RFC 7517). They
//! sign JSON Web Tokens (RFC 7515) with ES256 or RS256. In clear only inside this crate.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair as RsaKeyPair, KeyPairComponents, PublicKeyComponents};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use crate::error::ConnectError;

/// A private key. Prints only its id.
#[derive(Clone, Serialize, Deserialize)]
pub struct PrivateKey {
    /// How the org calls the key; absent where a PEM did not say.
    id: Option<String>,
    material: Material,
}

/// The key as it came; parts are base64.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Material {
    EcPkcs8(String),
    RsaPkcs8(String),
    RsaPkcs1(String),
    EcJwk(EcJwk),
    RsaJwk(RsaJwk),
}

#[derive(Clone, Serialize, Deserialize)]
struct EcJwk {
    d: String,
    x: String,
    y: String,
}

#[derive(Clone, Serialize, Deserialize)]
struct RsaJwk {
    n: String,
    e: String,
    d: String,
    p: String,
    q: String,
    dp: String,
    dq: String,
    qi: String,
}

enum Signer {
    Ec(EcdsaKeyPair),
    Rsa(RsaKeyPair),
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl PrivateKey {
    /// Makes a new key on the curve P-256; its id is its thumbprint (RFC 7638).
    pub fn new() -> Result<Self, ConnectError> {
        let document =
            EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &SystemRandom::new())
                .map_err(|_| wrong("This machine has no randomness to make a key from."))?;
        let mut key = Self {
            id: None,
            material: Material::EcPkcs8(STANDARD.encode(document.as_ref())),
        };
        key.id = Some(key.thumbprint()?);
        Ok(key)
    }

    /// Reads what a person pasted: a PEM, a JSON Web Key, or a set with one key. Refuses public keys, encrypted keys and
    /// keys that cannot sign.
    pub fn parse(text: &str) -> Result<Self, ConnectError> {
        let text = text.trim();
        let key = if text.starts_with('{') {
            Self::from_json(text)?
        } else {
            Self::from_pem(text)?
        };
        key.signer()?;
        Ok(key)
    }

    fn from_json(text: &str) -> Result<Self, ConnectError> {
        let broken = |_| wrong("The key is not complete: it is not JSON. Paste all of it.");
        let mut json: Json = serde_json::from_str(text).map_err(broken)?;
        if let Some([only]) = json["keys"].as_array().map(Vec::as_slice) {
            json = only.clone();
        }
        if json["d"].is_null() {
            return Err(wrong(
                "This is a public key. Paste the private one: it has a field d.",
            ));
        }
        let id = json["kid"].as_str().map(str::to_owned);
        let material = match (json["kty"].as_str(), json["crv"].as_str()) {
            (Some("EC"), Some("P-256")) => serde_json::from_value(json).map(Material::EcJwk),
            (Some("RSA"), _) => serde_json::from_value(json).map(Material::RsaJwk),
            _ => return Err(wrong("Only RSA keys and keys on the curve P-256 can sign.")),
        };
        let material = material.map_err(|_| wrong("The key lacks a part. Paste all of it."))?;
        Ok(Self { id, material })
    }

    fn from_pem(text: &str) -> Result<Self, ConnectError> {
        let (_, rest) = text
            .split_once("-----BEGIN ")
            .ok_or_else(|| wrong("This is neither a PEM nor a JSON Web Key."))?;
        let (label, rest) = rest
            .split_once("-----")
            .ok_or_else(|| wrong("The PEM is not complete. Paste all of it."))?;
        let (body, _) = rest
            .split_once("-----END")
            .ok_or_else(|| wrong("The PEM is not complete. Paste all of it."))?;
        let body: String = body.split_whitespace().collect();
        let der = STANDARD
            .decode(&body)
            .map_err(|_| wrong("The PEM is damaged: it is not base64."))?;
        let material = match label {
            "PRIVATE KEY" if RsaKeyPair::from_pkcs8(&der).is_ok() => Material::RsaPkcs8(body),
            "PRIVATE KEY" => Material::EcPkcs8(body),
            "RSA PRIVATE KEY" => Material::RsaPkcs1(body),
            "EC PRIVATE KEY" => {
                return Err(wrong(
                    "Convert the key first: openssl pkcs8 -topk8 -nocrypt -in key.pem",
                ));
            }
            "ENCRYPTED PRIVATE KEY" => {
                return Err(wrong(
                    "The key is encrypted. Remove its passphrase first: openssl pkcs8 -in key.pem",
                ));
            }
            _ => return Err(wrong("This is not a private key.")),
        };
        Ok(Self { id: None, material })
    }

    /// Returns the public half as a JSON Web Key, as an org wants it pasted.
    pub fn public_jwk(&self) -> Result<Json, ConnectError> {
        let mut jwk = self.public_parts()?;
        let alg = if jwk["kty"] == "EC" { "ES256" } else { "RS256" };
        jwk["use"] = "sig".into();
        jwk["alg"] = alg.into();
        if let Some(id) = &self.id {
            jwk["kid"] = id.clone().into();
        }
        Ok(jwk)
    }

    /// The parts that its thumbprint is made of, in that order (RFC 7638, section 3.2).
    pub(crate) fn public_parts(&self) -> Result<Json, ConnectError> {
        let text = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        Ok(match self.signer()? {
            Signer::Ec(pair) => {
                // The public key is 0x04 followed by both coordinates.
                let point = pair.public_key().as_ref().split_first();
                let (x, y) = point
                    .and_then(|(_, both)| both.split_at_checked(32))
                    .ok_or_else(unusable)?;
                json!({"crv": "P-256", "kty": "EC", "x": text(x), "y": text(y)})
            }
            Signer::Rsa(pair) => {
                let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
                json!({"e": text(&public.e), "kty": "RSA", "n": text(&public.n)})
            }
        })
    }

    fn thumbprint(&self) -> Result<String, ConnectError> {
        let canonical = self.public_parts()?.to_string();
        Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(canonical)))
    }

    /// Signs a token whose header has these fields beside the algorithm and the key's id.
    pub(crate) fn sign(&self, header: Json, claims: &Json) -> Result<String, ConnectError> {
        let signer = self.signer()?;
        let mut header = header;
        header["alg"] = match signer {
            Signer::Ec(_) => "ES256".into(),
            Signer::Rsa(_) => "RS256".into(),
        };
        // A key that is in the header itself needs no id.
        if let (Some(id), true) = (&self.id, header["jwk"].is_null()) {
            header["kid"] = id.clone().into();
        }
        if let Some(fields) = header.as_object_mut() {
            fields.retain(|_, value| !value.is_null());
        }
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let random = SystemRandom::new();
        let signature = match signer {
            Signer::Ec(pair) => pair
                .sign(&random, signed.as_bytes())
                .map_err(|_| unusable())?
                .as_ref()
                .to_vec(),
            Signer::Rsa(pair) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(
                    &RSA_PKCS1_SHA256,
                    &random,
                    signed.as_bytes(),
                    &mut signature,
                )
                .map_err(|_| unusable())?;
                signature
            }
        };
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    fn signer(&self) -> Result<Signer, ConnectError> {
        let random = SystemRandom::new();
        let curve = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let ec = |pair: Result<EcdsaKeyPair, _>| pair.map(Signer::Ec).map_err(|_| unusable());
        let rsa = |pair: Result<RsaKeyPair, _>| pair.map(Signer::Rsa).map_err(|_| unusable());
        match &self.material {
            Material::EcPkcs8(der) => ec(EcdsaKeyPair::from_pkcs8(curve, &decoded(der)?, &random)),
            Material::EcJwk(jwk) => {
                let point = [vec![4], part(&jwk.x)?, part(&jwk.y)?].concat();
                ec(EcdsaKeyPair::from_private_key_and_public_key(
                    curve,
                    &part(&jwk.d)?,
                    &point,
                    &random,
                ))
            }
            Material::RsaPkcs8(der) => rsa(RsaKeyPair::from_pkcs8(&decoded(der)?)),
            Material::RsaPkcs1(der) => rsa(RsaKeyPair::from_der(&decoded(der)?)),
            Material::RsaJwk(jwk) => rsa(RsaKeyPair::from_components(&KeyPairComponents {
                public_key: PublicKeyComponents {
                    n: part(&jwk.n)?,
                    e: part(&jwk.e)?,
                },
                d: part(&jwk.d)?,
                p: part(&jwk.p)?,
                q: part(&jwk.q)?,
                dP: part(&jwk.dp)?,
                dQ: part(&jwk.dq)?,
                qInv: part(&jwk.qi)?,
            })),
        }
    }
}

fn decoded(base64: &str) -> Result<Vec<u8>, ConnectError> {
    STANDARD.decode(base64).map_err(|_| unusable())
}

fn part(base64: &str) -> Result<Vec<u8>, ConnectError> {
    URL_SAFE_NO_PAD
        .decode(base64.trim_end_matches('='))
        .map_err(|_| unusable())
}

fn wrong(text: &str) -> ConnectError {
    ConnectError::Key(text.to_owned())
}

fn unusable() -> ConnectError {
    wrong("This key cannot sign. Use RSA of at least 2,048 bits, or the curve P-256.")
}

/// Returns an id that nobody can guess, for claims that must be unique.
pub(crate) fn unique() -> Result<String, ConnectError> {
    let random: [u8; 16] = ring::rand::generate(&SystemRandom::new())
        .map_err(|_| wrong("This machine has no randomness to make a token from."))?
        .expose();
    Ok(URL_SAFE_NO_PAD.encode(random))
}

#[cfg(test)]
mod tests;
