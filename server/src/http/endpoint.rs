//! API endpoint flows: an HTTP call becomes a run, and what the run returns becomes the answer.

use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use engine::HttpAnswer;
use flow::{FlowId, FlowKind, Value};
use serde_json::json;
use store::StoreError;
use store::runs::{Cause, RunRecord};

use crate::state::Server;
use crate::work::runner::{self, Begun};
use crate::work::start;

mod access;
mod fields;

/// The connection is cut here, as callers of Okta know it; the run goes on.
const PATIENCE: Duration = Duration::from_secs(60);
/// A caller that sends its body more slowly than this is let go.
const SENDING: Duration = Duration::from_secs(30);
/// Bodies of callers.
const MAX_BODY: usize = 2 << 20;

/// The parameters after `?`, decoded.
type Query = Vec<(String, String)>;

/// Returns the client token of an endpoint.
pub(crate) fn client_token(server: &Server, flow: &FlowId) -> String {
    server.sealer.token(&format!("endpoint:{flow}"))
}

/// Why a call does not become a run. Its caller reads JSON: `{"error": {"code": …, "message": …}}`.
#[derive(Debug)]
struct Refusal {
    status: StatusCode,
    code: &'static str,
    text: Cow<'static, str>,
    /// For `WWW-Authenticate` (RFC 6750).
    challenge: Option<String>,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, text: impl Into<Cow<'static, str>>) -> Self {
        Self {
            status,
            code,
            text: text.into(),
            challenge: None,
        }
    }

    fn challenged(self, error: Option<&str>) -> Self {
        let scope = access::SCOPE;
        let challenge = match error {
            Some(error) => format!("Bearer error=\"{error}\", scope=\"{scope}\""),
            None => format!("Bearer scope=\"{scope}\""),
        };
        Self {
            challenge: Some(challenge),
            ..self
        }
    }

    fn answer(self) -> Response {
        let said = json!({ "error": { "code": self.code, "message": self.text } });
        let mut response = (self.status, axum::Json(said)).into_response();
        let mut set = |name: HeaderName, value: &str| {
            if let Ok(value) = HeaderValue::try_from(value) {
                response.headers_mut().insert(name, value);
            }
        };
        if let Some(challenge) = &self.challenge {
            set(header::WWW_AUTHENTICATE, challenge);
        }
        if self.status == StatusCode::METHOD_NOT_ALLOWED {
            set(header::ALLOW, "GET, POST");
        }
        response
    }
}

fn fault(id: &FlowId, error: &StoreError) -> Refusal {
    tracing::error!(flow.id = %id, %error, "an endpoint could not be served");
    Refusal::new(
        StatusCode::INTERNAL_SERVER_ERROR,
        "endpoint.fault",
        "The server could not start the flow. Try again.",
    )
}

/// `/api/flow/{flow}/invoke`.
pub(super) async fn invoke(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    RawQuery(query): RawQuery,
    method: Method,
    headers: HeaderMap,
    body: Body,
) -> Response {
    let call = Call {
        query: url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
            .into_owned()
            .collect(),
        method,
        headers,
        body,
    };
    match run(&server, &FlowId::new(id), call).await {
        Ok(answer) => respond(&answer),
        Err(refusal) => refusal.answer(),
    }
}

struct Call {
    query: Query,
    method: Method,
    headers: HeaderMap,
    body: Body,
}

async fn run(server: &Arc<Server>, id: &FlowId, call: Call) -> Result<HttpAnswer, Refusal> {
    if !matches!(call.method, Method::GET | Method::POST) {
        return Err(Refusal::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "endpoint.method",
            "An endpoint is called with GET or POST.",
        ));
    }
    let gone = || {
        Refusal::new(
            StatusCode::NOT_FOUND,
            "endpoint.not_found",
            "There is no such endpoint, or its flow is off.",
        )
    };
    let trigger = server
        .active
        .find(&server.store, id)
        .await
        .map_err(|error| fault(id, &error))?
        .filter(|trigger| trigger.kind == FlowKind::ApiEndpoint)
        .ok_or_else(gone)?;
    let compiled = server
        .plans
        .get(&server.store, id, trigger.version)
        .await
        .map_err(|error| fault(id, &error))?;
    let document = &compiled.document;
    let client = access::allow(server, id, document.access, &call.query, &call.headers).await?;
    let first = document.steps.first().ok_or_else(gone)?;
    let body = read(call.body, &call.headers).await?;
    let outputs = fields::outputs(first, document.access, &call.query, &call.headers, &body);
    let mut record = start::queued(&trigger, Cause::Api, &outputs, compiled.plan.is_private());
    record.row.subject = client.filter(|client| !client.is_empty());
    let record = start::taken(record, &server.worker, server.options.lease_ms);
    carry(server, record).await
}

/// Reads the body of a caller who may call: up to a size, and not for ever.
async fn read(body: Body, headers: &HeaderMap) -> Result<Bytes, Refusal> {
    let too_large = || {
        Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "endpoint.too_large",
            "The body is larger than 2 MB. Send less at once.",
        )
    };
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.parse::<usize>().ok());
    if announced.is_some_and(|size| size > MAX_BODY) {
        return Err(too_large());
    }
    match tokio::time::timeout(SENDING, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        // Without an announced size only the limit ends it early.
        Ok(Err(_)) if announced.is_none() => Err(too_large()),
        Ok(Err(_)) => Err(Refusal::new(
            StatusCode::BAD_REQUEST,
            "endpoint.body",
            "The body ended too early. Send it again.",
        )),
        Err(_) => Err(Refusal::new(
            StatusCode::REQUEST_TIMEOUT,
            "endpoint.body",
            "The body did not arrive within 30 seconds. Nothing was started.",
        )),
    }
}

/// Carries a run at once and waits for its answer.
async fn carry(server: &Arc<Server>, record: RunRecord) -> Result<HttpAnswer, Refusal> {
    let place = Arc::clone(&server.endpoint_places)
        .try_acquire_owned()
        .map_err(|_| {
            Refusal::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "endpoint.busy",
                "The server is busy with other calls. Nothing was started; call again in a moment.",
            )
        })?;
    let id = record.row.id.clone();
    let answer = server.replies.wait_for(&id);
    let carried = runner::carry(Arc::clone(server), record, Begun::Here, Some(place));
    server.under_way.spawn(id, carried);
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(answer)) => Ok(answer),
        Ok(Err(_)) => Err(Refusal::new(
            StatusCode::INTERNAL_SERVER_ERROR,
            "endpoint.broken_off",
            "The run broke off. It is taken up again; look at its history.",
        )),
        Err(_) => Err(Refusal::new(
            StatusCode::GATEWAY_TIMEOUT,
            "endpoint.timeout",
            "The flow takes longer than 60 seconds. It goes on; look at its history.",
        )),
    }
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
