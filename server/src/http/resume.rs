//! The address that resumes a paused run. Who has it may resume: it holds a token that only this server can make. Flows
//! with a client token can be resumed with that one too.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use flow::{Access, Fields, FlowId, RunId, Value};
use serde_json::{Value as Json, json};
use store::pauses::{self, Resumed};
use store::runs::{self, Cause};

use super::endpoint::{client_token, respond};
use crate::clock;
use crate::state::Server;

/// How long somebody who resumes a run waits for its next answer; the run goes on.
const PATIENCE: Duration = Duration::from_secs(60);
/// What a run is resumed with.
const MAX_BODY: usize = 2 << 20;

/// Returns the address that resumes this run.
pub(crate) fn address(server: &Server, flow: &FlowId, run: &RunId) -> String {
    let token = token(server, run);
    format!("{}/api/flow/{flow}/resume/{run}/{token}", server.public_url)
}

fn token(server: &Server, run: &RunId) -> String {
    server.sealer.token(&format!("resume:{run}"))
}

/// One call of the address.
struct Call {
    flow: FlowId,
    run: RunId,
    token: Option<String>,
    query: Vec<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
}

/// `/api/flow/{flow}/resume/{run}/{token}`.
pub(super) async fn with_token(
    State(server): State<Arc<Server>>,
    Path((flow, run, token)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let call = Call {
        flow: FlowId::new(flow),
        run: RunId::new(run),
        token: Some(token),
        query: pairs(query.as_deref()),
        headers,
        body,
    };
    answer(&server, call).await
}

/// `/api/flow/{flow}/resume/{run}`, with the client token of the flow.
pub(super) async fn with_client_token(
    State(server): State<Arc<Server>>,
    Path((flow, run)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let query = pairs(query.as_deref());
    let token = query.iter().find(|(name, _)| name == "token");
    let call = Call {
        flow: FlowId::new(flow),
        run: RunId::new(run),
        token: token.map(|(_, token)| token.clone()),
        query,
        headers,
        body,
    };
    answer(&server, call).await
}

fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .into_owned()
        .collect()
}

type Refusal = (StatusCode, &'static str);

async fn answer(server: &Arc<Server>, call: Call) -> Response {
    match resume(server, &call).await {
        Ok(response) => response,
        Err((status, text)) => (status, axum::Json(json!({ "error": text }))).into_response(),
    }
}

async fn resume(server: &Arc<Server>, call: &Call) -> Result<Response, Refusal> {
    if call.body.len() > MAX_BODY {
        return Err((
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is larger than 2 MB.",
        ));
    }
    let row = runs::find(&server.store, &call.run)
        .await
        .map_err(|error| fault(&error))?;
    allow(server, call).await?;
    let row = row
        .filter(|row| row.flow == call.flow)
        .ok_or((StatusCode::NOT_FOUND, "There is no such run."))?;
    let given = serde_json::to_string(&given(call)?)
        .map_err(|_| (StatusCode::BAD_REQUEST, "The body cannot be read."))?;
    // The next answer of an endpoint goes to whoever resumed it, if the run is here.
    let is_here = row.cause == Cause::Api && server.pauses.has(&call.run);
    let next = is_here
        .then(|| server.replies.wait_if_nobody(&call.run))
        .flatten();
    let card = call.query.iter().find(|(name, _)| name == "card");
    let card = card.map(|(_, card)| card.as_str());
    let resumed = pauses::resume(&server.store, &call.run, card, &given, clock::now_ms()).await;
    if !matches!(resumed, Ok(Resumed::Now)) && next.is_some() {
        server.replies.forget(&call.run);
    }
    match resumed.map_err(|error| fault(&error))? {
        Resumed::Now => server.pauses.tell(&call.run),
        Resumed::Before => {
            return Err((StatusCode::CONFLICT, "The run was resumed before."));
        }
        Resumed::NotPaused if row.status.is_final() => {
            return Err((StatusCode::GONE, "The run is over."));
        }
        Resumed::NotPaused => {
            return Err((
                StatusCode::CONFLICT,
                "The run does not wait at a Pause card.",
            ));
        }
    }
    if let Some(next) = next
        && let Ok(Ok(answer)) = tokio::time::timeout(PATIENCE, next).await
    {
        return Ok(respond(&answer));
    }
    Ok((StatusCode::ACCEPTED, axum::Json(json!({ "resumed": true }))).into_response())
}

fn fault(error: &store::StoreError) -> Refusal {
    tracing::error!(%error, "a run could not be resumed");
    (
        StatusCode::INTERNAL_SERVER_ERROR,
        "The server could not resume the run. Try again.",
    )
}

/// The token of the address, or the client token of an endpoint that has one.
async fn allow(server: &Server, call: &Call) -> Result<(), Refusal> {
    let refused = (
        StatusCode::UNAUTHORIZED,
        "The address is not complete: it needs the token that the paused run gave out.",
    );
    if let Some(given) = &call.token {
        let expected = token(server, &call.run);
        return if same(given.as_bytes(), expected.as_bytes()) {
            Ok(())
        } else {
            Err(refused)
        };
    }
    let in_header = call.headers.get("x-api-client-token");
    let in_header = in_header.and_then(|value| value.to_str().ok());
    let in_query = call.query.iter().find(|(name, _)| name == "clientToken");
    let given = in_header.or(in_query.map(|(_, value)| value.as_str()));
    let trigger = server
        .active
        .find(&server.store, &call.flow)
        .await
        .map_err(|error| fault(&error))?
        .ok_or(refused)?;
    let compiled = server
        .plans
        .get(&server.store, &call.flow, trigger.version)
        .await
        .map_err(|error| fault(&error))?;
    let has_token = matches!(compiled.document.access, Some(Access::ClientToken) | None);
    match given {
        Some(given)
            if has_token
                && same(
                    given.as_bytes(),
                    client_token(server, &call.flow).as_bytes(),
                ) =>
        {
            Ok(())
        }
        _ => Err(refused),
    }
}

/// Compares without telling by its duration where the difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

/// What the run is resumed with: the query, and over it the body, which is JSON, a form, or a text named `body`.
fn given(call: &Call) -> Result<Value, Refusal> {
    let mut fields: Fields = call
        .query
        .iter()
        .filter(|(name, _)| !["token", "clientToken", "card"].contains(&name.as_str()))
        .map(|(name, value)| (name.as_str().into(), Value::from(value.as_str())))
        .collect();
    if call.body.is_empty() {
        return Ok(Value::object(fields));
    }
    let is_form = call
        .headers
        .get(header::CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    if is_form {
        for (name, value) in url::form_urlencoded::parse(&call.body) {
            fields.insert(name.as_ref().into(), Value::from(value.as_ref()));
        }
        return Ok(Value::object(fields));
    }
    let body = match serde_json::from_slice::<Json>(&call.body) {
        Ok(json) => Value::from_json(&json).map_err(|_| {
            (
                StatusCode::BAD_REQUEST,
                "The body is nested too deep. Flatten it.",
            )
        })?,
        Err(_) => Value::from(String::from_utf8_lossy(&call.body).into_owned()),
    };
    match body {
        Value::Object(given) => fields.extend(given.as_ref().clone()),
        other => {
            fields.insert("body".into(), other);
        }
    }
    Ok(Value::object(fields))
}
