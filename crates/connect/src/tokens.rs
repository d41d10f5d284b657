//! What an org gave us: tokens, and the client credentials that renew them. Exists in clear only inside this crate.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use url::Url;

use crate::client::Credentials;
use crate::endpoints::Endpoints;
use crate::error::ConnectError;
use crate::org::Org;
use crate::proof::Binding;
use crate::seal::{Sealed, Sealer};

/// Tokens of one connection, with what is needed to renew and revoke them.
#[derive(Clone, Serialize, Deserialize)]
pub struct Tokens {
    pub(crate) domain: String,
    pub(crate) credentials: Credentials,
    pub(crate) access: String,
    pub(crate) refresh: Option<String>,
    pub(crate) expires_at_ms: i64,
    /// Scopes the org granted.
    pub scopes: Vec<String>,
    /// Where the org's authorization server answers; absent in tokens from before we asked.
    #[serde(default)]
    pub(crate) endpoints: Option<Endpoints>,
    /// The key that the tokens are bound to, where the org demands that.
    #[serde(default)]
    pub(crate) binding: Option<Binding>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tokens")
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

/// The account that authorized a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its login.
    pub login: String,
}

impl Tokens {
    /// Seals the tokens for their connection.
    pub fn seal(&self, sealer: &Sealer, owner: &str) -> Result<Sealed, ConnectError> {
        let bytes = serde_json::to_vec(self).map_err(|_| ConnectError::Vault)?;
        sealer.seal(owner, &bytes)
    }

    /// Opens the tokens of a connection.
    pub fn open(sealer: &Sealer, owner: &str, sealed: &Sealed) -> Result<Self, ConnectError> {
        serde_json::from_slice(&sealer.open(owner, sealed)?)
            .map_err(|_| ConnectError::Sealed(sealed.key_version))
    }

    /// Returns the org that gave them.
    pub fn org(&self) -> Result<Org, ConnectError> {
        Org::parse(&self.domain)
    }

    /// Returns the client credentials, to authorize the same client again.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Returns whether they belong to a service app: no person stands behind them, and its key renews them.
    pub fn is_service(&self) -> bool {
        self.refresh.is_none() && self.credentials.private_key.is_some()
    }

    /// Returns whether the tokens are bound to a key (RFC 9449).
    pub fn is_bound(&self) -> bool {
        self.binding.is_some()
    }

    /// Returns the public half of the app's key as a JSON Web Key.
    pub fn public_jwk(&self) -> Option<Json> {
        self.credentials.private_key.as_ref()?.public_jwk().ok()
    }

    pub(crate) fn endpoints(&self) -> Result<Endpoints, ConnectError> {
        match &self.endpoints {
            Some(endpoints) => Ok(endpoints.clone()),
            None => Endpoints::usual(&self.org()?),
        }
    }

    /// Puts the access token into a request to `url`: as bearer (RFC 6750), or with a proof of its key (RFC 9449).
    pub(crate) fn sign(
        &self,
        request: reqwest::RequestBuilder,
        method: &str,
        url: &Url,
        nonce: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<reqwest::RequestBuilder, ConnectError> {
        let Some(binding) = &self.binding else {
            return Ok(request.bearer_auth(&self.access));
        };
        let proof = binding.of_call(method, url, nonce, &self.access, now)?;
        Ok(request
            .header("authorization", format!("DPoP {}", self.access))
            .header("dpop", proof))
    }

    /// Returns how many tokens are live at the org.
    pub fn count(&self) -> usize {
        1 + usize::from(self.refresh.is_some())
    }
}
