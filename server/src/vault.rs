//! The store as the place where sealed secrets are kept.

use connect::{Sealed, Vault, VaultError};
use flow::ConnectionId;
use futures::future::BoxFuture;
use store::connections::{self, ConnectionState};
use store::revocations::{self, Revocation};
use store::{Store, StoreError};

use crate::backend::connections::{stored, unstored};
use crate::clock;

/// Keeps the secrets of connections in the store.
pub(crate) struct StoreVault(pub(crate) Store);

impl Vault for StoreVault {
    fn load<'a>(
        &'a self,
        id: &'a ConnectionId,
    ) -> BoxFuture<'a, Result<(Sealed, i64), VaultError>> {
        Box::pin(async move {
            let found = connections::find(&self.0, id)
                .await
                .map_err(failed)?
                .ok_or(VaultError::Gone)?;
            Ok((unstored(found.sealed), found.revision))
        })
    }

    fn save<'a>(
        &'a self,
        id: &'a ConnectionId,
        revision: i64,
        sealed: Sealed,
        scopes: Vec<String>,
    ) -> BoxFuture<'a, Result<(), VaultError>> {
        Box::pin(async move {
            connections::save_sealed(&self.0, id, revision, &stored(sealed), clock::now_ms())
                .await
                .map_err(failed)?;
            let Some(mut row) = connections::find(&self.0, id).await.map_err(failed)? else {
                return Ok(());
            };
            if row.scopes != scopes && !scopes.is_empty() {
                row.scopes = scopes;
                connections::save(&self.0, &row).await.map_err(failed)?;
            }
            Ok(())
        })
    }

    fn leave_percent<'a>(&'a self, id: &'a ConnectionId) -> BoxFuture<'a, Result<u8, VaultError>> {
        Box::pin(async move {
            let found = store::shares::find(&self.0, id).await.map_err(failed)?;
            let percent = found.ok_or(VaultError::Gone)?;
            Ok(u8::try_from(percent).unwrap_or(connect::LEAVE_PERCENT))
        })
    }

    fn lost<'a>(&'a self, id: &'a ConnectionId, why: String) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let noted = async {
                let Some(mut row) = connections::find(&self.0, id).await? else {
                    return Ok(());
                };
                row.state = ConnectionState::NeedsReauthorization;
                row.last_error = Some(why);
                row.updated_at = clock::now_ms();
                connections::save(&self.0, &row).await
            };
            if let Err(error) = noted.await {
                tracing::warn!(connection.id = %id, %error, "a lost authorization could not be noted");
            }
        })
    }

    fn orphaned<'a>(
        &'a self,
        id: &'a ConnectionId,
        domain: String,
        sealed: Sealed,
    ) -> BoxFuture<'a, Result<(), VaultError>> {
        Box::pin(async move {
            let now = clock::now_ms();
            let revocation = Revocation {
                id: clock::new_id(),
                connection: id.clone(),
                name: domain.clone(),
                base_url: domain,
                sealed: stored(sealed),
                attempts: 0,
                next_at: now,
                last_error: None,
                created_at: now,
                actor: None,
                is_deletion: false,
            };
            revocations::insert(&self.0, &revocation)
                .await
                .map_err(failed)
        })
    }
}

fn failed(error: StoreError) -> VaultError {
    match error {
        StoreError::NotFound { .. } => VaultError::Gone,
        StoreError::Conflict { .. } => VaultError::Stale,
        error => {
            tracing::error!(%error, "secrets could not be stored or read");
            VaultError::Storage
        }
    }
}
