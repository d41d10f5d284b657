//! Revoking tokens at their org, again and again until the org confirms it.

use std::sync::Arc;
use std::time::Duration;

use api::ApiError;
use connect::Tokens;
use flow::PersonId;
use serde_json::{Value as Json, json};
use store::audit::AuditEntry;
use store::connections::{ConnectionRow, Leaving, Sealed};
use store::revocations::{self, Revocation};

use crate::backend::connections::{keep, unstored};
use crate::clock;
use crate::error::from_store;
use crate::state::Server;
use crate::work::hooks;

/// How often open revocations are looked at.
const EVERY: Duration = Duration::from_secs(5);
/// While one is being tried, nobody else tries it.
const HOLD_MS: i64 = 60_000;
/// The pause after the first try; it doubles each time.
const FIRST_PAUSE_MS: i64 = 5_000;
/// The longest pause between two tries.
const LONGEST_MS: i64 = 60 * 60_000;

/// The deletion of a connection now; this process tries to revoke its tokens before any other.
pub(crate) fn leaving(by: Option<&PersonId>) -> Leaving<'_> {
    let now = clock::now_ms();
    Leaving {
        revocation: clock::new_id(),
        by,
        at: now,
        next_at: now + HOLD_MS,
    }
}

/// After a connection was deleted: forgets it, writes into the audit log that its tokens are to be revoked, and tries that
/// once. Returns how many tokens the org confirmed and how many are left.
pub(crate) async fn begin(
    server: &Arc<Server>,
    revocation: &Revocation,
) -> Result<(usize, usize), ApiError> {
    server.connections.forget(&revocation.connection);
    server.lookups.forget(&revocation.connection);
    server.web.forget(&revocation.connection);
    let tokens = keep::opened(server, &revocation.connection, revocation.sealed.clone());
    let count = tokens.as_ref().map_or(1, Tokens::count);
    let before = json!({ "name": revocation.name, "domain": revocation.base_url });
    let after = json!({ "revocation": "pending", "tokens": count });
    note(
        server,
        revocation,
        "connection.delete",
        Some(&before),
        &after,
    )
    .await?;
    if tokens.is_none() && forget_secret(server, revocation).await? {
        return Ok((0, 0));
    }
    let Some(tokens) = tokens else {
        tracing::error!(connection.id = %revocation.connection, "sealed tokens of a deleted connection cannot be opened, so they cannot be revoked");
        return Ok((0, count));
    };
    Ok(match try_once(server, revocation, &tokens).await? {
        Some(revoked) => (revoked, 0),
        None => (0, count),
    })
}

/// A password or a key of another service cannot be revoked from here: with its connection it is gone. Returns whether it
/// was one.
async fn forget_secret(server: &Server, revocation: &Revocation) -> Result<bool, ApiError> {
    let sealed = unstored(revocation.sealed.clone());
    let owner = revocation.connection.as_str();
    if connect::WebAccount::open(&server.sealer, owner, &sealed).is_err() {
        return Ok(false);
    }
    revocations::delete(&server.store, &revocation.id)
        .await
        .map_err(from_store)?;
    Ok(true)
}

/// Tries a revocation now, after the removal of the event hook of a deleted connection, for which its tokens are needed.
/// Returns how many tokens the org confirmed; nothing when it will be tried again.
async fn try_once(
    server: &Arc<Server>,
    revocation: &Revocation,
    tokens: &Tokens,
) -> Result<Option<usize>, ApiError> {
    let left = match revocation.is_deletion {
        true => hooks::leave(server, revocation).await,
        false => Ok(()),
    };
    let revoked = match left {
        Ok(()) if revocation.is_deletion => revoke_newest(server, revocation, tokens).await,
        Ok(()) => revoke(server, tokens).await,
        Err(error) => Err(error.message),
    };
    match revoked {
        Ok(count) => {
            revocations::delete(&server.store, &revocation.id)
                .await
                .map_err(from_store)?;
            let after = json!({
                "name": revocation.name,
                "domain": revocation.base_url,
                "revocation": "confirmed",
                "revoked": count,
                "attempts": revocation.attempts + 1,
            });
            note(server, revocation, "connection.revoke", None, &after).await?;
            Ok(Some(count))
        }
        Err(error) => {
            let pause = (FIRST_PAUSE_MS << revocation.attempts.clamp(0, 10)).min(LONGEST_MS);
            let next_at = clock::now_ms() + pause;
            tracing::warn!(connection.id = %revocation.connection, %error, wait_ms = pause, "tokens could not be revoked yet");
            revocations::save_attempt(&server.store, &revocation.id, next_at, &error)
                .await
                .map_err(from_store)?;
            Ok(None)
        }
    }
}

async fn revoke(server: &Server, tokens: &Tokens) -> Result<usize, String> {
    connect::revoke(&server.http, tokens, clock::now())
        .await
        .map_err(|error| error.to_string())
}

/// Revokes the tokens that are stored now: removing the event hook may have renewed them.
async fn revoke_newest(
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
    revoke(server, renewed.as_ref().unwrap_or(tokens)).await
}

async fn note(
    server: &Server,
    revocation: &Revocation,
    action: &str,
    before: Option<&Json>,
    after: &Json,
) -> Result<(), ApiError> {
    let entry = AuditEntry {
        id: clock::new_id(),
        at: clock::now_ms(),
        actor: revocation.actor.clone(),
        action: action.to_owned(),
        object_kind: "connection".to_owned(),
        object_id: revocation.connection.to_string(),
        before: before.map(Json::to_string),
        after: Some(after.to_string()),
    };
    store::audit::insert(&server.store, &[entry])
        .await
        .map_err(from_store)
}

/// Revokes the tokens that a new authorization replaced, now or later.
pub(crate) async fn revoke_replaced(
    server: &Arc<Server>,
    row: &ConnectionRow,
    old: Sealed,
) -> Result<(), ApiError> {
    let leaving = leaving(None);
    let revocation = Revocation {
        id: leaving.revocation,
        connection: row.id.clone(),
        name: row.name.clone(),
        base_url: row.base_url.clone(),
        sealed: old,
        attempts: 0,
        next_at: leaving.next_at,
        last_error: None,
        created_at: leaving.at,
        actor: None,
        is_deletion: false,
    };
    let Some(tokens) = keep::opened(server, &row.id, revocation.sealed.clone()) else {
        tracing::warn!(connection.id = %row.id, "the replaced tokens cannot be opened, so they are not revoked");
        return Ok(());
    };
    revocations::insert(&server.store, &revocation)
        .await
        .map_err(from_store)?;
    try_once(server, &revocation, &tokens).await.map(|_| ())
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
        Err(error) => match forget_secret(server, revocation).await {
            Ok(true) => Ok(()),
            _ => Err(error.to_string()),
        },
    };
    if let Err(error) = tried {
        tracing::error!(connection.id = %revocation.connection, %error, "a revocation could not be tried");
    }
}
