//! Revoking tokens at their org, again and again until the org confirms it.

use std::sync::Arc;
use std::time::Duration;

use api::ApiError;
use connect::Tokens;
use serde_json::json;
use store::audit::AuditEntry;
use store::connections::{ConnectionRow, Sealed};
use store::revocations::{self, Revocation};

use crate::backend::connections::unstored;
use crate::clock;
use crate::error::from_store;
use crate::state::Server;
use crate::work::hooks;

/// How often open revocations are looked at.
const EVERY: Duration = Duration::from_secs(15);
/// While one is being tried, nobody else tries it.
const HOLD_MS: i64 = 60_000;
/// The longest pause between two tries.
const LONGEST_MS: i64 = 60 * 60_000;

/// Tries a revocation now, after the removal of the connection's event hook, for which its tokens are needed. Returns how many tokens the org confirmed; nothing when it will be tried again.
pub(crate) async fn try_once(
    server: &Arc<Server>,
    revocation: &Revocation,
    tokens: &Tokens,
) -> Result<Option<usize>, ApiError> {
    let revoked = match hooks::leave(server, revocation).await {
        Ok(()) => revoke(server, revocation, tokens).await,
        Err(error) => Err(error.message),
    };
    match revoked {
        Ok(count) => {
            revocations::delete(&server.store, &revocation.id)
                .await
                .map_err(from_store)?;
            note(server, revocation, count).await?;
            Ok(Some(count))
        }
        Err(error) => {
            let pause = (30_000 << revocation.attempts.clamp(0, 7)).min(LONGEST_MS);
            let next_at = clock::now_ms() + pause;
            tracing::warn!(connection.id = %revocation.connection, %error, wait_ms = pause, "tokens could not be revoked yet");
            revocations::save_attempt(&server.store, &revocation.id, next_at, &error)
                .await
                .map_err(from_store)?;
            Ok(None)
        }
    }
}

/// Revokes the tokens that are stored now: removing the event hook may have renewed them.
async fn revoke(
    server: &Server,
    revocation: &Revocation,
    tokens: &Tokens,
) -> Result<usize, String> {
    let stored = revocations::find_of_connection(&server.store, &revocation.connection)
        .await
        .map_err(|error| error.to_string())?;
    let renewed = match stored {
        Some(stored) if stored.sealed != revocation.sealed => {
            let sealed = unstored(stored.sealed);
            Tokens::open(&server.sealer, revocation.connection.as_str(), &sealed).map(Some)
        }
        _ => Ok(None),
    };
    let renewed = renewed.map_err(|error| error.to_string())?;
    connect::revoke(&server.http, renewed.as_ref().unwrap_or(tokens))
        .await
        .map_err(|error| error.to_string())
}

async fn note(server: &Server, revocation: &Revocation, count: usize) -> Result<(), ApiError> {
    let entry = AuditEntry {
        id: clock::new_id(),
        at: clock::now_ms(),
        actor: None,
        action: "connection.revoke".to_owned(),
        object_kind: "connection".to_owned(),
        object_id: revocation.connection.to_string(),
        before: None,
        after: Some(json!({ "name": revocation.name, "revoked": count }).to_string()),
    };
    store::audit::insert(&server.store, &[entry])
        .await
        .map_err(from_store)
}

/// Revokes the tokens that a new authorization replaced. A failure is logged: the org ends them in time.
pub(crate) async fn revoke_replaced(server: &Server, row: &ConnectionRow, old: Sealed) {
    let revoked = match Tokens::open(&server.sealer, row.id.as_str(), &unstored(old)) {
        Ok(tokens) => connect::revoke(&server.http, &tokens).await.map(|_| ()),
        Err(error) => Err(error),
    };
    if let Err(error) = revoked {
        tracing::warn!(connection.id = %row.id, %error, "the replaced tokens were not revoked");
    }
}

/// Tries open revocations for ever.
pub(crate) async fn keep_trying(server: Arc<Server>) {
    loop {
        match revocations::claim(&server.store, clock::now_ms(), HOLD_MS, 20).await {
            Ok(open) => {
                for revocation in open {
                    retry(&server, &revocation).await;
                }
            }
            Err(error) => tracing::error!(%error, "open revocations could not be read"),
        }
        tokio::time::sleep(EVERY).await;
    }
}

async fn retry(server: &Arc<Server>, revocation: &Revocation) {
    let sealed = unstored(revocation.sealed.clone());
    let tried = match Tokens::open(&server.sealer, revocation.connection.as_str(), &sealed) {
        Ok(tokens) => try_once(server, revocation, &tokens)
            .await
            .map(|_| ())
            .map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    if let Err(error) = tried {
        tracing::error!(connection.id = %revocation.connection, %error, "a revocation could not be tried");
    }
}
