//! Removing the hook of a connection that was deleted, with the tokens that are about to be revoked.

use std::sync::Arc;
use std::time::Duration;

use connect::{Connections, Sealed, Vault, VaultError};
use flow::{CardError, ConnectionId, RetryHint};
use futures::future::BoxFuture;
use store::revocations::{self, Revocation};
use store::{Store, StoreError, hooks};

use super::registering::remove_at;
use crate::backend::connections::{stored, unstored};
use crate::clock;
use crate::state::Server;

/// Whoever deletes a connection waits this long for the org.
const PATIENCE: Duration = Duration::from_secs(10);
/// While it is being removed, nobody else touches it.
const HOLD_MS: i64 = 60_000;
/// So often an org that does not answer is asked to remove a hook, before its tokens are revoked nevertheless.
const TRIES: i64 = 6;

/// Removes the hook of the connection whose tokens are to be revoked, if there is one. An error says that the org may do
/// it later, so its tokens are needed until then.
pub(crate) async fn leave(server: &Arc<Server>, revocation: &Revocation) -> Result<(), CardError> {
    let store = &server.store;
    let Some(row) = hooks::find_of_connection(store, &revocation.connection)
        .await
        .map_err(|error| from_store(&error))?
    else {
        return Ok(());
    };
    let is_mine = hooks::claim(store, &row.id, clock::now_ms(), HOLD_MS)
        .await
        .map_err(|error| from_store(&error))?;
    if !is_mine {
        return Err(later("the event hook is being registered"));
    }
    // Whoever had it before may have changed it.
    let row = hooks::find_of_connection(store, &revocation.connection)
        .await
        .map_err(|error| from_store(&error))?
        .unwrap_or(row);
    let leaving = Connections::new(
        Arc::new(LeavingVault(store.clone())),
        Arc::clone(&server.sealer),
        server.http.clone(),
    );
    let remote = connect::EventHooks {
        connections: &leaving,
        connection: &revocation.connection,
    };
    let removed = tokio::time::timeout(PATIENCE, remove_at(&remote, &row))
        .await
        .unwrap_or_else(|_| Err(later("the org did not answer")));
    if let Err(error) = removed {
        let may_help = !matches!(error.retry, RetryHint::No);
        if may_help && revocation.attempts < TRIES {
            let mut row = row;
            row.last_error = Some(error.message.clone());
            hooks::save(store, &row)
                .await
                .map_err(|error| from_store(&error))?;
            return Err(error);
        }
        tracing::warn!(
            connection.id = %revocation.connection, hook.id = %row.id, error = error.message,
            "the event hook stays at the org; remove it in the Okta Admin Console"
        );
    }
    hooks::delete(store, &row.id)
        .await
        .map_err(|error| from_store(&error))
}

fn later(why: &str) -> CardError {
    CardError {
        retry: RetryHint::Unavailable,
        ..CardError::new("hook.later", why)
    }
}

fn from_store(error: &StoreError) -> CardError {
    later(&error.to_string())
}

/// The tokens of deleted connections, which nothing else may use.
struct LeavingVault(Store);

impl Vault for LeavingVault {
    fn load<'a>(
        &'a self,
        id: &'a ConnectionId,
    ) -> BoxFuture<'a, Result<(Sealed, i64), VaultError>> {
        Box::pin(async move {
            let found = revocations::find_of_connection(&self.0, id)
                .await
                .map_err(|_| VaultError::Storage)?
                .ok_or(VaultError::Gone)?;
            Ok((unstored(found.sealed), 0))
        })
    }

    fn save<'a>(
        &'a self,
        id: &'a ConnectionId,
        _revision: i64,
        sealed: Sealed,
        _scopes: Vec<String>,
    ) -> BoxFuture<'a, Result<(), VaultError>> {
        Box::pin(async move {
            revocations::save_sealed(&self.0, id, &stored(sealed))
                .await
                .map_err(|_| VaultError::Storage)
        })
    }

    fn leave_percent<'a>(&'a self, _id: &'a ConnectionId) -> BoxFuture<'a, Result<u8, VaultError>> {
        Box::pin(async { Ok(connect::LEAVE_PERCENT) })
    }

    fn lost<'a>(&'a self, id: &'a ConnectionId) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            tracing::info!(connection.id = %id, "the org ended the authorization of a deleted connection itself");
        })
    }
}
