//! API endpoint flows: an HTTP call becomes a run, and what the run returns becomes the answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use engine::HttpAnswer;
use flow::{Access, FieldKey, FlowId, FlowKind, Outputs, Step, Value};
use serde_json::{Value as Json, json};
use store::runs::{Cause, RunRecord};

use crate::state::Server;
use crate::work::runner::{self, Begun};
use crate::work::start;

/// The connection is cut here, as callers of Okta know it; the run goes on.
const PATIENCE: Duration = Duration::from_secs(60);
/// Bodies of callers.
const MAX_BODY: usize = 2 << 20;

/// Returns the client token of an endpoint.
pub(crate) fn client_token(server: &Server, flow: &FlowId) -> String {
    server.sealer.token(&format!("endpoint:{flow}"))
}

/// `/api/flow/{flow}/invoke`.
pub(super) async fn invoke(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let query: Vec<(String, String)> =
        url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
    match run(&server, &FlowId::new(id), &query, &headers, &body).await {
        Ok(answer) => respond(&answer),
        Err((status, text)) => (status, axum::Json(json!({ "error": text }))).into_response(),
    }
}

type Refusal = (StatusCode, &'static str);

async fn run(
    server: &Arc<Server>,
    id: &FlowId,
    query: &[(String, String)],
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<HttpAnswer, Refusal> {
    if body.len() > MAX_BODY {
        return Err((
            StatusCode::PAYLOAD_TOO_LARGE,
            "The body is larger than 2 MB.",
        ));
    }
    let fault = |error: store::StoreError| {
        tracing::error!(flow.id = %id, %error, "an endpoint could not be served");
        (
            StatusCode::INTERNAL_SERVER_ERROR,
            "The server could not start the flow. Try again.",
        )
    };
    let missing = (
        StatusCode::NOT_FOUND,
        "There is no such endpoint, or its flow is off.",
    );
    let trigger = server
        .active
        .find(&server.store, id)
        .await
        .map_err(fault)?
        .ok_or(missing)?;
    if trigger.kind != FlowKind::ApiEndpoint {
        return Err(missing);
    }
    let compiled = server
        .plans
        .get(&server.store, id, trigger.version)
        .await
        .map_err(fault)?;
    allow(server, id, compiled.document.access, query, headers)?;
    let Some(first) = compiled.document.steps.first() else {
        return Err(missing);
    };
    let outputs = outputs(first, query, headers, body);
    let record = start::queued(&trigger, Cause::Api, &outputs, compiled.plan.is_private());
    let record = start::taken(record, &server.worker, server.options.lease_ms);
    carry(server, record).await
}

/// Carries a run at once and waits for its answer.
async fn carry(server: &Arc<Server>, record: RunRecord) -> Result<HttpAnswer, Refusal> {
    let place = Arc::clone(&server.endpoint_places)
        .try_acquire_owned()
        .map_err(|_| {
            (
                StatusCode::SERVICE_UNAVAILABLE,
                "The server is busy with other calls. Nothing was started; call again in a moment.",
            )
        })?;
    let id = record.row.id.clone();
    let answer = server.replies.wait_for(&id);
    let carried = runner::carry(Arc::clone(server), record, Begun::Here, Some(place));
    server.under_way.spawn(id, carried);
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(_)) => Err((
            StatusCode::INTERNAL_SERVER_ERROR,
            "The run broke off. It is taken up again; look at its history.",
        )),
        Err(_) => Err((
            StatusCode::GATEWAY_TIMEOUT,
            "The flow takes longer than 60 seconds. It goes on; look at its history.",
        )),
    }
}

fn allow(
    server: &Server,
    id: &FlowId,
    access: Option<Access>,
    query: &[(String, String)],
    headers: &HeaderMap,
) -> Result<(), Refusal> {
    match access {
        Some(Access::Public) => Ok(()),
        Some(Access::OAuth) => Err((
            StatusCode::FORBIDDEN,
            "Endpoints secured with OAuth 2.0 cannot be called yet.",
        )),
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
                Some(token) if same(token.as_bytes(), expected.as_bytes()) => Ok(()),
                _ => Err((
                    StatusCode::UNAUTHORIZED,
                    "Send the flow's client token as x-api-client-token or ?clientToken=.",
                )),
            }
        }
    }
}

/// Compares without telling by its duration where the difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

/// The outputs of the endpoint card: the declared fields of body, query and headers, and all of them raw.
fn outputs(first: &Step, query: &[(String, String)], headers: &HeaderMap, body: &Bytes) -> Outputs {
    let parsed: Option<Json> = serde_json::from_slice(body).ok();
    let body = match &parsed {
        Some(json) => Value::from_json(json).unwrap_or_default(),
        None => Value::from(String::from_utf8_lossy(body).into_owned()),
    };
    let query = Value::from_pairs(
        query
            .iter()
            .filter(|(name, _)| name != "clientToken")
            .map(|(name, value)| (name.as_str(), Value::text(value.as_str()))),
    );
    let headers = Value::from_pairs(headers.iter().filter(|(name, _)| is_passed_on(name)).map(
        |(name, value)| {
            (
                name.as_str(),
                Value::from(String::from_utf8_lossy(value.as_bytes()).into_owned()),
            )
        },
    ));
    let part = |key: &FieldKey| match (key.group.as_deref(), key.key.as_str()) {
        (Some("raw") | None, "body") => Some(body.clone()),
        (Some("raw") | None, "query") => Some(query.clone()),
        (Some("raw") | None, "headers") => Some(headers.clone()),
        (Some("body"), name) => Some(body.at(&[name])),
        (Some("query"), name) => Some(query.at(&[name])),
        (Some("headers"), name) => Some(headers.at(&[name.to_ascii_lowercase()])),
        _ => None,
    };
    first
        .outputs
        .iter()
        .filter_map(|output| Some((output.key.clone(), part(&output.key)?)))
        .collect()
}

/// Secrets of the call itself do not enter the flow.
fn is_passed_on(name: &HeaderName) -> bool {
    !matches!(name.as_str(), "x-api-client-token" | "cookie")
}

pub(super) fn respond(answer: &HttpAnswer) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::OK);
    let mut response = match &answer.body {
        Value::Null => status.into_response(),
        Value::Text(text) => (status, text.to_string()).into_response(),
        value => (status, axum::Json(value.to_json())).into_response(),
    };
    for (name, value) in &answer.headers {
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_str()),
            HeaderValue::try_from(value.as_str()),
        ) {
            response.headers_mut().insert(name, value);
        }
    }
    // What a flow answers is not one of our pages: its scripts must not act with a reader's session.
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("sandbox allow-forms allow-popups allow-scripts"),
    );
    response
}
