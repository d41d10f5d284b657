//! The way back from an org's sign-in and consent pages (RFC 6749 section 4.1.2).

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Redirect;
use connect::{ConnectError, Tokens};
use flow::ConnectionId;
use serde::Deserialize;
use serde_json::json;
use store::audit::AuditEntry;
use store::authorizations;
use store::connections::{self, ConnectionRow, ConnectionState};

use super::identify::Signed;
use crate::backend::connections::{Underway, stored, unstored};
use crate::clock;
use crate::state::Server;

/// What the org sends back.
#[derive(Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    code: Option<String>,
    #[serde(default)]
    state: Option<String>,
    #[serde(default)]
    error: Option<String>,
}

/// Why a connection was not made; the page has a sentence for each.
#[derive(Clone, Copy, Debug)]
enum Failure {
    StateLost,
    AccessDenied,
    InvalidClient,
    Unreachable,
    Expired,
    InvalidScope,
    Refused,
    Internal,
}

impl Failure {
    /// What the org's error code means (RFC 6749 section 4.1.2.1).
    fn of_org(code: &str) -> Self {
        match code {
            "access_denied" => Self::AccessDenied,
            "invalid_scope" => Self::InvalidScope,
            "unauthorized_client" | "invalid_client" => Self::InvalidClient,
            _ => Self::Refused,
        }
    }

    /// Why the org gave no tokens.
    fn of_exchange(error: &ConnectError) -> Self {
        tracing::warn!(%error, "an org refused an authorization");
        match error {
            ConnectError::InvalidClient => Self::InvalidClient,
            ConnectError::Unreachable(_) => Self::Unreachable,
            ConnectError::InvalidGrant => Self::Expired,
            _ => Self::Refused,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::StateLost => "state_lost",
            Self::AccessDenied => "access_denied",
            Self::InvalidClient => "invalid_client",
            Self::Unreachable => "unreachable",
            Self::Expired => "expired",
            Self::InvalidScope => "invalid_scope",
            Self::Refused => "refused",
            Self::Internal => "internal",
        }
    }
}

/// `GET /connections/callback`.
pub(super) async fn finish(
    State(server): State<Arc<Server>>,
    Extension(signed): Extension<Signed>,
    Query(answer): Query<Answer>,
) -> Redirect {
    match connect(&server, &signed, answer).await {
        Ok((id, return_to)) => {
            Redirect::to(&return_to.unwrap_or_else(|| format!("/connections/{id}")))
        }
        Err(failure) => {
            tracing::warn!(reason = failure.word(), "an org was not authorized");
            Redirect::to(&format!("/connections/new?error={}", failure.word()))
        }
    }
}

async fn connect(
    server: &Arc<Server>,
    signed: &Signed,
    answer: Answer,
) -> Result<(ConnectionId, Option<String>), Failure> {
    let state = answer.state.ok_or(Failure::StateLost)?;
    let taken = authorizations::take(&server.store, &state, clock::now_ms())
        .await
        .map_err(|error| storage(&error))?;
    let authorization = taken.ok_or(Failure::StateLost)?;
    let bytes = server
        .sealer
        .open(&state, &unstored(authorization.sealed))
        .map_err(|_| Failure::StateLost)?;
    let underway: Underway = serde_json::from_slice(&bytes).map_err(|_| Failure::StateLost)?;
    if underway.owner != signed.0 {
        return Err(Failure::StateLost);
    }
    if let Some(failure) = answer.error.as_deref().map(Failure::of_org) {
        return Err(failure);
    }
    let code = answer.code.ok_or(Failure::Refused)?;
    let Underway {
        pending,
        name,
        client_id,
        domain,
        owner,
        return_to,
    } = underway;
    let (tokens, account) = connect::finish(&server.http, pending, code, clock::now())
        .await
        .map_err(|error| Failure::of_exchange(&error))?;
    let id = authorization
        .connection
        .clone()
        .unwrap_or_else(|| ConnectionId::new(clock::new_id()));
    let row = ConnectionRow {
        sealed: stored(
            tokens
                .seal(&server.sealer, id.as_str())
                .map_err(|_| Failure::Internal)?,
        ),
        id: id.clone(),
        module: "okta".to_owned(),
        name,
        base_url: domain,
        client_id: Some(client_id),
        state: ConnectionState::Authorized,
        account: Some(account.login),
        scopes: tokens.scopes.clone(),
        revision: 1,
        owner: Some(owner),
        created_at: clock::now_ms(),
        updated_at: clock::now_ms(),
        last_checked_at: Some(clock::now_ms()),
        last_error: None,
    };
    keep(server, row, authorization.connection.is_some(), &tokens).await?;
    Ok((id, return_to))
}

/// Stores a new connection, or the new tokens of an old one, whose old tokens are then revoked.
async fn keep(
    server: &Arc<Server>,
    row: ConnectionRow,
    is_again: bool,
    tokens: &Tokens,
) -> Result<(), Failure> {
    let store = &server.store;
    let action = if is_again {
        "connection.reauthorize"
    } else {
        "connection.create"
    };
    let after = json!({ "name": row.name, "domain": row.base_url, "account": row.account, "scopes": tokens.scopes });
    let (id, owner) = (row.id.clone(), row.owner.clone());
    if is_again {
        let old = connections::find(store, &row.id)
            .await
            .map_err(|error| storage(&error))?
            .ok_or(Failure::StateLost)?;
        connections::save_sealed(store, &row.id, old.revision, &row.sealed, clock::now_ms())
            .await
            .map_err(|error| storage(&error))?;
        let renewed = ConnectionRow {
            name: old.name,
            owner: old.owner,
            created_at: old.created_at,
            ..row
        };
        connections::save(store, &renewed)
            .await
            .map_err(|error| storage(&error))?;
        server.connections.forget(&renewed.id);
        server.lookups.forget(&renewed.id);
        crate::work::revocation::revoke_replaced(server, &renewed, old.sealed).await;
    } else {
        connections::insert(store, &row)
            .await
            .map_err(|error| storage(&error))?;
    }
    let entry = AuditEntry {
        id: clock::new_id(),
        at: clock::now_ms(),
        actor: owner,
        action: action.to_owned(),
        object_kind: "connection".to_owned(),
        object_id: id.to_string(),
        before: None,
        after: Some(after.to_string()),
    };
    store::audit::insert(store, &[entry])
        .await
        .map_err(|error| storage(&error))
}

fn storage(error: &store::StoreError) -> Failure {
    tracing::error!(%error, "an authorization could not be stored");
    Failure::Internal
}
