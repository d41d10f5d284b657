//! The way back from an org's sign-in and consent pages (RFC 6749 section 4.1.2).

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Query, State};
use axum::response::Redirect;
use connect::{ConnectError, Org};
use flow::ConnectionId;
use serde::Deserialize;
use store::authorizations;

use super::identify::Signed;
use crate::backend::connections::{Underway, keep, unstored};
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
            ConnectError::InvalidScope(_) => Self::InvalidScope,
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
    let org = Org::parse(&domain).map_err(|_| Failure::Internal)?;
    let mut row = keep::new_row(name, &org, client_id, owner.clone());
    row.account = Some(account.login);
    let kept = match authorization.connection {
        Some(id) => {
            row.id = id;
            let id = row.id.clone();
            keep::again(server, row, &tokens, Some(owner))
                .await
                .map(|()| id)
        }
        None => {
            let id = row.id.clone();
            keep::first(server, row, &tokens, Some(owner))
                .await
                .map(|()| id)
        }
    };
    let id = kept.map_err(|error| {
        tracing::error!(%error, "an authorization could not be stored");
        Failure::Internal
    })?;
    Ok((id, return_to))
}

fn storage(error: &store::StoreError) -> Failure {
    tracing::error!(%error, "an authorization could not be stored");
    Failure::Internal
}
