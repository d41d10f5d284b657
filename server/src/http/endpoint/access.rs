//! Who may call an endpoint: anybody, whoever shows its client token, or a service with an access token of a connected
//! org.

use std::collections::HashSet;
use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, header};
use connect::{NotBorne, Org};
use flow::{Access, FlowId};
use store::connections::{self, ConnectionState};

use super::{Query, Refusal, client_token, fault};
use crate::clock;
use crate::state::Server;

/// What an access token must allow (Okta's word for calling flows).
pub(crate) const SCOPE: &str = "okta.workflows.invoke.manage";

/// Lets a caller through, and says who it is where that is known.
pub(super) async fn allow(
    server: &Arc<Server>,
    id: &FlowId,
    access: Option<Access>,
    query: &Query,
    headers: &HeaderMap,
) -> Result<Option<String>, Refusal> {
    match access {
        Some(Access::Public) => Ok(None),
        Some(Access::OAuth) => bearer(server, id, headers).await.map(Some),
        Some(Access::ClientToken) | None => {
            let in_header = headers
                .get("x-api-client-token")
                .and_then(|value| value.to_str().ok());
            let in_query = query
                .iter()
                .find(|(name, _)| name == "clientToken")
                .map(|(_, value)| value.as_str());
            let expected = client_token(server, id);
            match in_header.or(in_query) {
                Some(token) if same(token.as_bytes(), expected.as_bytes()) => Ok(None),
                Some(_) => Err(Refusal::new(
                    StatusCode::UNAUTHORIZED,
                    "endpoint.wrong_token",
                    "This is not the flow's client token. The flow's page shows it.",
                )),
                None => Err(Refusal::new(
                    StatusCode::UNAUTHORIZED,
                    "endpoint.no_token",
                    "Send the flow's client token as x-api-client-token or ?clientToken=.",
                )),
            }
        }
    }
}

/// Checks the access token of a service (RFC 6750). It comes in the header only: addresses end up in logs.
async fn bearer(server: &Arc<Server>, id: &FlowId, headers: &HeaderMap) -> Result<String, Refusal> {
    let token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Bearer"))
        .map(|(_, token)| token.trim());
    let Some(token) = token else {
        return Err(Refusal::new(
            StatusCode::UNAUTHORIZED,
            "endpoint.no_token",
            "Send an access token of the org: Authorization: Bearer <token>.",
        )
        .challenged(None));
    };
    let orgs = orgs(server, id).await?;
    let held = server
        .bearers
        .check(&server.http, &orgs, token, SCOPE, clock::now())
        .await;
    match held {
        Ok(bearer) => Ok(bearer.client),
        Err(refused) => Err(not_borne(&refused)),
    }
}

fn not_borne(refused: &NotBorne) -> Refusal {
    let text = refused.to_string();
    match refused {
        NotBorne::Invalid(_) => {
            Refusal::new(StatusCode::UNAUTHORIZED, "endpoint.invalid_token", text)
                .challenged(Some("invalid_token"))
        }
        NotBorne::Scope(_) => {
            Refusal::new(StatusCode::FORBIDDEN, "endpoint.insufficient_scope", text)
                .challenged(Some("insufficient_scope"))
        }
        NotBorne::Unreachable(_) => Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "endpoint.org_unreachable",
            text,
        ),
    }
}

/// The orgs that are connected here, each once.
async fn orgs(server: &Arc<Server>, id: &FlowId) -> Result<Vec<Org>, Refusal> {
    let rows = connections::list(&server.store)
        .await
        .map_err(|error| fault(id, &error))?;
    let mut seen = HashSet::new();
    Ok(rows
        .into_iter()
        .filter(|row| row.module == "okta" && row.state != ConnectionState::Revoking)
        .filter(|row| seen.insert(row.base_url.clone()))
        .filter_map(|row| Org::parse(&row.base_url).ok())
        .collect())
}

/// Compares without telling by its duration where the difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}
