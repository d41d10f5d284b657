//! Proofs of possession (DPoP, RFC 9449): tokens that are bound to a key of ours are of no use to who steals them.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::error::ConnectError;
use crate::key::{PrivateKey, unique};

/// The key that tokens are bound to, and the nonce that the org's token endpoint wants in the next proof.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Binding {
    key: PrivateKey,
    pub(crate) nonce: Option<String>,
}

impl Binding {
    pub(crate) fn new() -> Result<Self, ConnectError> {
        Ok(Self {
            key: PrivateKey::new()?,
            nonce: None,
        })
    }

    /// Returns the proof for a request to the token endpoint.
    pub(crate) fn of_token_request(
        &self,
        url: &Url,
        now: DateTime<Utc>,
    ) -> Result<String, ConnectError> {
        self.proof("POST", url, self.nonce.as_deref(), None, now)
    }

    /// Returns the proof for a call with an access token.
    pub(crate) fn of_call(
        &self,
        method: &str,
        url: &Url,
        nonce: Option<&str>,
        access: &str,
        now: DateTime<Utc>,
    ) -> Result<String, ConnectError> {
        self.proof(method, url, nonce, Some(access), now)
    }

    fn proof(
        &self,
        method: &str,
        url: &Url,
        nonce: Option<&str>,
        access: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<String, ConnectError> {
        let mut address = url.clone();
        address.set_query(None);
        address.set_fragment(None);
        let mut claims = json!({
            "htm": method,
            "htu": address.as_str(),
            "iat": now.timestamp(),
            "jti": unique()?,
        });
        if let Some(nonce) = nonce {
            claims["nonce"] = nonce.into();
        }
        if let Some(access) = access {
            claims["ath"] = URL_SAFE_NO_PAD.encode(Sha256::digest(access)).into();
        }
        let header = json!({"typ": "dpop+jwt", "jwk": self.key.public_parts()?});
        self.key.sign(header, &claims)
    }
}
