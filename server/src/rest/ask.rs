//! What comes in: the caller, ids in the path, questions after `?`, JSON in the body. Each is parsed here or refused
//! with a sentence that says what is wrong.

use std::sync::Arc;

use api::{ApiError, Backend, ErrorCode, Handle};
use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use super::answer::Refusal;

/// The backend, bound to whoever calls.
pub(super) struct Caller(pub(super) Arc<dyn Backend>);

/// The ids in the path.
pub(super) struct Named<T>(pub(super) T);

/// What is asked after `?`.
pub(super) struct Asked<T>(pub(super) T);

/// The JSON in the body.
pub(super) struct Sent<T>(pub(super) T);

/// The JSON in the body, or the default where there is no body.
pub(super) struct SentOrNothing<T>(pub(super) T);

/// The body as text.
pub(super) struct SentText(pub(super) String);

impl<S: Sync> FromRequestParts<S> for Caller {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        match parts.extensions.get::<Handle>() {
            Some(Handle(backend)) => Ok(Self(Arc::clone(backend))),
            None => Err(ApiError::new(
                ErrorCode::SignInNeeded,
                "Send a token: Authorization: Bearer <token>.",
            )
            .into()),
        }
    }
}

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Named<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(ids)) => Ok(Self(ids)),
            Err(_) => Err(Refusal::not_found("The path holds no id that can be read.")),
        }
    }
}

impl<T: DeserializeOwned, S: Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        match Query::<T>::try_from_uri(&parts.uri) {
            Ok(Query(question)) => Ok(Self(question)),
            Err(rejection) => Err(Refusal::invalid(format!(
                "What stands after ? cannot be read: {}.",
                rejection.body_text()
            ))),
        }
    }
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        parse(&body(request, state).await?).map(Self)
    }
}

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for SentOrNothing<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let body = body(request, state).await?;
        if body.is_empty() {
            return Ok(Self(T::default()));
        }
        parse(&body).map(Self)
    }
}

impl<S: Send + Sync> FromRequest<S> for SentText {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let body = body(request, state).await?;
        match String::from_utf8(body.into()) {
            Ok(text) => Ok(Self(text)),
            Err(_) => Err(Refusal::invalid("The body is not UTF-8 text.")),
        }
    }
}

async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Refusal> {
    Bytes::from_request(request, state)
        .await
        .map_err(|rejection| unread(&rejection))
}

fn unread(rejection: &BytesRejection) -> Refusal {
    if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return Refusal::too_large();
    }
    Refusal::invalid("The body ended too early. Send it again.")
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        Refusal::invalid(format!(
            "The body is not the JSON that is expected: {error}."
        ))
    })
}

/// Refuses a page that is larger than `most`, as the document says.
pub(super) fn page_up_to(limit: Option<i64>, most: i64) -> Result<(), Refusal> {
    match limit {
        Some(limit) if !(1..=most).contains(&limit) => Err(Refusal::invalid(format!(
            "A page has 1 to {most} entries. Ask for as many, and for the next page."
        ))),
        _ => Ok(()),
    }
}
