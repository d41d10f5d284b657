//! What is kept of a user between imports.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use sha2::{Digest as _, Sha256};

use super::super::decide::OktaUser;
use super::super::matching::State;

/// What is kept of a user between imports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The Okta user, once there is one.
    pub okta_user: Option<String>,
    /// How that user stands.
    pub status: OktaUser,
    /// Whether a person confirmed it.
    pub state: State,
    /// The user's name in the directory when it was last seen.
    pub name: String,
    /// What was sent last; equal digests mean that nothing is to be sent.
    pub digest: Option<Fingerprint>,
}

/// A digest of a login and a profile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// The digest of what would be sent.
    #[must_use]
    pub fn of(login: &str, values: &BTreeMap<String, Json>) -> Self {
        let mut digest = Sha256::new();
        let mut part = |text: &str| {
            digest.update(text.len().to_le_bytes());
            digest.update(text.as_bytes());
        };
        part(login);
        for (name, value) in values {
            part(name);
            part(&value.to_string());
        }
        let mut short = [0; 16];
        for (to, from) in short.iter_mut().zip(digest.finalize()) {
            *to = from;
        }
        Self(short)
    }
}
