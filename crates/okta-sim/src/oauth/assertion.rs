//! Signed assertions of service applications (`private_key_jwt`, RFC 7523).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_2048_8192_SHA384,
    RSA_PKCS1_2048_8192_SHA512, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde_json::Value;

/// How the form says that an assertion follows.
pub(super) const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/// Furthest that an assertion may expire in the future, as at Okta.
const MAX_LIFE_S: i64 = 3_600;

/// An assertion that was read but not yet believed.
pub(super) struct Assertion {
    header: Value,
    claims: Value,
    signed: String,
    signature: Vec<u8>,
}

impl Assertion {
    pub(super) fn parse(text: &str) -> Option<Assertion> {
        let (signed, signature) = text.rsplit_once('.')?;
        let (header, claims) = signed.split_once('.')?;
        let json = |part: &str| serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).ok()?).ok();
        Some(Assertion {
            header: json(header)?,
            claims: json(claims)?,
            signed: signed.to_owned(),
            signature: URL_SAFE_NO_PAD.decode(signature).ok()?,
        })
    }

    /// The client that the assertion speaks for.
    pub(super) fn client_id(&self) -> Option<&str> {
        let subject = self.claims["sub"].as_str()?;
        (self.claims["iss"].as_str() == Some(subject)).then_some(subject)
    }

    /// Believes the assertion if one of `keys` signed it, for this server, for now.
    pub(super) fn check(
        &self,
        keys: &[Value],
        base: &str,
        now: DateTime<Utc>,
    ) -> Result<(), &'static str> {
        let endpoint = format!("{base}/oauth2/v1/token");
        let is_meant = |audience: &Value| {
            audience
                .as_str()
                .is_some_and(|it| it == endpoint || it == base)
        };
        let audience = &self.claims["aud"];
        let audiences = audience.as_array();
        if !is_meant(audience) && !audiences.is_some_and(|all| all.iter().any(is_meant)) {
            return Err(
                "The audience claim for client_assertion must be the endpoint invoked for the request.",
            );
        }
        let left = self.claims["exp"].as_i64().unwrap_or(0) - now.timestamp();
        if left <= 0 {
            return Err("The client_assertion token is expired.");
        }
        if left > MAX_LIFE_S {
            return Err("The client_assertion token has an expiration too far into the future.");
        }
        let kid = self.header["kid"].as_str();
        let is_signed = keys
            .iter()
            .filter(|key| kid.is_none() || key["kid"].as_str() == kid)
            .any(|key| self.is_signed_by(key) == Some(true));
        if is_signed {
            Ok(())
        } else {
            Err("The client_assertion signature is invalid.")
        }
    }

    fn is_signed_by(&self, key: &Value) -> Option<bool> {
        let part = |name: &str| URL_SAFE_NO_PAD.decode(key[name].as_str()?).ok();
        let rsa = match self.header["alg"].as_str()? {
            "RS256" => &RSA_PKCS1_2048_8192_SHA256,
            "RS384" => &RSA_PKCS1_2048_8192_SHA384,
            "RS512" => &RSA_PKCS1_2048_8192_SHA512,
            "ES256" => {
                let point = [vec![4], part("x")?, part("y")?].concat();
                let key = UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point);
                let verified = key.verify(self.signed.as_bytes(), &self.signature);
                return Some(verified.is_ok());
            }
            _ => return None,
        };
        let key = RsaPublicKeyComponents {
            n: part("n")?,
            e: part("e")?,
        };
        let verified = key.verify(rsa, self.signed.as_bytes(), &self.signature);
        Some(verified.is_ok())
    }
}
