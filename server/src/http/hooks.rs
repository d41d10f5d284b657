//! Where orgs post events to. A delivery is answered as soon as its events are on disk; flows start afterwards. Only what
//! carries the hook's secret is read at all.

use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use connect::{HOOK_SECRET_HEADER, HookSecret};
use serde_json::json;
use store::StoreError;
use store::hooks::{self, HookRow};

use crate::backend::connections::unstored;
use crate::state::Server;
use crate::work::hooks::owner;
use crate::work::intake::Delivery;

/// A hundred events take some hundred kilobytes.
const MAX_BODY: usize = 4 << 20;
/// Longer challenges are none of an org's.
const MAX_CHALLENGE: usize = 500;
/// An org gives up after 3 seconds; who sends slower than this is none.
const PATIENCE: Duration = Duration::from_secs(10);

type Refusal = (StatusCode, String);

/// The one-time verification: the org's challenge comes back as it was.
pub(super) async fn verify(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    if let Err(refusal) = find(&server, &id).await {
        return refuse(refusal);
    }
    let challenge = headers
        .get("x-okta-verification-challenge")
        .and_then(|value| value.to_str().ok())
        .filter(|text| !text.is_empty() && text.len() <= MAX_CHALLENGE);
    match challenge {
        Some(challenge) => Json(json!({ "verification": challenge })).into_response(),
        None => refuse((
            StatusCode::BAD_REQUEST,
            "This is the address of an event hook. An org verifies it with a challenge.".to_owned(),
        )),
    }
}

/// A delivery.
pub(super) async fn take(
    State(server): State<Arc<Server>>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    match accept(&server, &id, request).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(refusal) => refuse(refusal),
    }
}

fn refuse((status, text): Refusal) -> Response {
    (status, Json(json!({ "error": text }))).into_response()
}

async fn accept(server: &Arc<Server>, id: &str, request: Request) -> Result<(), Refusal> {
    let hook = find(server, id).await?;
    let (head, body) = request.into_parts();
    allow(server, &hook, &head.headers)?;
    let _place = tokio::time::timeout(PATIENCE, server.hooks.places.acquire())
        .await
        .ok()
        .and_then(Result::ok)
        .ok_or_else(|| busy("The server is busy with other deliveries. Send it again."))?;
    let body = read(&head.headers, body).await?;
    let delivery = Delivery::parse(&body, passed_on(&head.headers))
        .map_err(|text| (StatusCode::BAD_REQUEST, text))?;
    let (events, odd) = delivery.to_keep(&hook.connection);
    if odd > 0 {
        tracing::warn!(connection.id = %hook.connection, events = odd, "a delivery holds events without uuid or eventType");
        if events.is_empty() {
            return Err((
                StatusCode::BAD_REQUEST,
                "None of the events has a uuid and an eventType.".to_owned(),
            ));
        }
    }
    if events.is_empty() {
        return Ok(());
    }
    server
        .writer
        .accept(events)
        .await
        .map(|_| ())
        .map_err(|error| fault(id, &error))
}

async fn find(server: &Server, id: &str) -> Result<HookRow, Refusal> {
    hooks::find_open(&server.store, id)
        .await
        .map_err(|error| fault(id, &error))?
        .ok_or((
            StatusCode::NOT_FOUND,
            "There is no such event hook here.".to_owned(),
        ))
}

fn fault(id: &str, error: &StoreError) -> Refusal {
    tracing::error!(hook.id = id, %error, "a delivery could not be stored");
    busy("The events could not be stored. Send them again.")
}

fn busy(text: &str) -> Refusal {
    (StatusCode::SERVICE_UNAVAILABLE, text.to_owned())
}

fn allow(server: &Server, hook: &HookRow, headers: &HeaderMap) -> Result<(), Refusal> {
    let sealed = unstored(hook.sealed.clone());
    let secret = HookSecret::open(&server.sealer, &owner(&hook.id), &sealed).map_err(|error| {
        tracing::error!(hook.id = %hook.id, %error, "the secret of an event hook cannot be opened");
        busy("The server cannot check the secret of this event hook.")
    })?;
    let given = headers.get(HOOK_SECRET_HEADER);
    if given.is_some_and(|given| secret.is(given.as_bytes())) {
        return Ok(());
    }
    tracing::warn!(hook.id = %hook.id, "a delivery without the secret of its event hook was refused");
    Err((
        StatusCode::UNAUTHORIZED,
        "This is not the secret of this event hook.".to_owned(),
    ))
}

async fn read(headers: &HeaderMap, body: Body) -> Result<axum::body::Bytes, Refusal> {
    let too_large = || {
        (
            StatusCode::PAYLOAD_TOO_LARGE,
            "A delivery may have 4 MB at most, and must be complete.".to_owned(),
        )
    };
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|length| length > MAX_BODY) {
        return Err(too_large());
    }
    match tokio::time::timeout(PATIENCE, to_bytes(body, MAX_BODY)).await {
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(_)) => Err(too_large()),
        Err(_) => Err((
            StatusCode::REQUEST_TIMEOUT,
            "The delivery took too long.".to_owned(),
        )),
    }
}

/// Returns the headers that flows may see: not the secret, and no cookies.
fn passed_on(headers: &HeaderMap) -> Vec<(String, String)> {
    headers
        .iter()
        .filter(|(name, _)| {
            !(*name == HOOK_SECRET_HEADER
                || *name == header::COOKIE
                || *name == header::PROXY_AUTHORIZATION)
        })
        .map(|(name, value)| {
            (
                name.as_str().to_owned(),
                String::from_utf8_lossy(value.as_bytes()).into_owned(),
            )
        })
        .collect()
}
