//! What an org gave us: tokens, and the client credentials that renew them. Exists in clear only inside this crate.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::authorize::Credentials;
use crate::error::ConnectError;
use crate::org::Org;
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

    /// Returns how many tokens are live at the org.
    pub fn count(&self) -> usize {
        1 + usize::from(self.refresh.is_some())
    }
}
