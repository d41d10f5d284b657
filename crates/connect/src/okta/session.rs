//! The tokens of a connection in memory: one call renews them while the others wait, and what the org gave is stored before
//! it is used.

use std::sync::{Arc, PoisonError};

use chrono::Utc;
use flow::ConnectionId;

use tokio::sync::OwnedMutexGuard;

use super::{Connections, EARLY_MS, Vault, VaultError, now_ms};
use crate::authorize::renew;
use crate::error::ConnectError;
use crate::seal::Sealer;
use crate::tokens::Tokens;

/// The tokens of one connection; the lock is asynchronous, so that one call renews and the others wait for it.
pub(super) type Session = Arc<tokio::sync::Mutex<Option<Held>>>;

/// Tokens in memory.
#[derive(Clone)]
pub(super) struct Held {
    tokens: Arc<Tokens>,
    /// Their revision in the vault.
    revision: i64,
    /// The org gave them, but the storage failed: they exist here only, and storing is tried again at the next call.
    is_stored: bool,
}

/// What getting and keeping tokens needs; owned, so that it goes on when the call that began it is given up.
struct Keeper {
    id: ConnectionId,
    vault: Arc<dyn Vault>,
    sealer: Arc<Sealer>,
    http: reqwest::Client,
}

impl Connections {
    /// Returns valid tokens: from memory, from the vault, or renewed. `refused` are tokens the org just refused.
    ///
    /// Renewing runs to its end even if the caller goes away: a refresh token that the org rotated and nobody stored
    /// would be lost.
    pub(super) async fn tokens(
        &self,
        id: &ConnectionId,
        refused: Option<&Arc<Tokens>>,
    ) -> Result<Arc<Tokens>, ConnectError> {
        let held = self.session(id).lock_owned().await;
        if let Some(now) = held.as_ref().filter(|now| now.is_good(refused)) {
            return Ok(Arc::clone(&now.tokens));
        }
        let keeper = Keeper {
            id: id.clone(),
            vault: Arc::clone(&self.vault),
            sealer: Arc::clone(&self.sealer),
            http: self.http.clone(),
        };
        let refused = refused.cloned();
        tokio::spawn(async move { keeper.fresh(held, refused).await })
            .await
            .map_err(|_| ConnectError::Vault)?
    }

    fn session(&self, id: &ConnectionId) -> Session {
        let mut sessions = self.sessions.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(sessions.entry(id.clone()).or_default())
    }

    /// The nonce that an org wants in proofs of possession.
    pub(super) fn nonce(&self, domain: &str) -> Option<String> {
        let nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        nonces.get(domain).cloned()
    }

    pub(super) fn learn_nonce(&self, domain: &str, nonce: &str) {
        let mut nonces = self.nonces.lock().unwrap_or_else(PoisonError::into_inner);
        nonces.insert(domain.to_owned(), nonce.to_owned());
    }
}

impl Held {
    /// Whether the tokens can be used as they are.
    fn is_good(&self, refused: Option<&Arc<Tokens>>) -> bool {
        self.is_stored
            && refused.is_none_or(|refused| refused.access != self.tokens.access)
            && self.tokens.expires_at_ms - EARLY_MS > now_ms()
    }
}

impl Keeper {
    async fn fresh(
        &self,
        mut held: OwnedMutexGuard<Option<Held>>,
        refused: Option<Arc<Tokens>>,
    ) -> Result<Arc<Tokens>, ConnectError> {
        let mut now = match held.clone() {
            Some(now) => now,
            None => self.load().await?,
        };
        if !now.is_stored {
            now = self.stored(now, &mut held).await?;
        }
        if !now.is_good(refused.as_ref()) {
            now = self.renewed(now, &mut held).await?;
        }
        let tokens = Arc::clone(&now.tokens);
        *held = Some(now);
        Ok(tokens)
    }

    async fn renewed(&self, old: Held, held: &mut Option<Held>) -> Result<Held, ConnectError> {
        let renewed = match renew(&self.http, &old.tokens, Utc::now()).await {
            Ok(renewed) => renewed,
            Err(
                error @ (ConnectError::InvalidGrant
                | ConnectError::InvalidClient
                | ConnectError::InvalidKey(_)
                | ConnectError::InvalidScope(_)),
            ) => {
                // Another server may have renewed them meanwhile: a rotated refresh token works once.
                let fresh = self.load().await?;
                if fresh.revision != old.revision {
                    return Ok(fresh);
                }
                self.vault.lost(&self.id, error.to_string()).await;
                return Err(error);
            }
            Err(error) => return Err(error),
        };
        let new = Held {
            tokens: Arc::new(renewed),
            revision: old.revision,
            is_stored: false,
        };
        self.stored(new, held).await
    }

    /// Stores tokens that exist only here. What cannot be stored stays in `held`.
    async fn stored(&self, new: Held, held: &mut Option<Held>) -> Result<Held, ConnectError> {
        let sealed = new.tokens.seal(&self.sealer, self.id.as_str())?;
        let scopes = new.tokens.scopes.clone();
        match self
            .vault
            .save(&self.id, new.revision, sealed, scopes)
            .await
        {
            Ok(()) => Ok(Held {
                revision: new.revision + 1,
                is_stored: true,
                ..new
            }),
            Err(VaultError::Stale) => self.load().await,
            Err(VaultError::Gone) => {
                *held = None;
                self.give_up(&new.tokens).await?;
                Err(ConnectError::Gone)
            }
            Err(VaultError::Storage) => {
                *held = Some(new);
                Err(ConnectError::Vault)
            }
        }
    }

    /// The connection was deleted while its tokens were renewed: the new ones have to be revoked too.
    async fn give_up(&self, tokens: &Tokens) -> Result<(), ConnectError> {
        let sealed = tokens.seal(&self.sealer, self.id.as_str())?;
        self.vault
            .orphaned(&self.id, tokens.domain.clone(), sealed)
            .await
            .map_err(|_| ConnectError::Vault)
    }

    async fn load(&self) -> Result<Held, ConnectError> {
        let (sealed, revision) = self
            .vault
            .load(&self.id)
            .await
            .map_err(|error| match error {
                VaultError::Gone => ConnectError::Gone,
                VaultError::Stale | VaultError::Storage => ConnectError::Vault,
            })?;
        Ok(Held {
            tokens: Arc::new(Tokens::open(&self.sealer, self.id.as_str(), &sealed)?),
            revision,
            is_stored: true,
        })
    }
}
