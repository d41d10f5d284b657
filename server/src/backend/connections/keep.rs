//! Storing what an authorization brought: a new connection, or new tokens of an old one, whose old tokens are revoked.

use std::sync::Arc;

use api::ApiError;
use connect::{Org, Tokens};
use flow::{ConnectionId, PersonId};
use serde_json::json;
use store::audit::AuditEntry;
use store::connections::{self, ConnectionRow, ConnectionState, GrantType, Sealed};

use super::{stored, unstored};
use crate::clock;
use crate::error::{from_connect, from_store};
use crate::state::Server;

/// A connection that has no tokens yet.
pub(crate) fn new_row(
    name: String,
    org: &Org,
    client_id: String,
    owner: PersonId,
) -> ConnectionRow {
    let now = clock::now_ms();
    ConnectionRow {
        id: ConnectionId::new(clock::new_id()),
        module: "okta".to_owned(),
        name,
        base_url: org.domain(),
        client_id: Some(client_id),
        state: ConnectionState::Authorized,
        account: None,
        scopes: Vec::new(),
        sealed: Sealed {
            bytes: Vec::new(),
            key_version: 0,
        },
        revision: 1,
        owner: Some(owner),
        created_at: now,
        updated_at: now,
        last_checked_at: Some(now),
        last_error: None,
        grant_type: GrantType::AuthorizationCode,
        is_bound: false,
    }
}

/// Stores a new connection.
pub(crate) async fn first(
    server: &Arc<Server>,
    row: ConnectionRow,
    tokens: &Tokens,
    by: Option<PersonId>,
) -> Result<(), ApiError> {
    let row = with(server, row, tokens)?;
    connections::insert(&server.store, &row)
        .await
        .map_err(from_store)?;
    note(server, "connection.create", &row, by).await
}

/// Stores the new tokens of a connection and revokes the old ones.
pub(crate) async fn again(
    server: &Arc<Server>,
    row: ConnectionRow,
    tokens: &Tokens,
    by: Option<PersonId>,
) -> Result<(), ApiError> {
    let store = &server.store;
    let old = connections::find(store, &row.id)
        .await
        .map_err(from_store)?
        .ok_or_else(|| from_store(store::StoreError::NotFound { what: "connection" }))?;
    let new = ConnectionRow {
        name: old.name,
        owner: old.owner,
        created_at: old.created_at,
        ..with(server, row, tokens)?
    };
    let now = clock::now_ms();
    connections::save_sealed(store, &new.id, old.revision, &new.sealed, now)
        .await
        .map_err(from_store)?;
    connections::save(store, &new).await.map_err(from_store)?;
    server.connections.forget(&new.id);
    server.lookups.forget(&new.id);
    crate::work::revocation::revoke_replaced(server, &new, old.sealed).await?;
    note(server, "connection.reauthorize", &new, by).await
}

/// The row with these tokens.
fn with(server: &Server, row: ConnectionRow, tokens: &Tokens) -> Result<ConnectionRow, ApiError> {
    let sealed = tokens
        .seal(&server.sealer, row.id.as_str())
        .map_err(|error| from_connect(&error))?;
    let now = clock::now_ms();
    Ok(ConnectionRow {
        sealed: stored(sealed),
        scopes: tokens.scopes.clone(),
        state: ConnectionState::Authorized,
        is_bound: tokens.is_bound(),
        grant_type: if tokens.is_service() {
            GrantType::ClientCredentials
        } else {
            GrantType::AuthorizationCode
        },
        updated_at: now,
        last_checked_at: Some(now),
        last_error: None,
        ..row
    })
}

async fn note(
    server: &Server,
    action: &str,
    row: &ConnectionRow,
    by: Option<PersonId>,
) -> Result<(), ApiError> {
    let after = json!({
        "name": row.name, "domain": row.base_url, "account": row.account, "scopes": row.scopes,
    });
    let entry = AuditEntry {
        id: clock::new_id(),
        at: clock::now_ms(),
        actor: by,
        action: action.to_owned(),
        object_kind: "connection".to_owned(),
        object_id: row.id.to_string(),
        before: None,
        after: Some(after.to_string()),
    };
    store::audit::insert(&server.store, &[entry])
        .await
        .map_err(from_store)
}

/// Opens sealed tokens of a connection, if the key is there.
pub(crate) fn opened(server: &Server, id: &ConnectionId, sealed: Sealed) -> Option<Tokens> {
    Tokens::open(&server.sealer, id.as_str(), &unstored(sealed)).ok()
}
