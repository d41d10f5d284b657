//! The key that signs id tokens: ES256, made anew at every start and published at `/oauth2/v1/keys`.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
use serde_json::{Value, json};

use crate::state::secret;

pub(crate) struct Signer {
    random: SystemRandom,
    /// None only where the machine has no randomness; then no id tokens are issued.
    key: Option<EcdsaKeyPair>,
    id: String,
}

impl Signer {
    pub(crate) fn new() -> Signer {
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::generate_pkcs8(algorithm, &random)
            .ok()
            .and_then(|document| {
                EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), &random).ok()
            });
        Signer {
            random,
            key,
            id: secret(43),
        }
    }

    /// The public half as a JSON Web Key Set.
    pub(crate) fn key_set(&self) -> Value {
        // The public key is 0x04 followed by both coordinates.
        let coordinates = self
            .key
            .as_ref()
            .and_then(|key| key.public_key().as_ref().split_first())
            .and_then(|(_, both)| both.split_at_checked(32));
        let keys: Vec<Value> = coordinates
            .map(|(x, y)| {
                json!({
                    "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": self.id,
                    "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
                })
            })
            .into_iter()
            .collect();
        json!({"keys": keys})
    }

    /// A signed JSON Web Token with these claims.
    pub(crate) fn token(&self, claims: &Value) -> Option<String> {
        let header = json!({"kid": self.id, "alg": "ES256"});
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let signature = self
            .key
            .as_ref()?
            .sign(&self.random, signed.as_bytes())
            .ok()?;
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}
